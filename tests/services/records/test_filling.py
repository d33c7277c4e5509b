"""What many units lack is filled in at once, and taken back at once."""

from __future__ import annotations

from app.domain.records import Enterprise
from app.services.office.office import Office
from app.services.records import filling, saving
from app.services.records.filling import BASIS, OF_UNION, Filling
from tests.services.offices import record_of


def firm(office: Office, name: str, **typed: object) -> str:
    return saving.save(office, Enterprise, {"name": name, **typed}).id


def unit(office: Office, record: str) -> Enterprise:
    found = record_of(office, Enterprise.type_name, record)
    assert isinstance(found, Enterprise)
    return found


def typed(seen: filling.Gaps, **by_name: dict[str, object]) -> list[Filling]:
    return [Filling(row.id, row.h, by_name[row.name]) for row in seen.rows if row.name in by_name]


WHOLE = {
    "area": "沙湾镇",
    "kind": "企业",
    "above_scale": "是",
    "headcount": 30,
    "industry": "水泥",
    "ownership": "私营",
}


def test_gaps_are_listed_filled_and_taken_back(county: Office) -> None:
    first, second = firm(county, "沙湾水泥厂"), firm(county, "嘉农电站", area="嘉农镇")
    firm(county, "都填了", **WHOLE)
    firm(county, "没了", verification="不存在")

    seen = filling.gaps(county, BASIS)
    assert [row.name for row in seen.rows] == ["沙湾水泥厂", "嘉农电站"]
    assert (seen.of, seen.missing["area"], seen.missing["industry"]) == (3, 1, 2)
    assert seen.rows[1].values["area"] == "511111101"

    done = filling.fill(
        county,
        typed(seen, 沙湾水泥厂=WHOLE, 嘉农电站={"headcount": "４５", "industry": "电力"}),
    )
    assert not done.refused
    assert (unit(county, first).above_scale, unit(county, first).industry) == (True, "30")
    assert unit(county, second).headcount == 45
    assert str(unit(county, second).headcount_on) == "2011-07-21"
    assert [row.name for row in filling.gaps(county, BASIS).rows] == ["嘉农电站"]

    saving.save(county, Enterprise, {"headcount": 50}, record=second)
    filling.take_back(county, done.saved)
    assert unit(county, first).area == ""
    assert (unit(county, second).headcount, unit(county, second).industry) == (50, "")


def test_a_row_that_cannot_be_saved_is_told_and_the_others_are_saved(county: Office) -> None:
    first, second = firm(county, "甲厂"), firm(county, "乙厂")
    third = firm(county, "丙厂")
    seen = filling.gaps(county, OF_UNION)
    saving.save(county, Enterprise, {"members": 3}, record=third)
    done = filling.fill(
        county,
        typed(
            seen,
            甲厂={"has_union": "是", "wage_contract": "区域性"},
            乙厂={"members": "许多"},
            丙厂={"members": 9},
        ),
    )
    assert [record for record, _ in done.saved] == [first]
    assert "会员人数" in done.refused[second].what
    assert done.refused[third].code == "STALE"
    assert unit(county, first).wage_contract == "regional"
    assert unit(county, third).members == 3


def test_a_contract_without_a_term_is_no_gap(county: Office) -> None:
    whole = {"has_union": "是", "members": 1, "workers_congress": "否", "open_affairs": "否"}
    firm(county, "没期限", wage_contract="企业", **whole)
    firm(county, "没签", wage_contract="没有签", **whole)
    assert filling.gaps(county, OF_UNION).rows == ()
