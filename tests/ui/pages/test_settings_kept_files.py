"""设置 → 数据 → 报送文件: what is gone is brought back or given up, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.kernel.uuid7 import uuid7
from app.services.office.office import Office
from app.services.packages.kept_files import examine_kept
from app.ui.pages.settings.data import DataSubject
from app.ui.pages.settings.kept_files import KeptPanel
from app.ui.pages.settings.page import SettingsPage
from app.ui.worker import Worker
from database.log import packages
from tests.services import forging
from tests.services.conftest import second_county
from tests.services.offices import CITY, COUNTY, carry, record_of, save_visit, send
from tests.ui.pages.settings import do, fill, press, settings_of

__all__ = ["second_county"]


def kept_panel(qtbot: QtBot, page: SettingsPage) -> KeptPanel:
    subject = page.go("data")
    assert isinstance(subject, DataSubject)
    qtbot.waitUntil(lambda: subject.facts.known is not None)
    subject.activate()
    do(qtbot, subject.facts, Qt.Key.Key_Return)
    kept = subject.kept
    with qtbot.waitSignal(kept.settled):
        press(page, Qt.Key.Key_3, alt=True)
    qtbot.waitUntil(kept.isVisible)
    return kept


def test_a_lost_file_is_found_on_the_stick_or_given_up_with_a_reason(
    qtbot: QtBot, dressed: QWidget, worker: Worker, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    send(county, tmp_path / "stick")
    with county.store.read() as connection:
        row = packages.last_sealed(connection, county.identity.writer, CITY)
    assert row is not None
    file = county.folder.outbox / str(row.file)
    file.unlink()
    page = settings_of(qtbot, worker, county, tmp_path)
    kept = kept_panel(qtbot, page)
    qtbot.waitUntil(lambda: bool(kept.table.texts))
    assert kept.table.texts[0][:2] == ["给乐山市总工会的第2次报送", "文件不见了"]
    with qtbot.waitSignal(kept.mended):
        kept.bring_back(tmp_path / "stick")
    assert "找回了1份" in kept.message.text()
    assert file.exists()

    file.unlink()
    with qtbot.waitSignal(kept.settled):
        kept.load()
    qtbot.waitUntil(lambda: bool(kept.table.texts))
    kept.table.setFocus()
    press(page, Qt.Key.Key_S, control=True)
    assert "请写明理由" in kept.message.text()
    fill(kept.reason, "硬盘坏道，王主任同意")
    with qtbot.waitSignal(kept.mended):
        press(page, Qt.Key.Key_S, control=True)
    assert "已登记声明遗失" in kept.message.text()
    assert examine_kept(county) == []
    assert kept.table.texts == []


@pytest.fixture
def contested(city: Office, county: Office, second_county: Office, tmp_path: Path) -> str:
    """A record that two counties began under one id of before."""
    record = uuid7(1, bytes(10))
    for n, office in enumerate((county, second_county)):
        line = forging.line(office, "visit", {"headcount": n + 1}, record=record)
        carry(city, [forging.package(office, tmp_path / f"{n}.zfpkg", [line]).path])
    return record


@pytest.mark.usefixtures("dressed")
def test_the_city_decides_here_whose_a_record_is_that_two_offices_began(
    qtbot: QtBot, worker: Worker, city: Office, contested: str, tmp_path: Path
) -> None:
    page = settings_of(qtbot, worker, city, tmp_path)
    kept = kept_panel(qtbot, page)
    qtbot.waitUntil(lambda: len(kept.table.texts) == 2)
    row = next(n for n, texts in enumerate(kept.table.texts) if "沙湾区" in texts[0])
    kept.table.selectRow(row)
    qtbot.waitUntil(lambda: "认定归这个单位" in kept.save.text())
    fill(kept.reason, "核对过原始登记表")
    with qtbot.waitSignal(kept.mended):
        press(page, Qt.Key.Key_S, control=True)
    assert record_of(city, "visit", contested).owner == COUNTY
    assert kept.table.texts == []
