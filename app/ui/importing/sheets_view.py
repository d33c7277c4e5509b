"""哪一张: which sheet of a workbook is meant, where several hold records."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.keys import UP_DOWN, Key, tell
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT


class SheetsView(QWidget):
    """A line for each sheet; `chosen(name)` on Enter or a double click."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._titles: Sequence[str] = ()
        self.asked = label("")
        self.asked.setContentsMargins(LIGHT.margin, LIGHT.margin, LIGHT.margin, 8)
        self.table = Table("工作表", (Column("工作表"),))
        self.table.entered_row.connect(self._choose)
        tell(self.table, UP_DOWN("选一张"), Key("Enter", "导入这一张"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.asked)
        column.addWidget(self.table, 1)

    def show_sheets(self, titles: Sequence[str], words: str) -> None:
        """Offer these; `words` say why one has to be chosen."""
        self._titles = titles
        self.asked.setText(words)
        self.table.set_rows([[Cell(title, sign="table")] for title in titles])

    def begin(self) -> None:
        """Put the focus on the first."""
        self.table.setFocus()

    def _choose(self, row: int) -> None:
        self.chosen.emit(self._titles[row])
