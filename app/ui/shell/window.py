"""The one window: first the unlock page stands in it, then the shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from app.ui.help.topics import said_nearby, topic_of
from app.ui.keys import HELP, Action
from app.ui.ui_memory import UiMemory

if TYPE_CHECKING:
    from app.ui.help.panel import HelpPanel
    from app.ui.page_context import PaperDesk

TITLE = "走访帮扶登记系统"
SIZE = QSize(1366, 768)
SMALLEST = QSize(896, 448)
_GEOMETRY = "window/geometry"


class Window(QMainWindow):
    """Remembers where it stood; asks the shell before it closes.

    F1 shows the help in place of the content; `help` is it, once it was asked for. It prints
    from `paper_desk`.
    """

    def __init__(self, memory: UiMemory) -> None:
        super().__init__()
        self._memory = memory
        self._may_close: Callable[[], bool] = _always
        self._stack = QStackedWidget()
        self._content: QWidget | None = None
        self._before: QWidget | None = None
        self.help: HelpPanel | None = None
        self.paper_desk: PaperDesk | None = None
        self.setCentralWidget(self._stack)
        Action(HELP, self.explain, self)
        self.setWindowTitle(TITLE)
        self.setMinimumSize(SMALLEST)
        self._place()

    def show_content(self, content: QWidget, may_close: Callable[[], bool] | None = None) -> None:
        """Put something else into the window; `may_close` is asked before it closes."""
        self._may_close = may_close or _always
        before, self._content, self._before = self._content, content, None
        self._stack.addWidget(content)
        self._stack.setCurrentWidget(content)
        if before is not None and before is not content:
            self._stack.removeWidget(before)
            before.deleteLater()

    @property
    def content(self) -> QWidget | None:
        """What stands in the window, behind the help too."""
        return self._content

    def explain(self) -> None:
        """F1: a word on the field one is in, else the page for where one is."""
        if self.help is not None and self._stack.currentWidget() is self.help:
            self.help.list.setFocus()
        elif not said_nearby(self._here):
            self.open_help()

    def open_help(self) -> None:
        """The page for where one is, in place of the content."""
        # The help and what it is made of are loaded when they are first wanted.
        from app.ui.help.key_table import keys_here  # noqa: PLC0415
        from app.ui.help.panel import HelpPanel  # noqa: PLC0415

        if self.help is None:
            self.help = HelpPanel(self.paper_desk)
            self.help.closed.connect(self._leave_help)
            self._stack.addWidget(self.help)
        here = self._before = self._here
        keys = keys_here(self, here)
        self._stack.setCurrentWidget(self.help)
        self.help.open(topic_of(here or self._content), keys)

    @property
    def _here(self) -> QWidget | None:
        """What has the focus in this window."""
        here: QWidget | None = QApplication.focusWidget()
        return here if here is not None and here.window() is self else None

    def _leave_help(self) -> None:
        """Back to where one was."""
        before, self._before = self._before, None
        if self._content is not None:
            self._stack.setCurrentWidget(self._content)
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

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
