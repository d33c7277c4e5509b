"""报送单位 on the screen: the city adds one; a county says how it is reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.services.registering import unit_list
from app.ui.pages.settings.page import SettingsPage
from app.ui.pages.settings.units import UnitsSubject
from app.ui.worker import Worker
from tests.services.offices import COUNTY, SetClock
from tests.ui.pages.settings import do, press, settings_of, shown


def subject_of(qtbot: QtBot, page: SettingsPage) -> UnitsSubject:
    subject = page.go("units")
    assert isinstance(subject, UnitsSubject)
    qtbot.waitUntil(lambda: len(subject.listed.rows) > 10)
    subject.activate()
    return subject


@pytest.mark.usefixtures("dressed")
def test_the_city_adds_a_unit(qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path) -> None:
    page = settings_of(qtbot, worker, city, tmp_path / "kept")
    subject = subject_of(qtbot, page)
    press(subject, Qt.Key.Key_N, control=True)
    qtbot.waitUntil(lambda: shown(subject) is subject.sheet)
    form = subject.sheet.parts.form
    assert form.editor("code").typed() == "511100003"
    form.editor("name").put("乐山市教育工会")
    press(subject.sheet, Qt.Key.Key_S, control=True)
    assert "简称" in subject.sheet.message.text()
    form.editor("short_name").put("教育")
    do(qtbot, subject.sheet, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "511100003" in [one.unit.code for one in subject.listed.rows])
    assert "回执" in subject.listed.message.text()


@pytest.mark.usefixtures("dressed")
def test_a_county_says_how_it_is_reached(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path, clock: SetClock
) -> None:
    page = settings_of(qtbot, worker, county, tmp_path / "kept")
    subject = subject_of(qtbot, page)
    assert not subject.listed.add.isEnabled()
    clock.forward(hours=1)
    press(subject, Qt.Key.Key_2, alt=True)
    qtbot.waitUntil(lambda: shown(subject) is subject.own)
    form = subject.own.parts.form
    form.editor("clerk").put("周经办")
    form.editor("clerk_telephone").put("0833-3440001")
    do(qtbot, subject.own, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: any(one.told for one in subject.listed.rows))
    (own,) = [one for one in unit_list.listed(county) if one.unit.code == COUNTY]
    assert (own.unit.clerk, own.unit.clerk_telephone) == ("周经办", "0833-3440001")
