"""The small frame around the name of a key."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.theme import LIGHT, text_font

HEIGHT = 20
_PADDING = 6


def keycap_width(shown: str) -> int:
    """How wide the frame is, in pixels."""
    return QFontMetrics(text_font(LIGHT.small)).horizontalAdvance(shown) + 2 * _PADDING


def paint_keycap(painter: QPainter, where: QRect, shown: str, text: QColor, frame: QColor) -> None:
    """Draw the frame over the rectangle's width, in the middle of its height."""
    where = QRect(where.left(), where.center().y() - HEIGHT // 2 + 1, where.width(), HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(frame, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(text_font(LIGHT.small))
    painter.setPen(text)
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class Keycap(QWidget):
    """A key shown by itself, as in a search box; `light` on a dark ground."""

    def __init__(self, shown: str, parent: QWidget | None = None, *, light: bool = False) -> None:
        super().__init__(parent)
        self._shown = shown
        self._colours = (LIGHT.card, LIGHT.card) if light else (LIGHT.text2, LIGHT.control)
        self.setFixedSize(self.sizeHint())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(shown)

    def sizeHint(self) -> QSize:
        return QSize(keycap_width(self._shown), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            text, frame = map(QColor, self._colours)
            paint_keycap(painter, self.rect(), self._shown, text, frame)
