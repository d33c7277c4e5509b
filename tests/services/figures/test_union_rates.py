"""The rates of an office, from what its clerks typed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.domain.records import Enterprise
from app.services.deciding import verifying
from app.services.figures import indicators, rate_sheets, union_rates
from app.services.office.office import Office
from app.services.records import saving
from tests.services.figures.raw_log import folded
from tests.services.offices import CITY, COUNTY, SECOND_COUNTY, deliver, save_visit


def keep(office: Office, name: str, **typed: object) -> str:
    base = {"name": name, "kind": "企业", "area": "沙湾镇", "ownership": "私营"}
    return saving.save(office, Enterprise, base | typed).id


def test_a_county_sees_its_townships_and_the_units_behind_a_number(county: Office) -> None:
    built = keep(county, "沙湾水泥厂", has_union="是", industry="水泥")
    blank = keep(county, "嘉农电站", area="嘉农镇")

    seen = union_rates.look(county, "2012-55")
    assert not seen.by_unit
    table = seen.table("place")
    assert [(row.name, row.cells[0].numerator, row.cells[0].denominator) for row in table.rows] == [
        ("沙湾镇", 1, 1),
        ("嘉农镇", 0, 1),
    ]
    assert (table.total.cells[0].percent, table.total.cells[0].blank) == ("50.0%", 1)
    assert [head.title for head in table.heads] == [
        "建会率",
        "入会率",
        "工资集体协商",
        "职代会",
        "厂务公开",
    ]
    behind = seen.behind("T8")
    assert [(one.id, one.standing, one.area) for one in behind] == [
        (blank, "没有填", "嘉农镇"),
        (built, "符合", "沙湾镇"),
    ]
    assert [one.id for one in seen.behind("T8", {"section": "C"})] == [built]
    assert [row.name for row in seen.table("section").rows] == ["制造业", "没有填行业"]
    assert seen.choices("ownership") == {"private": "私营"}


def test_the_city_sees_every_county_in_official_order(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    keep(county, "沙湾水泥厂", has_union="是", wage_contract="行业性")
    keep(second_county, "竹根饭店", area="竹根镇", has_union="否", industry="62")
    for office in (second_county, county):
        deliver(office, city, tmp_path / office.identity.station)

    table = union_rates.look(city, "2012-55").table()
    own, *below = table.rows
    assert (own.code, own.unverified) == (CITY, own.units)
    assert [(row.code, row.cells[0].percent) for row in below] == [
        (COUNTY, "100.0%"),
        (SECOND_COUNTY, "0.0%"),
    ]
    assert below[0].contracts == {"sectoral": 1}


KINDS = ("", "企业", "企业", "企业", "事业单位", "其他")
FLAGS: tuple[object, ...] = (None, "是", "是", "否")
CONTRACTS = (None, "企业", "区域性", "行业性", "没有签")
OWNERSHIPS = ("", "国有", "私营", "私营", "外商投资", "其他")


def a_directory(office: Office, seed: int, town: str) -> list[str]:
    """Two dozen units of every kind, some visited since, one gone, one registered twice."""
    chance = random.Random(seed)
    ids = []
    for n in range(24):
        typed: dict[str, object] = {
            "kind": chance.choice(KINDS),
            "area": chance.choice(("", town)),
            "ownership": chance.choice(OWNERSHIPS),
            "above_scale": chance.choice(FLAGS),
            "has_union": chance.choice(FLAGS),
            "workers_congress": chance.choice(FLAGS),
            "open_affairs": chance.choice(FLAGS),
            "headcount": chance.choice((None, 30, 200, 1500)),
            "headcount_on": "2011-06-01",
            "members": chance.choice((None, 0, 20, 150)),
            "wage_contract": chance.choice(CONTRACTS),
            "wage_contract_to": chance.choice((None, "2011-07-20", "2011-07-21", "2012-06-30")),
        }
        name = f"{office.identity.station}{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地'[n]}厂"
        ids.append(saving.save(office, Enterprise, {"name": name} | typed).id)
    save_visit(office, enterprise=ids[3], enterprise_name="", headcount=77, area=town)
    verifying.declare_gone(office, ids[0], "closed")
    return ids


def sums(cells: Iterable[union_rates.RateCell]) -> list[int]:
    numbers = ((one.numerator, one.denominator, one.blank) for one in cells)
    return [sum(column) for column in zip(*numbers, strict=True)]


def recounted(bodies: Iterable[dict[str, Any]], heard: dict[str, int]) -> dict[str, list[int]]:
    """分子, 分母 and 没填 of every rate, from raw bodies of units that stand."""
    found = {code: [0, 0, 0] for code in ("T8", "T9", "T10", "T15", "T16")}

    def count(code: str, part: int, whole: int, blank: bool) -> None:
        found[code] = [a + b for a, b in zip(found[code], (part, whole, blank), strict=True)]

    for one in bodies:
        workers = heard.get(one["id"], one.get("headcount"))
        members = 0 if one.get("has_union") is False else None
        members = one.get("members", members)
        if workers is not None:
            count("T9", members or 0, workers, members is None)
        if one.get("kind") != "enterprise":
            continue
        count("T8", one.get("has_union") is True, 1, "has_union" not in one)
        contract, last = one.get("wage_contract"), one.get("wage_contract_to", "9")
        count("T10", contract not in (None, "none") and last >= "2011-07-21", 1, contract is None)
        large = one.get("has_union") is True and one.get("above_scale") is True
        if large and one.get("ownership") in ("private", "hmt", "foreign"):
            for code, name in (("T15", "workers_congress"), ("T16", "open_affairs")):
                count(code, one.get(name) is True, 1, name not in one)
    return found


def test_the_rates_of_the_city_are_those_of_a_recount(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    mine = a_directory(county, 1, "沙湾镇")
    a_directory(second_county, 2, "竹根镇")
    twice = saving.save(county, Enterprise, {"name": "与上面一家重复的厂", "area": "沙湾镇"}).id
    verifying.join(county, twice, mine[5])
    for office in (county, second_county):
        deliver(office, city, tmp_path / office.identity.station)

    bodies = [
        {"id": record, **body}
        for record, body in folded(city)["enterprise"].items()
        if body.get("verification") not in ("missing", "duplicate")
    ]
    heard = {one["enterprise"]: one["headcount"] for one in folded(city)["visit"].values()}
    table = union_rates.look(city, "2012-55").table()
    by_hand = recounted(bodies, heard)
    rows = [row for row in table.rows if row.code != CITY]
    told = {head.code: sums([row.cells[n] for row in rows]) for n, head in enumerate(table.heads)}
    assert told == by_hand
    assert sum(row.units for row in rows) == len(bodies)
    assert by_hand["T15"][1]


def test_a_rate_nobody_said_anything_to_is_none_and_not_nought(
    county: Office, tmp_path: Path
) -> None:
    keep(county, "沙湾水泥厂", headcount=100, has_union="是")
    keep(county, "沙湾造纸厂", headcount=50)
    seen = union_rates.look(county, "2012-55")
    union, members, contracts = seen.table("place").rows[0].cells[:3]
    assert (union.percent, union.asked, union.blank) == ("50.0%", 2, 1)
    assert (members.percent, members.asked, members.blank) == ("—", 2, 2)
    assert (contracts.percent, contracts.denominator) == ("—", 2)
    sheet = rate_sheets.sheet(seen, "rates", "place", {})
    shares = [rate_sheets.share_of(one, sheet.lines[0]) for one in sheet.columns if one.is_share]
    assert shares[:3] == [("50.0%", "1／2"), ("—", "未填 2／2"), ("—", "未填 2／2")]
    written = [str(cell) for row in rate_sheets.content_of(sheet).rows() for cell in row]
    assert "—\n未填 2／2" in written
    assert not any("0.0%" in words and "50.0%" not in words for words in written)
    assert "未填 2／2" in rate_sheets.copied(sheet).text


def test_an_indicator_nobody_said_anything_to_is_none(county: Office) -> None:
    """R60: T8 to T16 of the directory, at the unit and in the whole."""
    keep(county, "沙湾水泥厂", headcount=100)
    seen = {one.code: one for one in indicators.look(county, "2012-55").indicators}
    for code in ("T8", "T9", "T10"):
        told = seen[code].total
        assert told.value == "—（未填 1／1）"
        assert (told.completion, told.gap) == ("—", "—")
        assert told.behind is not None
        assert len(told.behind.ids) == 1, "the units that are asked stand behind their rate"
