"""Which records stand in the ledgers of an archive: the campaign's, of one office or of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from app.domain.campaign.campaign_data import CampaignData
from app.domain.records import Aid, Case, Enterprise, Person, Record, Visit
from database.state import states
from database.state.filters import equal, live
from database.store.engine import Connection

_STANDING = (Person, Enterprise)
"""Those of no campaign: all of them are listed."""


def ledger_ids(
    connection: Connection, ground: CampaignData, record_type: type[Record], unit: str
) -> frozenset[str]:
    """The records of a type of one office (with its townships) or of all, that are counted.

    They are of the campaign as the figures have it: by their visit, without one by their day.
    """
    filters = [equal("campaign", ground.campaign.code)] if record_type is Visit else []
    rows = states.pick(connection, record_type, ("id", "unit", "owner"), live(), *filters)
    mine = frozenset(
        record for record, filed_by, owner in rows if ground.is_of_office(unit, filed_by or owner)
    )
    if record_type in (Visit, *_STANDING):
        return mine
    return mine & _of_campaign(connection, ground, record_type)


def _of_campaign(
    connection: Connection, ground: CampaignData, record_type: type[Record]
) -> frozenset[str]:
    names = ("id", "case" if record_type is Aid else "visit", record_type.facts.day)
    rows = states.pick(connection, record_type, names, live())
    led: Mapping[str, str] = {}
    if record_type is Aid:
        led = dict(states.pick(connection, Case, ("id", "visit"), live()))
    return frozenset(
        record
        for record, origin, day in rows
        if ground.belongs(ground.visits.get(led.get(origin, "") if led else origin), _day(day))
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None
