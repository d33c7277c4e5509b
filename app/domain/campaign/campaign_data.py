"""What the city's figures stand on: a campaign's records, and who is where in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.campaign.counted_visit import CountedVisit
from app.domain.campaign.headcounts import Told, by_unit
from app.domain.checking.state import is_in_campaign
from app.domain.merging.link_decisions import Sameness
from app.domain.records import (
    Aid,
    Area,
    Campaign,
    Case,
    Demand,
    Enterprise,
    Group,
    Link,
    Notice,
    Person,
    Plan,
    Unit,
    Visit,
)

LEVEL_OF_KIND: Mapping[str, str] = {
    "city": "city",
    "county": "county",
    "hitech": "county",
    "scenic": "county",
    "system": "enterprise",
    "enterprise": "enterprise",
    "township": "township",
}
"""The level of a visit that names neither level nor group, by kind of unit.

县以上地方工会 (R6) are territorial: a visit by a system's or an enterprise's own
union is a union cadre's visit, but no city or county group's.
"""

TOWNSHIPS = frozenset({"town", "rural", "ethnic", "street"})
TO_COVER = TOWNSHIPS | {"zone"}
"""Kinds of area to be covered (R6); a county or the city only holds them."""

TERRITORIAL = ("county", "hitech", "scenic")
REPORTING = ("city", *TERRITORIAL, "system", "enterprise")


@dataclass(frozen=True, kw_only=True)
class CampaignData:
    """Records by record id; `owner_of` is record id to station (the code of a unit)."""

    campaign: Campaign
    units: Mapping[str, Unit]
    areas: Mapping[str, Area] = field(default_factory=dict)
    enterprises: Mapping[str, Enterprise] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    visits: Mapping[str, CountedVisit] = field(default_factory=dict)
    demands: Mapping[str, Demand] = field(default_factory=dict)
    persons: Mapping[str, Person] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    aids: Mapping[str, Aid] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    """Where the city was and whom it helped, at an office below it (R37); no figure counts them."""
    owner_of: Mapping[str, str] = field(default_factory=dict)
    heard: Mapping[str, Told] | None = None
    """The newest headcount that visits say of each enterprise; None to read it from `visits`."""

    @cached_property
    def unit_by_code(self) -> Mapping[str, Unit]:
        """Units by code."""
        return {unit.code: unit for _, unit in sorted(self.units.items())}

    @cached_property
    def area_by_code(self) -> Mapping[str, Area]:
        """Townships and zones by code, and nothing that only holds them."""
        mine = (area for _, area in sorted(self.areas.items()) if area.kind in TO_COVER)
        return {area.code: area for area in mine}

    @cached_property
    def told_by_visits(self) -> Mapping[str, Told]:
        """The newest headcount that visits say of each enterprise."""
        if self.heard is not None:
            return self.heard
        whole = {one: visit for one, visit in self.visits.items() if isinstance(visit, Visit)}
        return by_unit(whole)

    @cached_property
    def same_enterprise(self) -> Sameness:
        """Which enterprises were decided to be one."""
        return Sameness.of(self.links, Enterprise.type_name)

    @cached_property
    def same_person(self) -> Sameness:
        """Which persons were decided to be one."""
        return Sameness.of(self.links, Person.type_name)

    @cached_property
    def campaign_visits(self) -> Mapping[str, CountedVisit]:
        """The visits of the campaign, by date, then id."""
        mine = (item for item in self.visits.items() if item[1].campaign == self.campaign.code)
        return dict(sorted(mine, key=lambda item: (item[1].visited_on or dt.date.max, item[0])))

    @cached_property
    def told_of(self) -> Mapping[str, Notice]:
        """The notices of the campaign, one of each record they tell of."""
        last = {one.source: record for record, one in sorted(self.notices.items())}
        told = {record: self.notices[record] for record in last.values()}
        return {record: one for record, one in told.items() if self._is_told_of(one)}

    def _is_told_of(self, notice: Notice) -> bool:
        if notice.campaign or notice.enterprise:
            return notice.campaign == self.campaign.code
        return is_dated(self.campaign) and self.in_force(notice.met_on, notice.met_on)

    @cached_property
    def units_in_force(self) -> tuple[Unit, ...]:
        """All units valid in the campaign's time, in official order."""
        units = self.unit_by_code.values()
        return in_order(u for u in units if self.in_force(u.valid_from, u.valid_to))

    @cached_property
    def row_units(self) -> tuple[Unit, ...]:
        """The units that report to the city, and the city, in official order."""
        return tuple(unit for unit in self.units_in_force if unit.kind in REPORTING)

    @cached_property
    def city(self) -> str:
        """The code of the city's own unit, empty where none is known."""
        return next((unit.code for unit in self.row_units if unit.kind == "city"), "")

    def in_force(self, valid_from: dt.date | None, valid_to: dt.date | None) -> bool:
        """Tell whether something valid for these days was so at any time of the campaign."""
        begun = self.campaign.ends is None or (valid_from or dt.date.min) <= self.campaign.ends
        starts = self.campaign.starts
        return begun and (starts is None or (valid_to or dt.date.max) >= starts)

    def belongs(self, visit: CountedVisit | None, day: dt.date | None) -> bool:
        """Tell whether what a visit led to is of the campaign; without a visit its day decides."""
        if visit is not None:
            return visit.campaign == self.campaign.code
        return is_dated(self.campaign) and self.in_force(day, day)

    def filed_by(self, record: str, unit: str) -> str:
        """The code of the unit a record is for: its 填报单位, else the station that owns it."""
        return unit or self.owner_of.get(record, "")

    def level_of_unit(self, code: str) -> str:
        """The level of a unit's own visits; empty when the unit is not known."""
        unit = self.unit_by_code.get(code)
        return LEVEL_OF_KIND.get(unit.kind, "") if unit else ""

    def level_of(self, record: str, *, unit: str = "", group: str = "", level: str = "") -> str:
        """The level of a visit or plan: its own, else its group's, else its unit's."""
        found = self.groups.get(group)
        return (
            level
            or (found.level if found else "")
            or self.level_of_unit(self.filed_by(record, unit))
        )

    def level_of_visit(self, record: str, visit: CountedVisit) -> str:
        """The level of one visit: `city`, `county`, `township`, `enterprise` or empty."""
        known = self._levels.get(record)
        if known is None:
            known = self._levels[record] = self.level_of(
                record, unit=visit.unit, group=visit.group, level=visit.level
            )
        return known

    @cached_property
    def _levels(self) -> dict[str, str]:
        """The levels of visits that were asked for; every figure asks for all of them."""
        return {}

    def reporting_unit(self, code: str) -> str:
        """The unit in whose row a unit's work is shown: itself, or the one above a township."""
        seen: set[str] = set()
        while (unit := self.unit_by_code.get(code)) and unit.kind not in REPORTING:
            if code in seen:
                return ""
            seen.add(code)
            code = unit.parent
        return code if unit else ""

    def is_of_office(self, unit: str, filed_by: str) -> bool:
        """Whether a unit's papers are those of an office (or its townships); "" for all."""
        return not unit or unit in (filed_by, self.reporting_unit(filed_by))

    def row_of_visit(self, record: str) -> str:
        """The unit in whose row a visit (its id) is shown."""
        return self.reporting_unit(self.filed_by(record, self.visits[record].unit))

    def unit_of_area(self, area: str) -> str:
        """The territorial unit (county, high-tech zone, scenic area) an area belongs to."""
        known = self.area_by_code.get(area)
        return self._territory.get(area) or self._territory.get(known.county if known else "", "")

    @cached_property
    def areas_of_units(self) -> tuple[str, ...]:
        """The codes of all areas that belong to a territorial unit."""
        known = dict.fromkeys((*self._territory, *self.area_by_code))
        return tuple(code for code in known if self.unit_of_area(code))

    @cached_property
    def _territory(self) -> Mapping[str, str]:
        units = [unit for unit in self.row_units if unit.kind in TERRITORIAL]
        by_code = {unit.code: unit.code for unit in units}
        return by_code | {unit.area: unit.code for unit in units if unit.area}


