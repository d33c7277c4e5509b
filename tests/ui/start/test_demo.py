"""先看演示: made beside the data at the first start, and marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import is_new, wiring_for
from app.services.starting.demonstration import place_for
from app.ui.desktop import Desktop
from demo.showing import LAST_DAY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def desktop(qtbot: QtBot, dressed: QApplication, folder: Path) -> Iterator[Desktop]:
    desktop = Desktop(folder, wiring_for(folder), dressed)
    with qtbot.waitSignal(desktop.painted):
        desktop.start()
    desktop.window.activateWindow()
    yield desktop
    desktop.close()
    desktop.window.close()


def test_the_demonstration_is_played_opened_and_marked(
    qtbot: QtBot, desktop: Desktop, folder: Path
) -> None:
    page = desktop.wizard
    assert page is not None
    page.role.choose("demo")
    QTest.keyClick(page.window(), Qt.Key.Key_Return)
    assert page.name == "demo"
    assert page.next_action.text() == "打开演示"
    said: list[str] = []
    QTest.keyClick(page.window(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已建立" in page.message.text())
    said.append(page.message.text())
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "已停止" in page.message.text())
    assert "五台电脑" in said[0]

    page.demo.choose("county")
    with qtbot.waitSignal(desktop.opened):
        QTest.keyClick(page.window(), Qt.Key.Key_Return)
    assert desktop.window.windowTitle().startswith("演示")
    assert desktop.shell is not None
    assert "这是演示数据" in desktop.shell.messages.text
    office = desktop._office
    assert office is not None
    assert office.folder.root == place_for(folder) / "shawan"
    assert office.today() == LAST_DAY
    assert is_new(folder)
