"""Which records stand in the ledgers of an archive: the campaign's, of one office or of all."""

from __future__ import annotations

import datetime as dt

from app.domain.campaign.campaign_data import CampaignData
from app.domain.kernel.fields import by_name
from app.domain.records import Enterprise, Person, Record, Visit
from database.state import states
from database.state.filters import Filter, equal, live, owned_by
from database.store.engine import Connection

_STANDING = (Person, Enterprise)
"""Those of no campaign: all of them are listed."""


def ledger_ids(
    connection: Connection, ground: CampaignData, record_type: type[Record], unit: str
) -> frozenset[str]:
    """The records of a type: by their visit's campaign, else by their day."""
    filters: list[Filter] = [live()]
    if unit:
        filters.append(equal("unit", unit) | owned_by(unit))
    if record_type in _STANDING:
        rows = states.pick(connection, record_type, ("id",), *filters)
        return frozenset(record for (record,) in rows)
    if record_type is Visit:
        filters.append(equal("campaign", ground.campaign.code))
        rows = states.pick(connection, record_type, ("id",), *filters)
        return frozenset(record for (record,) in rows)
    link = "visit" if "visit" in by_name(record_type) else "id"
    found = states.pick(connection, record_type, ("id", link, record_type.facts.day), *filters)
    return frozenset(
        record
        for record, visit, day in found
        if ground.belongs(ground.visits.get(visit), _day(day))
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None
