"""A line of time: a dot for every moment, what happened, when, and a few words below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.parts.chip import HEIGHT, chip_width, paint_chip
from app.ui.theme import LIGHT, text_font

Index = QModelIndex | QPersistentModelIndex
MOMENT = Qt.ItemDataRole.UserRole
_LEFT = 36
_DOT = 16
_TITLE = 22
_ABOVE = 6
_BELOW = 8
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a row shows: `when` at the right, a chip and the words below the title.

    `key` and `type` say what lies behind it; `full` fills the dot.
    """

    title: str
    when: str
    words: str = ""
    chip: str = ""
    kind: str = "neutral"
    full: bool = False
    type: str = ""
    key: str = ""


class TimelineModel(QAbstractListModel):
    """The moments, the latest first."""

    def __init__(self) -> None:
        super().__init__()
        self._moments: Sequence[Moment] = ()

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show these."""
        self.beginResetModel()
        self._moments = tuple(moments)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (as Qt calls it)
        return 0 if parent.isValid() else len(self._moments)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Moment | str | None:
        moment = self._moments[index.row()]
        if role == MOMENT:
            return moment
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (moment.title, moment.when, moment.chip, moment.words)))
        return None


class TimelineDelegate(QStyledItemDelegate):
    """Draws a `Moment` as high as its words need."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 0
        words = _words_box(index.data(MOMENT), QRect(0, 0, width, 0))
        return QSize(width, _ABOVE + _TITLE + words.height() + _BELOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        last = index.row() == index.model().rowCount() - 1
        painter.save()
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(where, QColor(LIGHT.sel))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, QColor(LIGHT.hover))
        moment: Moment = index.data(MOMENT)
        _paint_line(painter, where, full=moment.full, first=not index.row(), last=last)
        _paint_head(painter, where, moment)
        _paint_words(painter, where, moment)
        painter.restore()


class TimelineList(QListView):
    """A list of moments; `activated` when somebody wants to see what lies behind one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.moments = TimelineModel()
        self.setModel(self.moments)
        self.setItemDelegate(TimelineDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def current(self) -> Moment | None:
        """The moment chosen."""
        index = self.currentIndex()
        return index.data(MOMENT) if index.isValid() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def _words_box(moment: Moment, where: QRect) -> QRect:
    """Where the words stand below the title; of no height when there are none."""
    left, top = where.left() + _LEFT, where.top() + _ABOVE + _TITLE
    chip = chip_width(moment.chip) + 8 if moment.chip else 0
    width = where.width() - _LEFT - _DOT - chip
    if not moment.words:
        return QRect(left + chip, top, width, HEIGHT if moment.chip else 0)
    measure = QFontMetrics(text_font(LIGHT.small))
    needed = measure.boundingRect(QRect(0, 0, width, 10_000), _WRAP, moment.words)
    return QRect(left + chip, top, width, max(needed.height() + 2, HEIGHT if moment.chip else 0))


def _paint_line(painter: QPainter, where: QRect, *, full: bool, first: bool, last: bool) -> None:
    middle = where.top() + _ABOVE + _TITLE // 2
    top = middle if first else where.top()
    bottom = middle if last else where.bottom() + 1
    painter.setPen(QPen(QColor(LIGHT.line), 2))
    painter.drawLine(where.left() + _DOT + 4, top, where.left() + _DOT + 4, bottom)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(LIGHT.slate), 2))
    painter.setBrush(QColor(LIGHT.slate if full else LIGHT.card))
    painter.drawEllipse(QPoint(where.left() + _DOT + 4, middle), 5, 5)


def _paint_head(painter: QPainter, where: QRect, moment: Moment) -> None:
    line = QRect(where.left() + _LEFT, where.top() + _ABOVE, where.width() - _LEFT - _DOT, _TITLE)
    small = text_font(LIGHT.small)
    painter.setFont(small)
    painter.setPen(QColor(LIGHT.text2))
    right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
    painter.drawText(line, right, moment.when)
    room = line.adjusted(0, 0, -QFontMetrics(small).horizontalAdvance(moment.when) - 8, 0)
    bold = text_font(LIGHT.normal, bold=True)
    painter.setFont(bold)
    painter.setPen(QColor(LIGHT.text))
    shown = QFontMetrics(bold).elidedText(moment.title, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)


def _paint_words(painter: QPainter, where: QRect, moment: Moment) -> None:
    box = _words_box(moment, where)
    if moment.chip:
        chip = QRect(where.left() + _LEFT, box.top(), chip_width(moment.chip), HEIGHT)
        paint_chip(painter, chip, moment.chip, moment.kind)
        box = box.adjusted(0, 1, 0, 1)
    painter.setFont(text_font(LIGHT.small))
    painter.setPen(QColor(LIGHT.text2))
    painter.drawText(box, _WRAP, moment.words)
