"""工作安排: who waits and in which order, what is planned, visited or late, who else goes there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.campaign.plan_board import BoardUnit, Mark, PlanBoard
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Demand, Enterprise, Group, Hazard, Plan
from app.services.office.office import Office
from app.services.planning.board import board
from app.services.planning.placing import Placed, Spot, move, place, seen_on, take_back, take_off
from app.services.records import saving
from app.services.reviewing import answers
from tests.services.offices import SetClock, carry, deliver, save_visit

SHAWAN, JIANONG = "511111100", "511111101"
THURSDAY, FRIDAY, NEXT = dt.date(2011, 7, 21), dt.date(2011, 7, 22), dt.date(2011, 7, 29)
CAMPAIGN = "2011-36"
DEMAND = {"category": "职工生活", "raised_on": "2011-07-20", "raiser": "职工"}


def firm(office: Office, name: str, **typed: object) -> str:
    body = {"name": name, "area": SHAWAN, "kind": "企业", **typed}
    accept = {"G01": "另一家"}
    return saving.save(office, Enterprise, body, accept=accept).id


def group(office: Office, name: str, **typed: object) -> str:
    body = {"name": name, "level": "县级", "leaders": "王主任", "campaign": CAMPAIGN, **typed}
    return saving.save(office, Group, body).id


def names(found: PlanBoard) -> list[str]:
    return [unit.name for unit in found.waiting]


def waiting(found: PlanBoard, name: str) -> BoardUnit:
    return next(unit for unit in found.waiting if unit.name == name)


def put(office: Office, unit: str, day: dt.date | None = FRIDAY, at: str = "") -> Placed:
    return place(office, CAMPAIGN, [(unit, Spot(at, day))])


def test_those_with_most_left_open_wait_first_and_guishang_before_all(county: Office) -> None:
    firm(county, "丙加工厂")
    troubled = firm(county, "乙机械厂")
    firm(county, "甲水泥厂", above_scale="是")
    big = firm(county, "丁纸业公司", above_scale="是")
    saving.save(county, Demand, {"enterprise": big, "content": "班车", **DEMAND})
    for level in ("一般", "重大"):
        hazard = {
            "enterprise": troubled,
            "nature": "欠薪",
            "description": "欠薪",
            "level": level,
            "found_at": "2011-07-20 09:00",
        }
        saving.save(county, Hazard, hazard)

    found = board(county)

    assert names(found) == ["丁纸业公司", "甲水泥厂", "乙机械厂", "丙加工厂"]
    assert (waiting(found, "乙机械厂").hazards, waiting(found, "丁纸业公司").demands) == (2, 1)


def test_a_unit_of_enough_workers_counts_as_large(county: Office) -> None:
    firm(county, "小厂", headcount="199", headcount_on="2011-07-01")
    firm(county, "大厂", headcount="200", headcount_on="2011-07-01")

    assert [unit.large for unit in board(county).waiting] == [True, False]


def test_groups_stand_in_roster_order(county: Office) -> None:
    group(county, "后来的组")
    group(county, "第二组", order="2")
    group(county, "第一组", order="1", contacts="李联络")

    rows = board(county).rows

    assert [row.name for row in rows] == ["第一组", "第二组", "后来的组", "没有分组"]
    assert rows[0].number
    assert rows[0].contacts == ("李联络",)


def test_the_weeks_are_those_of_the_campaign(county: Office) -> None:
    found = board(county)

    assert found.weeks[0] == dt.date(2011, 7, 4)
    assert found.weeks[-1] == dt.date(2011, 12, 26)
    assert found.last_day(found.week_of(THURSDAY)) == FRIDAY
    assert found.last_day(25) == dt.date(2011, 12, 30)
    assert not found.is_outside(found.week_of(dt.date(2011, 11, 30)) - 1)
    assert found.is_outside(found.week_of(dt.date(2011, 12, 9)))


def test_what_is_placed_leaves_the_list_and_comes_back_when_taken_off(county: Office) -> None:
    unit, at = firm(county, "甲水泥厂"), group(county, "第一组")

    done = put(county, unit, at=at)
    found = board(county)

    (plan,) = found.plans
    assert (plan.unit.name, plan.group, plan.planned, plan.mark) == (
        "甲水泥厂",
        at,
        FRIDAY,
        Mark.PLANNED,
    )
    assert names(found) == []
    take_off(county, [plan.plan])
    assert names(board(county)) == ["甲水泥厂"]
    assert done.changes.types == {"plan"}


def test_it_is_late_when_its_day_is_past_and_visited_when_somebody_went(
    county: Office, clock: SetClock
) -> None:
    unit = firm(county, "甲水泥厂")
    put(county, unit)
    assert board(county).plans[0].mark is Mark.PLANNED
    clock.set(2011, 7, 23)
    assert board(county).plans[0].mark is Mark.LATE

    save_visit(county, enterprise_name="甲水泥厂", area=SHAWAN, visited_on="2011-07-23")

    assert board(county).plans[0].mark is Mark.VISITED


def test_who_was_visited_without_a_plan_waits_no_longer(county: Office) -> None:
    save_visit(county, enterprise_name="甲水泥厂", area=SHAWAN)

    found = board(county)

    assert names(found) == []
    assert found.plans == ()


def test_what_is_void_missing_or_a_double_waits_for_nobody(county: Office) -> None:
    firm(county, "迁出的厂", verification="missing")

    assert names(board(county)) == []


def test_the_units_of_a_roster_are_known_as_such(county: Office) -> None:
    unit = firm(county, "甲水泥厂")
    at = group(county, "第一组", enterprises="甲水泥厂")

    assert waiting(board(county), "甲水泥厂").rosters == {at}
    assert waiting(board(county), "甲水泥厂").id == unit


def test_several_are_placed_in_one_step_and_taken_back_in_one(county: Office) -> None:
    units = [firm(county, name) for name in ("甲水泥厂", "乙机械厂")]
    at = group(county, "第一组")

    done = place(county, CAMPAIGN, [(unit, Spot(at, FRIDAY)) for unit in units])
    moved = move(county, [(plan, Spot("", NEXT)) for plan in done.plans])

    assert {(p.group, p.planned) for p in board(county).plans} == {("", NEXT)}
    take_back(county, moved)
    assert {(p.group, p.planned) for p in board(county).plans} == {(at, FRIDAY)}
    take_back(county, done)
    assert sorted(names(board(county))) == ["乙机械厂", "甲水泥厂"]


def test_taking_off_is_taken_back(county: Office) -> None:
    done = put(county, firm(county, "甲水泥厂"))

    off = take_off(county, list(done.plans))
    take_back(county, off)

    (plan,) = board(county).plans
    assert {plan.plan} == set(done.plans)
    assert plan.planned == FRIDAY


def test_a_day_is_taken_away_again(county: Office) -> None:
    done = put(county, firm(county, "甲水泥厂"))

    move(county, [(plan, Spot("", None)) for plan in done.plans])

    assert board(county).plans[0].planned is None
    assert list(board(county).cells) == [("", -1)]


def test_what_somebody_planned_meanwhile_is_not_planned_twice(county: Office) -> None:
    unit = firm(county, "甲水泥厂")
    put(county, unit)

    again = put(county, unit, NEXT)

    assert (again.plans, again.skipped) == ({}, 1)
    assert len(board(county).plans) == 1


def test_too_many_at_once_are_refused_and_none_is_placed(county: Office) -> None:
    unit = firm(county, "甲水泥厂")

    with pytest.raises(UserError, match="一次最多安排"):
        place(county, CAMPAIGN, [(unit, Spot("", FRIDAY))] * 501)

    assert board(county).plans == ()


def test_another_level_is_told_while_planning(county: Office) -> None:
    """乐山无线电公司 stands in the roster of the city's fourth group."""
    save_visit(
        county, enterprise_name="甲水泥厂", area=SHAWAN, level="乡镇（街道）", unit="511111100"
    )
    firm(county, "乐山无线电公司沙湾厂")
    found = board(county)

    beside = waiting(found, "甲水泥厂")
    assert [(str(one), one.flagged) for one in beside.elsewhere] == [
        ("乡镇（街道）“沙湾镇工会”7月20日已经走访", False)
    ]
    assert not beside.flagged


