from __future__ import annotations

import datetime as dt

import msgspec

from app.domain.campaign.enterprise_groups import Directory
from app.domain.campaign.overlap import Stop, enterprise_overlaps, person_overlaps
from app.domain.records import Aid, Case, Group, Person, Plan, Visit
from tests.domain.city import GROUPS, city, firm, link, visit

TODAY = dt.date(2011, 8, 1)


def plan(enterprise: str, group: str, day: int = 9) -> Plan:
    on = dt.date(2011, 8, day)
    return Plan(campaign="2011-36", enterprise=enterprise, group=group, planned=on)


def test_city_and_county_plan_the_same_enterprise_before_anyone_drives_out() -> None:
    ground = city(
        enterprises={"e1": firm("和帮"), "e2": firm("和邦"), "e3": firm("别家")},
        plans={"p1": plan("e1", "g1"), "p2": plan("e2", "g2"), "p3": plan("e3", "g2")},
        links={"l1": link("e1", "e2")},
    )
    (overlap,) = enterprise_overlaps(Directory(ground), TODAY)
    assert overlap.flagged
    assert (overlap.ahead, overlap.next) == (True, dt.date(2011, 8, 9))
    assert overlap.records == ("e1", "e2")
    assert [(stop.kind.type_name, stop.level) for stop in overlap.stops] == [
        ("plan", "city"),
        ("plan", "county"),
    ]


def test_a_township_beside_the_county_is_shown_and_not_flagged() -> None:
    ground = city(
        enterprises={"e1": firm(), "e2": firm("两级都去")},
        visits={
            "v1": visit("e1"),
            "v2": visit("e1", unit="511111100"),
            "v3": visit("e2", group="g1"),
            "v4": visit("e2"),
        },
    )
    first, second = enterprise_overlaps(Directory(ground), TODAY)
    assert (first.name, first.flagged, first.ahead) == ("两级都去", True, False)
    assert (second.flagged, [stop.id for stop in second.stops]) == (False, ["v1", "v2"])


def test_a_county_that_plans_and_then_visits_does_not_cross_itself() -> None:
    ground = city(
        enterprises={"e1": firm()}, plans={"p1": plan("e1", "g2")}, visits={"v1": visit("e1")}
    )
    assert enterprise_overlaps(Directory(ground), TODAY) == ()


def test_workers_too_are_not_to_be_helped_by_both_levels() -> None:
    ground = city(
        persons={"p1": Person(name="刘勇"), "p2": Person(name="刘勇")},
        visits={"v1": visit("e1", group="g1")},
        cases={"c1": Case(person="p1", visit="v1"), "c2": Case(person="p2")},
        aids={
            "d1": Aid(case="c2", given_on=dt.date(2011, 9, 1)),
            "d2": Aid(case="c2", given_on=dt.date(2015, 9, 1)),
        },
        links={"l1": link("p1", "p2", kind="person")},
        owner_of={"c1": "511100", "c2": "511111", "d1": "511111", "d2": "511111"},
    )
    (overlap,) = person_overlaps(ground)
    assert overlap.flagged
    assert [stop.id for stop in overlap.stops] == ["d1", "c1", "c2"]


def test_a_person_whose_first_record_is_another_offices_is_named_by_the_one_here() -> None:
    ground = city(
        persons={"p2": Person(name="刘勇")},
        cases={"c1": Case(person="p2", found_on=dt.date(2011, 8, 1), unit="511100")},
        aids={"a1": Aid(person="p2", given_on=dt.date(2011, 8, 2), unit="511111")},
        links={"l1": link("p1", "p2", kind="person")},
    )
    (one,) = person_overlaps(ground)
    assert (one.name, one.records, one.flagged) == ("刘勇", ("p2",), True)


def test_the_stops_stand_by_day_then_kind_then_name_and_without_a_day_last() -> None:
    undated = Plan(campaign="2011-36", enterprise="e1", group="g1")
    ground = city(
        enterprises={"e1": firm()},
        plans={"b": plan("e1", "g1"), "a": plan("e1", "g2"), "n": undated},
        visits={"0": visit("e1", group="g1", visited_on=dt.date(2011, 8, 9))},
    )
    (overlap,) = enterprise_overlaps(Directory(ground), TODAY)
    assert [stop.id for stop in overlap.stops] == ["a", "b", "0", "n"]


def test_those_flagged_stand_first_and_then_by_name() -> None:
    ground = city(
        enterprises={id: firm(name) for id, name in [("e1", "乙"), ("e2", "甲"), ("e3", "丙")]},
        plans={f"{id}{group}": plan(id, group) for id in ("e1", "e2") for group in ("g1", "g2")},
        visits={"v1": visit("e3"), "v2": visit("e3", unit="511111100")},
    )
    told = [
        (overlap.name, overlap.flagged) for overlap in enterprise_overlaps(Directory(ground), TODAY)
    ]
    assert told == [("乙", True), ("甲", True), ("丙", False)]


