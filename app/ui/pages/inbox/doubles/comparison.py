"""Two records beside each other, drawn: what differs is tinted, and said in a word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.services.deciding.doubles import Comparison, Row, Side
from app.ui.parts.chip import paint_chip
from app.ui.theme import LIGHT, text_font

VERDICTS = {
    "same": ("相同", "ok"),
    "named": ("同名", "warning"),
    "near": ("相近", "warning"),
    "different": ("不同", "neutral"),
    "blank": ("一方没填", "neutral"),
}
_TINTED = frozenset({"named", "near", "different"})
_LABEL, _VERDICT, _PAD = 132, 84, 8
_MOST_LINES = 4
_WIDE = 640
_SCROLL_BAR = 12
_HEAD = 56
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(
    Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
)


class _Columns(QWidget):
    """What head and body share: where the two columns stand."""

    beside = 0
    """Pixels at the right that belong to something else."""

    def columns(self) -> tuple[int, int, int]:
        """Left of 甲, left of 乙, left of the verdict."""
        width = self.width() - self.beside
        label = _LABEL if width > _WIDE else _LABEL - 24
        room = (width - label - _VERDICT) // 2
        return label, label + room, label + 2 * room


class ComparisonHead(_Columns):
    """Whose records they are; it stands above a scroll bar as well."""

    beside = _SCROLL_BAR

    def __init__(self) -> None:
        super().__init__()
        self._sides: Sequence[Side] = ()
        self.setFixedHeight(_HEAD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sides(self, sides: Sequence[Side]) -> None:
        """Show these two."""
        self._sides = sides
        self.setAccessibleName("；".join(f"{one.name} {one.number} {one.unit}" for one in sides))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(LIGHT.sub))
            painter.fillRect(QRect(0, _HEAD - 1, self.width(), 1), QColor(LIGHT.line))
            one, other, end = self.columns()
            places = ((one, other), (other, end))
            for mark, side, (left, right) in zip("甲乙", self._sides, places, strict=False):
                box = QRect(left + _PAD, 8, right - left - 2 * _PAD, 20)
                painter.setFont(text_font(LIGHT.normal, bold=True))
                painter.setPen(QColor(LIGHT.text))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), mark)
                painter.setFont(text_font(LIGHT.normal))
                painter.setPen(QColor(LIGHT.text2))
                numbered = QFontMetrics(painter.font()).elidedText(
                    side.number, Qt.TextElideMode.ElideMiddle, box.width() - 22
                )
                painter.drawText(
                    box.adjusted(22, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), numbered
                )
                painter.setFont(text_font(LIGHT.small))
                below = QFontMetrics(painter.font()).elidedText(
                    f"{side.unit}，{side.changed} 改", Qt.TextElideMode.ElideRight, box.width()
                )
                painter.drawText(box.translated(0, 20), int(Qt.AlignmentFlag.AlignVCenter), below)


class ComparisonBody(_Columns):
    """The fields, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._heights: list[int] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these fields."""
        self._rows = rows
        told = (f"{r.label}：{VERDICTS[r.verdict][0]}" for r in rows)
        self.setAccessibleName("；".join(told))
        self._measure()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def sizeHint(self) -> QSize:
        return QSize(400, sum(self._heights))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            top = 0
            for row, height in zip(self._rows, self._heights, strict=True):
                self._draw(painter, QRect(0, top, self.width(), height), row)
                top += height

    def _measure(self) -> None:
        one, other, end = self.columns()
        metrics = QFontMetrics(text_font(LIGHT.normal))
        most = metrics.lineSpacing() * _MOST_LINES

        def needed(text: str, width: int) -> int:
            box = metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, text)
            return min(box.height(), most)

        self._heights = [
            max(
                LIGHT.row,
                needed(row.one, other - one - 2 * _PAD) + 10,
                needed(row.other, end - other - 2 * _PAD) + 10,
            )
            for row in self._rows
        ]
        self.setFixedHeight(max(sum(self._heights), 1))

    def _draw(self, painter: QPainter, box: QRect, row: Row) -> None:
        one, other, end = self.columns()
        tinted = row.verdict in _TINTED
        if tinted:
            cells = QRect(one, box.top(), end - one, box.height())
            painter.fillRect(cells, QColor(LIGHT.differ))
        painter.fillRect(QRect(0, box.bottom(), box.width(), 1), QColor(LIGHT.row_line))
        painter.setFont(text_font(LIGHT.normal))
        painter.setPen(QColor(LIGHT.text2))
        label = QRect(0, box.top(), one - _PAD, box.height())
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        shown = QFontMetrics(painter.font()).elidedText(
            row.label, Qt.TextElideMode.ElideRight, label.width() - 4
        )
        painter.drawText(label, right, shown)
        painter.setPen(QColor(LIGHT.text))
        for text, left, edge in ((row.one, one, other), (row.other, other, end)):
            cell = QRect(left + _PAD, box.top(), edge - left - 2 * _PAD, box.height() - 1)
            painter.drawText(cell, _WRAP, text or "—")
        words, kind = VERDICTS[row.verdict]
        paint_chip(painter, QRect(end + _PAD, box.top(), 60, box.height()), words, kind)


class ComparisonArea(QScrollArea):
    """The fields in a place that scrolls; the head above it stays."""

    def __init__(self, head: ComparisonHead) -> None:
        super().__init__()
        self._head = head
        self.body = ComparisonBody()
        self.setWidget(self.body)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("两条记录的比较")
        self.viewport().setAutoFillBackground(False)
        self.body.setAutoFillBackground(False)

    def show_comparison(self, seen: Comparison) -> None:
        """Show two records, from the top."""
        self._head.show_sides((seen.one, seen.other))
        self.body.show_rows(seen.rows)
        self.verticalScrollBar().setValue(0)
