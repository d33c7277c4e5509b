from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage import (
    area_coverage,
    by_area,
    cadre_coverage,
    coverage,
    group_coverage,
    township_coverage,
)
from app.domain.campaign.coverage_figures import Count, Figure, sum_counts
from app.domain.campaign.enterprise_groups import Directory
from tests.domain.city import city, firm, link, visit


def cadres(ground: CampaignData) -> Figure:
    return cadre_coverage(Directory(ground))


def names(items: object) -> list[str]:
    return [item.name for item in items]  # type: ignore[attr-defined]


def rows(figure: Figure) -> dict[str, tuple[int, int]]:
    return {row.name: (row.count.numerator, row.count.denominator) for row in figure.rows}


def test_200_workers_are_enough_and_199_are_not() -> None:
    figure = cadres(
        city(
            enterprises={
                "e1": firm("够", above_scale=False, headcount=200),
                "e2": firm("不够", above_scale=False, headcount=199),
                "e3": firm("规上", above_scale=True, headcount=20),
            }
        )
    )
    assert names(figure.uncovered) == ["够", "规上"]
    assert figure.uncovered[0].why == "职工 200 人，达到 200 人。没有走访。"
    assert names(figure.left_out) == ["不够"]
    assert figure.left_out[0].why == "不是规模以上。职工 199 人，不到 200 人。"


def test_what_nobody_filled_in_is_counted_apart() -> None:
    figure = cadres(
        city(
            enterprises={
                "e1": firm("都没填"),
                "e2": firm("没填规上", headcount=150),
                "e3": firm("没填人数", above_scale=False),
                "e4": firm("人数够了", headcount=900),
            },
            visits={"v1": visit("e1")},
        )
    )
    assert figure.count == Count(0, 1, 3)
    assert {item.name: item.why for item in figure.unknown} == {
        "都没填": "没有填是否规模以上和职工人数。",
        "没填规上": "没有填是否规模以上。职工 150 人，不到 200 人。",
        "没填人数": "没有填职工人数。",
    }


def test_any_cadre_counts_for_one_figure_and_only_city_and_county_for_the_other() -> None:
    ground = city(
        enterprises={"e1": firm(above_scale=True)},
        visits={"v1": visit("e1", unit="511111100")},
    )
    figures = coverage(ground)
    assert figures.cadres.count == Count(1, 1)
    assert figures.cadres.covered[0].why == "规模以上。2011年8月3日乡镇（街道）走访。"
    assert figures.groups.count == Count(0, 1)
    assert figures.groups.uncovered[0].why == "规模以上。只有市、县两级以外的走访，不计入。"
    assert figures.townships.count == Count(1, 1)
    assert figures.areas.count == Count(0, 4)


def test_the_level_of_a_visit_is_its_own_or_its_groups_or_its_units() -> None:
    ground = city(
        visits={
            "v1": visit("e", level="township", group="g1"),
            "v2": visit("e", group="g1"),
            "v3": visit("e"),
            "v4": visit("e", unit=""),
            "v5": visit("e", unit="511199"),
            "v6": visit("e", unit="不存在"),
        },
        owner_of={"v4": "511100"},
    )
    levels = [ground.level_of_visit(one, v) for one, v in ground.visits.items()]
    assert levels == ["township", "city", "county", "city", "enterprise", ""]


def test_a_merged_enterprise_counts_once_with_the_visits_of_both_records() -> None:
    ground = city(
        enterprises={
            "e1": firm("和帮集团", verification="duplicate"),
            "e2": firm("和邦集团公司", above_scale=True, area=""),
            "e3": firm("重复的", above_scale=True, verification="duplicate"),
            "e4": firm("没了", above_scale=True, verification="missing"),
        },
        visits={"v1": visit("e1", "2011-09-01"), "v2": visit("e2", "2011-08-01")},
        links={"l1": link("e1", "e2")},
    )
    figure = cadres(ground)
    assert figure.count == Count(1, 1)
    (item,) = figure.covered
    assert (item.id, item.records, item.visits) == ("e2", ("e1", "e2"), ("v2", "v1"))
    assert item.area == "511111100"
    assert [i.why for i in figure.left_out] == ["已核实不存在。", "核实为重复登记。"]


