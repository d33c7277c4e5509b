"""The program is started and a file of the data is gone: a page says the ways, and they work."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import wiring_for
from app.services.backup.backup import back_up
from app.services.office.office import open_office
from app.ui.desktop import Desktop
from app.ui.start.rescue import RescuePage
from tests.services.offices import PASSPHRASE, found_city, new_clock

Start = Callable[[], RescuePage]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = found_city(tmp_path / "data", new_clock())
    with closing(office):
        back_up(office, tmp_path / "evening.zfbackup")
    return office.folder.root


@pytest.fixture
def start(qtbot: QtBot, dressed: QApplication, folder: Path) -> Iterator[Start]:
    begun: list[Desktop] = []

    def go() -> RescuePage:
        desktop = Desktop(folder, wiring_for(folder), dressed)
        begun.append(desktop)
        with qtbot.waitSignal(desktop.painted):
            desktop.start()
        assert desktop.wizard is None
        assert desktop.unlock is None
        assert desktop.rescue is not None
        return desktop.rescue

    yield go
    for desktop in begun:
        desktop.close()
        desktop.window.close()


def press(page: RescuePage, key: Qt.Key) -> None:
    QTest.keyClick(page.window(), key)


@pytest.mark.parametrize("name", ["keyring.json", "store.db", "attachments.db"])
def test_what_is_gone_comes_back_from_the_backup(
    qtbot: QtBot, start: Start, folder: Path, name: str
) -> None:
    (folder / name).unlink()
    page = start()
    assert f"（{name}）" in page.step._why.text()
    assert "evening.zfbackup" in page.step._why.text()
    assert not (folder / name).exists()
    page.step.file.setText(str(folder.parent / "evening.zfbackup"))
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.step.seen is not None)
    page.step.secret.setText("not the horse")
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "口令不对" in page.message.text())
    assert not (folder / name).exists()
    page.step.secret.setText(PASSPHRASE)
    with qtbot.waitSignal(page.rescued):
        press(page, Qt.Key.Key_Return)
    open_office(folder, PASSPHRASE).close()


def test_what_was_only_moved_away_is_put_back(qtbot: QtBot, start: Start, folder: Path) -> None:
    (folder / "store.db").rename(folder.parent / "moved")
    page = start()
    press(page, Qt.Key.Key_F5)
    assert page.isVisible()
    shutil.move(folder.parent / "moved", folder / "store.db")
    with qtbot.waitSignal(page.rescued):
        press(page, Qt.Key.Key_F5)


def test_without_a_backup_the_rest_is_used_once_somebody_says_so(
    qtbot: QtBot, start: Start, folder: Path
) -> None:
    (folder / "attachments.db").unlink()
    page = start()
    assert page.without_action.isVisible()
    page.without_action.trigger()
    assert "以后找不回来" in page.message.text()
    assert not (folder / "attachments.db").exists()
    page.step.secret.setText(PASSPHRASE)
    with qtbot.waitSignal(page.rescued):
        page.without_action.trigger()
    open_office(folder, PASSPHRASE).close()


def test_without_the_records_there_is_nothing_to_go_on_with(start: Start, folder: Path) -> None:
    (folder / "store.db").unlink()
    assert not start().without_action.isVisible()
