"""Notices every window that appears, however shortly: a flash takes the focus with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

_FINE = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


class WindowWatch(QObject):
    """`seen` are the class names of the windows that were shown."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._application = application
        application.installEventFilter(self)

    def end(self) -> None:
        """Look no more."""
        self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._note(watched)
        return False

    def _note(self, widget: QWidget) -> None:
        if widget.isWindow() and widget.windowType() not in _FINE:
            self.seen.append(type(widget).__name__)
