"""Two pages to try the frame with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from app.domain.kernel.changes import Changes
from app.ui.keys import ENTER, NEW, SAME, Action, tell
from app.ui.shell.page import Page, Place, Who

WHO = Who("沙湾区总工会", "周试填", "经办")


class Visits(Page):
    """A field, a button, a search box; and a note of what the frame asked."""

    note = "进千户企业、访万名职工（2011）"
    search_words = "编号、单位、姓名、拼音"

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.may_leave = True
        self.leaders = QLineEdit()
        tell(self.leaders, ENTER)
        tell(self, SAME)
        QVBoxLayout(self).addWidget(self.leaders)
        self._add = Action(NEW, lambda: self.heard.append("new"), self, icon="plus")

    @property
    def actions_shown(self) -> Sequence[Action]:
        return (self._add,)

    def activate(self) -> None:
        self.heard.append("activate")
        self.leaders.setFocus()

    def changed(self, changes: Changes) -> None:
        self.heard.append(changes)

    def can_leave(self) -> bool:
        return self.may_leave

    def search(self, text: str) -> None:
        self.heard.append(f"search {text}")

    def set_narrow(self, narrow: bool) -> None:
        self.heard.append("narrow" if narrow else "wide")


class Demands(Page):
    """Nothing of its own, but the same key as everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.made = 0
        Action(NEW, self._make, self)

    def _make(self) -> None:
        self.made += 1


def sections() -> list[list[Place]]:
    return [
        [Place("visits", "走访登记", "clipboard-text", Visits)],
        [
            Place("demands", "意见诉求", "chat-text", Demands),
            Place("settings", "设置", "gear", Demands),
        ],
    ]
