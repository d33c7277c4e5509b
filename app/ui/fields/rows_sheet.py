"""How the rows of a table lie: the heads, the widths of the columns, the cells below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from app.domain.kernel.fields import FieldSpec, Kind
from app.ui.fields.editor import FieldEditor
from app.ui.fields.row import Row, width_of
from app.ui.parts.label import label, tip

_HEAD, _BAR, _GAP = 26, 14, 2


class RowsSheet(QScrollArea):
    """The cells of all rows under their heads; it scrolls to the side only."""

    def __init__(self, columns: Sequence[FieldSpec]) -> None:
        super().__init__()
        self._columns = columns
        self._widths: list[int] = []
        sheet = QWidget()
        self._grid = QGridLayout(sheet)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(_GAP)
        self._grid.setRowMinimumHeight(0, _HEAD)
        for place, spec in enumerate(columns):
            self._head(place, spec)
        self._grid.setColumnStretch(len(columns), 1)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _head(self, place: int, spec: FieldSpec) -> None:
        unit = f"（{spec.field.unit}）" if spec.field.unit else ""
        head = label(f"{spec.label}{unit}{' *' if spec.field.required else ''}", "note")
        head.setToolTip(tip(spec.field.help))
        if spec.kind in (Kind.INTEGER, Kind.MONEY):
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._widths.append(max(width_of(spec), head.sizeHint().width()))
        self._grid.addWidget(head, 0, place)

    def place(self, row: Row, number: int) -> None:
        """Put the cells of a row in the line of this number; 1 is the first."""
        for place, spec in enumerate(self._columns):
            cell = row.cells[spec.name]
            cell.setFixedWidth(self._widths[place])
            self._grid.addWidget(cell, number, place, Qt.AlignmentFlag.AlignTop)
            cell.show()

    def fit(self, rows: Iterable[Row]) -> None:
        """Give every cell the height that it wants."""
        for row in rows:
            for cell in row.cells.values():
                cell.setFixedHeight(cell.height_for(cell.width()))

    def take(self, row: Row) -> None:
        """Take the cells of a row off the sheet; they may be placed again."""
        for cell in row.cells.values():
            self._grid.removeWidget(cell)
            cell.hide()

    def show_cell(self, cell: FieldEditor) -> None:
        """Scroll to a cell."""
        self.ensureWidgetVisible(cell, 40, 0)

    def height_for(self, rows: Sequence[Row], width: int) -> int:
        """The height of the rows with their heads, at a width."""
        tallest = [max(cell.height() for cell in row.cells.values()) + _GAP for row in rows]
        wide = sum(self._widths) + _GAP * len(self._widths)
        return _HEAD + sum(tallest) + (_BAR if wide > width else 2)
