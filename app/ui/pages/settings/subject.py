"""One subject of 设置: a card in which one panel takes the place of another."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.keys import Action
from app.ui.page_context import Desk
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.paper import PaperPanel, Sheet
from app.ui.parts.card import Card


class Subject(Card):
    """A card with one of its panels shown; `show_panel` changes it."""

    def __init__(self, desk: Desk, title: str, note: str = "") -> None:
        super().__init__(title, note)
        self.desk = desk
        self._panels: list[Panel] = []
        self._shown: Panel | None = None
        self.body.setContentsMargins(0, 0, 0, 0)
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

    def load(self) -> None:
        """Look again at what is shown; called when the subject is chosen."""

    def can_leave(self) -> bool:
        """Whether another subject or page may be shown now."""
        return True
