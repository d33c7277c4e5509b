"""合计: the totals as frozen at 送审, as they are now, and the difference."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.services.reporting.report_changes import TotalLine
from app.ui.keys import PRINT, Action
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Cell, Column, Table

_COLUMNS = (
    Column("合计项目"),
    Column("送审时", 100, right=True),
    Column("现在", 100, right=True),
    Column("相差", 80, right=True),
)


class TotalsCard(Card):
    """`print_asked`: the 送审表 once more."""

    print_asked = Signal()

    def __init__(self) -> None:
        super().__init__("合计", " ")
        self.table = Table("合计", _COLUMNS)
        self.print = Action(PRINT("看送审表并打印"), self.print_asked.emit, self)
        self.hint = label("负责人签字盖章以后，再填审签人和日期", "note")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.awaited = Awaited(self.table)
        self.body.addWidget(self.awaited)
        bar = self.add_bar()
        bar.addWidget(self.hint)
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.print))

    def show_totals(self, lines: Sequence[TotalLine]) -> None:
        """Show these; a difference stands out."""
        self.table.set_rows([_row(one) for one in lines])
        self.awaited.answer()


def _row(one: TotalLine) -> list[Cell | str]:
    changed = one.difference != "0"
    difference = Cell(one.difference, bold=True) if changed else Cell(note="0")
    return [f"{one.name}（{one.unit}）", one.frozen, one.now, difference]
