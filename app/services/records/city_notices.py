"""走访告知 that the city sent: where it was and whom it helped (R37).

The office's own word is left out: what it tells of stands here itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.checking.state import is_in_campaign
from app.domain.records import Campaign, Notice, Record
from database.state import states
from database.state.filters import among, empty, equal, live, not_
from database.state.states import State
from database.store.engine import Connection

_MOST = 50


def of(
    connection: Connection, record_type: type[Record], records: Sequence[str], station: str
) -> list[State[Notice]]:
    """Those of every campaign that name one of these; `station` is this office."""
    at = among(record_type.type_name, records), not_(equal("owner", station))
    return _once(states.find(connection, Notice, live(), *at, order=("id",), limit=_MOST))


def of_units(
    connection: Connection, units: Sequence[str], campaign: str, station: str
) -> list[State[Notice]]:
    """Those of a campaign that tell of one of these enterprises; `station` is this office."""
    at = among("enterprise", units), equal("campaign", campaign), not_(equal("owner", station))
    return _once(states.find(connection, Notice, live(), *at, order=("id",), limit=_MOST))


def of_persons(
    connection: Connection, persons: Sequence[str], campaign: Campaign, station: str
) -> list[State[Notice]]:
    """Those that tell of one of these workers; what no visit led to is of the campaign by its day.

    `station` is this office.
    """
    of_campaign = equal("campaign", campaign.code) | empty("campaign")
    at = among("person", persons), of_campaign, not_(equal("owner", station))
    found = states.find(connection, Notice, live(), *at, order=("id",), limit=_MOST)
    return _once(one for one in found if one.record.campaign or _is_of(campaign, one.record))


def met_words(notice: Notice) -> str:
    """How many workers were met, where that was written down: ，走访职工35人次."""
    return f"，走访职工{notice.workers_met}人次" if notice.workers_met else ""


def _is_of(campaign: Campaign, notice: Notice) -> bool:
    return notice.met_on is not None and is_in_campaign(campaign, notice.met_on)


def _once(found: Iterable[State[Notice]]) -> list[State[Notice]]:
    """Two computers of the city may tell of one record; the later word holds."""
    return list({one.record.source: one for one in found}.values())
