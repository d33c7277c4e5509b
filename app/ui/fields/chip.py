"""A picked entry as a chip, and the line behind the chips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from app.ui.fields.picking import PickingLine
from app.ui.parts.label import label

HEIGHT = 26


class AddingLine(PickingLine):
    """The line behind the chips: Backspace in front of it takes the last chip back."""

    def __init__(self, take_last: Callable[[], None]) -> None:
        super().__init__()
        self.stays = True
        self._take_last = take_last

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text() and not self.isReadOnly():
            self._take_last()
        else:
            super().keyPressEvent(event)


class Chip(QFrame):
    """One entry with a cross that drops it."""

    def __init__(self, key: str, title: str, drop: Callable[[str], None]) -> None:
        super().__init__()
        self.key = key
        self.setObjectName("chip")
        self.setFixedHeight(HEIGHT)
        self.label = label(title)
        self.cross = QToolButton()
        self.cross.setText("×")
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.setAutoRaise(True)
        self.cross.clicked.connect(lambda: drop(key))
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(self.label)
        self._row.addWidget(self.cross)
        self.lock(False)

    def lock(self, locked: bool) -> None:
        """Take the cross away, or show it."""
        self.cross.setVisible(not locked)
        self._row.setContentsMargins(8, 0, 8 if locked else 2, 0)