def test_a_hospital_is_no_enterprise_unless_it_is_marked_above_scale() -> None:
    figure = cadres(
        city(
            enterprises={
                "e1": firm("医院", kind="institution", headcount=800),
                "e2": firm("自来水", kind="institution", above_scale=True),
            }
        )
    )
    assert names(figure.uncovered) == ["自来水"]
    assert figure.left_out[0].why == "是事业单位，不是企业。"


def test_only_this_campaigns_visits_count_and_the_homeless_are_listed() -> None:
    figure = cadres(
        city(
            enterprises={"e1": firm(above_scale=True)},
            visits={"v1": visit("e1", campaign="2012-55"), "v2": visit(""), "v3": visit("e9")},
        )
    )
    assert figure.count == Count(0, 1)
    assert figure.unplaced == ("v2", "v3")


def test_townships_are_measured_in_the_concentrated_phase_and_by_their_own_visits() -> None:
    ground = city(
        enterprises={"e1": firm("早"), "e2": firm("准"), "e3": firm("县里去的"), "e4": firm("无")},
        visits={
            "v1": visit("e1", "2011-12-01", unit="511111100"),
            "v2": visit("e2", "2011-11-30", unit="511111100"),
            "v3": visit("e3"),
        },
    )
    figure = township_coverage(Directory(ground))
    assert {item.name: item.why for item in figure.uncovered} == {
        "早": "乡镇（街道）的走访不在集中走访阶段。",
        "县里去的": "只有乡镇（街道）以外的走访，不计入。",
        "无": "没有走访。",
    }
    assert names(figure.covered) == ["准"]
    assert next((row.name, row.count) for row in by_area(ground, figure)) == ("白马镇", Count())
    assert sum_counts(row.count for row in by_area(ground, figure)) == figure.count


def test_an_enterprise_without_a_township_is_not_known_to_belong_to_one() -> None:
    ground = city(enterprises={"e1": firm(area=""), "e2": firm(area="Z1")})
    figure = township_coverage(Directory(ground))
    assert figure.count == Count(0, 0, 2)
    assert [(row.name, row.count.unknown) for row in figure.rows if row.count.unknown] == [
        ("高新区工会", 1),
        ("未分到单位", 1),
    ]


def test_an_area_is_touched_by_city_or_county_groups_only() -> None:
    ground = city(
        enterprises={"e1": firm()},
        visits={
            "v1": visit("e1"),
            "v2": visit("", unit="511111100", area="511102103"),
            "v3": visit("e1", area="Z1", group="g1"),
            "v4": visit("", area="511111"),
        },
    )
    figure = area_coverage(ground)
    assert names(figure.covered) == ["沙湾镇", "高新区"]
    assert names(figure.uncovered) == ["白马镇", "嘉农镇"]
    assert figure.unplaced == ("v4",)
    assert rows(figure) == {
        "市中区总工会": (0, 1),
        "沙湾区总工会": (1, 2),
        "高新区工会": (1, 1),
    }


def test_an_area_that_is_gone_before_the_campaign_is_not_asked_for() -> None:
    assert "葫芦镇" not in names(area_coverage(city()).items)


def test_city_enterprises_stand_in_the_citys_row_and_rows_are_in_official_order() -> None:
    ground = city(
        enterprises={
            "e1": firm("乐山电力", above_scale=True, affiliation="city"),
            "e2": firm("沙湾的", above_scale=True),
            "e3": firm("没地方", above_scale=True, area=""),
        },
        owner_of={"e3": "511102"},
    )
    assert rows(group_coverage(Directory(ground))) == {
        "乐山市总工会": (0, 1),
        "市中区总工会": (0, 1),
        "沙湾区总工会": (0, 1),
    }


