"""活动 on the screen: the city changes one setting, sends it down, a county sees what changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Campaign
from app.services.campaigns import campaign_list
from app.services.office.office import Office
from app.services.records import saving
from app.services.reviewing import answers
from app.ui.fields.rows import RowsEditor
from app.ui.pages.settings.campaigns import CampaignsSubject
from app.ui.pages.settings.page import SettingsPage
from app.ui.worker import Worker
from tests.services.offices import COUNTY, carry
from tests.ui.pages.settings import do, press, settings_of, shown

FIRST = "2011-36"
pytestmark = pytest.mark.usefixtures("dressed")


def subject_of(qtbot: QtBot, page: SettingsPage) -> CampaignsSubject:
    subject = page.go("campaigns")
    assert isinstance(subject, CampaignsSubject)
    qtbot.waitUntil(lambda: len(subject.listed.rows) > 1)
    page.subject.activate()
    return subject


def choose(subject: CampaignsSubject, code: str) -> None:
    codes = [one.campaign.code for one in subject.listed.rows]
    subject.listed.table.selectRow(codes.index(code))


def at_first(qtbot: QtBot, worker: Worker, office: Office, kept: Path) -> CampaignsSubject:
    """The first campaign, in its parts."""
    subject = subject_of(qtbot, settings_of(qtbot, worker, office, kept))
    choose(subject, FIRST)
    press(subject, Qt.Key.Key_1, alt=True)
    return subject


def test_one_setting_goes_from_the_city_to_a_county(
    qtbot: QtBot, worker: Worker, city: Office, county: Office, tmp_path: Path
) -> None:
    at_city = at_first(qtbot, worker, city, tmp_path / "kept-city")
    sheet = at_city.sheet
    assert shown(at_city) is sheet
    sheet.parts.form.editor("headcount_threshold").put("300")
    assert not at_city.can_leave()
    do(qtbot, sheet, Qt.Key.Key_S)
    assert shown(at_city) is at_city.listed
    assert "下次给各单位回执" in at_city.listed.message.text()

    carry(county, answers.answer(city, COUNTY, tmp_path / "stick").files)
    page = settings_of(qtbot, worker, county, tmp_path / "kept-below")
    below = subject_of(qtbot, page)
    choose(below, FIRST)
    (changed,) = [one for one in below.listed.rows if one.news]
    assert (changed.campaign.code, changed.news) == (FIRST, "有改动")
    assert changed.campaign.headcount_threshold == 300
    press(below, Qt.Key.Key_H, control=True)
    view = below.history.card.view
    qtbot.waitUntil(lambda: view.moments.rowCount() == 2)
    newest = view.moments.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "职工人数界线：200人 → 300人" in newest
    press(below, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(one.news for one in below.listed.rows))
    press(below, Qt.Key.Key_1, alt=True)
    assert below.sheet.parts.form.read_only
    assert not below.sheet.save.isEnabled()


def test_a_wrong_value_is_said_where_it_stands(
    qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path
) -> None:
    subject = at_first(qtbot, worker, city, tmp_path / "kept")
    sheet = subject.sheet
    sheet.parts.form.editor("ends").put("2011-1-1")
    press(sheet, Qt.Key.Key_S, control=True)
    assert "结束日期早于开始日期" in sheet.message.text()
    assert sheet.parts.tabs.current == "paper"
    sheet.parts.form.editor("ends").put("2011-12-31")
    press(sheet, Qt.Key.Key_5, alt=True)
    rows = sheet.parts.form.editor("extra_fields")
    rows.put([{"type": "visit", "label": "走访日期", "kind": "text"}])
    press(sheet, Qt.Key.Key_1, alt=True)
    press(sheet, Qt.Key.Key_S, control=True)
    qtbot.waitUntil(lambda: "同名" in sheet.message.text())
    assert sheet.parts.tabs.current == "added"
    rows.put([{"type": "visit", "label": "取暖用煤", "kind": "integer"}])
    sheet.parts.form.jump_to("extra_fields")
    do(qtbot, sheet, Qt.Key.Key_S)
    (saved,) = [s for s in saving.listing(city, Campaign) if s.record.code == FIRST]
    assert [(e.label, e.kind) for e in saved.record.extra_fields] == [("取暖用煤", "integer")]
    assert saved.record.extra_fields[0].name.startswith("f")


def test_a_plan_of_years_and_the_focus_are_kept(
    qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path
) -> None:
    subject = at_first(qtbot, worker, city, tmp_path / "kept")
    sheet = subject.sheet
    press(sheet, Qt.Key.Key_6, alt=True)
    form = sheet.parts.form
    form.editor("plan_years").put([{"plan": "三年规划", "code": "T6", "year": 2011, "value": 2000}])
    form.editor("focus_industries").put(["C"])
    form.editor("focus_themes").put(["园区建会"])
    do(qtbot, sheet, Qt.Key.Key_S)
    (saved,) = [s for s in saving.listing(city, Campaign) if s.record.code == FIRST]
    assert [(one.year, one.value) for one in saved.record.plan_years] == [(2011, 2000)]
    assert (saved.record.focus_industries, saved.record.focus_themes) == (("C",), ("园区建会",))


def test_a_part_is_shown_from_its_first_row(
    qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path
) -> None:
    subject = at_first(qtbot, worker, city, tmp_path / "kept")
    press(subject.sheet, Qt.Key.Key_2, alt=True)
    form = subject.sheet.parts.form
    dues = form.editor(next(iter(form.cells())))
    assert isinstance(dues, RowsEditor)
    assert len(dues.rows) > 1
    first = next(iter(dues.rows[0].cells.values()))
    here = QApplication.focusWidget()
    assert here is not None
    assert first.isAncestorOf(here)


def test_a_new_campaign_is_made_from_last_years(
    qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path
) -> None:
    page = settings_of(qtbot, worker, city, tmp_path / "kept")
    subject = subject_of(qtbot, page)
    choose(subject, FIRST)
    press(subject, Qt.Key.Key_N, control=True)
    qtbot.waitUntil(lambda: subject.panel is subject.sheet)
    form = subject.sheet.parts.form
    assert form.editor("starts").typed() == "2012-07-04"
    assert form.editor("code").typed() in (None, "")
    form.editor("code").put("2012-60")
    form.editor("document_number").put("乐工发〔2012〕60号")
    do(qtbot, subject.sheet, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "2012-60" in [one.campaign.code for one in subject.listed.rows])
    (made,) = [o.campaign for o in campaign_list.listed(city) if o.campaign.code == "2012-60"]
    assert made.dues[2].due == dt.date(2012, 12, 15)
    assert len(made.checklist) == 27
    assert made.phases[1].ends == dt.date(2012, 11, 30)