def test_a_unit_of_the_citys_roster_is_flagged_and_comes_last(city: Office, county: Office) -> None:
    radio = saving.listing(county, Enterprise)
    preset = next(one for one in radio if one.record.name == "乐山无线电公司")
    firm(county, "甲水泥厂")
    done = put(county, preset.id)

    (code,) = {finding.code for _, finding in done.findings}
    assert code == "G05"
    (plan,) = board(county).plans
    assert plan.unit.flagged
    assert str(plan.unit.elsewhere[0]) == "市级“市总工会第4工作组”名单里有"


def test_the_board_goes_on_by_itself_as_it_will_be_read_again(county: Office) -> None:
    units = [firm(county, name) for name in ("甲水泥厂", "乙机械厂", "丙加工厂")]
    at = group(county, "第一组")
    found = board(county)

    for step in range(4):
        if step == 0:
            done = place(county, CAMPAIGN, [(unit, Spot(at, FRIDAY)) for unit in units])
        elif step == 1:
            done = move(county, [(plan, Spot("", None)) for plan in list(done.plans)[:1]])
        elif step == 2:
            done = take_off(county, list(done.plans))
        else:
            done = take_back(county, done)
        found = found.with_plans(done.plans)
        again = board(county)
        assert found.waiting == again.waiting
        assert sorted(found.plans, key=lambda p: p.plan) == sorted(
            again.plans, key=lambda p: p.plan
        )


