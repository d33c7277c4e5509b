"""The field for a passphrase (口令): hidden, with an eye, and a word about Caps Lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.icons import icon


class PassphraseField(QLineEdit):
    """`caps_lock(bool)` is guessed from the letters typed; `stepped(±1)` from ↑ and ↓."""

    caps_lock = Signal(bool)
    stepped = Signal(int)

    def __init__(self, name: str = "口令", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = QAction(self)
        self._eye.triggered.connect(self._toggle)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._show_eye()

    @property
    def shown(self) -> bool:
        """Whether the letters can be read."""
        return self.echoMode() == QLineEdit.EchoMode.Normal

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isascii() and text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(text.isupper() != shifted)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _toggle(self) -> None:
        mode = QLineEdit.EchoMode.Password if self.shown else QLineEdit.EchoMode.Normal
        self.setEchoMode(mode)
        self._show_eye()

    def _show_eye(self) -> None:
        self._eye.setIcon(icon("eye-slash" if self.shown else "eye"))
        self._eye.setText("隐藏口令" if self.shown else "显示口令")
