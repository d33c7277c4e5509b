"""Which campaign a visit belongs to follows its day; no visit falls into another in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Campaign, Plan, Visit
from app.services.figures.statistics import statistics
from app.services.lists import record_sheet
from app.services.office.office import Office
from app.services.records import saving
from app.services.records.campaign_choice import choose
from app.services.records.checked_body import CheckFailed
from app.services.todo.campaign_progress import headway
from app.services.todo.today import today
from app.services.workbooks import excel_import
from tests.services.offices import SetClock, record_of, save_visit

THIRD = {"code": "2013-08", "title": "关于冬季走访的通知", "document_number": "乐工发〔2013〕8号"}
SECOND = {"starts": "2012-09-01", "ends": "2012-12-31"}


def _dated(city: Office) -> None:
    (found,) = [s for s in saving.listing(city, Campaign) if s.record.code == "2012-55"]
    saving.save(city, Campaign, SECOND, record=found.id)


def test_a_day_of_no_campaign_is_asked_about(county: Office, clock: SetClock) -> None:
    clock.set(2012, 9, 12)
    with pytest.raises(CheckFailed, match="请选它属于哪个活动"):
        save_visit(county, visited_on="2012-09-10")
    with pytest.raises(UserError, match=r"2011年、2012年"):
        save_visit(county, visited_on="9.10")
    with pytest.raises(UserError, match=r"2011年、2012年"):
        saving.save(county, Plan, {"enterprise": "乐山无线电公司", "planned": "10.5"})
    kept = save_visit(county, visited_on="2012-09-10", campaign="2012-55")
    assert record_of(county, "visit", kept.id).campaign == "2012-55"


def test_a_visit_whose_day_is_corrected_goes_with_it(city: Office, clock: SetClock) -> None:
    clock.set(2012, 9, 12)
    saved = save_visit(city, visited_on="2011-09-10")
    assert record_of(city, "visit", saved.id).campaign == "2011-36"
    with pytest.raises(CheckFailed, match="请选它属于哪个活动"):
        saving.save(city, Visit, {"visited_on": "2012-09-10"}, record=saved.id)
    _dated(city)
    saving.save(city, Visit, {"visited_on": "2012-09-10"}, record=saved.id)
    assert record_of(city, "visit", saved.id).campaign == "2012-55"
    saving.save(city, Visit, {"visited_on": "2011-09-11"}, record=saved.id)
    assert record_of(city, "visit", saved.id).campaign == "2011-36"
    typed = {"visited_on": "2012-09-10", "campaign": "2011-36"}
    said = saving.save(city, Visit, typed, record=saved.id).findings
    assert "V01" in {one.code for one in said}


def test_the_form_says_which_campaign_a_changed_day_has(city: Office, clock: SetClock) -> None:
    clock.set(2012, 9, 12)
    _dated(city)
    saved = save_visit(city, visited_on="2011-09-10")
    opened = record_sheet.opened(city, Visit, saved.id)
    body = {**opened.body, "visited_on": "2012-09-10"}
    known = record_sheet.known(city, Visit, body, saved.id)
    assert known.body["campaign"] == "2012-55"
    assert known.campaign is not None
    assert known.campaign.code == "2012-55"


def test_two_campaigns_at_once_the_one_begun_last_unless_one_was_named(
    city: Office, clock: SetClock
) -> None:
    clock.set(2011, 10, 12)
    (found,) = [s for s in saving.listing(city, Campaign) if s.record.code == "2012-55"]
    saving.save(city, Campaign, {"starts": "2011-10-01", "ends": "2011-12-31"}, record=found.id)
    last = save_visit(city, visited_on="10.10")
    named = save_visit(city, visited_on="10.10", campaign="2011-36", enterprise_name="恒宇机械厂")
    early = save_visit(city, visited_on="9.10", enterprise_name="乐山电力")
    assert [record_of(city, "visit", one.id).campaign for one in (last, named, early)] == [
        "2012-55",
        "2011-36",
        "2011-36",
    ]


def test_a_sheet_of_a_later_year_is_asked_about_too(
    county: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2012, 9, 12)
    sheet = tmp_path / "走访.csv"
    head = "参与走访领导,走访企（事）业单位名称,走访企（事）业职工人数,走访日期"
    sheet.write_text(
        f"{head}\n李明书,乐山无线电公司,1250,2012-9-10\n李明书,恒宇机械厂,90,9.11\n", "utf-8-sig"
    )
    account = excel_import.import_workbook(county, Visit, sheet)
    assert (account.added, account.refused) == (0, 2)
    assert saving.listing(county, Visit) == []


def test_what_is_chosen_is_followed_until_another_begins(city: Office, clock: SetClock) -> None:
    clock.set(2011, 10, 12)
    (found,) = [s for s in saving.listing(city, Campaign) if s.record.code == "2012-55"]
    saving.save(city, Campaign, {"starts": "2011-10-01", "ends": "2011-12-31"}, record=found.id)
    assert today(city).campaign == headway(city).campaign == "2012-55"
    choose(city, "2011-36")
    assert today(city).campaign == headway(city).campaign == "2011-36"
    assert statistics(city).campaign == "2011-36"
    saved = save_visit(city, visited_on="10.10")
    assert record_of(city, "visit", saved.id).campaign == "2011-36"
    third = {**THIRD, "starts": "2011-11-01", "ends": "2011-12-31"}
    saving.save(city, Campaign, third)
    assert today(city).campaign == "2011-36"
    clock.set(2011, 11, 2)
    assert today(city).campaign == "2013-08"
    with pytest.raises(UserError, match="没有活动"):
        choose(city, "1999-1")
