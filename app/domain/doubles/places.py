"""The places that may or may not stand before the name of a unit."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.campaign.campaign_data import TO_COVER
from app.domain.naming.unit_names import UnitNames
from app.domain.records import Area

_PROVINCE = ("四川省", "四川")


def unit_names(areas: Iterable[Area]) -> UnitNames:
    """How names of 企（事）业单位 are read and compared among these places.

    `read(name)` of it, twice, and `likeness` of `app.domain.naming.unit_names` are the one rule of
    whether two names may mean one unit: at the field, in an import and in 疑似重复.
    """
    known = list(areas)
    counties = {area.code: area for area in known if area.kind == "county"}
    zones = [area for area in known if area.kind == "zone"]
    return UnitNames(
        (*_PROVINCE, *(name for area in known if area.kind == "city" for name in _called(area))),
        {name: area.code for area in (*counties.values(), *zones) for name in _called(area)},
        [
            (name, area.code, area.county)
            for area in known
            if area.kind in TO_COVER and area.county
            for name in _called(area)
        ],
    )


def _called(area: Area) -> tuple[str, ...]:
    return (area.name, *area.aliases)


def county_codes(areas: Iterable[Area]) -> dict[str, str]:
    """The code of a county by every way its name stands in an address (沙湾区, 马边县)."""
    found = {}
    for area in areas:
        if area.kind == "county":
            stems = {name.rstrip("市区县") for name in _called(area) if len(name) > 1}
            for stem in {stem.removesuffix("彝族自治") for stem in stems}:
                for ending in ("", "市", "区", "县", "彝族自治县"):
                    found[f"{stem}{ending}"] = area.code
        elif area.kind == "zone":
            found |= {name: area.code for name in _called(area) if name.endswith("区")}
    return found


def town_counties(areas: Iterable[Area]) -> dict[str, str]:
    """The county of a town by its name, where no other county has one of that name."""
    found: dict[str, set[str]] = {}
    for area in areas:
        if area.kind in TO_COVER and area.county:
            for name in _called(area):
                found.setdefault(name, set()).add(area.county)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
