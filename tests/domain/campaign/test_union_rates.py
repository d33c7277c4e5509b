from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.campaign.coverage_figures import Count
from app.domain.campaign.union_rates import Answer, RatedDirectory, RatedUnit, rated_units
from app.domain.records import Enterprise
from tests.domain.city import city, firm, link, visit

TODAY = dt.date(2012, 9, 10)
LARGE_PRIVATE = {"has_union": True, "above_scale": True, "ownership": "private"}


def rated(*enterprises: Enterprise, **records: Any) -> RatedDirectory:
    held = {f"e{place}": one for place, one in enumerate(enterprises, 1)}
    return RatedDirectory(rated_units(city(enterprises=held, **records), TODAY))


def count(directory: RatedDirectory, rate: str, **within: str) -> tuple[Count, int]:
    tally = directory.total(within).tallies[rate]
    return tally.count, tally.blank


def only(directory: RatedDirectory) -> RatedUnit:
    (unit,) = directory.units
    return unit


def test_unions_are_counted_of_enterprises_and_of_nobody_else() -> None:
    seen = rated(
        firm("建了", has_union=True),
        firm("没建", has_union=False),
        firm("没填"),
        firm("不知道是不是企业", kind="", has_union=True),
        firm("学校", kind="institution", has_union=True),
        firm("机关", kind="government", has_union=True),
        firm("个体户", kind="other", has_union=True),
    )
    assert count(seen, "T8") == (Count(1, 3, 1), 1)
    assert [unit.name for unit in seen.behind("T8", {})] == [
        "建了",
        "没建",
        "没填",
        "不知道是不是企业",
    ]


def test_members_are_counted_of_workers_everywhere_by_the_newest_headcount() -> None:
    seen = rated(
        firm("厂", headcount=100, headcount_on=dt.date(2011, 1, 1), members=95),
        firm("学校", kind="institution", headcount=50, members=50),
        firm("没填会员", headcount=30),
        firm("没填职工", members=8),
        firm("没有工会", headcount=20, has_union=False),
        visits={"v1": visit("e1", headcount=120)},
    )
    assert count(seen, "T9") == (Count(145, 220, 1), 1)
    assert seen.units[0].words["T9"].why == "职工 120 人，会员 95 人。"


def test_the_two_houses_of_workers_are_counted_of_large_private_enterprises_with_a_union() -> None:
    seen = rated(
        firm("都有", **LARGE_PRIVATE, workers_congress=True, open_affairs=True),
        firm("港澳台", **LARGE_PRIVATE | {"ownership": "hmt"}, workers_congress=False),
        firm("外商没填", **LARGE_PRIVATE | {"ownership": "foreign"}),
        firm("国有", **LARGE_PRIVATE | {"ownership": "state"}, workers_congress=True),
        firm("集体", **LARGE_PRIVATE | {"ownership": "collective"}, workers_congress=True),
        firm("没建会", **LARGE_PRIVATE | {"has_union": False}, workers_congress=True),
        firm("不是规上", **LARGE_PRIVATE | {"above_scale": False}, headcount=900),
        firm("学校", **LARGE_PRIVATE, kind="institution", workers_congress=True),
        firm("不知道规上", **LARGE_PRIVATE | {"above_scale": None}, workers_congress=True),
        firm("其他经济", **LARGE_PRIVATE | {"ownership": "other"}, workers_congress=True),
    )
    assert count(seen, "T15") == (Count(1, 3, 2), 1)
    assert count(seen, "T16") == (Count(1, 3, 2), 2)
    words = {unit.name: unit.words["T15"].why for unit in seen.units}
    assert words["没建会"] == "没有建会。"
    assert words["不是规上"] == "不是规模以上。"
    assert words["不知道规上"] == "没有填清规模以上。"
    assert words["其他经济"] == "没有填清经济类型（“其他”分不清公有、非公有）。"


