"""A full disk, or one with write protection: the window opens to look, and says it cannot save."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import wiring_for
from app.services.office.folder_lock import FolderLock
from app.ui.desktop import Desktop
from tests.cli.test_read_only import fill
from tests.disks import remount, small_disk
from tests.services.offices import PASSPHRASE, found_city, new_clock, save_visit


@pytest.mark.parametrize("way", ["full", "ro"])
def test_the_window_opens_to_look_and_says_so(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path, way: str
) -> None:
    clock = new_clock()
    office = found_city(tmp_path / "data", clock)
    clock.set(2011, 8, 1)
    save_visit(office)
    office.close()
    with small_disk(tmp_path / "disk", "12m") as disk:
        data = Path(shutil.copytree(tmp_path / "data", disk / "data"))
        fill(disk) if way == "full" else remount(disk, "ro")
        lock = FolderLock(data)
        assert lock.take()
        desktop = Desktop(data, wiring_for(data), dressed)
        with qtbot.waitSignals([desktop.painted, desktop.listed]):
            desktop.start()
        assert desktop.unlock is not None
        with qtbot.waitSignal(desktop.opened):
            QTest.keyClicks(desktop.unlock.passphrase, PASSPHRASE)
            QTest.keyClick(desktop.unlock.passphrase, Qt.Key.Key_Return)
        shell = desktop.shell
        assert shell is not None
        assert "什么都不能保存" in shell.messages.text
        assert desktop.window.windowTitle().startswith("只能看")
        for page in ("visits", "persons", "inbox", "statistics", "settings"):
            assert shell.go(page)
            assert shell.current == page
        desktop.close()
        desktop.window.close()
        lock.leave()
