"""What the city changed of a campaign since somebody here looked (活动有改动)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.domain.records import Campaign
from app.services.office.office import Office
from database.books import settings
from database.log import revisions
from database.reference.preset import WRITER
from database.state import states
from database.state.filters import live
from database.store.engine import Connection

_SEEN = "campaigns_seen"


class News(StrEnum):
    """What is new of a campaign."""

    ADDED = "新活动"
    CHANGED = "有改动"


def news_of(office: Office, connection: Connection) -> Mapping[str, News]:
    """By record what came from the city and was not looked at; at the city nothing is news."""
    if office.is_city:
        return {}
    seen = settings.get(connection, _SEEN, dict[str, str]) or {}
    rows = states.pick(connection, Campaign, ("id", "h", "writer"), live())
    fresh = {id: h for id, h, writer in rows if writer != WRITER and seen.get(id) != h}
    return {
        id: News.CHANGED if len(revisions.of_record(connection, id)) > 1 else News.ADDED
        for id in fresh
    }


def look_at(office: Office, record: str) -> None:
    """Note that somebody here looked at a campaign as it is now."""
    with office.store.write() as connection:
        state = states.get(connection, Campaign, record)
        if state is not None:
            seen = settings.get(connection, _SEEN, dict[str, str]) or {}
            settings.put(connection, _SEEN, {**seen, record: state.h})