def in_order(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Units in official order; those without a place come last, by code."""
    return tuple(sorted(units, key=lambda u: (u.order is None, u.order or 0, u.code)))


def definition_of(campaign: Campaign | None, name: str, label: str) -> str:
    """How the city wants a field counted (口径): by its name or by what it is called (R56)."""
    told = campaign.definitions if campaign else ()
    return next((one.text for one in told if name == one.id or label == one.name), "")


def is_dated(campaign: Campaign) -> bool:
    """Whether somebody has said when the campaign is; until then no day alone is of it."""
    return campaign.starts is not None or campaign.ends is not None


def window_of(campaign: Campaign) -> tuple[str, str]:
    """The first and the last day of a campaign, ISO 8601; an open end reaches to any day.

    Of one that is not dated the last comes before the first.
    """
    if not is_dated(campaign):
        return dt.date.max.isoformat(), dt.date.min.isoformat()
    starts, ends = campaign.starts or dt.date.min, campaign.ends or dt.date.max
    return starts.isoformat(), ends.isoformat()


def holding(campaigns: Iterable[Campaign], day: dt.date) -> list[Campaign]:
    """Those of the campaigns with a known first and last day that hold this one."""
    bounded = [one for one in campaigns if one.starts and one.ends]
    return [one for one in bounded if is_in_campaign(one, day)]


def window_days(campaign: Campaign, today: dt.date) -> tuple[dt.date, dt.date]:
    """The same as days that a picture can span."""
    starts = campaign.starts or dt.date(today.year, 1, 1)
    return starts, campaign.ends or max(today, starts)
