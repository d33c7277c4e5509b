"""The label of a field: where the campaign says how it is counted (口径), a mark tells so."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.icons import paint_icon
from app.ui.parts.label import tip
from app.ui.theme import CHIPS

_MARK, _GAP = 14, 3


class FieldLabel(QLabel):
    """`asked` when somebody pressed the mark: there is something to read, as with F1."""

    asked = Signal()

    def __init__(self, text: str, role: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.told = ""

    def tell(self, name: str, told: str) -> None:
        """The full name of the field, and how the campaign wants it counted, "" for nothing."""
        self.told = told
        self.setContentsMargins(0, 0, _MARK + _GAP if told else 0, 0)
        self.setToolTip(tip(f"{name}。口径：{told}" if told else name))
        self.update()

    def wanted_width(self) -> int:
        """The pixels that the text takes on one line, and the mark."""
        margins = self.contentsMargins()
        return self._text_width + margins.left() + margins.right() + 2

    @property
    def mark(self) -> QRect:
        """Where the mark is drawn: behind the text."""
        to_the_right = self.alignment() & Qt.AlignmentFlag.AlignRight
        last = self.width() - _MARK
        x = last if to_the_right else min(self._text_width + _GAP, last)
        return QRect(x, (self.height() - _MARK) // 2, _MARK, _MARK)

    @property
    def _text_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.told:
            with QPainter(self) as painter:
                paint_icon(painter, self.mark, "info", CHIPS["info"].text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.told and self.mark.contains(event.position().toPoint()):
            self.asked.emit()
        else:
            super().mousePressEvent(event)