def test_a_contract_counts_for_its_term_whatever_its_kind() -> None:
    seen = rated(
        firm("企业", wage_contract="enterprise", wage_contract_to=TODAY),
        firm("区域", wage_contract="regional", wage_contract_from=dt.date(2012, 1, 1)),
        firm("行业", wage_contract="sectoral"),
        firm("到期", wage_contract="sectoral", wage_contract_to=dt.date(2012, 9, 9)),
        firm("还没开始", wage_contract="enterprise", wage_contract_from=dt.date(2012, 9, 11)),
        firm("没签", wage_contract="none"),
        firm("没填"),
    )
    assert count(seen, "T10") == (Count(3, 7), 1)
    assert dict(seen.total({}).contracts) == {
        "enterprise": 1,
        "regional": 1,
        "sectoral": 1,
        "lapsed": 2,
        "none": 1,
        "": 1,
    }
    said = {unit.name: unit.words["T10"] for unit in seen.units}
    assert said["企业"].why == "企业合同，到 2012-09-10。"
    assert said["到期"].why == "行业性合同 2012-09-09 到期。"
    assert said["还没开始"].why == "企业合同 2012-09-11 才开始。"
    assert (said["没签"].answer, said["没填"].answer) == (Answer.NO, Answer.BLANK)


def test_those_gone_do_not_count_and_those_nobody_checked_do() -> None:
    seen = rated(
        firm("核实了", verification="verified", has_union=True),
        firm("预置", verification="preset"),
        firm("没了", verification="missing", has_union=True),
    )
    assert count(seen, "T8") == (Count(1, 2), 1)
    assert (seen.total({}).units, seen.total({}).unverified) == (2, 1)


def test_two_records_of_one_unit_are_one_and_say_together_what_each_says() -> None:
    seen = rated(
        firm("和邦集团", headcount=300, has_union=True),
        firm("和帮集团", verification="duplicate", members=280, wage_contract="sectoral"),
        links={"l1": link("e1", "e2")},
    )
    unit = only(seen)
    assert (unit.name, unit.records) == ("和邦集团", ("e1", "e2"))
    assert count(seen, "T9")[0] == Count(280, 300)
    assert count(seen, "T10")[0] == Count(1, 1)


def test_a_county_and_an_industry_are_looked_at_together() -> None:
    seen = rated(
        firm("沙湾餐馆", industry="62", wage_contract="sectoral"),
        firm("白马餐馆", industry="62", area="511102103"),
        firm("沙湾煤矿", industry="06"),
        firm("只填门类", industry="H"),
    )
    assert count(seen, "T10", office="511111", industry="62") == (Count(1, 1), 0)
    assert {code: row.units for code, row in seen.rows("section").items()} == {"H": 3, "B": 1}
    assert {code: row.units for code, row in seen.rows("industry").items()} == {
        "62": 2,
        "06": 1,
        "": 1,
    }


@given(
    st.lists(
        st.builds(
            firm,
            kind=st.sampled_from(["", "enterprise", "institution"]),
            area=st.sampled_from(["", "511111100", "511102103"]),
            ownership=st.sampled_from(["", "state", "private", "other"]),
            headcount=st.none() | st.integers(0, 500),
            members=st.none() | st.integers(0, 500),
            has_union=st.none() | st.booleans(),
            above_scale=st.none() | st.booleans(),
            open_affairs=st.none() | st.booleans(),
        ),
        max_size=12,
    )
)
def test_rows_of_every_kind_add_up_to_the_total(enterprises: list[Enterprise]) -> None:
    seen = rated(*enterprises)
    total = seen.total({})
    for by in ("office", "place", "section", "industry", "ownership"):
        rows = list(seen.rows(by).values())
        assert sum(row.units for row in rows) == total.units
        for rate, tally in total.tallies.items():
            parts = [row.tallies[rate] for row in rows]
            assert sum((part.count for part in parts), Count()) == tally.count
            assert sum(part.blank for part in parts) == tally.blank
