"""What a clerk does with records: keys them in, changes, takes back, settles what two PCs wrote."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import fields_of
from app.domain.records import TYPES, Campaign, Demand, Enterprise, Person, Visit
from app.domain.records.base import ASK_CAMPAIGN
from app.services.office.office import Office
from app.services.records import record_versions, saving, settling, voiding
from app.services.records.checked_body import CheckFailed
from app.services.records.saving import Saved
from app.services.reporting import freeze, send_apart
from app.services.reviewing import answers, reviews, trays
from tests.services.offices import (
    COUNTY,
    SetClock,
    carry,
    deliver,
    enrol,
    found_below,
    record_of,
    save_visit,
)


def field(saved: Saved, name: str) -> Any:
    return getattr(saved.state.record, name)


def refused(code: str) -> Any:
    return pytest.raises(UserError, check=lambda error: error.code == code)


def test_a_visit_is_typed_once_and_the_rest_is_known(county: Office) -> None:
    """R51: the campaign by the day, the unit from the directory, the office from the PC."""
    saved = saving.save(
        county,
        Visit,
        {
            "参与走访领导": "李明书、付志勇",
            "走访企（事）业单位名称": "沙湾水泥厂",
            "走访企（事）业职工人数": "１２５０人",
            "走访日期": "2011.7.20",
        },
    )
    assert saved.number == "沙湾-2011-0001"
    assert field(saved, "leaders") == ("李明书", "付志勇")
    assert (field(saved, "headcount"), field(saved, "campaign")) == (1250, "2011-36")
    assert field(saved, "unit") == COUNTY
    listed = record_of(county, "enterprise", field(saved, "enterprise"))
    assert (listed.number, listed.headcount) == ("沙湾-企2011-0001", 1250)
    assert {"visit", "enterprise"} == saved.changes.types

    again = saving.save(
        county,
        Visit,
        {"leaders": "王琦", "enterprise_name": "沙湾水泥厂", "visited_on": "2011-07-21"},
    )
    assert field(again, "headcount") == 1250
    assert len(saving.listing(county, Enterprise)) == preset_enterprises(county) + 1


def preset_enterprises(office: Office) -> int:
    return sum(1 for s in saving.listing(office, Enterprise) if s.changed_by == "preset")


def test_a_number_bears_the_year_of_its_campaign_and_else_the_year_it_was_given(
    county: Office, clock: SetClock
) -> None:
    clock.set(2012, 1, 9)
    late = save_visit(county, visited_on="2011-12-20", campaign="2011-36")
    unit = saving.save(county, Enterprise, {"name": "新来的厂"})
    assert late.number.startswith("沙湾-2011-")
    assert unit.number.startswith("沙湾-企2012-")


def test_of_a_visit_that_no_campaign_holds_its_campaign_is_asked(
    county: Office, clock: SetClock
) -> None:
    clock.set(2012, 3, 5)
    with pytest.raises(CheckFailed) as caught:
        save_visit(county, visited_on="2012-03-01")
    (finding,) = caught.value.findings
    assert (finding.code, finding.field, finding.remedy) == ("F01", "campaign", ASK_CAMPAIGN)
    assert saving.listing(county, Visit) == []

    later = save_visit(county, visited_on="2012-03-01", campaign="2012-55")
    assert "V01" not in {f.code for f in later.findings}
    forced = save_visit(county, visited_on="2012-03-02", campaign="2011-36")
    assert "V01" in {f.code for f in forced.findings}
    assert field(save_visit(county, visited_on="2011-07-20"), "campaign") == "2011-36"


def test_of_two_campaigns_that_hold_a_day_the_later_is_taken_unless_one_is_named(
    city: Office, county: Office
) -> None:
    known = record_of(city, "campaign", "2011-36")
    typed = {
        "code": "2011-99",
        "title": "秋季走访",
        "document_number": "9号",
        "starts": "2011-07-10",
        "ends": "2011-10-01",
    }
    saving.save(city, Campaign, typed)
    assert known.starts < record_of(city, "campaign", "2011-99").starts
    assert field(save_visit(city, visited_on="2011-07-20"), "campaign") == "2011-99"
    named = save_visit(city, visited_on="2011-07-19", campaign="2011-36")
    assert field(named, "campaign") == "2011-36"


def test_errors_block_and_name_their_fields(county: Office) -> None:
    with pytest.raises(CheckFailed) as caught:
        saving.save(county, Visit, {"enterprise_name": "沙湾水泥厂", "headcount": -1})
    assert {f.field for f in caught.value.findings} == {"leaders", "headcount", "visited_on"}
    assert saving.listing(county, Visit) == []
    assert not [s for s in saving.listing(county, Enterprise) if s.owner == COUNTY]


def test_a_reminder_is_let_stand_with_a_reason_that_is_kept(county: Office) -> None:
    typed = {"opinions": "", "visited_on": "2011-07-20"}
    saved = save_visit(county, **typed)
    (note,) = [f for f in saved.findings if f.code == "V03"]
    assert note.accepted == ""

    again = saving.save(
        county, Visit, {}, record=saved.id, accept={"V03": "纸面上没有写", "V04": "用不着"}
    )
    assert [f.accepted for f in again.findings if f.code == "V03"] == ["纸面上没有写"]
    assert [row.check for row in field(again, "accepted")] == ["V03"]
    with refused("WHY"):
        saving.save(
            county, Visit, {"opinions": None}, record=save_other(county).id, accept={"V03": " "}
        )


def save_other(office: Office) -> Saved:
    return save_visit(office, enterprise_name="另一家公司")


def test_a_change_keeps_what_was_not_touched_and_can_empty_a_field(county: Office) -> None:
    saved = save_visit(county)
    changed = saving.save(county, Visit, {"workers_met": "", "headcount": 99}, record=saved.id)
    assert (field(changed, "workers_met"), field(changed, "headcount")) == (None, 99)
    assert field(changed, "opinions") == field(saved, "opinions")
    assert changed.number == saved.number
    unchanged = saving.save(county, Visit, {"headcount": "99人"}, record=saved.id)
    assert unchanged.state.h == changed.state.h
    assert not unchanged.changes.types


def test_a_corrected_unit_name_leads_to_the_unit_of_that_name(county: Office) -> None:
    right = save_visit(county, enterprise_name="沙湾水泥厂")
    wrong = save_visit(county, enterprise_name="沙湾水尼厂")
    mended = saving.save(county, Visit, {"enterprise_name": "沙湾水泥厂"}, record=wrong.id)
    assert field(mended, "enterprise") == field(right, "enterprise")


def test_two_units_of_one_name_are_told_apart_by_place_or_number(county: Office) -> None:
    for area in ("沙湾镇", "嘉农镇"):
        saving.save(county, Enterprise, {"name": "兴旺砖厂", "area": area})
    with refused("WHICH_ENTERPRISE"):
        save_visit(county, enterprise_name="兴旺砖厂")
    by_place = save_visit(county, enterprise_name="兴旺砖厂", area="嘉农镇")
    by_number = save_visit(county, enterprise_name="兴旺砖厂", enterprise="沙湾-企2011-0002")
    assert field(by_place, "enterprise") == field(by_number, "enterprise")


def test_links_are_named_by_number_code_name_or_alias(county: Office) -> None:
    visit = save_visit(county, unit="五通")
    assert field(visit, "unit") == "511112"
    demand = saving.save(
        county,
        Demand,
        {
            "visit": visit.number,
            "category": first_code("demand", "category"),
            "raised_on": "2011-7-20",
            "content": "增加工资",
        },
    )
    assert field(demand, "visit") == visit.id
    assert field(demand, "enterprise") == field(visit, "enterprise")
    with refused("LINK_UNKNOWN"):
        saving.save(county, Demand, {"visit": "沙湾-2011-0999"}, record=demand.id)
    with refused("LINK_UNKNOWN"):
        save_visit(county, unit="没有的单位")


def first_code(type_name: str, name: str) -> str:
    spec = next(s for s in fields_of(TYPES[type_name]) if s.name == name)
    assert spec.field.codes is not None
    return next(iter(spec.field.codes)).value


def test_someone_elses_newer_version_is_not_overwritten(county: Office) -> None:
    saved = save_visit(county)
    saving.save(county, Visit, {"headcount": 1}, record=saved.id)
    with refused("STALE"):
        saving.save(county, Visit, {"headcount": 2}, record=saved.id, base=saved.state.h)


def test_the_same_person_is_not_registered_twice(county: Office) -> None:
    person = {"name": "阿尔·日古", "resident_id": "511102800101001", "consent_on": "2011-7-1"}
    first = saving.save(county, Person, person)
    assert field(first, "resident_id") == "511102198001010012"
    assert (field(first, "sex"), field(first, "born")) == ("1", dt.date(1980, 1, 1))
    with refused("TWIN"):
        saving.save(county, Person, {**person, "resident_id": "511102198001010012"})


def test_a_voided_record_moves_to_the_trash_and_comes_back(county: Office) -> None:
    saved = save_visit(county)
    with refused("WHY"):
        voiding.void(county, Visit, saved.id, " ")
    voiding.void(county, Visit, saved.id, "重复填写")
    assert saving.listing(county, Visit) == []
    assert len(saving.listing(county, Visit, voided=True)) == 1
    with refused("VOIDED"):
        saving.save(county, Visit, {"headcount": 5}, record=saved.id)

    back = voiding.bring_back(county, Visit, saved.id, saved.state.h, "作废错了")
    assert not back.state.void
    versions = record_versions.history(county, Visit, saved.number)
    assert [v.revision.op for v in versions] == ["create", "void", "restore"]
    assert versions[1].revision.why == "重复填写"


def test_the_history_says_who_changed_what(county: Office, clock: SetClock) -> None:
    saved = save_visit(county)
    clock.forward(days=1)
    saving.save(county, Visit, {"headcount": 9, "workers_met": 3}, record=saved.id, why="点错")
    voiding.bring_back(county, Visit, saved.id, saved.state.h, "还是原来的对")
    first, second, third = record_versions.history(county, Visit, saved.number)
    assert second.changed == third.changed == ("headcount", "workers_met")
    assert (second.revision.why, second.revision.at[:10]) == ("点错", "2011-07-22")
    assert first.revision.by == county.operator
    assert record_of(county, "visit", saved.id).headcount == 1250


def test_a_number_never_changes_and_is_never_given_twice(county: Office) -> None:
    first, second = save_visit(county), save_other(county)
    assert [first.number, second.number] == ["沙湾-2011-0001", "沙湾-2011-0002"]
    with refused("NUMBER_FIXED"):
        saving.save(county, Visit, {"number": "沙湾-2011-0009"}, record=first.id)
    with refused("NUMBER_TAKEN"):
        save_visit(county, enterprise_name="第三家", number=first.number)
    voiding.void(county, Visit, second.id, "重复")
    assert save_visit(county, enterprise_name="第四家").number == "沙湾-2011-0003"


def test_only_the_owner_changes_a_record(county: Office, city: Office, tmp_path: Path) -> None:
    saved = save_visit(county)
    deliver(county, city, tmp_path / "stick")
    with refused("NOT_OWNER"):
        saving.save(city, Visit, {"headcount": 1}, record=saved.id)


@pytest.fixture
def second_pc(city: Office, county: Office, tmp_path: Path, clock: SetClock) -> Any:
    """Another PC of the county's office, enrolled; both know the newest trust document."""
    office = found_below(city, tmp_path / "pc2", COUNTY, clock, operator="赵经办", computer=2)
    carry(county, enrol(city, office))
    yield office
    office.close()


