"""What an input method holds for a field and has not put in yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


class Composition:
    """Follows the input method events of one field, so that no composition is dropped."""

    def __init__(self) -> None:
        self.text = ""

    def follow(self, event: QInputMethodEvent) -> None:
        """See an event before the field does.

        A mouse press outside resets the input method of Linux desktops (ibus)
        before the focus moves; what was composed is put in then, as on Windows.
        """
        ends = not event.preeditString() and not event.commitString()
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if self.text and ends and pressed:
            event.setCommitString(self.text)
        self.text = event.preeditString()

    def commit(self, field: QWidget) -> None:
        """Put in what is composed; where the input method does not, the letters stay."""
        if self.text:
            QGuiApplication.inputMethod().commit()
        if self.text:
            rest = QInputMethodEvent()
            rest.setCommitString(self.text)
            QApplication.sendEvent(field, rest)
