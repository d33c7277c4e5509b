"""走访告知: what the city tells of where it was and whom it helped, kept in step (R37).

A notice is a record of its own, made of the city's visits, cases and aid whenever an answer is
written: it says the unit, the day, the group and how many were met, and nothing of the record.
What was changed, or is void, since the last answer is told again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from app.domain.campaign.campaign_data import CampaignData
from app.domain.records import Aid, Campaign, Case, Group, Notice, Person, Unit, Visit, body_of
from app.services.office.office import Office
from app.services.records.bulk_saving import BulkWriter, Planned
from app.services.records.same_units import alike_by, sameness
from app.services.reviewing.told_records import keep_told
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, empty, filled, live, owned_by
from database.store.engine import Connection

Told = tuple[str, str]
"""Of which record, and to whose office ("" for every one)."""
_CITY = "city"
_MET = ("enterprise", "campaign", "visited_on", "group", "level", "unit", "workers_met")


def keep_up(office: Office, connection: Connection) -> None:
    """Make the notices say what the city's own records say now."""
    wanted = {(one.source, one.station): one for one in _wanted(office, connection)}
    here = owned_by(office.identity.station), empty("hint_of"), empty("paper_of")
    mine = states.iterate(connection, Notice, *here)
    known = {(state.record.source, state.record.station): state for state in mine}
    new = [body_of(one) for told, one in wanted.items() if told not in known]
    BulkWriter(office, connection).write([_planned(office, body) for body in new])
    for told, state in known.items():
        keep_told(office, connection, Notice, state, wanted.get(told))


def _planned(office: Office, body: Mapping[str, Any]) -> Planned:
    raw = msgspec.Raw(msgspec.json.encode(body))
    return Planned(Notice.type_name, office.new_id(), (), raw)


def _wanted(office: Office, connection: Connection) -> Iterator[Notice]:
    own = _own(office, connection)
    yield from _of_visits(office, connection, own)
    yield from _of_help(office, connection, own)


def _own(office: Office, connection: Connection) -> CampaignData:
    """What tells the level of the city's own records, of whichever campaign."""
    units = {s.id: s.record for s in states.iterate(connection, Unit, live())}
    groups = {s.id: s.record for s in states.iterate(connection, Group, live())}
    return CampaignData(campaign=Campaign(), units=units, groups=groups)


def _of_visits(office: Office, connection: Connection, own: CampaignData) -> Iterator[Notice]:
    here = office.identity.station
    at = live(), owned_by(here), filled("enterprise"), filled("campaign")
    for record, enterprise, campaign, day, *by, met in states.pick(
        connection, Visit, ("id", *_MET), *at
    ):
        group, level, unit = (one or "" for one in by)
        unit = unit or here
        if own.level_of(record, unit=unit, group=group, level=level) == _CITY:
            yield Notice(
                source=record,
                campaign=campaign,
                enterprise=enterprise,
                met_on=_day(day),
                group=group,
                level=_CITY,
                unit=unit,
                workers_met=met,
            )


def _of_help(office: Office, connection: Connection, own: CampaignData) -> Iterator[Notice]:
    """One to each office that has a file of the worker; without a visit the day says when."""
    helped = [*_cases(office, connection, own), *_aids(office, connection, own)]
    same = sameness(connection, Person)
    files = {one.person: alike_by(same, one.person) for one in helped}
    owners = _owners(connection, {file for every in files.values() for file in every})
    for one in helped:
        theirs = {owners[file]: file for file in reversed(files[one.person]) if file in owners}
        theirs.pop(office.identity.station, None)
        for station, file in theirs.items():
            yield msgspec.structs.replace(one, person=file, station=station)


def _cases(office: Office, connection: Connection, own: CampaignData) -> Iterator[Notice]:
    here = office.identity.station
    for case in states.iterate(connection, Case, live(), owned_by(here)):
        visit = states.get(connection, Visit, case.record.visit) if case.record.visit else None
        of = visit.record if visit else Visit()
        unit = case.record.unit or here
        if own.level_of(case.id, unit=of.unit or unit, group=of.group, level=of.level) == _CITY:
            yield Notice(
                source=case.id,
                person=case.record.person,
                campaign=of.campaign,
                met_on=case.record.found_on,
                group=of.group,
                level=_CITY,
                unit=unit,
            )


def _aids(office: Office, connection: Connection, own: CampaignData) -> Iterator[Notice]:
    here = office.identity.station
    persons = dict(states.pick(connection, Case, ("id", "person"), live(), filled("person")))
    for aid in states.iterate(connection, Aid, live(), owned_by(here)):
        person = aid.record.person or persons.get(aid.record.case, "")
        unit = aid.record.unit or here
        if person and own.level_of_unit(unit) == _CITY:
            yield Notice(
                source=aid.id, person=person, met_on=aid.record.given_on, level=_CITY, unit=unit
            )


def _owners(connection: Connection, files: Iterable[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for some in chunks(sorted(files)):
        rows = states.pick(connection, Person, ("id", "owner"), live(), among("id", some))
        found |= dict(rows)
    return found


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
