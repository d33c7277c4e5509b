"""A grid of a few rows whose words go on in further lines where one is too short for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent

from app.ui.pages.inbox.grid import Cell, Column, Grid, Line
from app.ui.parts.table import CellPainter
from app.ui.theme import LIGHT, text_font

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
_BESIDE = LIGHT.margin + 8
"""Left free beside the words of the first column, in pixels."""
_ABOVE = 6


class WrappingGrid(Grid):
    """The first column wraps; the rows are as high as that needs."""

    def make_painter(self, columns: Sequence[Column]) -> CellPainter:
        """Words in as many lines as they need."""
        return _Wrapping(columns, self)

    def show_lines(self, lines: Sequence[Line], chosen: str = "") -> None:
        """As in every grid."""
        super().show_lines(lines, chosen)
        self._fit_heights()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_heights()

    def _fit_heights(self) -> None:
        room = self.columnWidth(0) - _BESIDE
        for row in range(self.model().rowCount()):
            words = str(self.model().index(row, 0).data())
            self.setRowHeight(row, max(LIGHT.row, _height(words, room) + 2 * _ABOVE))


class _Wrapping(CellPainter):
    def paint_cell(self, painter: QPainter, where: QRect, cell: Cell, column: Column) -> None:
        if column.right:
            super().paint_cell(painter, where, cell, column)
            return
        painter.setFont(text_font(LIGHT.normal, bold=cell.bold))
        painter.setPen(QColor(LIGHT.text))
        painter.drawText(where, int(_WRAPPED), cell.text)


def _height(words: str, room: int) -> int:
    metrics = QFontMetrics(text_font(LIGHT.normal, bold=True))
    return metrics.boundingRect(QRect(0, 0, room, 10_000), int(_WRAPPED), words).height()
