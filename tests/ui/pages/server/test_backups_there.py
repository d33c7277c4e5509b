"""设置 → 备份与恢复 where the data is on a server: what to do instead is said at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.services.backup import backup_schedule
from app.services.backup.backup import back_up
from app.ui.pages.settings.backups import ON_SERVER, BackupSubject
from app.ui.worker import Worker
from tests.cli.line import say
from tests.services.office.conftest import second_desk
from tests.services.offices import PASSPHRASE, found_city, new_clock
from tests.ui.pages.settings import settings_of


@pytest.mark.usefixtures("dressed")
def test_a_backup_is_made_and_a_restore_refused_in_words(
    qtbot: QtBot, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = found_city(tmp_path / "first", new_clock())
    page = settings_of(qtbot, worker, office, tmp_path / "kept")
    subject = page.go("backup")
    assert isinstance(subject, BackupSubject)
    plan, restoring = subject.plan, subject.restoring
    assert ON_SERVER in [one.text() for one in plan.findChildren(QLabel)]
    stick = tmp_path / "stick"
    stick.mkdir()
    plan.place.set_path(str(stick))
    qtbot.waitUntil(lambda: plan.last.text() == "还没有备份过")
    with qtbot.waitSignal(plan.settled):
        plan.now.trigger()
    (made,) = backup_schedule.kept(stick)
    assert made.manifest
    plan.other.trigger()
    assert "几台电脑在用，不能这样恢复" in restoring.message.text()
    assert "pg_dump" in restoring.message.text()
    assert restoring.refusal.isVisible()
    assert not restoring.look.isEnabled()
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", PASSPHRASE)
    refused = say("restore", made.file, "--data", office.folder.root)
    assert refused.status == 1
    assert "pg_dump" in refused.err
    office.close()


@pytest.mark.usefixtures("dressed")
def test_the_last_backup_of_another_computer_is_told_beside_ones_own(
    qtbot: QtBot, worker: Worker, tmp_path: Path
) -> None:
    clock = new_clock()
    office = found_city(tmp_path / "first", clock)
    other = second_desk(office, clock, tmp_path / "second desk")
    for place in ("stick", "disk"):
        (tmp_path / place).mkdir()
    backup_schedule.set_plan(office, str(tmp_path / "stick"), daily=True)
    made = backup_schedule.back_up_now(office)
    clock.forward(hours=2)
    back_up(other, tmp_path / "disk")
    subject = settings_of(qtbot, worker, office, tmp_path / "kept").go("backup")
    assert isinstance(subject, BackupSubject)
    last = subject.plan.last
    qtbot.waitUntil(lambda: "另一台电脑 2011-07-01 11:00 备份过" in last.text())
    assert last.text().startswith(f"2011-07-01 09:00　{made.file.name}")
    qtbot.waitUntil(subject.plan.table.isVisible)
    other.close()
    office.close()
