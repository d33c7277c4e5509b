"""Going home: a backup first, unless there is no stick or no patience; and coming back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import wiring_for
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Enterprise
from app.services.backup import backup_schedule, restoring
from app.services.office.office import Office, copied_elsewhere
from app.services.records import saving
from app.ui.desktop import Desktop
from tests.services.offices import PASSPHRASE, found_city, new_clock
from tests.ui.pages.settings import fill


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = found_city(tmp_path / "data", new_clock())
    office.close()
    return office.folder.root


@pytest.fixture
def desktop(qtbot: QtBot, dressed: QApplication, folder: Path) -> Iterator[Desktop]:
    desktop = Desktop(folder, wiring_for(folder), dressed)
    with qtbot.waitSignals([desktop.painted, desktop.listed]):
        desktop.start()
    open_again(qtbot, desktop)
    yield desktop
    desktop.close()
    desktop.window.close()


def open_again(qtbot: QtBot, desktop: Desktop) -> None:
    assert desktop.unlock is not None
    fill(desktop.unlock.passphrase, PASSPHRASE)
    with qtbot.waitSignal(desktop.opened):
        QTest.keyClick(desktop.unlock.passphrase, Qt.Key.Key_Return)


def office_of(desktop: Desktop) -> Office:
    assert desktop._office is not None
    return desktop._office


def is_closed(desktop: Desktop) -> bool:
    return not desktop.window.isVisible()


def test_the_daily_backup_is_made_before_the_window_closes(
    qtbot: QtBot, desktop: Desktop, stick: Path
) -> None:
    backup_schedule.set_plan(office_of(desktop), str(stick), daily=True)
    assert not desktop.window.close()
    qtbot.waitUntil(lambda: is_closed(desktop))
    (made,) = stick.iterdir()
    assert made.suffix == ".zfbackup"


def test_without_a_plan_or_a_stick_nobody_waits(
    qtbot: QtBot, desktop: Desktop, stick: Path
) -> None:
    backup_schedule.set_plan(office_of(desktop), str(stick / "gone"), daily=True)
    desktop.window.close()
    qtbot.waitUntil(lambda: is_closed(desktop))
    assert desktop.parting.page is None


def test_esc_skips_the_backup(
    qtbot: QtBot, dressed: QApplication, folder: Path, stick: Path
) -> None:
    def endless(office: Office, progress: object, cancel: Cancel) -> None:
        while not cancel._event.wait(0.01):
            assert callable(progress)
            progress(Step("正在备份"))
        cancel.check()

    desktop = Desktop(folder, replace(wiring_for(folder), back_up=endless), dressed)
    with qtbot.waitSignals([desktop.painted, desktop.listed]):
        desktop.start()
    open_again(qtbot, desktop)
    backup_schedule.set_plan(office_of(desktop), str(stick), daily=True)
    desktop.window.close()
    qtbot.waitUntil(
        lambda: desktop.parting.page is not None and desktop.parting.page.work.isVisible(),
    )
    desktop.window.activateWindow()
    QTest.keyClick(desktop.window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: is_closed(desktop))
    assert list(stick.iterdir()) == []
    desktop.close()


def test_a_backup_that_fails_is_told_and_can_be_left(
    qtbot: QtBot, desktop: Desktop, stick: Path
) -> None:
    office = office_of(desktop)
    backup_schedule.set_plan(office, str(stick), daily=True)
    clash = stick / backup_schedule.back_up_now(office).file.name
    clash.unlink()
    with office.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM setting WHERE name = 'last_backup'")
    office.folder.keyring.rename(office.folder.keyring.with_suffix(".away"))
    office.folder.keyring.mkdir()
    desktop.window.close()
    page = desktop.parting.page
    qtbot.waitUntil(
        lambda: desktop.parting.page is not None and desktop.parting.page.leave.isVisible(),
    )
    page = desktop.parting.page
    assert page is not None
    assert page.message.text()
    page.leave.trigger()
    qtbot.waitUntil(lambda: is_closed(desktop))


def test_after_a_restore_one_opens_the_old_data_anew(
    qtbot: QtBot, desktop: Desktop, folder: Path, stick: Path
) -> None:
    office = office_of(desktop)
    backup_schedule.set_plan(office, str(stick), daily=False)
    made = backup_schedule.back_up_now(office)
    later = saving.save(office, Enterprise, {"name": "乐山一厂"}).id
    key = office.store.key
    assert key is not None
    job = partial(restoring.restore, made.file, folder, key, force=True)
    assert desktop._reopen("已恢复。", job)
    qtbot.waitUntil(lambda: desktop.unlock is not None)
    assert desktop.unlock is not None
    assert desktop.unlock.message.text() == "已恢复。"
    qtbot.waitUntil(lambda: desktop.unlock is not None and bool(desktop.unlock.people.chosen))
    open_again(qtbot, desktop)
    fresh = office_of(desktop)
    assert all(one.id != later for one in saving.listing(fresh, Enterprise))
    assert copied_elsewhere(fresh)


def test_a_restore_that_fails_leaves_everything_as_it_was(
    qtbot: QtBot, desktop: Desktop, folder: Path, stick: Path
) -> None:
    office = office_of(desktop)
    kept = saving.save(office, Enterprise, {"name": "乐山一厂"}).id
    broken = stick / "坏的.zfbackup"
    broken.write_bytes(b"nothing")
    assert office.store.key is not None
    desktop._reopen("", partial(restoring.restore, broken, folder, office.store.key))
    qtbot.waitUntil(lambda: desktop.unlock is not None)
    assert desktop.unlock is not None
    assert "这份备份不能用" in desktop.unlock.message.text()
    qtbot.waitUntil(lambda: desktop.unlock is not None and bool(desktop.unlock.people.chosen))
    open_again(qtbot, desktop)
    assert any(one.id == kept for one in saving.listing(office_of(desktop), Enterprise))
