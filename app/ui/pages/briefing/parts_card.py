"""The parts of an issue of 简报 in their order, and what is done with them."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.services.letters.briefings import BriefingSeen
from app.ui.keys import DISCARD, ENTER, UP_DOWN, Action, Key, key, tell
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.table import Column, Table

CHOOSE = key("Ctrl+O", "选信息")
FIGURES = key("F10", "取数")
WRITE = key("Ctrl+R", "写一段")
LAST = "last"
"""In the place of an id: the last part."""
_UP, _DOWN = key("Alt+Up", "往前移"), key("Alt+Down", "往后移")


class PartsCard(Card):
    """`turned` when another part is chosen, `entered` on Enter, `moved(by)`, `dropped`."""

    turned = Signal()
    entered = Signal()
    moved = Signal(int)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__("编简报", " ")
        self.table = Table("各部分", (Column("各部分", 0, least=120), Column("来稿", 120)))
        self.standing = label(role="note")
        self.standing.setWordWrap(True)
        self.standing.setContentsMargins(16, 8, 16, 8)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.standing)
        self.body.addWidget(self.table, 1)
        self._up = Action(_UP, lambda: self.moved.emit(-1), self.table)
        self._down = Action(_DOWN, lambda: self.moved.emit(1), self.table)
        self._drop = Action(DISCARD("不要这一部分"), self.dropped.emit, self)
        self.bar = self.add_bar()
        self.table.chosen_row.connect(lambda row: self.turned.emit())
        self.table.entered_row.connect(lambda row: self.entered.emit())

    def add_buttons(self, *actions: Action) -> None:
        """What adds a part, below the list."""
        for action in actions:
            self.bar.addWidget(KeyButton(action))
        self.bar.addStretch(1)

    def show_seen(self, found: BriefingSeen, part: str) -> None:
        """Show the parts of an issue; the one with this id is chosen, else the one at its place."""
        one = found.record
        self.title.setText(one.title)
        self.note.setText("已印发" if found.issued else "")
        told = f"；已告诉{'、'.join(found.sent)}" if found.sent else ""
        self.standing.setText(f"{found.standing}{told}")
        before = max(self.table.row, 0) if part != LAST else len(found.record.parts)
        ids = [row.id for row in one.parts]
        rows = [
            [row.heading, row.source or ("数字" if row.figures_as_of else "")] for row in one.parts
        ]
        self.table.blockSignals(True)  # what is chosen is not turned to before all stands there
        self.table.set_rows(rows)
        if ids:
            self.table.selectRow(ids.index(part) if part in ids else min(before, len(ids) - 1))
        self.table.blockSignals(False)
        self._allow(there=bool(ids), free=found.mine and not found.issued)

    def _allow(self, *, there: bool, free: bool) -> None:
        """Only what can be done with the parts is told and heard."""
        for action in (self._up, self._down, self._drop):
            action.setEnabled(there and free)
        look = (UP_DOWN("选一部分"), ENTER("改文字" if free else "看文字"))
        change = (Key("Alt+↑ ↓", "往前往后移"), self._drop.key)
        tell(self.table, *(look if there else ()), *(change if there and free else ()))
