"""The rates of an office, from what its clerks typed."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import Enterprise
from app.services.figures import union_rates
from app.services.office.office import Office
from app.services.records import saving
from tests.services.offices import CITY, COUNTY, SECOND_COUNTY, deliver


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
