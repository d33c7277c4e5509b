"""备份与恢复 on the screen: by key, listed, and back again with open eyes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.backup import backup_schedule
from app.services.backup.backup_plan import Plan
from app.services.office.office import Office
from app.ui.pages.settings.backups import BackupSubject
from app.ui.pages.settings.page import SettingsPage
from app.ui.worker import Worker
from tests.services.conftest import second_county
from tests.services.offices import PASSPHRASE, save_visit
from tests.ui.pages.settings import Reopening, do, fill, press, settings_of, shown

__all__ = ["second_county"]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def reopening() -> Reopening:
    return Reopening()


@pytest.fixture
def page(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path, reopening: Reopening
) -> SettingsPage:
    return settings_of(qtbot, worker, county, tmp_path / "kept", reopening)


def subject_of(page: SettingsPage) -> BackupSubject:
    subject = page.go("backup")
    assert isinstance(subject, BackupSubject)
    return subject


@pytest.mark.usefixtures("dressed")
def test_a_backup_is_made_by_key_and_listed(
    qtbot: QtBot, page: SettingsPage, county: Office, stick: Path
) -> None:
    save_visit(county)
    subject = subject_of(page)
    plan = subject.plan
    qtbot.waitUntil(lambda: plan.last.text() == "还没有备份过")
    do(qtbot, plan, Qt.Key.Key_Return)
    assert "还没有选择备份到哪里" in plan.message.text()
    plan.place.set_path(str(county.folder.root / "inside"))
    do(qtbot, plan, Qt.Key.Key_S)
    assert "不能备份到数据文件夹里面" in plan.message.text()
    plan.place.set_path(str(stick))
    plan.daily.setChecked(True)
    do(qtbot, plan, Qt.Key.Key_Return)
    assert "已备份到" in plan.message.text()
    qtbot.waitUntil(lambda: [row[4] for row in plan.table.texts] == ["可用"])
    assert plan.table.texts[0][3] == "1"
    assert backup_schedule.overview(county).plan == Plan(str(stick), True)
    (made,) = stick.iterdir()
    made.write_bytes(made.read_bytes()[:1000])
    subject.load()
    qtbot.waitUntil(lambda: [row[4] for row in plan.table.texts] == ["不能用"])
    assert not plan.restore.isEnabled()


@pytest.mark.usefixtures("dressed")
def test_what_another_computer_said_meanwhile_is_told_before_it_is_replaced(
    qtbot: QtBot, page: SettingsPage, county: Office, stick: Path
) -> None:
    plan = subject_of(page).plan
    qtbot.waitUntil(lambda: plan.last.text() == "还没有备份过")
    plan.place.set_path(str(stick))
    backup_schedule.set_plan(county, str(stick.parent), daily=True)
    do(qtbot, plan, Qt.Key.Key_S)
    assert f"改成了“{stick.parent}，每天自动备份”，这一次没有改" in plan.message.text()
    qtbot.waitUntil(lambda: plan._base is not None)
    assert plan.place.line.text() == str(stick)
    do(qtbot, plan, Qt.Key.Key_S)
    assert plan.message.text() == "已保存。"
    assert backup_schedule.overview(county).plan == Plan(str(stick))


@pytest.mark.usefixtures("dressed")
def test_a_missing_stick_is_said(
    qtbot: QtBot, page: SettingsPage, county: Office, stick: Path
) -> None:
    plan = subject_of(page).plan
    plan.place.set_path(str(stick / "gone"))
    do(qtbot, plan, Qt.Key.Key_S)
    assert plan.message.text() == "已保存。"
    do(qtbot, plan, Qt.Key.Key_Return)
    assert "找不到备份的地方" in plan.message.text()


@pytest.mark.usefixtures("dressed")
def test_before_a_restore_one_sees_and_confirms_what_is_lost(
    qtbot: QtBot, page: SettingsPage, county: Office, stick: Path, reopening: Reopening
) -> None:
    backup_schedule.set_plan(county, str(stick), daily=False)
    backup_schedule.back_up_now(county)
    later = save_visit(county)
    subject = subject_of(page)
    plan, restoring = subject.plan, subject.restoring
    qtbot.waitUntil(plan.restore.isEnabled)
    with qtbot.waitSignal(restoring.settled):
        press(page, Qt.Key.Key_1, alt=True)
    assert shown(subject) is restoring
    assert later.number in restoring.lost.text()
    qtbot.waitUntil(restoring.sure.hasFocus)
    fill(restoring.own, PASSPHRASE)
    press(page, Qt.Key.Key_Return, control=True)
    assert "请先看清会少掉什么" in restoring.message.text()
    restoring.sure.setChecked(True)
    fill(restoring.own, "not the horse")
    do(qtbot, restoring, Qt.Key.Key_Return)
    assert "口令不对" in restoring.message.text()
    fill(restoring.own, PASSPHRASE)
    do(qtbot, restoring, Qt.Key.Key_Return)
    ((words, job),) = reopening.asked
    assert "已恢复" in words
    assert job is not None
    county.close()
    assert job().aside is not None


@pytest.mark.usefixtures("dressed")
def test_another_offices_backup_says_so(
    qtbot: QtBot, page: SettingsPage, second_county: Office, stick: Path
) -> None:
    backup_schedule.set_plan(second_county, str(stick), daily=False)
    made = backup_schedule.back_up_now(second_county)
    subject = subject_of(page)
    press(page, Qt.Key.Key_2, alt=True)
    restoring = subject.restoring
    restoring.place.set_path(str(made.file))
    with qtbot.waitSignal(restoring.settled):
        press(page, Qt.Key.Key_3, alt=True)
    assert "不是现在这份数据的备份" in restoring.lost.text()
    assert restoring.person.currentText() == "张经办"
    broken = stick / "坏的.zfbackup"
    broken.write_bytes(b"nothing")
    restoring.place.set_path(str(broken))
    assert not restoring.save.isEnabled()
    with qtbot.waitSignal(restoring.settled):
        press(page, Qt.Key.Key_3, alt=True)
    assert "这份备份不能用" in restoring.message.text()
