"""The list under a field: what may be chosen, moved through without leaving the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
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

from app.ui.fields.floating import Floating
from app.ui.fields.suggestion import Suggestion
from app.ui.theme import LIGHT

_ITEM = 30
_SHOWN = 8
_NARROWEST, _WIDEST = 240, 560
_GAPS = 60
"""Pixels of width beside the two texts of a row: edges, the space between, a scroll bar."""
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


class Popup(Floating):
    """Suggestions under a field, from which one is taken."""

    chosen = Signal(object)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._list = QListWidget(self)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(_TwoTexts(self._list))
        self._list.itemClicked.connect(self._click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._list)

    def offer(self, suggestions: Sequence[Suggestion], *, highlight: int = -1) -> None:
        """Show suggestions; `highlight` is the row that Enter takes, -1 none."""
        self._list.clear()
        for one in suggestions:
            item = QListWidgetItem(one.shown)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setData(Qt.ItemDataRole.UserRole + 1, one.detail)
            self._list.addItem(item)
        if not suggestions:
            self.hide()
            return
        self._list.setCurrentRow(highlight)
        wanted = min(len(suggestions), _SHOWN) * _ITEM + 4
        width = max(self._anchor.width(), _NARROWEST, self._widest(suggestions))
        self.place(width, wanted, _ITEM + 4)

    def _widest(self, suggestions: Sequence[Suggestion]) -> int:
        """What the longest row takes, so that a day or 编号 is not cut; within bounds."""
        wide = self._list.fontMetrics().horizontalAdvance
        rows = (wide(one.shown) + wide(one.detail) + _GAPS for one in suggestions if one.detail)
        return min(max(rows, default=0), _WIDEST)

    def current(self) -> Suggestion | None:
        """The highlighted suggestion."""
        item = self._list.currentItem() if self.isVisible() else None
        found = item.data(Qt.ItemDataRole.UserRole) if item else None
        return found if isinstance(found, Suggestion) else None

    def titles(self) -> list[str]:
        """What is offered now, from the top."""
        items = map(self._list.item, range(self._list.count()))
        return [item.data(Qt.ItemDataRole.UserRole).title for item in items]

    def move_by(self, step: int) -> None:
        """Move the highlight down or up; it stops at the ends."""
        row = self._list.currentRow()
        last = self._list.count() - 1
        self._list.setCurrentRow(max(0, min(last, row + step)))

    def _click(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
