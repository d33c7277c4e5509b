"""领导带队: the records behind each of its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import msgspec

from app.domain.campaign.leaders_share import Led, LedVisits, OfficeShare, leaderships, led
from app.domain.records import Leader, Record, Visit
from app.services.figures.leaders_share import LeadersShare, leaders_of
from app.services.figures.totals_behind import Found
from app.services.lists.chips import of_these
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.state import states
from database.state.filters import equal, live
from database.store.engine import Connection


class Number(StrEnum):
    """What a number of an office counts."""

    MEMBERS = "班子"
    TOOK_PART = "参加"
    VISITS = "走访"
    BY_CHIEF = "主要领导带队"


def behind(office: Office, seen: LeadersShare, one: OfficeShare, number: Number) -> Found:
    """The list behind a number of an office, which has just as many."""
    words = f"领导带队 · {one.name} · {number}"
    if number in (Number.MEMBERS, Number.TOOK_PART):
        every = number == Number.MEMBERS
        return _found(Leader, (m.id for m in one.members if every or m.visits), words)
    told = _told(office, seen, one.unit)
    every = number == Number.VISITS
    return _found(Visit, (id for id, visit in told.items() if every or visit.by_chief), words)


def behind_member(office: Office, seen: LeadersShare, one: OfficeShare, member: str) -> Found:
    """The visits that one of the leadership (a record id) took part in."""
    name = next(m.name for m in one.members if m.id == member)
    told = _told(office, seen, one.unit)
    ids = (id for id, visit in told.items() if member in visit.members)
    return _found(Visit, ids, f"领导带队 · {name} · 参加走访")


def _found(record_type: type[Record], ids: Iterable[str], words: str) -> Found:
    return record_type, of_these(ids, words)


def _told(office: Office, seen: LeadersShare, unit: str) -> Mapping[str, Led]:
    """By id the visits of an office in the campaign, as they count."""
    with office.store.read() as connection:
        campaign = Links(office, connection).campaigns[seen.campaign]
        leaders = leaderships(campaign, leaders_of(connection)).get(unit, ())
        return {id: led(one, leaders) for id, one in _visits(connection, campaign.code, unit)}


def _visits(connection: Connection, campaign: str, unit: str) -> Iterator[tuple[str, LedVisits]]:
    decode = msgspec.json.Decoder(tuple[str, ...]).decode
    names = ("id", "unit", "owner", "leaders", "led_by_chief", "visited_on")
    for id, filer, owner, leaders, by_chief, day in states.pick(
        connection, Visit, names, live(), equal("campaign", campaign)
    ):
        if (filer or owner) == unit:
            yield (
                id,
                LedVisits(
                    unit,
                    decode(leaders) if leaders else (),
                    None if by_chief is None else bool(by_chief),
                    dt.date.fromisoformat(day) if day else None,
                ),
            )
