"""A cell of a table: one line of text, numbers at the right, where the record stands as a chip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from app.services.lists.table_columns import STANDING, TableColumn
from app.ui.lists.record_delegate import STATES
from app.ui.lists.table.table_model import STANDING_ROLE, TableModel, side_of
from app.ui.parts.chip import paint_chip
from app.ui.parts.label import tip
from app.ui.theme import LIGHT, text_font

Index = QModelIndex | QPersistentModelIndex
PAD = 8


class TableDelegate(QStyledItemDelegate):
    """Draws the cells of a `TableModel`; a text that does not fit ends in … and is told whole."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, LIGHT.table_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        _ground(painter, where, state)
        column = _column(index)
        if column is not None and column.name == STANDING:
            standing = index.data(STANDING_ROLE)
            if standing:
                usual, kind = STATES[standing]
                words = index.data() or ""
                chip = where.adjusted(PAD, 0, -PAD, 0)
                paint_chip(painter, chip, words, kind if words == usual else "info")
        elif column is not None:
            _text(painter, where.adjusted(PAD, 0, -PAD, 0), index.data() or "", column)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """The whole of what is cut short."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        words, column = index.data() or "", _column(index)
        room = option.rect.width() - 2 * PAD  # type: ignore[attr-defined]
        cut = column is not None and _metrics(column).horizontalAdvance(words) > room
        QToolTip.showText(event.globalPos(), tip(words) if cut else "", view)
        return True


def _column(index: Index) -> TableColumn | None:
    model = index.model()
    return model.columns[index.column()] if isinstance(model, TableModel) else None


def font_of(column: TableColumn) -> QFont:
    """Figures of one width, so that they stand below each other."""
    font = text_font(LIGHT.normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _metrics(column: TableColumn) -> QFontMetrics:
    return QFontMetrics(font_of(column))


def _ground(painter: QPainter, where: QRect, state: QStyle.StateFlag) -> None:
    """Chosen, under the mouse, or neither; the cell that has the focus is framed."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(where, QColor(LIGHT.sel))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(where, QColor(LIGHT.hover))
    bottom = QRect(where.left(), where.bottom(), where.width(), 1)
    painter.fillRect(bottom, QColor(LIGHT.row_line))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(LIGHT.focus), 1))
        painter.drawRect(where.adjusted(0, 0, -1, -1))


def _text(painter: QPainter, where: QRect, words: str, column: TableColumn) -> None:
    font = font_of(column)
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, where.width())
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text))
    painter.drawText(where, int(side_of(column)), shown)
