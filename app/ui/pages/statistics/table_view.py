"""汇总表 on the screen; on paper 合计 stands below."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.figures.statistics import Statistics
from app.services.figures.totals_table import COLUMNS, TotalsRow, Value
from app.ui.keys import UP_DOWN, Action, tell
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table

_WIDTH, _MONEY = 84, 112


class TableView(QWidget):
    """合计 stands first, so that it is always seen; then units, at a county its townships."""

    def __init__(self, export: Action, print_it: Action) -> None:
        super().__init__()
        columns = [
            Column(f"{title}\n{unit}", _MONEY if unit == "元" else _WIDTH, right=True)
            for title, unit in COLUMNS
        ]
        self.table = Table("汇总表", (Column("单位"), *columns), head_height=44)
        tell(self.table, UP_DOWN("翻看"))
        self.card = Card("汇总表", " ")
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.addWidget(self.table)
        self.note = label(role="note")
        bar = self.card.add_bar()
        bar.addWidget(self.note, 1)
        bar.addWidget(KeyButton(export))
        bar.addWidget(KeyButton(print_it, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)

    def activate(self) -> None:
        """Put the focus where one begins to look."""
        self.table.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """The figures keep their room; names are cut short."""

    def show_statistics(self, seen: Statistics) -> None:
        """Show what was counted."""
        table = seen.table
        self.card.title.setText(f"{seen.title}汇总表")
        self.card.note.setText(f"{seen.office}，截至 {seen.as_of}")
        sums = [table.total, *([table.distinct] if table.distinct else ())]
        rows = [_cells(row, bold=False) for row in table.rows]
        self.table.set_rows([_cells(row, bold=True) for row in sums] + rows)
        self.note.setText(
            "两个单位都走访过的企业、都帮扶过的人，在“合计（不重复）”里只算一次。"
            if table.distinct
            else "乡镇覆盖、规上覆盖前面是已走访的，后面是应走访的。"
        )


def _cells(row: TotalsRow, *, bold: bool) -> list[Cell]:
    return [Cell(row.name, bold=bold), *(Cell(_text(v), bold=bold) for v in row.values)]


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"
