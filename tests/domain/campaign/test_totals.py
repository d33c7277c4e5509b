from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.campaign.coverage_figures import Count
from app.domain.campaign.totals import Line, Summary, SummaryRow, summary, summary_by_area, totals
from app.domain.merging.link_decisions import Sameness
from app.domain.records import Aid, Case, Demand, Person, Visit
from tests.domain.city import city, firm, link, visit

DAY = dt.date(2011, 9, 1)


def row(made: Summary, name: str) -> Line:
    return next(row.line for row in made.rows if row.name == name)


def test_the_cover_counts_records_by_type_and_adds_money_without_floats() -> None:
    made = totals(
        [
            Aid(money="0.10", goods_value="80"),
            Aid(money="0.20"),
            Visit(workers_met=30),
            Visit(),
            Demand(),
        ]
    )
    assert made.records == {"aid": 2, "demand": 1, "visit": 2}
    assert made.sums == {
        "aid.money": Decimal("0.30"),
        "aid.goods_value": Decimal(80),
        "visit.workers_met": Decimal(30),
    }


def test_an_empty_cover_names_every_sum() -> None:
    assert set(totals([]).sums) == {"aid.money", "aid.goods_value", "visit.workers_met"}


def test_the_summary_has_a_row_per_unit_with_its_townships_in_it() -> None:
    ground = city(
        enterprises={"e1": firm(above_scale=True), "e2": firm("乙")},
        visits={
            "v1": visit("e1", workers_met=30),
            "v2": visit("e1", unit="511111100", workers_met=5),
            "v3": visit("e2", unit="511111100"),
            "v4": visit("e2", campaign="2012-55", workers_met=900),
        },
        demands={
            "d1": Demand(visit="v1", state="closed"),
            "d2": Demand(visit="v1", state="open"),
            "d3": Demand(visit="v4", raised_on=DAY),
            "d4": Demand(raised_on=DAY),
        },
        owner_of={"d1": "511111", "d2": "511111", "d3": "511111", "d4": "511102"},
    )
    made = summary(ground)
    assert [one.name for one in made.rows] == ["市中区总工会", "沙湾区总工会", "高新区工会"]
    county = row(made, "沙湾区总工会")
    assert (county.enterprises, county.visits, county.workers_met) == (2, 3, 35)
    assert (county.demands, county.closed) == (2, 1)
    assert (county.areas, county.above_scale) == (Count(1, 2), Count(1, 1, 1))
    assert row(made, "市中区总工会").demands == 1


def test_persons_households_and_times_are_kept_apart() -> None:
    ground = city(
        persons={"p1": Person(name="刘勇"), "p2": Person(name="刘勇"), "p3": Person(name="李")},
        cases={"c1": Case(person="p1"), "c2": Case(person="p2"), "c3": Case(person="p3")},
        aids={
            "a1": Aid(case="c1", given_on=DAY, money="300"),
            "a2": Aid(case="c2", given_on=DAY, money="500.50"),
            "a3": Aid(case="c3", given_on=DAY, goods_value="80"),
            "a4": Aid(case="c3", given_on=dt.date(2015, 1, 1), money="9999"),
        },
        links={
            "l1": link("p1", "p2", kind="person"),
            "l2": link("p2", "p3", kind="household"),
        },
        owner_of=dict.fromkeys(("a1", "a2", "a3", "a4"), "511111"),
    )
    households = Sameness((link.one, link.other, True) for link in ground.links.values())
    line = row(summary(ground, households), "沙湾区总工会")
    assert (line.aids, line.persons, line.households) == (3, 2, 1)
    assert (line.money, line.goods_value) == (Decimal("800.50"), Decimal(80))


def test_what_two_units_report_is_twice_in_the_sum_and_once_without_repetition() -> None:
    ground = city(
        enterprises={"e1": firm()},
        visits={"v1": visit("e1"), "v2": visit("e1", unit="511100")},
    )
    made = summary(ground)
    assert (made.total.enterprises, made.distinct.enterprises) == (2, 1)
    assert made.total.visits == made.distinct.visits == 2


def test_what_belongs_to_no_unit_is_shown_and_not_lost() -> None:
    made = summary(city(visits={"v1": visit("e9", unit="不存在", workers_met=3)}))
    assert made.rows[-1] == SummaryRow(
        "", "未分到单位", Line(enterprises=1, visits=1, workers_met=3)
    )


VISITS = st.builds(
    visit,
    st.sampled_from(["e0", "e1", "", "e9"]),
    unit=st.sampled_from(["511100", "511111", "511111100", "511199", "没有"]),
    workers_met=st.sampled_from([None, 0, 7]),
)
AIDS = st.builds(
    Aid,
    person=st.sampled_from(["p0", "p1", ""]),
    unit=st.sampled_from(["511100", "511102", "没有"]),
    given_on=st.sampled_from([None, DAY]),
    money=st.sampled_from([None, "0.10", "12"]),
)