def test_a_plan_of_another_campaign_stands_elsewhere(county: Office) -> None:
    body = {"enterprise": firm(county, "甲水泥厂"), "campaign": "2012-55"}
    saving.save(county, Plan, body)

    assert board(county, CAMPAIGN).plans == ()
    assert len(board(county, "2012-55").plans) == 1


def test_a_plan_of_the_city_comes_down_and_speaks_before_the_county_plans(
    city: Office, county: Office, tmp_path: Path
) -> None:
    """R37: 统筹安排 begins with the plans, before anybody drives out."""
    unit = firm(county, "甲水泥厂", above_scale="是")
    firm(county, "乙机械厂")
    deliver(county, city, tmp_path / "up")
    first = next(s for s in saving.listing(city, Group) if s.record.order == 1)
    place(city, CAMPAIGN, [(unit, Spot(first.id, FRIDAY))])

    carry(county, answers.answer(city, "511111", tmp_path / "down").files)

    found = board(county)
    assert names(found) == ["乙机械厂", "甲水泥厂"], "nobody is sent where the city goes"
    (told,) = waiting(found, "甲水泥厂").elsewhere
    assert str(told) == "市级“市总工会第1工作组”7月22日安排走访"
    assert told.flagged
    assert "G05" in {finding.code for _, finding in put(county, unit).findings}


def test_what_a_colleague_moved_meanwhile_is_told_and_not_moved_over(county: Office) -> None:
    plan, *_ = put(county, firm(county, "甲水泥厂")).plans
    seen = seen_on(board(county), [plan])
    other = replace(county)
    moved = move(other, [(plan, Spot("", NEXT))], seen)

    told = "“甲水泥厂”的安排刚才由.*挪到了7月29日，您这一次没有写入"
    with pytest.raises(UserError, match=told) as caught:
        move(county, [(plan, Spot("", THURSDAY))], seen)
    assert caught.value.code == "STALE"
    with pytest.raises(UserError, match=told):
        take_off(county, [plan], seen)
    assert board(county).plans[0].planned == NEXT

    done = move(county, [(plan, Spot("", None))], seen_on(board(county), [plan]))
    take_off(other, [plan])
    with pytest.raises(UserError, match="取下了"):
        take_back(county, done)
    with pytest.raises(UserError, match="取下了"):
        take_back(other, moved)


def test_reading_tells_how_far_it_is_and_can_be_stopped(county: Office) -> None:
    steps: list[Step] = []
    cancel = Cancel()

    def stop_at_last(step: Step) -> None:
        steps.append(step)
        if step.done + 2 == step.total:
            cancel.set()

    with pytest.raises(Cancelled):
        board(county, progress=stop_at_last, cancel=cancel)
    assert [(one.done, one.total) for one in steps] == [(0, 4), (1, 4), (2, 4)]
