"""Where other levels were, go and are to go, and whose workers they met (R37: 不重复、不交叉)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from app.domain.campaign.campaign_data import LEVEL_OF_KIND
from app.domain.checking import guards as rules
from app.domain.checking.guards import Earlier
from app.domain.records import Campaign, Group, Plan, Visit
from app.services.records import city_notices, workers_met
from app.services.records.link_resolving import Links
from app.services.records.units import name_of, unit_of
from database.state import states
from database.state.filters import among, equal, live, naming, not_

T = TypeVar("T")

_MOST = 50


class Stop(NamedTuple):
    """What a level did or is to do at a unit."""

    level: str
    told: Earlier


class MetWorker(NamedTuple):
    """What a level did for a worker (the id of the file)."""

    level: str
    person: str
    told: Earlier


class OtherLevels:
    """Asked for the stand-point of one office (`station`), within one transaction."""

    def __init__(self, links: Links, station: str) -> None:
        self._links, self._connection = links, links.connection
        self._station, self._here = station, links.office.identity.station

    def level(self, unit: str, group: str, level: str) -> str:
        """As `CampaignData.level_of`: its own, else its group's, else its unit's."""
        if level:
            return level
        found = states.get(self._connection, Group, group) if group else None
        if found is not None and found.record.level:
            return found.record.level
        own = self._links.own_unit
        of = unit_of(self._connection, unit) if own is None or unit not in ("", own.code) else own
        return LEVEL_OF_KIND.get(of.kind, "") if of else ""

    def stops(self, units: Sequence[str], campaign: str) -> list[Stop]:
        """Plans, visits, 走访告知 and rosters of one enterprise (all its ids) in a campaign."""
        return [
            *self._planned(units, campaign),
            *self._visited(units, campaign),
            *self._told(units, campaign),
            *self._rosters(units, campaign),
        ]

    def workers(self, units: Sequence[str]) -> list[str]:
        """The workers of an enterprise."""
        return workers_met.workers_of(self._connection, units)

    def met(self, persons: Sequence[str], campaign: Campaign) -> list[MetWorker]:
        """What offices other than this one did for these workers in a campaign."""
        found = workers_met.met(self._connection, persons, campaign, self._station, self._here)
        return [
            MetWorker(
                self.level(one.unit, one.group, one.level),
                one.person,
                replace(one.told, what=f"{self._whose(one.unit, one.group)}{one.told.what}"),
            )
            for one in found
        ]

    def _planned(self, units: Sequence[str], campaign: str) -> Iterator[Stop]:
        at = among("enterprise", units), equal("campaign", campaign)
        for state in states.find(self._connection, Plan, live(), *at, order=(), limit=_MOST):
            one, unit = state.record, state.record.unit or state.owner
            what = f"{self._whose(unit, one.group)}安排走访"
            told = Earlier(state.id, one.number, one.planned, what)
            yield Stop(self.level(unit, one.group, ""), told)

    def _visited(self, units: Sequence[str], campaign: str) -> Iterator[Stop]:
        """What the office keyed itself is of its own level, and of that there may be much."""
        others = not_(equal("owner", self._station))
        at = among("enterprise", units), equal("campaign", campaign), others
        for state in states.find(self._connection, Visit, live(), *at, order=(), limit=_MOST):
            one, unit = state.record, state.record.unit or state.owner
            what = f"{self._whose(unit, one.group)}已经走访"
            told = Earlier(state.id, one.number, one.visited_on, what)
            yield Stop(self.level(unit, one.group, one.level), told)

    def _told(self, units: Sequence[str], campaign: str) -> Iterator[Stop]:
        for notice in city_notices.of_units(self._connection, units, campaign, self._here):
            said = notice.record
            met = city_notices.met_words(said)
            what = f"{self._whose(said.unit, said.group)}已经走访{met}"
            yield Stop(said.level, Earlier(notice.id, "", said.met_on, what))

    def _rosters(self, units: Sequence[str], campaign: str) -> Iterator[Stop]:
        named = naming("enterprises", units[0])
        for unit in units[1:]:
            named = named | naming("enterprises", unit)
        at = equal("campaign", campaign), named
        for state in states.find(self._connection, Group, live(), *at, order=(), limit=_MOST):
            one = state.record
            what = f"{rules.level_words(one.level)}“{one.name}”的走访单位里有它"
            yield Stop(one.level, Earlier(state.id, one.number, None, what))

    def _whose(self, unit: str, group: str) -> str:
        found = states.get(self._connection, Group, group) if group else None
        return f"“{found.record.name}”" if found else name_of(self._connection, unit)


class OtherLevelsKept(OtherLevels):
    """The same where nothing is written meanwhile: what was read once is remembered."""

    def __init__(self, links: Links, station: str) -> None:
        super().__init__(links, station)
        self._known: dict[tuple[Any, ...], Any] = {}

    def level(self, unit: str, group: str, level: str) -> str:
        return level or self._once(super().level, unit, group, "")

    def stops(self, units: Sequence[str], campaign: str) -> list[Stop]:
        return self._once(super().stops, tuple(units), campaign)

    def workers(self, units: Sequence[str]) -> list[str]:
        return self._once(super().workers, tuple(units))

    def met(self, persons: Sequence[str], campaign: Campaign) -> list[MetWorker]:
        key = OtherLevels.met, *persons, campaign.code
        if key not in self._known:
            self._known[key] = super().met(persons, campaign)
        found: list[MetWorker] = self._known[key]
        return found

    def _whose(self, unit: str, group: str) -> str:
        return self._once(super()._whose, unit, group)

    def _once(self, read: Callable[..., T], *asked: Any) -> T:
        key = read.__name__, *asked
        if key not in self._known:
            self._known[key] = read(*asked)
        found: T = self._known[key]
        return found
