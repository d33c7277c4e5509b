"""What opens under a field: over the rest of the window, the focus stays in the field."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.theme import LIGHT

_STYLE = f"""#floating {{
    background: {LIGHT.card}; border: 1px solid {LIGHT.control}; border-radius: 4px;
}}"""
_EDGE = 4


class Floating(QFrame):
    """A part under (or over) a field.

    A child of the window and no window of its own, so that no input method, screen
    or window manager moves the focus away from the field.
    """

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self.setObjectName("floating")
        self.setStyleSheet(_STYLE)
        self.hide()

    def place(self, width: int, height: int, least: int) -> None:
        """Lie where there is room, not lower than `least`, and come to the front."""
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 2))
        width = min(width, window.width() - 2 * _EDGE)
        left = max(_EDGE, min(below.x(), window.width() - width - _EDGE))
        over = below.y() - self._anchor.height() - 2 * _EDGE
        room = window.height() - below.y() - _EDGE
        if height > room and over > room:
            height = min(height, over)
            top = over + _EDGE - height
        else:
            height, top = min(height, max(room, least)), below.y()
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()
