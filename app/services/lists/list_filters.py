"""Filters of a list: which campaign, place, group, unit and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from database.state import states


@dataclass(frozen=True, slots=True)
class Where:
    """What a list is narrowed to; an empty value narrows nothing.

    `campaign`, `area` and `unit` are codes, `group` a record id; `since` and `until`
    are the first and the last day.
    """

    campaign: str = ""
    area: str = ""
    group: str = ""
    unit: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def __bool__(self) -> bool:
        return self != EVERYTHING


EVERYTHING = Where()
_LINKS = ("campaign", "area", "group", "unit")


def offered(type_name: str, day: str) -> tuple[str, ...]:
    """Which members of `Where` make sense for a type whose day is in the field `day`."""
    columns = states.table(type_name).c
    links = tuple(name for name in _LINKS if name in columns)
    return (*links, "since", "until") if day else links


def conditions(where: Where, type_name: str, day: str) -> Iterator[Any]:
    """The conditions on a type's states; what the type has no field for is left out."""
    columns = states.table(type_name).c
    for name in _LINKS:
        wanted = getattr(where, name)
        if wanted and name in columns:
            yield columns[name] == wanted
    if day and where.since is not None:
        yield columns[day] >= where.since.isoformat()
    if day and where.until is not None:
        # A moment of the last day sorts after the day itself.
        yield columns[day] < (where.until + dt.timedelta(days=1)).isoformat()
