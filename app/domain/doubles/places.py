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
