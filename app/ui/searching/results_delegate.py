"""How the rows under the search box are drawn; records as in their list, with the whole 编号."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.services.lists.listing import Line
from app.ui.lists.record_delegate import paint_ground, paint_text, paint_upper, state_chip
from app.ui.parts.chip import HEIGHT
from app.ui.searching.results_model import ROW, Heading, More, Result
from app.ui.theme import LIGHT, text_font

HEIGHTS = {Heading: 28, Result: LIGHT.two_line_row, More: LIGHT.row}
_Index = QModelIndex | QPersistentModelIndex


class ResultsDelegate(QStyledItemDelegate):
    """Draws the rows of a `ResultsModel`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, HEIGHTS[type(index.data(ROW))])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        where: QRect = option.rect  # type: ignore[attr-defined]
        row = index.data(ROW)
        painter.save()
        if isinstance(row, Heading):
            _paint_heading(painter, where, row)
        else:
            paint_ground(painter, where, option.state)  # type: ignore[attr-defined]
            inner = where.adjusted(LIGHT.margin, 0, -12, 0)
            if isinstance(row, Result):
                _paint_record(painter, inner.adjusted(0, 8, 0, -7), row.line)
            else:
                paint_text(painter, inner, row.words, text_font(LIGHT.small), LIGHT.focus)
        painter.restore()


def _paint_heading(painter: QPainter, where: QRect, row: Heading) -> None:
    painter.fillRect(where, QColor(LIGHT.sub))
    painter.fillRect(QRect(where.left(), where.bottom(), where.width(), 1), QColor(LIGHT.row_line))
    inner, font = where.adjusted(LIGHT.margin, 0, -12, 0), text_font(LIGHT.small)
    paint_text(painter, inner, row.words, text_font(LIGHT.small, bold=True), LIGHT.text2)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text3))
    side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.drawText(inner, int(side), row.count)


def _paint_record(painter: QPainter, where: QRect, line: Line) -> None:
    upper = QRect(where.left(), where.top(), where.width(), HEIGHT + 1)
    lower = QRect(where.left(), upper.bottom() + 1, where.width(), HEIGHT)
    paint_upper(painter, upper, line, *state_chip(line, unfinished=False))
    day = f"{line.day:%Y-%m-%d}" if line.day else ""
    words = "·".join(part for part in (line.number, line.who, day) if part)
    paint_text(painter, lower, words, text_font(LIGHT.small), LIGHT.text2)
