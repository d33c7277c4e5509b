"""What records of several levels say against each other, of all that were received at once.

The same words as `app.services.records.guards` asks of one record: G05 and G08 (two levels went to
one unit, or to one worker). Here it is only found of which records that may be so; of these the
guard itself is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import msgspec

from app.domain.campaign.campaign_data import LEVEL_OF_KIND
from app.domain.campaign.overlap import BOUND
from app.domain.checking.checks import Finding, Severity
from app.domain.kernel.progress import Cancel
from app.domain.merging.link_decisions import Sameness
from app.domain.records import (
    TYPES,
    Aid,
    Case,
    Enterprise,
    Group,
    Link,
    Notice,
    Person,
    Plan,
    Record,
    Unit,
    Visit,
    body_of,
)
from app.services.records.guards import Guards
from app.services.records.link_resolving import Links
from app.services.records.other_levels import OtherLevelsKept
from app.services.records.same_units import sameness
from app.services.reviewing.several import Target
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, live

_PLACED = ("id", "enterprise", "campaign", "unit", "group", "level", "owner")
_EVERY = 5000


class _Placed(NamedTuple):
    """A visit or plan: of which unit in which campaign, by which level."""

    target: Target
    place: tuple[str, str]
    level: str
    owner: str


class Across:
    """Reads each type once, with what is compared alone."""

    told_by = frozenset(
        one.type_name
        for one in (Visit, Plan, Group, Case, Aid, Person, Enterprise, Link, Unit, Notice)
    )
    """A change of these may end or begin what is found."""

    def __init__(self, links: Links, cancel: Cancel) -> None:
        self._links, self._connection, self._cancel = links, links.connection, cancel
        self._here = links.office.identity.station
        self._same = sameness(self._connection, Enterprise)
        self._guards: dict[str, Guards] = {}

    def found(self) -> Mapping[Target, tuple[Finding, ...]]:
        """By record what speaks against it; raises `Cancelled`."""
        wanted = {*self._two_levels(), *self._helped_by_two()}
        ids: dict[str, list[str]] = defaultdict(list)
        for kind, record in sorted(wanted):
            ids[kind].append(record)
        told: dict[Target, tuple[Finding, ...]] = {}
        for kind, records in ids.items():
            for some in chunks(records):
                self._cancel.check()
                for state in states.find(self._connection, TYPES[kind], live(), among("id", some)):
                    if findings := self._asked(state.owner, state.id, state.record):
                        told[kind, state.id] = findings
        return told

    def _asked(self, owner: str, record: str, said: Record) -> tuple[Finding, ...]:
        """What the guards of its office's stand-point say of one record."""
        if owner == self._here:
            return ()
        guards = self._guards_of(owner)
        body = {**body_of(said), "unit": said.unit or owner}
        reasons = {one.check: one.reason for one in said.accepted}
        return tuple(
            replace(one, accepted=reasons.get(one.key, ""))
            for one in guards.between(type(said), body, record)
            if one.severity is not Severity.INFO
        )

    def _guards_of(self, owner: str) -> Guards:
        if owner not in self._guards:
            self._guards[owner] = Guards(self._links, OtherLevelsKept(self._links, owner))
        return self._guards[owner]

    # -- where two levels went

    def _two_levels(self) -> Iterator[Target]:
        """Visits and plans of units where both bound levels go (G05)."""
        levels: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in self._placed:
            levels[one.place].add(one.level)
        names = ("campaign", "level", "enterprises")
        for campaign, level, units in states.rows(self._connection, Group, names):
            for unit in msgspec.json.decode(units) if units else ():
                levels[self._same.one(unit), campaign or ""].add(level or "")
        for one in self._placed:
            if one.level in BOUND and levels[one.place] >= BOUND:
                yield one.target

    def _helped_by_two(self) -> Iterator[Target]:
        """Cases, visits and plans by whose workers the other bound level was (G08)."""
        same = sameness(self._connection, Person)
        visits = {one.target[1]: one.level for one in self._placed}
        by_worker: dict[str, set[str]] = defaultdict(set)
        cases: list[tuple[str, str, str]] = []
        rows = states.rows(self._connection, Case, ("id", "person", "visit", "unit", "owner"))
        for record, person, visit, unit, owner in rows:
            level = visits.get(visit or "") or self._level_of_unit(unit or owner)
            by_worker[same.one(person or "")].add(level)
            cases.append((record, same.one(person or ""), level))
        for person, unit, owner in states.rows(self._connection, Aid, ("person", "unit", "owner")):
            by_worker[same.one(person or "")].add(self._level_of_unit(unit or owner))
        for record, person, level in cases:
            if level in BOUND and by_worker[person] & (BOUND - {level}):
                yield Case.type_name, record
        yield from self._of_workers(same, by_worker)

    def _of_workers(self, same: Sameness, by_worker: Mapping[str, set[str]]) -> Iterator[Target]:
        at_work: dict[str, set[str]] = defaultdict(set)
        for person, unit in states.rows(self._connection, Person, ("id", "enterprise")):
            levels = by_worker.get(same.one(person), set()) & BOUND
            if unit and levels:
                at_work[self._same.one(unit)] |= levels
        for one in self._placed:
            if one.level in BOUND and at_work.get(one.place[0], set()) & (BOUND - {one.level}):
                yield one.target

    @cached_property
    def _placed(self) -> Sequence[_Placed]:
        """All visits and plans of a unit, with their level."""
        return [*self._read(Visit, _PLACED), *self._read(Plan, _PLACED)]

    def _read(self, kind: type[Record], names: Sequence[str]) -> Iterator[_Placed]:
        known = states.fields(kind)
        there = [name for name in names if name in known or name == "id"]
        for place, row in enumerate(states.rows(self._connection, kind, there)):
            if place % _EVERY == 0:
                self._cancel.check()
            one = dict(zip(there, row, strict=True))
            if one["enterprise"]:
                unit, owner = one.get("unit"), one["owner"] or ""
                level = one.get("level") or self._groups.get(one.get("group") or "")
                where = self._same.one(one["enterprise"]), one["campaign"] or ""
                target = kind.type_name, one["id"]
                yield _Placed(target, where, level or self._level_of_unit(unit or owner), owner)

    @cached_property
    def _groups(self) -> Mapping[str, str]:
        return dict(states.rows(self._connection, Group, ("id", "level")))

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return dict(states.rows(self._connection, Unit, ("code", "kind")))

    def _level_of_unit(self, code: str) -> str:
        return LEVEL_OF_KIND.get(self._kinds.get(code, ""), "")
