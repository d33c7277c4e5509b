"""The list under a field: what may be chosen, moved through without leaving the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.fields.suggestion import Suggestion
from app.ui.theme import LIGHT

_ITEM = 30
_SHOWN = 8
_STYLE = f"""#suggestions {{
    background: {LIGHT.card}; border: 1px solid {LIGHT.control}; border-radius: 4px;
}}"""
_AnyIndex = QModelIndex | QPersistentModelIndex


class _TwoTexts(QStyledItemDelegate):
    """The title left, its detail grey at the right, never over each other."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        super().paint(painter, option, index)
        detail = index.data(Qt.ItemDataRole.UserRole + 1)
        if detail:
            painter.save()
            painter.setPen(QColor(LIGHT.text2))
            area = option.rect.adjusted(0, 0, -10, 0)  # type: ignore[attr-defined]
            metrics = painter.fontMetrics()
            area.setLeft(area.left() + metrics.horizontalAdvance(index.data()) + 24)
            text = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(0, _ITEM)


class Popup(QFrame):
    """Suggestions over the rest of the window; the focus stays in the field.

    A child of the window and no window of its own, so that no input method, screen
    or window manager moves the focus away from the field.
    """

    chosen = Signal(object)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self.setObjectName("suggestions")
        self.setStyleSheet(_STYLE)
        self._list = QListWidget(self)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(_TwoTexts(self._list))
        self._list.itemClicked.connect(self._click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._list)
        self.hide()

    def offer(self, suggestions: Sequence[Suggestion], *, highlight: int = -1) -> None:
        """Show suggestions; `highlight` is the row that Enter takes, -1 none."""
        self._list.clear()
        for one in suggestions:
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setData(Qt.ItemDataRole.UserRole + 1, one.detail)
            self._list.addItem(item)
        if not suggestions:
            self.hide()
            return
        self._list.setCurrentRow(highlight)
        self._place(min(len(suggestions), _SHOWN) * _ITEM + 4)
        self.show()
        self.raise_()

    def current(self) -> Suggestion | None:
        """The highlighted suggestion."""
        item = self._list.currentItem() if self.isVisible() else None
        found = item.data(Qt.ItemDataRole.UserRole) if item else None
        return found if isinstance(found, Suggestion) else None

    def titles(self) -> list[str]:
        """What is offered now, from the top."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def move_by(self, step: int) -> None:
        """Move the highlight down or up; it stops at the ends."""
        row = self._list.currentRow()
        last = self._list.count() - 1
        self._list.setCurrentRow(max(0, min(last, row + step)))

    def _place(self, height: int) -> None:
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 2))
        width = min(max(self._anchor.width(), 240), window.width() - 8)
        left = max(4, min(below.x(), window.width() - width - 4))
        room_below = window.height() - below.y() - 4
        room_above = below.y() - self._anchor.height() - 8
        if height > room_below and room_above > room_below:
            height = min(height, room_above)
            top = below.y() - self._anchor.height() - 4 - height
        else:
            height, top = min(height, max(room_below, _ITEM + 4)), below.y()
        self.setGeometry(left, top, width, height)

    def _click(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
