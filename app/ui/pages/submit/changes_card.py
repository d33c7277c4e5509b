"""送审以后的改动: which records, and whether they wait for the next time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.services.reporting.report_changes import Since
from app.ui.keys import UP_DOWN, Key, tell
from app.ui.pages.submit.rows import Option, show_head
from app.ui.parts.card import Card
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_KEEP = Key("Alt+1", "留待下次，仍按送审时的数报", ("Alt+1",))
_AGAIN = Key("Alt+2", "重新送审，重新签字", ("Alt+2",))
_COLUMNS = (
    Column("编号", 144),
    Column("", 52),
    Column("改了什么"),
    Column("经办人", 96),
    Column("时间", 108),
)
_CHIP = {"新增": "info", "修改": "neutral", "作废": "warning"}


class ChangesCard(Card):
    """`opened(type, id)` on Enter; `chosen` when the other way was taken."""

    opened = Signal(str, str)
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__("送审以后的改动", " ")
        self._since: Sequence[Since] = ()
        self.table = Table("送审以后的改动", _COLUMNS)
        self.table.setMinimumHeight(2 * LIGHT.row)
        self.table.entered_row.connect(self._open)
        tell(self.table, UP_DOWN("选记录"), Key("Enter", "打开这条记录"))
        self.keep, self.again = Option(_KEEP, self), Option(_AGAIN, self)
        self._group = QButtonGroup(self)
        for option in (self.keep, self.again):
            self._group.addButton(option.button)
        self.keep.button.setChecked(True)
        self.again.button.toggled.connect(lambda _: self.chosen.emit())
        self.said = MessageLine()
        self.nothing = label("送审以后没有改动，审签的就是现在的数。", "note")
        self._lay_out()

    @property
    def wants_again(self) -> bool:
        """Whether 重新送审 is chosen."""
        return bool(self._since) and self.again.button.isChecked()

    def show_changes(self, since: Sequence[Since]) -> None:
        """Show these; nothing was changed when there are none."""
        self._since = since
        self.table.set_rows([_row(one) for one in since])
        self.note.setText(f"{len(since):,} 条" if since else "")
        self.said.say("warning", f"送审后又改了 {len(since):,} 条，审签的数里没有它们。")
        if not since:
            self.keep.button.setChecked(True)
        self.nothing.setVisible(not since)
        self._choice.setVisible(bool(since))
        self.table.setVisible(bool(since))
        self.awaited.answer()
        self.chosen.emit()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the head away where the window is small; the line below says the same."""
        show_head(self, not narrow)

    def _open(self, row: int) -> None:
        if row < len(self._since):
            self.opened.emit(self._since[row].type, self._since[row].id)

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.nothing.setMargin(LIGHT.margin)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.nothing)
        self._choice = QWidget()
        column = QVBoxLayout(self._choice)
        column.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 8)
        column.setSpacing(4)
        column.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.keep)
        row.addWidget(self.again)
        row.addStretch(1)
        column.addLayout(row)
        inner.addWidget(self._choice)
        inner.addStretch(0)
        self.awaited = Awaited(inside)
        self.body.addWidget(self.awaited)


def _row(one: Since) -> list[Cell | str]:
    moment = dt.datetime.fromisoformat(one.at).strftime("%m-%d %H:%M") if one.at else ""
    chip = Cell(one.change, chip=_CHIP.get(one.change, "neutral"))
    return [one.number, chip, one.subject, one.by, moment]