def shared(one: Office, other: Office, stick: Path) -> None:
    carry(other, send_apart.share(one, stick))


def test_two_pcs_number_apart_and_settle_what_both_changed(
    county: Office, second_pc: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    assert save_other(second_pc).number == "沙湾-2011-10001"
    shared(county, second_pc, tmp_path / "a")
    saving.save(county, Visit, {"headcount": 1300, "workers_met": 40}, record=saved.id)
    saving.save(second_pc, Visit, {"headcount": 1400, "leaders": "王琦"}, record=saved.id)
    shared(second_pc, county, tmp_path / "b")
    shared(county, second_pc, tmp_path / "c")

    here, there = (saving.show(pc, Visit, saved.id) for pc in (county, second_pc))
    assert here == there
    assert set(here.conflicts) == {"headcount"}
    merged = record_of(county, "visit", saved.id)
    assert (merged.workers_met, merged.leaders) == (40, ("王琦",))
    with refused("UNSETTLED"):
        saving.save(county, Visit, {"workers_met": 41}, record=saved.id)
    with refused("CHECKS_OPEN"):
        freeze.freeze(county)

    settled = settling.settle_conflict(county, Visit, saved.id, {"headcount": 1400})
    assert (field(settled, "headcount"), dict(settled.state.conflicts)) == (1400, {})
    shared(county, second_pc, tmp_path / "d")
    assert record_of(second_pc, "visit", saved.id).headcount == 1400
    with refused("NO_CONFLICT"):
        settling.settle_conflict(second_pc, Visit, saved.id, {})


def test_a_value_told_by_telephone_is_adopted_with_one_key(
    county: Office, city: Office, tmp_path: Path
) -> None:
    saved, other = save_visit(county), save_other(county)
    deliver(county, city, tmp_path / "up")
    told = reviews.Correction("1500", "李某", dt.date(2011, 7, 21))
    reviews.propose(city, Visit, saved.number, {"headcount": told})
    shown = saving.show(city, Visit, saved.number)
    assert record_of(city, "visit", saved.number).headcount == 1500
    assert shown.pending["headcount"]["own"] == 1250

    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    assert record_of(county, "visit", saved.id).headcount == 1250
    (item,) = trays.tray(county, "propose")
    with refused("NOT_FOUND"):
        settling.adopt(county, Visit, other.id, item.review.id)
    adopted = settling.adopt(county, Visit, saved.id, item.review.id)
    assert field(adopted, "headcount") == 1500
    assert not trays.tray(county, "propose")[0].open


def test_rows_added_on_two_pcs_are_two_rows(
    county: Office, second_pc: Office, tmp_path: Path
) -> None:
    wife = {"name": "吉克", "relation": first_row_code("person", "family", "relation")}
    saved = saving.save(
        county,
        Person,
        {"name": "日古", "resident_id": "511102198001010012", "family": [wife]},
    )
    shared(county, second_pc, tmp_path / "a")
    for pc, child in ((county, "大儿"), (second_pc, "小女")):
        rows = [wife, {**wife, "name": child}]
        saving.save(pc, Person, {"family": rows}, record=saved.id)
    shared(second_pc, county, tmp_path / "b")
    state = saving.show(county, Person, saved.id)
    assert dict(state.conflicts) == {}
    names = {row.name for row in record_of(county, "person", saved.id).family}
    assert names == {"吉克", "大儿", "小女"}


def first_row_code(type_name: str, rows: str, name: str) -> str:
    table = next(s for s in fields_of(TYPES[type_name]) if s.name == rows)
    codes = next(s for s in table.columns if s.name == name).field.codes
    assert codes is not None
    return next(iter(codes)).value
