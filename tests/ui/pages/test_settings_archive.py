"""设置 → 年度归档: by key, with the folder asked for, and what was left out named."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.records import Document
from app.services.office.office import Office
from app.services.records import attachments, saving
from app.ui.pages.settings.archive import ArchivePanel, ArchiveSubject
from app.ui.worker import Worker
from tests.services.offices import save_visit
from tests.ui.pages.settings import do, press, settings_of


def panel_of(qtbot: QtBot, worker: Worker, office: Office, tmp_path: Path) -> ArchivePanel:
    page = settings_of(qtbot, worker, office, tmp_path / "kept")
    subject = page.go("archive")
    assert isinstance(subject, ArchiveSubject)
    panel = subject.making
    qtbot.waitUntil(lambda: panel.campaigns.count() == 2)
    return panel


@pytest.mark.usefixtures("dressed")
def test_a_county_archives_its_campaign(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    plan = saving.save(
        county,
        Document,
        {"campaign": "2011-36", "kind": "plan", "title": "实施方案", "dated": "2011-07-05"},
    )
    old = tmp_path / "方案.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    attachments.attach(county, Document, plan.id, old)
    panel = panel_of(qtbot, worker, county, tmp_path)
    assert not panel.units.isVisible()
    assert panel.campaigns.currentData() == "2011-36"
    press(panel, Qt.Key.Key_Return, control=True)
    assert "还没有选择" in panel.message.text()

    press(panel, Qt.Key.Key_Escape)
    panel.place.set_path(str(tmp_path / "归档"))
    do(qtbot, panel, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.made is not None)
    assert "已归档：登记表 1 张" in panel.message.text()
    assert "方案.doc" in panel.left_out.text()
    assert panel.open.isEnabled()
    assert panel.made is not None
    assert panel.made.pdf.exists()


@pytest.mark.usefixtures("dressed")
def test_the_city_chooses_an_office(
    qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, worker, city, tmp_path)
    assert panel.units.isVisible()
    assert panel.units.findText("沙湾区总工会") > 0
