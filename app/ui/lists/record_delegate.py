"""A row of two lines: name and state above; 编号, who and day below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.lists.listing import ON_ITS_WAY, Line
from app.ui.lists.record_model import LINE, RECORD, RecordModel
from app.ui.parts.chip import HEIGHT, chip_width, paint_chip
from app.ui.theme import LIGHT, text_font

STATES = {
    "draft": ("未填完", "warning"),
    "done": ("已填完", "ok"),
    "sent": ("已报送", "info"),
    "received": ("上级已收", "neutral"),
    "returned": ("退回待改", "error"),
    "differs": ("填写不一致", "warning"),
    "void": ("已作废", "neutral"),
}
_ALIGN = Qt.AlignmentFlag.AlignVCenter


def state_chip(line: Line | None, *, unfinished: bool) -> tuple[str, str]:
    """The words and the kind of a record's chip; how far it has come, once it is filled in."""
    if unfinished or line is None:
        return STATES["draft"]
    on_its_way = line.standing in ON_ITS_WAY
    return (line.progress, "info") if on_its_way and line.progress else STATES[line.standing]


class RecordDelegate(QStyledItemDelegate):
    """Draws the lines of a `RecordModel`; 编号 and day are never cut short."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, LIGHT.two_line_row)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        where: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        paint_ground(painter, where, option.state)  # type: ignore[attr-defined]
        model = index.model()
        line = index.data(LINE)
        if isinstance(line, Line) and isinstance(model, RecordModel):
            unfinished = index.data(RECORD) in model.unfinished
            inner = where.adjusted(LIGHT.margin, 8, -12, -7)
            upper = QRect(inner.left(), inner.top(), inner.width(), HEIGHT + 1)
            lower = QRect(inner.left(), upper.bottom() + 1, inner.width(), HEIGHT)
            paint_upper(painter, upper, line, *state_chip(line, unfinished=unfinished))
            _paint_lower(painter, lower, line)
        painter.restore()


def paint_ground(painter: QPainter, where: QRect, state: QStyle.StateFlag) -> None:
    """The row's ground: chosen, under the mouse, or neither, with a line below."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(where, QColor(LIGHT.sel))
        painter.fillRect(QRect(where.left(), where.top(), 3, where.height()), QColor(LIGHT.focus))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(where, QColor(LIGHT.hover))
    bottom = QRect(where.left(), where.bottom(), where.width(), 1)
    painter.fillRect(bottom, QColor(LIGHT.row_line))


def paint_upper(painter: QPainter, where: QRect, line: Line, words: str, kind: str) -> None:
    """The name at the left and the chip at the right."""
    width = chip_width(words)
    chip = QRect(where.right() - width + 1, where.top(), width, where.height())
    paint_chip(painter, chip, words, kind)
    room = where.adjusted(0, 0, -width - 8, 0)
    paint_text(
        painter, room, line.title or "（没有名称）", text_font(LIGHT.normal, bold=True), LIGHT.text
    )


def _paint_lower(painter: QPainter, where: QRect, line: Line) -> None:
    font = text_font(LIGHT.small)
    day = f"{line.day:%m-%d}" if line.day else ""
    width = QFontMetrics(font).horizontalAdvance(day)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text2))
    painter.drawText(where, int(_ALIGN | Qt.AlignmentFlag.AlignRight), day)
    words = "·".join(part for part in (short_number(line.number), line.who) if part)
    paint_text(painter, where.adjusted(0, 0, -width - 8, 0), words, font, LIGHT.text2)


def paint_text(painter: QPainter, where: QRect, words: str, font: QFont, colour: str) -> None:
    """One line of text, cut short where it does not fit."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, int(_ALIGN), shown)


def short_number(number: str) -> str:
    """The last part of a 编号: within one list the rest is the same."""
    return number.rsplit("-", 1)[-1]
