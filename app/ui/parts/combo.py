"""A list that drops down: the wheel changes nothing, words without room end in …."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

_MOST = 12
"""Rows of the list; the rest is reached by scrolling, so that it never covers the window."""
_INSIDE = 4
"""Left free beside the words, in pixels."""


class Combo(QComboBox):
    """Used in the place of every `QComboBox`; `words` are those that are seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(_MOST)
        # The one a box has by itself does not keep to the heights of the style sheet.
        self.setItemDelegate(QStyledItemDelegate(self))

    @property
    def words(self) -> str:
        """What is chosen, as far as there is room for it."""
        return self._cut(self._option())

    def sizeHint(self) -> QSize:
        """What the longest words need, with room for the brackets that are set closer there."""
        return super().sizeHint() + QSize(_INSIDE + self.fontMetrics().height(), 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = self._option()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self._cut(option)  # type: ignore[attr-defined]
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option

    def _cut(self, option: QStyleOptionComboBox) -> str:
        field = QStyle.SubControl.SC_ComboBoxEditField
        control = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(control, option, field, self).width() - _INSIDE
        text = self.currentText()
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