def test_a_stop_says_which_record_of_which_unit_and_group_on_which_day() -> None:
    day = dt.date(2011, 8, 9)
    ground = city(
        enterprises={"e1": firm()},
        plans={"p1": plan("e1", "g1"), "p2": Plan(campaign="2011-36", enterprise="e1")},
        visits={
            "v1": visit("e1", "2011-08-09", unit="", group="g1"),
            "v2": visit("e1", "2011-08-10", unit=""),
            "v3": visit("e1", "2011-08-11", unit="511102"),
        },
        owner_of={"p1": "511100", "p2": "511111", "v1": "511100", "v2": "511111"},
    )
    (overlap,) = enterprise_overlaps(Directory(ground), TODAY)
    assert (overlap.id, overlap.name) == ("e1", "恒宇机械厂")
    assert overlap.stops == (
        Stop(Plan, "p1", "city", "511100", day, "g1"),
        Stop(Visit, "v1", "city", "511100", day, "g1"),
        Stop(Visit, "v2", "county", "511111", dt.date(2011, 8, 10), ""),
        Stop(Visit, "v3", "county", "511102", dt.date(2011, 8, 11), ""),
        Stop(Plan, "p2", "county", "511111", None, ""),
    )
    assert not overlap.ahead, "who has been there does not drive out for the plan of it"


def test_a_plan_is_ahead_until_its_group_has_been_there_and_not_until_its_day() -> None:
    plans = {"p1": plan("e1", "g1"), "p2": plan("e1", "g2", 20)}
    went = visit("e1", "2011-07-30", unit="511111", group="g2")
    ground = city(enterprises={"e1": firm()}, plans=plans, visits={"v1": went})
    (first,) = enterprise_overlaps(Directory(ground), TODAY)
    assert (first.ahead, first.next) == (True, dt.date(2011, 8, 9)), "the city has still to go"
    both = {"v1": went, "v2": visit("e1", "2011-07-31", group="g1")}
    ground = city(enterprises={"e1": firm()}, plans=plans, visits=both)
    (second,) = enterprise_overlaps(Directory(ground), TODAY)
    assert (second.flagged, second.ahead, second.next) == (True, False, None)


def test_help_counts_by_its_visit_and_else_by_its_own_day_and_unit() -> None:
    summer, before = dt.date(2011, 8, 9), dt.date(2010, 8, 9)
    ground = city(
        persons={"p1": Person(name="刘勇"), "p2": Person(name="只有一级")},
        visits={"v1": visit("e1", unit="", group="g1"), "v0": visit("e1", campaign="2012-55")},
        cases={
            "c0": Case(person="p1", visit="v0", found_on=summer),
            "c1": Case(person="p1", visit="v1", found_on=before),
            "c2": Case(person="p1", found_on=summer, unit="511111"),
            "c3": Case(person="p1", found_on=before, unit="511111"),
            "c4": Case(person="p2", found_on=summer),
        },
        aids={
            "a0": Aid(case="c0", given_on=summer),
            "a1": Aid(case="c1", given_on=before),
            "a2": Aid(person="p1", given_on=summer, unit="511102"),
            "a3": Aid(person="p1", given_on=before),
            "a4": Aid(given_on=summer),
        },
        owner_of={"v1": "511100", "c1": "511100", "c4": "511111", "a1": "511102"},
    )
    (overlap,) = person_overlaps(ground)
    assert overlap.name == "刘勇"
    assert overlap.stops == (
        Stop(Aid, "a1", "county", "511102", before),
        Stop(Case, "c1", "city", "511100", before),
        Stop(Aid, "a2", "county", "511102", summer),
        Stop(Case, "c2", "county", "511111", summer),
    )


def test_a_clash_is_past_only_when_the_planned_visits_are_and_those_ahead_stand_first() -> None:
    ground = city(
        enterprises={id: firm(id) for id in ("e1", "e2", "e3", "e4")},
        plans={
            "a1": plan("e1", "g1", 3), "a2": plan("e1", "g2", 20),
            "b1": plan("e2", "g1", 12), "b2": plan("e2", "g2", 13),
            "c1": plan("e3", "g1", 3), "c2": plan("e3", "g2", 4),
            "d1": plan("e4", "g1", 11),
        },
        visits={
            "v2": visit("e2", "2011-07-20"),
            "v3": visit("e3", "2011-08-04", group="g2"),
            "v4": visit("e4", "2011-07-20"),
        },
    )  # fmt: skip
    found = enterprise_overlaps(Directory(ground), dt.date(2011, 8, 10))
    assert [(one.name, one.ahead, one.next and one.next.day) for one in found] == [
        ("e4", True, 11),
        ("e2", True, 12),
        ("e1", True, 20),
        ("e3", False, None),
    ]


def test_the_rosters_of_two_levels_clash_until_one_has_been_there_or_the_year_is_over() -> None:
    rosters = {
        "g1": msgspec.structs.replace(GROUPS["g1"], enterprises=("e1", "e2")),
        "g2": msgspec.structs.replace(GROUPS["g2"], enterprises=("e1", "e2"), unit="511111"),
    }
    enterprises = {"e1": firm("机械厂"), "e2": firm("水泥厂")}
    visits = {"v1": visit("e2", group="g1"), "v2": visit("e2")}
    ground = city(enterprises=enterprises, groups=rosters, visits=visits)
    ahead, past = enterprise_overlaps(Directory(ground), TODAY)
    assert (ahead.name, ahead.flagged, ahead.ahead) == ("机械厂", True, True)
    assert [(stop.kind, stop.level) for stop in ahead.stops] == [(Group, "city"), (Group, "county")]
    assert (past.name, past.ahead) == ("水泥厂", False)
    later = enterprise_overlaps(Directory(ground), dt.date(2012, 1, 1))
    assert [(one.name, one.ahead) for one in later] == [("水泥厂", False)]


def test_a_roster_of_another_campaign_sends_nobody() -> None:
    old = msgspec.structs.replace(GROUPS["g1"], enterprises=("e1",), campaign="2012-55")
    ground = city(enterprises={"e1": firm()}, groups={"g1": old}, plans={"p1": plan("e1", "g2")})
    assert enterprise_overlaps(Directory(ground), TODAY) == ()
