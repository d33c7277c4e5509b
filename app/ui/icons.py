"""Icons by their Phosphor names, drawn from the shipped icon font in any colour and size.

`icon("clipboard-text")` makes a `QIcon`; `paint_icon` draws in a widget's own paintEvent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPixmap

from app.ui.theme import LIGHT, RESOURCES


def icon(name: str, colour: str = LIGHT.text2) -> QIcon:
    """An icon for buttons, menus and lists; KeyError for a name the font does not have."""
    return QIcon(_Engine(name, colour))


def paint_icon(painter: QPainter, where: QRect, name: str, colour: str = LIGHT.text2) -> None:
    """Draw an icon as large as the rectangle is high, in its middle."""
    font = QFont("Phosphor")
    font.setPixelSize(max(where.height(), 1))
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, _glyphs()[name])
    painter.restore()


@cache
def _glyphs() -> Mapping[str, str]:
    listed = json.loads((RESOURCES / "icons" / "phosphor.json").read_text("utf-8"))
    return {name: chr(point) for name, point in listed.items()}


class _Engine(QIconEngine):
    """Draws the glyph at the size asked for, so that it is sharp at every scale."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        _glyphs()[name]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        pale = mode == QIcon.Mode.Disabled
        paint_icon(painter, rect, self._name, LIGHT.disabled if pale else self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        with QPainter(drawn) as painter:
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        return drawn

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour)
