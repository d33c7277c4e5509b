"""What is asked of 单位名录 and of 安排 knows that two entries are one unit (R37, R63)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from app.domain.campaign.plan_board import Mark
from app.domain.records import Aid, Case, Enterprise, Person, Plan, Record
from app.services.deciding import verifying
from app.services.lists import listing
from app.services.lists.chips import Chip, How
from app.services.office.office import Office
from app.services.planning.board import board
from app.services.planning.placing import Spot, place
from app.services.records import saving
from app.services.reviewing import pair_decisions
from tests.services.offices import SetClock, deliver, save_visit

SHAWAN, CAMPAIGN = "511111100", "2011-36"
DUE = dt.date(2011, 7, 25)


@pytest.fixture(autouse=True)
def later(clock: SetClock) -> None:
    clock.set(2011, 8, 1)


def unit(office: Office, name: str, **typed: object) -> str:
    body = {"name": name, "area": SHAWAN, "kind": "企业", **typed}
    return saving.save(office, Enterprise, body, accept={"G01": "另一家"}).id


def asked(office: Office, kind: type[Record], question: str, *, yes: bool = True) -> set[str]:
    """The own records of a list that meet a question, or that do not."""
    chip = Chip(f"?{question}", How.MEETS if yes else How.FAILS)
    mine = {state.id for state in saving.listing(office, kind) if state.record.number}
    return mine & set(listing.ids(office, kind, chips=(chip,)))


def test_an_entry_joined_in_is_as_visited_as_the_one_that_goes_on(county: Office) -> None:
    stays, twice = unit(county, "沫若水泥厂"), unit(county, "沫若水泥公司")
    verifying.join(county, twice, stays)
    for question in ("unvisited", "unvisited_now"):
        assert asked(county, Enterprise, question) == {stays}, "nobody is sent to a 重复"
        assert asked(county, Enterprise, question, yes=False) == set()

    save_visit(county, enterprise_name="沫若水泥厂", area=SHAWAN)

    for question in ("unvisited", "unvisited_now"):
        assert asked(county, Enterprise, question) == set()
        assert asked(county, Enterprise, question, yes=False) == {stays, twice}


def test_a_visit_to_the_entry_joined_in_is_one_to_the_other(county: Office) -> None:
    stays, twice = unit(county, "沫若水泥厂"), unit(county, "沫若水泥公司")
    save_visit(county, enterprise_name="沫若水泥公司", area=SHAWAN)
    assert asked(county, Enterprise, "unvisited") == {stays}

    verifying.join(county, twice, stays)

    assert asked(county, Enterprise, "unvisited") == set()


def test_nobody_is_sent_to_a_unit_that_is_not_there(county: Office) -> None:
    unit(county, "迁出的厂", verification="不存在")

    assert asked(county, Enterprise, "unvisited") == set()
    assert board(county).waiting == ()


def test_a_plan_is_kept_by_a_visit_to_the_entry_joined_with_its_own(county: Office) -> None:
    stays, twice = unit(county, "沫若水泥厂"), unit(county, "沫若水泥公司")
    place(county, CAMPAIGN, [(twice, Spot("", DUE))])
    save_visit(county, enterprise_name="沫若水泥厂", area=SHAWAN)
    assert len(asked(county, Plan, "missed")) == 1
    assert board(county).plans[0].mark is Mark.LATE

    verifying.join(county, twice, stays)

    assert asked(county, Plan, "missed") == set()
    assert board(county).plans[0].mark is Mark.VISITED


def test_a_unit_planned_under_its_other_entry_is_not_planned_twice(county: Office) -> None:
    stays, twice = unit(county, "沫若水泥厂"), unit(county, "沫若水泥公司")
    place(county, CAMPAIGN, [(twice, Spot("", DUE))])
    verifying.join(county, twice, stays)

    assert place(county, CAMPAIGN, [(stays, Spot("", DUE))]).skipped == 1


def test_board_and_list_say_the_same_of_a_plan_whose_unit_another_level_visited(
    city: Office, county: Office, tmp_path: Path
) -> None:
    gone_to, left = unit(county, "沫若水泥厂"), unit(county, "远大纺织厂")
    save_visit(county, enterprise_name="沫若水泥厂", area=SHAWAN)
    deliver(county, city, tmp_path / "up")
    place(city, CAMPAIGN, [(one, Spot("", DUE)) for one in (gone_to, left)])

    marks = {one.unit.id: one.mark for one in board(city).plans}

    assert marks == {gone_to: Mark.ELSEWHERE, left: Mark.LATE}
    late = asked(city, Plan, "missed")
    assert {s.record.enterprise for s in saving.listing(city, Plan) if s.id in late} == {left}


def test_a_worker_helped_under_another_file_or_by_a_case_alone_was_helped(county: Office) -> None:
    farmer: dict[str, Any] = {"name": "刘勇", "registered_area": SHAWAN}
    first = saving.save(county, Person, {**farmer, "resident_id": "11010519491231002X"}).id
    other = saving.save(county, Person, {**farmer, "resident_id": "511102198001010012"}).id
    assert asked(county, Person, "unaided") == {first, other}
    case = {"person": first, "types": "生活救助", "found_on": "2011-07-01"}
    made = saving.save(county, Case, case)
    aid = {"case": made.id, "type": "生活救助", "money": "500", "given_on": "2011-07-20"}
    saving.save(county, Aid, aid)
    assert asked(county, Person, "unaided") == {other}

    pair_decisions.link(county, Person, first, other, same=True, reason="同一人")

    assert asked(county, Person, "unaided") == set()