@given(st.lists(VISITS, max_size=8), st.lists(AIDS, max_size=8))
def test_rows_always_add_up_to_the_total(visits: list[Visit], aids: list[Aid]) -> None:
    ground = city(
        enterprises={"e0": firm(above_scale=True), "e1": firm("乙", area="")},
        persons={"p0": Person(name="甲"), "p1": Person(name="乙")},
        visits={f"v{i}": one for i, one in enumerate(visits)},
        aids={f"a{i}": one for i, one in enumerate(aids)},
    )
    made = summary(ground)
    assert sum((one.line for one in made.rows), Line()) == made.total
    assert made.total.visits == len(visits)
    assert made.total.workers_met == totals(visits).sums["visit.workers_met"]
    assert made.total.money == totals(aids).sums["aid.money"]
    assert made.distinct.enterprises <= made.total.enterprises
    assert (made.distinct.areas, made.distinct.above_scale) == (
        made.total.areas,
        made.total.above_scale,
    )


def test_a_county_sees_the_same_by_township_and_nothing_is_lost() -> None:
    ground = city(
        enterprises={
            "e1": firm(area="511111100", above_scale=True),
            "e2": firm("乙", area="511111101"),
        },
        visits={
            "v1": visit("e1", workers_met=30),
            "v2": visit("e2", area="Z1", workers_met=5),
            "v3": visit("", workers_met=2),
        },
        demands={"d1": Demand(visit="v1"), "d2": Demand(enterprise="e2", raised_on=DAY)},
        persons={"p1": Person(name="刘勇", enterprise="e1")},
        cases={"c1": Case(person="p1"), "c2": Case(person="p1", visit="v2")},
        aids={
            "a1": Aid(case="c1", given_on=DAY, money="300"),
            "a2": Aid(case="c2", given_on=DAY, money="20"),
        },
        owner_of={"v1": "511111", "v2": "511111", "v3": "511111"},
    )
    made = summary_by_area(ground, ("511111100", "511111101"))
    assert [one.name for one in made.rows] == ["沙湾镇", "嘉农镇", "没有填地区"]
    first, second, nowhere = (one.line for one in made.rows)
    assert (first.workers_met, first.demands, first.money) == (30, 1, Decimal(300))
    assert (first.areas, first.above_scale) == (Count(1, 1), Count(1, 1))
    assert (second.workers_met, second.demands) == (0, 1)
    assert (nowhere.workers_met, nowhere.money) == (7, Decimal(20))
    assert made.total.workers_met == summary(ground).total.workers_met
    assert made.total.persons == 2
    assert made.distinct.persons == 1


def test_in_a_township_stands_what_led_there_by_visit_person_or_enterprise() -> None:
    ground = city(
        enterprises={"e1": firm(), "e2": firm("乙", area="511111101")},
        visits={"v1": visit("e1"), "v2": visit("e2")},
        demands={
            "d1": Demand(visit="v2", enterprise="e1"),
            "d2": Demand(enterprise="e1", raised_on=DAY),
            "d3": Demand(enterprise="e9", raised_on=DAY),
        },
        persons={"p1": Person(name="甲", enterprise="e2"), "p2": Person(name="乙")},
        cases={"c1": Case(person="p1"), "c2": Case(person="p1", visit="v1")},
        aids={
            "a1": Aid(case="c1", given_on=DAY, money="1"),
            "a2": Aid(case="c2", given_on=DAY, money="10"),
            "a3": Aid(person="p1", given_on=DAY, money="100"),
            "a4": Aid(person="p2", given_on=DAY, money="1000"),
            "a5": Aid(given_on=DAY, money="10000"),
            "a6": Aid(person="p9", given_on=DAY, money="100000"),
        },
        owner_of={},
    )
    made = summary_by_area(ground, ("511111100", "511111101", "unknown"))
    told = {one.name: (one.line.demands, one.line.money) for one in made.rows}
    assert told == {
        "沙湾镇": (1, Decimal(10)),
        "嘉农镇": (1, Decimal(101)),
        "没有填地区": (1, Decimal(111000)),
    }


def test_where_all_lies_in_the_townships_no_row_says_otherwise() -> None:
    ground = city(enterprises={"e1": firm()}, visits={"v1": visit("e1")})
    assert [one.name for one in summary_by_area(ground, ("511111100",)).rows] == ["沙湾镇"]


def test_a_demand_of_another_unit_stands_in_its_row() -> None:
    ground = city(
        demands={
            "d1": Demand(unit="511102", raised_on=DAY),
            "d2": Demand(raised_on=dt.date(2015, 1, 1)),
        },
        owner_of={"d1": "511111", "d2": "511111"},
    )
    made = summary(ground)
    assert row(made, "市中区总工会").demands == 1
    assert row(made, "沙湾区总工会").demands == 0
