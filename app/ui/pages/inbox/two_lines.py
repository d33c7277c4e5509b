"""A list of two-line rows: a name and a chip above, two short notes below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.parts.chip import HEIGHT, chip_width, paint_chip
from app.ui.parts.label import tip
from app.ui.theme import LIGHT, text_font

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class TwoLines:
    """One row."""

    title: str
    chip: str
    kind: str
    left: str
    right: str = ""


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[TwoLines] = ()

    def show_rows(self, rows: Sequence[TwoLines]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (as Qt calls it)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (row.title, row.chip, row.left, row.right)))
        return tip(row.title) if role == Qt.ItemDataRole.ToolTipRole else None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, LIGHT.two_line_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, QColor(LIGHT.sel))
            bar = QRect(where.left(), where.top(), 3, where.height())
            painter.fillRect(bar, QColor(LIGHT.focus))
        bottom = QRect(where.left(), where.bottom(), where.width(), 1)
        painter.fillRect(bottom, QColor(LIGHT.row_line))
        row = index.data(_ROW)
        if isinstance(row, TwoLines):
            inner = where.adjusted(LIGHT.margin, 8, -12, -7)
            upper = QRect(inner.left(), inner.top(), inner.width(), HEIGHT + 1)
            lower = QRect(inner.left(), upper.bottom() + 1, inner.width(), HEIGHT)
            _paint_upper(painter, upper, row)
            _paint_lower(painter, lower, row)
        painter.restore()


def _paint_upper(painter: QPainter, where: QRect, row: TwoLines) -> None:
    width = chip_width(row.chip) if row.chip else 0
    if row.chip:
        chip = QRect(where.right() - width + 1, where.top(), width, where.height())
        paint_chip(painter, chip, row.chip, row.kind)
    room = where.adjusted(0, 0, -width - 8, 0)
    _text(painter, room, row.title, text_font(LIGHT.normal, bold=True), LIGHT.text)


def _paint_lower(painter: QPainter, where: QRect, row: TwoLines) -> None:
    font = text_font(LIGHT.small)
    wide = QFontMetrics(font).horizontalAdvance
    spare = where.width() - wide(row.left) - 8
    width = min(wide(row.right), max(spare, where.width() // 2))
    right = QRect(where.right() - width + 1, where.top(), width, where.height())
    _text(painter, right, row.right, font, LIGHT.text2)
    room = where.adjusted(0, 0, -width - 8 if width else 0, 0)
    _text(painter, room, row.left, font, LIGHT.text2)


def _text(painter: QPainter, where: QRect, words: str, font: QFont, tone: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(tone))
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, where.width() + 1)
    painter.drawText(where, int(_MIDDLE), shown)


class TwoLineList(QListView):
    """`moved(place)` when another row is chosen; `entered_row` for Enter or a double click.

    `sideways(step)` for ← and →.
    """

    moved = Signal(int)
    sideways = Signal(int)
    entered_row = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = _Model()
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.entered_row.emit())

    @property
    def place(self) -> int:
        """The place of the chosen row, -1 when there is none."""
        return self.currentIndex().row()

    def show_rows(self, rows: Sequence[TwoLines], chosen: int) -> None:
        """Show these with one chosen; nothing is emitted."""
        top = self.verticalScrollBar().value()
        self._quiet = True
        self.rows.show_rows(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(min(max(chosen, 0), len(rows) - 1)))
        self.verticalScrollBar().setValue(top)
        if rows:
            self.scrollTo(self.currentIndex())
        self._quiet = False

    def go(self, place: int) -> None:
        """Choose a row, as by hand."""
        if 0 <= place < len(self.rows.rows):
            self.setCurrentIndex(self.rows.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in _ENTER and self.place >= 0:
            self.entered_row.emit()
        elif plain and event.key() in _SIDES:
            self.sideways.emit(_SIDES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.moved.emit(current.row())
