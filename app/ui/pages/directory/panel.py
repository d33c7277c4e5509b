"""What takes the place of 单位名录 for a while: 核实 of entry after entry, and 补填 of many."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from app.domain.kernel.changes import Changes
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.directory.fill_view import FillView
from app.ui.pages.directory.verify_view import VerifyView
from app.ui.pages.records.kind import WorkPanel
from app.ui.parts.key_button import KeyButton
from app.ui.parts.tabs import Tabs
from app.ui.theme import LIGHT

VIEWS = (("verify", "核实"), ("fill", "补填"))


class DirectoryPanel(WorkPanel):
    """Two views of the own directory; Esc goes back to the records."""

    def __init__(self, desk: PageContext, around: Surroundings) -> None:
        super().__init__()
        about(self, "directory")
        self.tabs = Tabs(VIEWS)
        self.verify, self.fill = VerifyView(desk, around), FillView(desk, around)
        self._stack = QStackedWidget()
        for view in (self.verify, self.fill):
            self._stack.addWidget(view)
        back = Action(ESCAPE("回到名录"), self._leave, self)
        upper = QHBoxLayout()
        upper.addWidget(self.tabs, 1)
        upper.addWidget(KeyButton(back))
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, LIGHT.margin)
        column.setSpacing(8)
        column.addLayout(upper)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._show)
        self.verify.counted.connect(partial(self.tabs.count, "verify"))
        self.fill.counted.connect(partial(self.tabs.count, "fill"))
        tell(self, Key(f"Alt+1…{len(VIEWS)}", "换一页"))
        for place, (name, words) in enumerate(VIEWS, 1):
            pressed = Key(f"Alt+{place}", words, (f"Alt+{place}",))
            Action(pressed, partial(self.tabs.go, name), self)

    @property
    def view(self) -> VerifyView | FillView:
        """The view shown."""
        return self.verify if self.tabs.current == "verify" else self.fill

    def activate(self) -> None:
        """Go on where work goes on."""
        self.view.activate()

    def changed(self, changes: Changes) -> None:
        """Records were written."""
        for view in (self.verify, self.fill):
            view.outdated(changes)

    def search(self, text: str) -> None:
        """Only entries that answer are listed."""
        self.verify.search(text)

    def _show(self, name: str) -> None:
        self.fill.save()
        self._stack.setCurrentWidget(self.verify if name == "verify" else self.fill)
        self.view.activate()

    def _leave(self) -> None:
        """Out of a choice first, then out of the panel; what was typed is saved."""
        if self.view is self.verify and self.verify.leave_choice():
            return
        self.fill.save()
        self.closed.emit()
