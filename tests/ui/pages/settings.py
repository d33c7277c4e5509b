"""设置 as a person works in it: by keyboard, waiting for what was begun."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.ui.page_context import PageContext
from app.ui.pages.settings.page import SettingsPage
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.subject import Subject
from app.ui.problems import Problems
from app.ui.ui_memory import UiMemory
from app.ui.worker import Job, Worker

NEW = "battery staple"


class Reopening:
    """What the desktop was asked to do with the data closed."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Job | None]] = []

    def __call__(self, words: str, job: Job | None) -> bool:
        self.asked.append((words, job))
        return True


def settings_of(
    qtbot: QtBot, worker: Worker, office: Office, folder: Path, reopening: Reopening | None = None
) -> SettingsPage:
    """设置 of an office, shown; `folder` keeps what the window remembers."""
    window = QWidget()
    qtbot.addWidget(window)
    desk = PageContext(
        office,
        worker,
        Problems(lambda error: None, window),
        UiMemory(folder),
        lambda name: True,
        lambda name, count: None,
        reopen=reopening or Reopening(),
    )
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1140, 600)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.activate()
    return page


def shown(subject: Subject) -> Panel:
    """The panel of a subject that is shown."""
    return subject.panel


def fill(field: QLineEdit, text: str) -> None:
    """Type into a field."""
    field.setFocus()
    field.setText(text)


def press(panel: QWidget, key: Qt.Key, *, control: bool = False, alt: bool = False) -> None:
    """Press a key where the focus is."""
    held = Qt.KeyboardModifier.NoModifier
    if control:
        held |= Qt.KeyboardModifier.ControlModifier
    if alt:
        held |= Qt.KeyboardModifier.AltModifier
    QTest.keyClick(QApplication.focusWidget() or panel.window(), key, held)


def do(qtbot: QtBot, panel: Panel, key: Qt.Key) -> None:
    """Press Ctrl and a key, and wait until what it began has ended."""
    with qtbot.waitSignal(panel.settled):
        press(panel, key, control=True)


def print_paper(qtbot: QtBot, subject: Subject, out: Path) -> None:
    """Ctrl+P shows the paper; it is kept as a PDF, and Esc goes back."""
    before = subject.panel
    with qtbot.waitSignal(subject.paper.shown):
        press(subject, Qt.Key.Key_P, control=True)
    with qtbot.waitSignal(subject.paper.settled):
        subject.paper.save_to(out)
    assert out.read_bytes().startswith(b"%PDF")
    press(subject, Qt.Key.Key_Escape)
    assert subject.panel is before


def turn_to(qtbot: QtBot, page: SettingsPage) -> None:
    """Go to the other window: that of another computer."""
    with qtbot.waitActive(page):
        page.activateWindow()
