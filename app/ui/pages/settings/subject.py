"""One subject of 设置: a card in which one panel takes the place of another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.office import duties
from app.ui.keys import Action
from app.ui.page_context import PageContext
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.paper import PaperPanel, Sheet
from app.ui.parts.card import Card
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT


class Subject(Card):
    """A card with one of its panels shown; `show_panel` changes it.

    `action` is what is done here (`services.office.duties`): who may not, is told.
    """

    action = ""

    def __init__(self, desk: PageContext, title: str, note: str = "") -> None:
        super().__init__(title, note)
        self._heads = (title, note)
        self.desk = desk
        self._panels: list[Panel] = []
        self._shown: Panel | None = None
        self.body.setContentsMargins(0, 0, 0, 0)
        self.duty = MessageLine()
        self._told = QWidget()
        said = QHBoxLayout(self._told)
        said.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 4)
        said.addWidget(self.duty)
        self._told.hide()
        self.body.addWidget(self._told)
        self.paper = PaperPanel(desk)
        self.paper.hide()
        self.body.addWidget(self.paper)
        self.paper.given_up.triggered.connect(self._leave_paper)

    @property
    def panel(self) -> Panel:
        """The panel shown."""
        assert self._shown is not None
        return self._shown

    def add_panel(self, panel: Panel) -> None:
        """Take a panel in; the first one is shown."""
        self._panels.append(panel)
        self.body.addWidget(panel)
        panel.setVisible(self._shown is None)
        self._shown = self._shown or panel

    def show_panel(self, panel: Panel) -> None:
        """Show this one instead; the message of the other is outdated."""
        self.panel.message.clear()
        self._change_to(panel)

    def _leave_paper(self) -> None:
        self.paper.end()
        if self.paper.back is not None:
            self._change_to(self.paper.back)

    def _change_to(self, panel: Panel) -> None:
        before, self._shown = self.panel, panel
        before.hide()
        title, note = self._heads
        self.title.setText(panel.heading or title)
        self.note.setText(title if panel.heading else note)
        panel.show()
        panel.activate()

    def print_from(self, panel: Panel, action: Action, sheet: Callable[[], Sheet | None]) -> None:
        """Let an action of a panel show a paper; from it one comes back to the panel."""

        def begin() -> None:
            wanted = sheet()
            if wanted is not None:
                self.paper.begin(wanted, panel)
                self._change_to(self.paper)

        action.triggered.connect(begin)

    def activate(self) -> None:
        """The subject is chosen and worked in: the focus goes to where work goes on."""
        self.panel.activate()

    def look_at_duty(self) -> None:
        """Say above everything whose work it is, where it is not that of who is at work."""
        if self.action:
            job = partial(duties.standing, self.desk.office, self.action)
            self.desk.worker.read(job).done.connect(self._show_duty)

    def _show_duty(self, words: str) -> None:
        self.duty.say("info", words)
        self._told.setVisible(bool(words))

    def load(self) -> None:
        """Look again at what is shown; called when the subject is chosen."""

    def can_leave(self) -> bool:
        """Whether another subject or page may be shown now."""
        return True
