"""不重复、不交叉 (R37): whom both the city and a county plan to visit, or have visited."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.enterprise_groups import Directory
from app.domain.records import Aid, Case, Plan, Record, Visit

BOUND = frozenset({"city", "county"})
"""The rule's wording binds 市、县两级; township visits are shown beside, not flagged."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One plan, visit, case or aid that brings a level to an enterprise or person.

    `kind` and `id` name the record, `unit` is the code of the unit it is for.
    """

    kind: type[Record]
    id: str
    level: str
    unit: str
    day: dt.date | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """One enterprise or person met by two levels or more; `flagged` when city and county are two.

    `planned_only` says that nobody has driven out yet, so it can still be put right.
    """

    id: str
    name: str
    records: tuple[str, ...]
    stops: tuple[Stop, ...]
    flagged: bool
    planned_only: bool


def enterprise_overlaps(directory: Directory) -> tuple[Overlap, ...]:
    """Enterprises planned or visited by two levels, those flagged first, then by name."""
    found: dict[str, list[Stop]] = defaultdict(list)
    for enterprise, stop in _enterprise_stops(directory.ground):
        if firm := directory.firm_of.get(enterprise):
            found[firm.id].append(stop)
    named = {firm.id: (firm.name, firm.records) for firm in directory.firms}
    return _overlaps(found, named)


def person_overlaps(ground: CampaignData) -> tuple[Overlap, ...]:
    """Workers helped by two levels: cases by the visit they came from, aid by who gave it.

    Aid, and a case that no visit found, name no campaign: their day must lie in it. The
    record that stands for all of one person may be another office's, and not be here.
    """
    classes = ground.same_person.classes(ground.persons)
    found: dict[str, list[Stop]] = defaultdict(list)
    for person, stop in _person_stops(ground):
        if (one := ground.same_person.one(person)) in classes:
            found[one].append(stop)
    named = {one: (ground.persons[ids[0]].name, ids) for one, ids in classes.items()}
    return _overlaps(found, named)


def _enterprise_stops(ground: CampaignData) -> Iterator[tuple[str, Stop]]:
    for id, plan in ground.plans.items():
        if plan.campaign == ground.campaign.code:
            level = ground.level_of(id, unit=plan.unit, group=plan.group)
            unit = ground.filed_by(id, plan.unit)
            yield plan.enterprise, Stop(Plan, id, level, unit, plan.planned, plan.group)
    for id, visit in ground.campaign_visits.items():
        level = ground.level_of_visit(id, visit)
        unit = ground.filed_by(id, visit.unit)
        yield visit.enterprise, Stop(Visit, id, level, unit, visit.visited_on, visit.group)


def _person_stops(ground: CampaignData) -> Iterator[tuple[str, Stop]]:
    for id, case in ground.cases.items():
        visit = ground.visits.get(case.visit)
        unit = ground.filed_by(id, case.unit)
        if not ground.belongs(visit, case.found_on):
            continue
        level = ground.level_of_visit(case.visit, visit) if visit else ground.level_of_unit(unit)
        yield case.person, Stop(Case, id, level, unit, case.found_on)
    for id, aid in ground.aids.items():
        given = ground.cases.get(aid.case)
        if not ground.belongs(ground.visits.get(given.visit) if given else None, aid.given_on):
            continue
        unit = ground.filed_by(id, aid.unit)
        person = aid.person or (given.person if given else "")
        yield person, Stop(Aid, id, ground.level_of_unit(unit), unit, aid.given_on)


def _overlaps(
    found: Mapping[str, list[Stop]], named: Mapping[str, tuple[str, tuple[str, ...]]]
) -> tuple[Overlap, ...]:
    made = []
    for id, stops in found.items():
        levels = {stop.level for stop in stops if stop.level}
        if len(levels) < 2:
            continue
        in_order = sorted(stops, key=lambda s: (s.day or dt.date.max, s.kind.type_name, s.id))
        flagged = levels >= BOUND
        planned = all(stop.kind is Plan for stop in stops)
        made.append(Overlap(id, *named[id], tuple(in_order), flagged, planned))
    return tuple(sorted(made, key=lambda o: (not o.flagged, o.name, o.id)))
