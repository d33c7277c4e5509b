"""走访告知: a county hears with the answer where the city was, and is told while it works (R37)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.campaign.plan_board import Mark
from app.domain.checking.checks import Finding, Severity
from app.domain.records import Aid, Case, Enterprise, Group, Notice, Person, Plan, Visit
from app.services.backup.integrity import examine_store
from app.services.figures.coverage import coverage
from app.services.lists import listing, record_sheet, timelines
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.planning.board import board
from app.services.planning.placing import Spot, place
from app.services.records import saving, voiding
from app.services.records.append_revision import write
from app.services.records.saving import Saved
from app.services.reporting import receipts
from app.services.reviewing import answers, notices, pair_decisions
from database.state import states
from database.state.filters import empty, live
from tests.services.offices import (
    COUNTY,
    SECOND_COUNTY,
    SetClock,
    carry,
    deliver,
    enrol,
    found_below,
)

SHAWAN = "511111100"
CAMPAIGN = "2011-36"
FARMER: dict[str, Any] = {
    "name": "刘勇",
    "resident_id": "11010519491231002X",
    "registered_area": SHAWAN,
}


def unit_of(office: Office, name: str = "沫若水泥厂", **typed: object) -> str:
    body = {"name": name, "area": SHAWAN, "kind": "企业", **typed}
    return saving.save(office, Enterprise, body).id


def visit(office: Office, name: str = "沫若水泥厂", **typed: object) -> Saved:
    body = {
        "leaders": "赖淑芳",
        "enterprise_name": name,
        "area": SHAWAN,
        "headcount": "320",
        "visited_on": "2011-07-12",
        "opinions": "希望解决欠薪。",
        **typed,
    }
    return saving.save(office, Visit, body)


def told(saved: Saved) -> dict[str, Finding]:
    return {finding.code: finding for finding in saved.findings}


def answered(city: Office, county: Office, stick: Path) -> Any:
    """The city's answer, taken in as a clerk does."""
    made = answers.answer(city, county.identity.station, stick)
    return receipts.take_receipts(county, made.files)


def held(office: Office) -> list[Notice]:
    """What was told of visits and help."""
    with office.store.read() as connection:
        found = states.find(connection, Notice, live(), empty("hint_of"), order=("id",))
        return [one.record for one in found]


@pytest.fixture(autouse=True)
def later(clock: SetClock) -> None:
    clock.set(2011, 8, 1)


def test_the_citys_visit_speaks_where_the_county_keys_and_plans(
    city: Office, county: Office, tmp_path: Path
) -> None:
    unit = unit_of(county)
    unit_of(county, "远大纺织厂")
    deliver(county, city, tmp_path / "up")
    first = next(s for s in saving.listing(city, Group) if s.record.order == 1)
    visit(city, group=first.id, workers_met="35")

    receipt = answered(city, county, tmp_path / "down")

    assert any("上级告知的 1 项有更新" in line for line in receipt.lines)
    assert "市总去过：沫若水泥厂（7月12日）。" in receipt.lines
    begun = record_sheet.fresh(county, Visit, {"enterprise": unit, "campaign": CAMPAIGN})
    assert [one.code for one in begun.guards] == ["G05"], "told before anything is keyed"
    keyed = told(visit(county, visited_on="2011-07-20"))["G05"]
    assert keyed.field == "enterprise_name"
    assert keyed.severity is Severity.NOTE
    assert "“市总工会第1工作组”已经走访，走访职工35人次（2011年7月12日）" in keyed.sentence
    (event,) = [e for e in timelines.timeline(county, Enterprise, unit).events if not e.number]
    assert (event.title, event.day) == ("上级走访", dt.date(2011, 7, 12))
    assert event.words == "市总工会第1工作组，走访职工35人次"
    (planned,) = place(county, CAMPAIGN, [(unit, Spot("", dt.date(2011, 8, 5)))]).findings
    assert planned[1].code == "G05"


def test_of_many_units_the_receipt_names_the_latest(
    city: Office, county: Office, tmp_path: Path
) -> None:
    for n in range(6):
        unit_of(county, f"{'甲乙丙丁戊己'[n]}铸造厂", uscc="")
    deliver(county, city, tmp_path / "up")
    for n in range(6):
        visit(city, f"{'甲乙丙丁戊己'[n]}铸造厂", visited_on=f"2011-07-1{n}")

    receipt = answered(city, county, tmp_path / "down")

    named = "己铸造厂（7月15日）、戊铸造厂（7月14日）、丁铸造厂（7月13日）、丙铸造厂（7月12日）"
    assert f"市总去过：{named}、乙铸造厂（7月11日）等 6 个单位。" in receipt.lines


def test_the_board_shows_where_the_city_was_and_sends_nobody_there_first(
    city: Office, county: Office, tmp_path: Path
) -> None:
    unit = unit_of(county, above_scale="是")
    unit_of(county, "远大纺织厂")
    deliver(county, city, tmp_path / "up")
    visit(city)
    answered(city, county, tmp_path / "down")

    found = board(county)

    assert [one.name for one in found.waiting] == ["远大纺织厂", "沫若水泥厂"]
    (beside,) = found.waiting[1].elsewhere
    assert str(beside) == "市级“乐山市总工会”7月12日已经走访"
    assert beside.flagged
    place(county, CAMPAIGN, [(unit, Spot("", dt.date(2011, 7, 20)))])
    (plan,) = board(county).plans
    assert plan.mark is not Mark.LATE, "nobody need go there any more"


