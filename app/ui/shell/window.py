"""The one window: first the unlock page stands in it, then the shell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.memory import Memory

TITLE = "走访帮扶登记系统"
SIZE = QSize(1366, 768)
SMALLEST = QSize(960, 540)
_GEOMETRY = "window/geometry"


class Window(QMainWindow):
    """Remembers where it stood; asks the shell before it closes."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._may_close: Callable[[], bool] = _always
        self.setWindowTitle(TITLE)
        self.setMinimumSize(SMALLEST)
        self._place()

    def show_content(self, content: QWidget, may_close: Callable[[], bool] | None = None) -> None:
        """Put something else into the window; `may_close` is asked before it closes."""
        self._may_close = may_close or _always
        self.setCentralWidget(content)

    def come_forward(self) -> None:
        """Show it above the others: the program was started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self._memory.keep(_GEOMETRY, self.saveGeometry())
        self._memory.write()
        event.accept()

    def _place(self) -> None:
        if self.restoreGeometry(self._memory.data(_GEOMETRY)):
            return
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(SIZE.boundedTo(room))
        if room.width() <= SIZE.width():
            self.setWindowState(Qt.WindowState.WindowMaximized)


def _always() -> bool:
    return True
