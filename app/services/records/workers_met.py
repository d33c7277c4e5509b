"""Workers whom another office visited at home or helped in a campaign (R37: 走访职工不重复)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.checking.guards import Earlier
from app.domain.checking.state import is_in_campaign
from app.domain.records import Aid, Campaign, Case, Person, Visit
from app.services.records import city_notices
from database.state import states
from database.state.filters import among, equal, live, not_
from database.store.engine import Connection

_PERSONS, _MOST = 200, 50


class Met(NamedTuple):
    """What another office did for a worker: by which unit, group and level, and which record."""

    unit: str
    group: str
    level: str
    person: str
    told: Earlier


def workers_of(connection: Connection, units: Sequence[str]) -> list[str]:
    """The workers whose files name one of these enterprises as where they work."""
    rows = states.pick(connection, Person, ("id",), live(), among("enterprise", units))
    return [record for (record,) in rows[:_PERSONS]]


def met(
    connection: Connection, persons: Sequence[str], campaign: Campaign, station: str, here: str
) -> Iterator[Met]:
    """What offices other than `station` did for these workers in the campaign; `here` is this one.

    A case found by a visit is of the visit's campaign and level; else its day tells, as of aid.
    """
    if not persons:
        return
    at = among("person", persons), not_(equal("owner", station))
    named = states.pick(connection, Person, ("id", "name"), among("id", persons))
    names: dict[str, str] = dict(named)
    for case in states.find(connection, Case, live(), *at, order=(), limit=_MOST):
        one = case.record
        visit = states.get(connection, Visit, one.visit) if one.visit else None
        day = one.found_on
        within = is_in_campaign(campaign, day) if day else False
        if visit.record.campaign == campaign.code if visit else within:
            unit = one.unit or case.owner
            group, level = (visit.record.group, visit.record.level) if visit else ("", "")
            told = Earlier(case.id, one.number, day, f"帮扶“{names[one.person]}”")
            yield Met(unit, group, level, one.person, told)
    for aid in states.find(connection, Aid, live(), *at, order=(), limit=_MOST):
        given = aid.record
        if given.given_on and is_in_campaign(campaign, given.given_on):
            told = Earlier(aid.id, given.number, given.given_on, f"帮扶“{names[given.person]}”")
            yield Met(given.unit or aid.owner, "", "", given.person, told)
    for notice in city_notices.of_persons(connection, persons, campaign, here):
        said = notice.record
        told = Earlier(notice.id, "", said.met_on, f"帮扶“{names[said.person]}”")
        yield Met(said.unit, said.group, said.level, said.person, told)
