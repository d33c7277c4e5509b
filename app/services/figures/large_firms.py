"""工会干部走访覆盖 in numbers: the engine counts, and only what was joined is looked at singly.

The numbers are those of `coverage.cadre_coverage` over every record, and nothing of them is kept.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.counted_visit import FirstVisit
from app.domain.campaign.coverage import cadre_coverage
from app.domain.campaign.coverage_figures import Alike, Item, Standing
from app.domain.campaign.enterprise_groups import Directory, row_at_visitors
from app.domain.records import Enterprise
from app.services.figures.figure_records import heard
from database.log.revisions import chunks
from database.state import counts, coverage_counts, states
from database.state.coverage_counts import Large, Ownership
from database.state.filters import among, live
from database.store.engine import Connection

MEMBERS = ("units", "areas", "links")
"""What `large_firms` asks of a ground."""


@dataclass(frozen=True, slots=True)
class LargeFirms:
    """The enterprises that are to be visited and those of which nobody knows, as they count.

    `singly` are those of them that were looked at one by one; they are in `alike` too.
    """

    alike: Sequence[Alike]
    singly: Sequence[Item]


def large_firms(
    connection: Connection, ground: CampaignData, apart: Iterable[str] = ()
) -> LargeFirms:
    """Count them; those `apart` (ids), with what was decided to be one with them, singly."""
    single = sorted(ground.same_enterprise.joined | set(apart))
    singly, firsts = _one_by_one(connection, ground, single)
    limit = ground.campaign.headcount_threshold
    found = coverage_counts.large_firms(
        connection, ground.campaign.code, limit, _ownership(ground, single)
    )
    rows = _visitors(connection, ground, [one.id for one in found if one.id])
    alike = [_alike(ground, one, rows) for one in found]
    alike += [Alike(i.unit, i.area, i.standing, firsts.get(i.id)) for i in singly]
    return LargeFirms(alike, singly)


def _ownership(ground: CampaignData, apart: Collection[str]) -> Ownership:
    city = ground.city
    rows = {code: ground.reporting_unit(code) for code in ground.unit_by_code}
    mine = [code for code, row in rows.items() if (row == city) == bool(city)]
    return Ownership(ground.areas_of_units, mine, nobody=not city, apart=apart)


def _alike(ground: CampaignData, one: Large, rows: dict[str, str]) -> Alike:
    row = ground.city if one.mine else _row(ground, one)
    standing = Standing.UNKNOWN
    if one.wanted:
        standing = Standing.COVERED if one.visited else Standing.UNCOVERED
    return Alike(rows.get(one.id, row), one.area, standing, _day(one.first), one.times)


def _row(ground: CampaignData, one: Large) -> str:
    return ground.unit_of_area(one.area) or ground.reporting_unit(one.filer)


def _visitors(
    connection: Connection, ground: CampaignData, enterprises: Sequence[str]
) -> dict[str, str]:
    """In whose row each of these units of the city's own stands."""
    been: dict[str, list[tuple[dt.date | None, str]]] = defaultdict(list)
    code = ground.campaign.code
    row_of = cache(ground.reporting_unit)
    for enterprise, unit, day in counts.first_visits_by_unit(connection, code, enterprises):
        been[enterprise].append((_day(day), row_of(unit)))
    return {enterprise: row_at_visitors(ground.city, told) for enterprise, told in been.items()}


def _one_by_one(
    connection: Connection, ground: CampaignData, enterprises: Sequence[str]
) -> tuple[list[Item], dict[str, dt.date | None]]:
    """What these come to, and the first visit to each."""
    if not enterprises:
        return [], {}
    units: dict[str, Enterprise] = {}
    for some in chunks(enterprises):
        found = states.iterate(connection, Enterprise, live(), among("id", some))
        units.update((one.id, one.record) for one in found)
    part = replace(
        ground,
        enterprises=units,
        visits=dict(_first_visits(connection, ground.campaign.code, enterprises)),
        heard=heard(connection, enterprises),
        owner_of=dict(ground.owner_of) | {id: unit.owner for id, unit in units.items()},
    )
    figure = cadre_coverage(Directory(part))
    items = [*figure.covered, *figure.uncovered, *figure.unknown]
    return items, {i.id: part.visits[i.visits[0]].visited_on for i in items if i.visits}


def _first_visits(
    connection: Connection, campaign: str, enterprises: Sequence[str]
) -> Iterator[tuple[str, FirstVisit]]:
    """The first visit of each office to each of these, under a name of its own."""
    for enterprise, unit, day in counts.first_visits_by_unit(connection, campaign, enterprises):
        visit = FirstVisit(campaign, enterprise, _day(day), unit=unit)
        yield f"first of {enterprise} by {unit}", visit


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