def test_what_the_city_tells_is_no_visit_of_the_county(
    city: Office, county: Office, tmp_path: Path
) -> None:
    unit_of(county, above_scale="是")
    deliver(county, city, tmp_path / "up")
    visit(city)
    before = coverage(county, CAMPAIGN).figures

    answered(city, county, tmp_path / "down")

    assert coverage(county, CAMPAIGN).figures == before
    assert len(listing.ids(county, Visit)) == 0
    visit(county, "远大纺织厂")
    (account,) = deliver(county, city, tmp_path / "again")
    assert "notice" not in account.records
    assert account.parked == 0
    assert not examine_store(county).faults


def test_a_notice_says_no_more_than_the_rule_needs(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit(city, "吉象人造林公司", remarks="秘密")
    answered(city, county, tmp_path / "down")

    (one,) = held(county)

    said = {name for name, value in msgspec.to_builtins(one).items() if value}
    assert said == {"campaign", "enterprise", "met_on", "level", "unit", "owner", "source"}


def test_it_is_told_in_the_figures_of_the_county_that_two_levels_were_there(
    city: Office, county: Office, tmp_path: Path
) -> None:
    unit_of(county)
    deliver(county, city, tmp_path / "up")
    visit(city)
    answered(city, county, tmp_path / "down")
    visit(county, visited_on="2011-07-20")

    (overlap,) = [one for one in coverage(county, CAMPAIGN).overlaps if one.flagged]
    assert [(stop.type, stop.level, stop.day) for stop in overlap.stops] == [
        ("notice", "city", "2011-07-12"),
        ("visit", "county", "2011-07-20"),
    ]
    deliver(county, city, tmp_path / "again")
    (seen,) = [one for one in coverage(city, CAMPAIGN).overlaps if one.flagged]
    assert [stop.type for stop in seen.stops] == ["visit", "visit"]


def test_what_the_city_changes_or_takes_back_is_told_again(
    city: Office, county: Office, tmp_path: Path
) -> None:
    made = visit(city, "吉象人造林公司")
    answered(city, county, tmp_path / "1")
    saving.save(city, Visit, {"visited_on": "2011-07-13"}, record=made.id)
    answered(city, county, tmp_path / "2")
    assert [one.met_on for one in held(county)] == [dt.date(2011, 7, 13)]

    voiding.void(city, Visit, made.id, "录错了")
    answered(city, county, tmp_path / "3")
    assert held(county) == []

    voiding.bring_back(city, Visit, made.id, made.state.h, "没有录错")
    answered(city, county, tmp_path / "4")
    assert [one.met_on for one in held(county)] == [dt.date(2011, 7, 12)]


def test_nothing_new_is_not_told_twice(city: Office, county: Office, tmp_path: Path) -> None:
    visit(city, "吉象人造林公司")
    assert answers.answer(city, COUNTY, tmp_path / "1").notices == 1
    assert answers.answer(city, COUNTY, tmp_path / "2").notices == 0


def test_only_visits_of_the_city_itself_are_told(city: Office) -> None:
    visit(city, "吉象人造林公司", unit=COUNTY)
    visit(city, "恒宇机械厂", level="乡镇（街道）")
    with city.store.write() as connection:
        notices.keep_up(city, connection)
    assert held(city) == []


def test_a_unit_that_was_joined_with_another_is_the_same_unit(
    city: Office, county: Office, tmp_path: Path
) -> None:
    own = unit_of(county)
    deliver(county, city, tmp_path / "up")
    visit(city, "沫若水泥公司")
    other = next(s.id for s in saving.listing(city, Enterprise) if s.record.name == "沫若水泥公司")
    pair_decisions.link(city, Enterprise, own, other, same=True, reason="同一家")
    answered(city, county, tmp_path / "down")

    assert "G05" in told(visit(county, visited_on="2011-07-20"))


def test_a_worker_of_the_county_whom_the_city_helped_is_told_to_that_county_alone(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    other = found_below(city, tmp_path / SECOND_COUNTY, SECOND_COUNTY, clock)
    carry(county, enrol(city, other))
    unit = unit_of(county)
    person = saving.save(county, Person, {**FARMER, "enterprise": unit}).id
    deliver(county, city, tmp_path / "up")
    case = {"person": person, "types": "生活救助", "found_on": "2011-07-12"}
    made = saving.save(city, Case, case)
    aid = {"case": made.id, "type": "生活救助", "money": "500", "given_on": "2011-07-15"}
    saving.save(city, Aid, aid)

    answered(city, county, tmp_path / "down")
    answered(city, other, tmp_path / "other")

    assert held(other) == []
    assert {one.person for one in held(county)} == {person}
    again = told(saving.save(county, Case, {**case, "found_on": "2011-07-20"}))["G08"]
    assert "乐山市总工会帮扶“刘勇”" in again.sentence
    assert "G08" in told(saving.save(county, Plan, {"campaign": CAMPAIGN, "enterprise": unit}))
    other.close()


def test_nobody_but_the_city_tells_of_its_visits(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    township = found_below(city, tmp_path / SHAWAN, SHAWAN, clock, role="township")
    carry(county, enrol(city, township))
    with county.store.write() as connection:
        body = {"source": "x", "enterprise": "y", "campaign": CAMPAIGN, "level": "city"}
        write(county, connection, Notice, county.new_id(), body, op="create")
        body |= {"station": SHAWAN, "hint_of": "person"}
        write(county, connection, Notice, county.new_id(), body, op="create")
    (sealed,) = sealing.seal(county, SHAWAN, "answer", lambda row: row.type == "notice")

    (account,) = carry(township, [sealed.path])

    assert [code for code, _ in account.parked_items] == ["REV_FORBIDDEN"] * 2
    assert held(township) == []
    township.close()
