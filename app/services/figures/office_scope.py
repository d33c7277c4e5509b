"""What of the whole city's figures is an office's own: a county's part, a township's part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage import by_area
from app.domain.campaign.coverage_figures import Figure, Row, rows_of, sum_counts
from app.services.records.link_resolving import Links


class Placed(Protocol):
    """What is counted in the row of a unit, and lies in a township or zone."""

    @property
    def unit(self) -> str: ...
    @property
    def area(self) -> str: ...


@dataclass(frozen=True, slots=True)
class OfficeScope:
    """The part of an office: a unit's code, or an area's; both empty for all of the city."""

    unit: str = ""
    area: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is all of the city."""
        return not (self.unit or self.area)

    def holds(self, item: Placed) -> bool:
        """Whether an enterprise or area belongs to it."""
        if self.area:
            return item.area == self.area
        return self.whole or item.unit == self.unit

    def areas(self, ground: CampaignData) -> tuple[str, ...]:
        """The townships and zones in it, in official order."""
        if self.area:
            return (self.area,)
        places = by_area(ground, NO_FIGURE)
        held = (row.code for row in places if ground.unit_of_area(row.code) == self.unit)
        return tuple(code for code in held if self._in_force(ground, code))

    def _in_force(self, ground: CampaignData, code: str) -> bool:
        area = ground.area_by_code[code]
        return ground.in_force(area.valid_from, area.valid_to)

    def part_of(self, ground: CampaignData, figure: Figure) -> Figure:
        """The same figure of this part alone; its rows are townships where it is not all."""
        if self.whole:
            return figure
        names = {code: ground.area_by_code[code].name for code in self.areas(ground)}
        items = [item for item in figure.items if self.holds(item)]
        rows = rows_of(items, lambda item: item.area, names, "没有填地区")
        return replace(
            figure,
            count=sum_counts(row.count for row in rows),
            rows=tuple(filter(_tells, rows)),
            covered=tuple(filter(self.holds, figure.covered)),
            uncovered=tuple(filter(self.holds, figure.uncovered)),
            unknown=tuple(filter(self.holds, figure.unknown)),
            left_out=tuple(filter(self.holds, figure.left_out)),
        )


def reach_of(links: Links) -> OfficeScope:
    """The part of the office whose links these are."""
    office, unit = links.office, links.own_unit
    if office.is_city:
        return OfficeScope()
    if unit is not None and unit.kind == "township" and unit.area:
        return OfficeScope(area=unit.area)
    return OfficeScope(unit=office.identity.station)


def _tells(row: Row) -> bool:
    return bool(row.count.denominator or row.count.unknown)


NO_FIGURE = Figure("", "", "", sum_counts(()), (), (), (), (), ())
