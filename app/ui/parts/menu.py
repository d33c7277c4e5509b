"""A menu that lies in the window, with the keyboard of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QActionEvent, QFocusEvent
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from app.ui.keys import ESCAPE, UP_DOWN, Key, tell
from app.ui.parts.held_keys import QUIETLY

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class Menu(QMenu):
    """Opens with `open_at`; what is chosen may ask something, and what is typed on goes there.

    No window of its own: keys that the window system still gives to a menu that is closed
    meanwhile are lost.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over, self._before = over, over
        self.triggered.connect(self.close)
        tell(self, UP_DOWN, Key("Enter", "选定"), ESCAPE("不选"))

    def open_at(self, at: QPoint, before: QWidget | None) -> None:
        """Lie at this place of the screen; the keyboard goes back to `before` afterwards."""
        window = self._over.window()
        if self.parentWidget() is not window or self.isWindow():
            self.setParent(window, Qt.WindowType.Widget)
        self._before = before or self._over
        self.resize(self.sizeHint())
        spare, here = window.size() - self.size(), window.mapFromGlobal(at)
        self.move(max(0, min(here.x(), spare.width())), max(0, min(here.y(), spare.height())))
        self.show()
        self.raise_()
        self.setFocus(QUIETLY)

    def actionEvent(self, event: QActionEvent) -> None:
        """What is chosen finds the menu closed, and the keyboard where it was."""
        super().actionEvent(event)
        if event.type() == QEvent.Type.ActionAdded:
            event.action().triggered.connect(self.close)

    def setVisible(self, visible: bool) -> None:
        if not visible and self.hasFocus() and isValid(self._before):
            self._before.setFocus(QUIETLY)
        super().setVisible(visible)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING and self.isVisible():
            self.close()