def test_a_unit_of_the_citys_roster_that_only_a_county_visited_counts_at_the_county() -> None:
    def ground(**fields: Any) -> CampaignData:
        own = firm("恒宇机械厂", area="", affiliation="city", owner="511100", **fields)
        left = firm("没去过的", area="", affiliation="city", owner="511100", headcount=300)
        return city(
            enterprises={"e1": own, "e2": left},
            visits={"v1": visit("e1", headcount=210)} | extra,
            owner_of={"e1": "511100", "e2": "511100"},
        )

    extra: dict[str, Any] = {}
    counted = cadre_coverage(Directory(ground()))
    assert rows(counted)["沙湾区总工会"] == (1, 1)
    assert rows(counted)["乐山市总工会"] == (0, 1)
    extra = {"v1": visit("e1")}
    unknown = cadre_coverage(Directory(ground()))
    (item,) = unknown.unknown
    assert (item.unit, item.why) == ("511111", "没有填是否规模以上和职工人数。")
    extra = {"v2": visit("e1", unit="511100")}
    assert rows(cadre_coverage(Directory(ground())))["乐山市总工会"] == (1, 2)


def test_a_percentage_never_rounds_a_gap_away() -> None:
    assert Count(1999, 2000).percent == "99.9%"
    assert Count(2000, 2000).percent == "100.0%"
    assert Count(1, 3).percent == "33.3%"
    assert Count().percent == "—"


def test_a_figure_goes_into_json_as_it_is() -> None:
    made = coverage(city(enterprises={"e1": firm()}))
    told = msgspec.json.decode(msgspec.json.encode(made))
    assert told["cadres"]["unknown"][0]["standing"] == "情况不明"


FIRMS = st.builds(
    firm,
    name=st.sampled_from(["甲", "乙", "丙"]),
    area=st.sampled_from(["511111100", "511102103", "Z1", "", "没有这里"]),
    above_scale=st.sampled_from([True, False, None]),
    headcount=st.sampled_from([None, 10, 200]),
    kind=st.sampled_from(["enterprise", "institution", ""]),
    affiliation=st.sampled_from(["", "city"]),
    verification=st.sampled_from(["", "verified", "missing", "duplicate"]),
)
VISITS = st.builds(
    visit,
    st.sampled_from(["e0", "e1", "e2", ""]),
    st.sampled_from(["2011-06-20", "2011-08-01", "2011-12-20"]),
    unit=st.sampled_from(["511100", "511111", "511111100", "511199", ""]),
    area=st.sampled_from(["", "Z1", "511111101"]),
)


@given(
    st.lists(FIRMS, max_size=8),
    st.lists(VISITS, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=3),
)
def test_rows_and_lists_always_add_up(
    enterprises: list[object], visits: list[object], same: list[tuple[int, int]]
) -> None:
    ground = city(
        enterprises={f"e{i}": e for i, e in enumerate(enterprises)},
        visits={f"v{i}": v for i, v in enumerate(visits)},
        links={f"l{i}": link(f"e{a}", f"e{b}") for i, (a, b) in enumerate(same)},
    )
    made = coverage(ground)
    for figure in (made.cadres, made.groups, made.townships, made.areas):
        assert sum_counts(row.count for row in figure.rows) == figure.count
        assert figure.count.numerator == len(figure.covered)
        assert figure.count.denominator == len(figure.covered) + len(figure.uncovered)
        assert figure.count.unknown == len(figure.unknown)
        assert sum_counts(row.count for row in by_area(ground, figure)) == figure.count
        assert all(item.why for item in figure.items)
    seen = [record for item in made.cadres.items for record in item.records]
    assert sorted(seen) == sorted(ground.enterprises)


def test_a_phase_without_days_is_the_whole_campaign() -> None:
    ground = city(
        campaign=city().campaign.__class__(code="2011-36", ends=dt.date(2011, 12, 31)),
        enterprises={"e1": firm()},
        visits={"v1": visit("e1", "2011-12-31", unit="511111100")},
    )
    assert township_coverage(Directory(ground)).count == Count(1, 1)
