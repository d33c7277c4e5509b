"""设置 → 数据 → 搬到服务器 on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.office.office import Office, open_office
from app.services.starting import setting_up
from app.ui.pages.settings.data import DataSubject
from app.ui.pages.settings.page import SettingsPage
from app.ui.worker import Worker
from database.store.server_note import server_of
from tests.engines import new_server
from tests.services.offices import CHEAP, CITY, PASSPHRASE, new_clock
from tests.ui.pages.settings import Reopening, settings_of
from tests.ui.servers import there


@pytest.fixture(autouse=True)
def _passwords(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "passwords"))


@pytest.fixture
def in_file(tmp_path: Path) -> Iterator[Office]:
    setting_up.found(
        tmp_path / CITY, role="city", station=CITY, operator="市经办", passphrase=PASSPHRASE,
        clock=new_clock(), cost=CHEAP,
    ).office.close()  # fmt: skip
    office = open_office(tmp_path / CITY, PASSPHRASE, clock=new_clock())
    yield office
    office.close()


@pytest.mark.usefixtures("dressed")
def test_the_data_is_moved_from_the_settings_after_it_is_agreed_to(
    qtbot: QtBot, worker: Worker, in_file: Office, tmp_path: Path
) -> None:
    reopening = Reopening()
    office = in_file
    page: SettingsPage = settings_of(qtbot, worker, office, tmp_path / "kept", reopening)
    subject = page.go("data")
    assert isinstance(subject, DataSubject)
    subject.facts.to_server.trigger()
    panel = subject.server
    server = new_server(empty=True)
    assert server
    where = there(server)
    panel.host.setText(where.host)
    panel.database.setText(where.database)
    panel.user.setText(where.user)
    panel.own.setText(PASSPHRASE)
    panel.save.trigger()
    assert "请先看清" in panel.message.text()
    panel.sure.setChecked(True)
    panel.save.trigger()
    qtbot.waitUntil(lambda: bool(reopening.asked))
    ((words, job),) = reopening.asked
    assert "已搬到服务器" in words
    assert job
    office.close()
    job()
    assert server_of(office.folder.store)
