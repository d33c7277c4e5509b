"""A desk with the 报送 page on it, in a window of its own, and a clerk's patience."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.ui.page_context import PageContext
from app.ui.pages.submit.page import SubmitPage
from app.ui.pages.submit.target import TargetPicker
from app.ui.problems import Notice, Problems
from app.ui.ui_memory import UiMemory
from app.ui.worker import Worker

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@dataclass
class Clerk:
    """Sits before the page; `sticks` are the ones that are in, `told` what was said."""

    qtbot: QtBot
    page: SubmitPage
    sticks: list[Path] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)
    opened: list[tuple[str, str]] = field(default_factory=list)

    @property
    def step(self) -> str:
        seen = self.page._situation
        return seen.current if seen else ""

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def go_on(self) -> None:
        """Ctrl+Enter: the one primary button."""
        self.press(Qt.Key.Key_Return, CTRL)

    def wait_for(self, step: str, panel: QWidget | None = None) -> None:
        """Until the step is this one, its panel is shown, and something has the focus."""
        self.qtbot.waitUntil(lambda: self.step == step)
        if panel is not None:
            self.qtbot.waitUntil(lambda: self.page.panel is panel)
            self.qtbot.waitUntil(lambda: self._is_in(panel))

    def at_rest(self) -> None:
        """Until nothing is under way."""
        self.qtbot.waitUntil(self.page.actions_shown[0].isEnabled)

    @staticmethod
    def _is_in(panel: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and panel.isAncestorOf(focus)


@contextmanager
def at_desk(
    qtbot: QtBot,
    worker: Worker,
    office: Office,
    tmp_path: Path,
    size: tuple[int, int] = (1190, 602),
) -> Iterator[Clerk]:
    """The page in a window; its worker tells it of changes as the frame would."""
    window = QWidget()
    qtbot.addWidget(window)
    problems = Problems(lambda error: None, window)
    opened: list[tuple[str, str]] = []

    def open_record(type_name: str, record: str) -> bool:
        opened.append((type_name, record))
        return True

    desk = PageContext(
        office,
        worker,
        problems,
        UiMemory(tmp_path),
        lambda name: True,
        lambda name, count: None,
        open=open_record,
    )
    page = SubmitPage(desk)
    qtbot.addWidget(page)
    clerk = Clerk(qtbot, page, opened=opened)
    for picker in page.findChildren(TargetPicker):
        picker.sticks_in = lambda: list(clerk.sticks)
        picker.choose = str
    problems.noticed.connect(clerk.told.append)
    worker.failed.connect(problems.show)
    worker.changed.connect(page.changed)
    page.set_narrow(size[0] < 1100)
    page.resize(*size)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    with qtbot.waitSignal(page.badge_changed):
        page.activate()
    yield clerk
