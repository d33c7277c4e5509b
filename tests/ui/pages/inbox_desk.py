"""A person's desk with the 收件 page on it, for the tests of that page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.page_context import PageContext
from app.ui.pages.inbox.page import Inbox
from app.ui.problems import Notice, Problems
from app.ui.ui_memory import UiMemory
from app.ui.worker import Worker

NOTHING = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@dataclass
class InboxDesk:
    """The page in a window, and what a clerk does with it."""

    qtbot: QtBot
    page: Inbox
    notices: list[Notice] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NOTHING) -> None:
        target = QApplication.focusWidget() or self.page
        QTest.keyClick(target, key, modifier)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true)

    def merge_all(self) -> None:
        """Press the key of 汇总 as soon as it can be pressed."""
        self.until(self.page.files.all.isEnabled)
        self.press(Qt.Key.Key_Return, CTRL)

    def drop(self, *paths: Path) -> None:
        """Drop files, and wait until the list shows what was seen of them."""
        taking = self.page.files.taking
        with self.qtbot.waitSignal(taking.said):
            self.page.take_files(paths)
        self.until(lambda: not taking.is_reading)

    @property
    def states(self) -> list[tuple[str, str]]:
        """The office and the state of each line of the list."""
        return [(row[0], row[4]) for row in self.page.files.list.grid.texts]


def sit_down(qtbot: QtBot, worker: Worker, office: Office, folder: Path) -> InboxDesk:
    """Open the page at an office's computer."""
    window = QWidget()
    qtbot.addWidget(window)
    problems = Problems(lambda error: None, window)
    gone: list[str] = []
    notices: list[Notice] = []

    def go(name: str) -> bool:
        gone.append(name)
        return True

    desk = PageContext(office, worker, problems, UiMemory(folder), go, lambda name, count: None)
    page = Inbox(desk, OfficeLookups(office, worker))
    worker.changed.connect(page.changed)
    worker.failed.connect(problems.show)
    problems.noticed.connect(notices.append)
    qtbot.addWidget(page)
    page.resize(1190, 602)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    with qtbot.waitSignal(page.files.taking.listed):
        page.activate()
    return InboxDesk(qtbot, page, notices, gone)
