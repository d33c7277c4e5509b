"""A short state on a coloured ground: 未填完, 市总已收, 超 3 天."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import CHIPS, LIGHT, colour, text_font

HEIGHT = 20
_PADDING = 6


def chip_width(text: str) -> int:
    """How wide a chip with this text is, in pixels."""
    return QFontMetrics(text_font(LIGHT.small)).horizontalAdvance(text) + 2 * _PADDING


def paint_chip(painter: QPainter, where: QRect, text: str, kind: str) -> None:
    """Draw a chip of a kind (`theme.CHIPS`) at the left of the rectangle, in its middle."""
    paint = CHIPS[kind]
    top = where.center().y() - HEIGHT // 2 + 1
    box = QRect(where.left(), top, chip_width(text), HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(paint.text, 0.18), 1))
    painter.setBrush(QColor(paint.ground))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(text_font(LIGHT.small))
    painter.setPen(QColor(paint.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Chip(QWidget):
    """A chip as a widget; `say` changes it, an empty text hides it."""

    def __init__(
        self, text: str = "", kind: str = "neutral", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text = self._kind = ""
        self.say(text, kind)

    def say(self, text: str, kind: str = "neutral") -> None:
        """Show this text as a state of this kind."""
        self._text, self._kind = text, kind
        self.setAccessibleName(text)
        self.setMaximumWidth(chip_width(text) if text else 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text) if self._text else 0, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._text:
            with QPainter(self) as painter:
                paint_chip(painter, self.rect(), self._text, self._kind)
