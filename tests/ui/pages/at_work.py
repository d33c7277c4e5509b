"""The frame over an office, driven as a person would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Plan
from app.services.lists.chips import Chip
from app.services.office.office import Office
from app.ui.page_context import PageContext
from app.ui.pages.places import sections
from app.ui.pages.plans.page import PlansPage
from app.ui.pages.records.page import RecordPage
from app.ui.pages.records.pair import Pair
from app.ui.problems import Problems
from app.ui.shell.page import Who
from app.ui.shell.shell import Shell
from app.ui.shell.window import Window
from app.ui.ui_memory import UiMemory
from app.ui.worker import Worker

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class AtWork:
    """`shell` is the frame in its `window`; `notices` what was said above the page."""

    def __init__(self, qtbot: QtBot, office: Office, worker: Worker, folder: Path) -> None:
        self.qtbot, self.office, self.worker = qtbot, office, worker
        memory = UiMemory(folder)
        self.window = Window(memory)
        qtbot.addWidget(self.window)
        problems = Problems(lambda error: None, self.window)
        self.notices: list[str] = []
        problems.noticed.connect(lambda notice: self.notices.append(notice.what))
        worker.failed.connect(problems.show)
        self.desk = PageContext(
            office,
            worker,
            problems,
            memory,
            self._go,
            self._badge,
            self._open,
            self._start,
            show_list=self._show_list,
        )
        self.window.paper_desk = self.desk
        self.shell = Shell(sections(self.desk), Who("沙湾区总工会", "试用人"), memory)
        worker.changed.connect(self.shell.changed)
        self.window.show_content(self.shell, self.shell.can_close)
        self.window.resize(1366, 690)
        with qtbot.waitActive(self.window):
            self.window.showNormal()
            self.window.activateWindow()

    @property
    def busy(self) -> bool:
        """Whether anything is still being read or written."""
        return self.worker.is_busy

    def rest(self) -> None:
        """Wait until nothing is read or written any more."""
        self.qtbot.waitUntil(lambda: not self.busy)

    def go(self, name: str, type_name: str = "") -> RecordPage:
        """Go to the page of records in this place, and wait for its list."""
        self.shell.go(name)
        page: Any = self.shell.page
        self.rest()
        if isinstance(page, PlansPage):
            page.turn_to(type_name or Plan.type_name)
            page = page.page
        if isinstance(page, Pair):
            if type_name:
                page.turn_to(type_name)
            page = page.page
        assert isinstance(page, RecordPage)
        self.rest()
        return page

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the focus is."""
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, key, held)

    def _go(self, name: str) -> bool:
        return self.shell.go(name)

    def _badge(self, name: str, count: int) -> None:
        self.shell.set_badge(name, count)

    def _show_list(self, type_name: str, chips: Sequence[Chip]) -> bool:
        return self.shell.show_list(type_name, chips)

    def _open(self, type_name: str, record: str) -> bool:
        return self.shell.open(type_name, record)

    def _start(self, type_name: str, body: Mapping[str, Any]) -> bool:
        return self.shell.begin(type_name, body)
