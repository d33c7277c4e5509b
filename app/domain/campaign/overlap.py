"""不重复、不交叉 (R37): whom both the city and a county are to visit, or have visited.

A group's roster (附件1) says whom it is to visit as a plan does, without a day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.enterprise_groups import Directory
from app.domain.records import Aid, Case, Group, Notice, Plan, Record, Visit

BOUND = frozenset({"city", "county"})
"""The rule's wording binds 市、县两级; township visits are shown beside, not flagged."""

TO_COME = (Plan, Group)
"""What says that somebody is to be visited."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One plan, roster, visit, case or aid that brings a level to an enterprise or person.

    `kind` and `id` name the record, `unit` is the code of the unit it is for; `ahead` says
    that it is still to come.
    """

    kind: type[Record]
    id: str
    level: str
    unit: str
    day: dt.date | None = None
    group: str = ""
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Overlap:
    """One enterprise or person met by two levels or more; `flagged` when city and county are two.

    `ahead` says that one of these two still has to drive out, so it can be put right,
    whatever else was visited before; `next` is the first day of that, None without a day.
    """

    id: str
    name: str
    records: tuple[str, ...]
    stops: tuple[Stop, ...]
    flagged: bool
    ahead: bool
    next: dt.date | None = None


def enterprise_overlaps(directory: Directory, today: dt.date) -> tuple[Overlap, ...]:
    """Enterprises planned or visited by two levels.

    Those flagged and still ahead first, by day, then the others flagged, then all else by name.
    """
    met: dict[str, list[_Met]] = defaultdict(list)
    for enterprise, one in _met_enterprises(directory.ground):
        if firm := directory.firm_of.get(enterprise):
            met[firm.id].append(one)
    named = {firm.id: (firm.name, firm.records) for firm in directory.firms}
    over = is_over_by(directory.ground.campaign.ends, today)
    found = {id: _looked_ahead(stops, today, over=over) for id, stops in _by_levels(met)}
    return _overlaps(found, named)


def person_overlaps(ground: CampaignData) -> tuple[Overlap, ...]:
    """Workers helped by two levels: cases by the visit they came from, aid by who gave it.

    Aid, and a case that no visit found, name no campaign: their day must lie in it. The
    record that stands for all of one person may be another office's, and not be here.
    """
    classes = ground.same_person.classes(ground.persons)
    met: dict[str, list[_Met]] = defaultdict(list)
    for person, stop in _met_persons(ground):
        if (one := ground.same_person.one(person)) in classes:
            met[one].append(stop)
    found = dict(_by_levels(met))
    named = {one: (ground.persons[classes[one][0]].name, classes[one]) for one in found}
    return _overlaps(found, named)


_Met = tuple[type[Record], str, str, str, dt.date | None, str]
"""What a `Stop` is made of, in its order: of a hundred thousand only a few become one."""


def _by_levels(met: Mapping[str, list[_Met]]) -> Iterator[tuple[str, list[Stop]]]:
    """Whom two levels or more met."""
    for id, every in met.items():
        if len(every) > 1 and len({level for _, _, level, *_ in every if level}) > 1:
            yield id, [Stop(*one) for one in every]


def is_over_by(ends: dt.date | None, today: dt.date) -> bool:
    """Whether a campaign's last day is past: what has no day of its own is then past too."""
    return ends is not None and ends < today


def _looked_ahead(stops: list[Stop], today: dt.date, *, over: bool) -> list[Stop]:
    """The same, and of what is planned whether it is still to come; rosters only as long as that.

    It is until its day is past, or without one the campaign, or until the group (or the unit, in
    a visit that names no group) has been there.
    """
    been = {stop.group or stop.unit for stop in stops if stop.kind in (Visit, Notice)}

    def to_come(stop: Stop) -> bool:
        past = over if stop.day is None else stop.day < today
        return not past and been.isdisjoint({stop.group, stop.unit})

    looked = [replace(s, ahead=to_come(s)) if s.kind in TO_COME else s for s in stops]
    return [stop for stop in looked if stop.ahead or stop.kind is not Group]


def _met_enterprises(ground: CampaignData) -> Iterator[tuple[str, _Met]]:
    for id, plan in ground.plans.items():
        if plan.campaign == ground.campaign.code:
            level = ground.level_of(id, unit=plan.unit, group=plan.group)
            unit = ground.filed_by(id, plan.unit)
            yield plan.enterprise, (Plan, id, level, unit, plan.planned, plan.group)
    for id, group in ground.groups.items():
        if group.campaign == ground.campaign.code:
            stop = (Group, id, group.level, ground.filed_by(id, group.unit), None, id)
            yield from ((enterprise, stop) for enterprise in group.enterprises)
    for id, visit in ground.campaign_visits.items():
        level = ground.level_of_visit(id, visit)
        unit = ground.filed_by(id, visit.unit)
        yield visit.enterprise, (Visit, id, level, unit, visit.visited_on, visit.group)
    yield from _told(ground, lambda notice: notice.enterprise)


def _met_persons(ground: CampaignData) -> Iterator[tuple[str, _Met]]:
    for id, case in ground.cases.items():
        visit = ground.visits.get(case.visit)
        unit = ground.filed_by(id, case.unit)
        if not ground.belongs(visit, case.found_on):
            continue
        level = ground.level_of_visit(case.visit, visit) if visit else ground.level_of_unit(unit)
        yield case.person, (Case, id, level, unit, case.found_on, "")
    for id, aid in ground.aids.items():
        given = ground.cases.get(aid.case)
        if not ground.belongs(ground.visits.get(given.visit) if given else None, aid.given_on):
            continue
        unit = ground.filed_by(id, aid.unit)
        person = aid.person or (given.person if given else "")
        yield person, (Aid, id, ground.level_of_unit(unit), unit, aid.given_on, "")
    yield from _told(ground, lambda notice: notice.person)


def _told(ground: CampaignData, whom: Callable[[Notice], str]) -> Iterator[tuple[str, _Met]]:
    """What the city told a county of itself."""
    for id, one in ground.told_of.items():
        if met := whom(one):
            yield met, (Notice, id, one.level, one.unit, one.met_on, one.group)


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
        ahead = [stop for stop in stops if stop.ahead and stop.level in BOUND] if flagged else []
        day = min((stop.day for stop in ahead if stop.day), default=None)
        made.append(Overlap(id, *named[id], tuple(in_order), flagged, bool(ahead), day))
    return tuple(sorted(made, key=_pressing))


def _pressing(overlap: Overlap) -> tuple[bool, bool, dt.date, str, str]:
    day = overlap.next or dt.date.max
    return not overlap.flagged, not overlap.ahead, day, overlap.name, overlap.id
