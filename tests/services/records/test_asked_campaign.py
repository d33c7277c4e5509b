"""Whose added fields a record has that names no campaign, and that none of its values is lost."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.record_campaign import Choosing, belonging
from app.domain.kernel.errors import UserError
from app.domain.records import Aid, Campaign, Case, Demand, Hazard, Person, Record, Visit, body_of
from app.services.lists import record_history, record_sheet
from app.services.lists.record_sheet import Known, Opened
from app.services.office.office import Office
from app.services.records import form_saving, saving, voiding
from app.services.records.campaign_choice import choose
from app.services.records.checked_body import CheckFailed
from tests.services.offices import SetClock, save_visit


def _campaign(code: str, starts: str, ends: str, *fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": code,
        "title": f"关于{code}的通知",
        "short_title": f"“{code}”",
        "document_number": f"乐工发〔{code}〕号",
        "starts": starts,
        "ends": ends,
        "extra_fields": list(fields),
    }


HEAT = {"name": "heat", "label": "取暖方式", "kind": "code", "options": "煤、电", "required": True}
WISH = {"name": "wish", "label": "心愿", "kind": "text"}
WINTER = _campaign(
    "送温暖", "2013-01-04", "2013-02-28",
    *({"type": name, **HEAT} for name in ("demand", "case", "aid", "hazard")),
    {"type": "person", **HEAT},
)  # fmt: skip
SPRING = _campaign("春风", "2013-02-20", "2013-04-30", {"type": "demand", **WISH})
ID = "11010519491231002X"
DEMAND = {"category": "生活", "content": "取暖费没有发"}


@pytest.fixture
def both(city: Office, clock: SetClock) -> Office:
    """The city in the winter of 2013, where two campaigns run at the end of February."""
    clock.set(2013, 2, 10)
    saving.save(city, Campaign, WINTER)
    saving.save(city, Campaign, SPRING)
    return city


def _opened(office: Office, record_type: type[Any], key: str) -> Opened:
    return record_sheet.opened(office, record_type, key)


def _added(known: Opened | Known, record_type: type[Record] = Demand) -> list[str]:
    fields = known.campaign.extra_fields if known.campaign else ()
    return [one.label for one in fields if one.type == record_type.type_name]


def test_it_is_the_campaign_of_the_visit_that_led_to_it(both: Office) -> None:
    old = save_visit(both, visited_on="2011-08-05").id
    new = save_visit(both, visited_on="2013-02-05", enterprise_name="恒宇机械厂").id
    said = saving.save(both, Demand, {**DEMAND, "visit": new, "取暖方式": "煤"})
    assert said.state.record.extra == {"heat": "煤"}
    assert body_of(said.state.record)["raised_on"] == "2013-02-05"
    saving.save(both, Demand, {**DEMAND, "visit": old, "raised_on": "2013-02-06"})
    with pytest.raises(UserError, match="这条记录的活动没有“取暖方式”这一项"):
        saving.save(both, Demand, {**DEMAND, "visit": old, "heat": "煤"})
    with pytest.raises(CheckFailed, match="“取暖方式”没有填写"):
        saving.save(both, Demand, {**DEMAND, "visit": new})


def test_aid_goes_with_the_visit_of_its_case(both: Office) -> None:
    visit = save_visit(both, visited_on="2013-02-05").id
    person = saving.save(both, Person, {"name": "陈建国", "resident_id": ID}).id
    case = {"person": person, "visit": visit, "types": "生活救助", "heat": "电"}
    case_id = saving.save(both, Case, case).id
    aid = {"case": case_id, "given_on": "2013-02-09", "type": "生活救助", "money": 500}
    with pytest.raises(CheckFailed, match="“取暖方式”没有填写"):
        saving.save(both, Aid, aid)
    assert saving.save(both, Aid, {**aid, "取暖方式": "电"}).state.record.extra == {"heat": "电"}


def test_without_a_visit_its_day_decides_and_demands(both: Office) -> None:
    with pytest.raises(CheckFailed, match="“取暖方式”没有填写"):
        saving.save(both, Demand, {**DEMAND, "raised_on": "2013-02-06"})
    hazard = {
        "nature": "拖欠工资",
        "description": "欠薪",
        "level": "黄色",
        "found_at": "2013-02-06 09:30",
    }
    said = saving.save(both, Hazard, {**hazard, "取暖方式": "电"})
    assert said.state.record.extra == {"heat": "电"}


def test_a_file_of_a_year_ago_may_say_what_the_campaign_of_today_asks(both: Office) -> None:
    old = saving.save(
        both, Person, {"name": "陈建国", "resident_id": ID, "filed_on": "2010-05-01"}
    ).id
    opened = _opened(both, Person, old)
    assert _added(opened, Person) == ["取暖方式"]
    saving.save(both, Person, {"取暖方式": "煤"}, record=old)
    saving.save(both, Person, {"postcode": "614000"}, record=old)
    assert saving.show(both, Person, old).record.extra == {"heat": "煤"}


def test_of_two_at_once_the_one_looked_at_and_a_record_stays_with_its_own(
    both: Office, clock: SetClock
) -> None:
    clock.set(2013, 2, 25)
    typed = {**DEMAND, "raised_on": "2013-02-24"}
    later = saving.save(both, Demand, {**typed, "心愿": "暖气片"}).id
    assert _added(_opened(both, Demand, later)) == ["心愿"]
    named = saving.save(both, Demand, {**typed, "content": "煤不够", "取暖方式": "煤"}).id
    assert _added(_opened(both, Demand, named)) == ["取暖方式"]
    choose(both, "送温暖")
    assert _added(_opened(both, Demand, later)) == ["心愿"]
    fresh = record_sheet.fresh(both, Demand, {"raised_on": "2013-02-24"})
    assert _added(fresh) == ["取暖方式"]
    choose(both, "春风")
    assert _added(_opened(both, Demand, named)) == ["取暖方式"]


def test_what_was_filled_in_for_another_campaign_is_kept_and_shown(
    both: Office, clock: SetClock
) -> None:
    clock.set(2013, 3, 10)
    typed = {**DEMAND, "raised_on": "2013-02-06", "heat": "煤"}
    record = saving.save(both, Demand, typed).id
    saving.save(both, Demand, {"raised_on": "2013-03-06"}, record=record)
    opened = _opened(both, Demand, record)
    assert opened.campaign is not None
    assert opened.campaign.code == "春风"
    assert _added(opened) == ["心愿", "取暖方式（送温暖）"]
    assert opened.body["extra"] == {"heat": "煤"}
    form_saving.save(both, Demand, record, {"wish": "炉子"}, base=opened.base)
    assert saving.show(both, Demand, record).record.extra == {"heat": "煤", "wish": "炉子"}
    saving.save(both, Demand, {"heat": None}, record=record)
    changes = record_history.told(both, Demand, record)[0].changes
    assert [(c.label, c.old, c.new) for c in changes] == [("取暖方式（送温暖）", "煤", "")]
    assert _added(_opened(both, Demand, record)) == ["心愿"]


def test_a_form_that_left_a_campaign_keeps_what_was_typed_for_it(
    both: Office, clock: SetClock
) -> None:
    clock.set(2013, 3, 10)
    body = {"raised_on": "2013-03-06", "extra": {"heat": "电"}}
    assert _added(record_sheet.known(both, Demand, body)) == ["心愿", "取暖方式（送温暖）"]
    typed = {**DEMAND, "raised_on": "2013-03-06", "heat": "电"}
    key = both.new_id()
    form_saving.save(both, Demand, key, typed)
    assert saving.show(both, Demand, key).record.extra == {"heat": "电"}


def test_a_void_visit_does_not_decide(both: Office) -> None:
    visit = save_visit(both, visited_on="2011-08-05").id
    typed = {**DEMAND, "visit": visit, "raised_on": "2013-02-06"}
    record = saving.save(both, Demand, typed).id
    assert _added(_opened(both, Demand, record)) == []
    voiding.void(both, Visit, visit, "录重了")
    assert _added(_opened(both, Demand, record)) == ["取暖方式"]


def test_the_figures_read_the_same_rule() -> None:
    """A record that one campaign alone holds counts in that one, and the other way round."""
    chance = random.Random(7)
    known = [
        Campaign(code="a", starts=dt.date(2013, 1, 1), ends=dt.date(2013, 2, 28)),
        Campaign(code="b", starts=dt.date(2013, 2, 15), ends=dt.date(2013, 4, 30)),
        Campaign(code="c"),
    ]
    choosing = Choosing(known, "", dt.date(2013, 2, 1))
    for _ in range(400):
        day = dt.date(2012, 12, 1) + dt.timedelta(days=chance.randrange(200))
        visit = Visit(campaign=chance.choice("abcd")) if chance.random() < 0.5 else None
        found = belonging(choosing, Demand, visit, day)
        counts = [c.code for c in known if CampaignData(campaign=c, units={}).belongs(visit, day)]
        assert (found.code if found else None) == (counts[-1] if counts else None)
