"""Filters of a list: which campaign, place, group, unit and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.records import Record
from database.state import states
from database.state.filters import Filter, equal, since, until


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


def offered(record_type: type[Record]) -> tuple[str, ...]:
    """Which members of `Where` make sense for a type."""
    fields = states.fields(record_type)
    links = tuple(name for name in _LINKS if name in fields)
    return (*links, "since", "until") if record_type.facts.day else links


def conditions(where: Where, record_type: type[Record]) -> Iterator[Filter]:
    """The conditions on a type's states; what the type has no field for is left out."""
    fields, day = states.fields(record_type), record_type.facts.day
    wanted = (where.campaign, where.area, where.group, where.unit)
    for name, value in zip(_LINKS, wanted, strict=True):
        if value and name in fields:
            yield equal(name, value)
    if day and where.since is not None:
        yield since(day, where.since)
    if day and where.until is not None:
        yield until(day, where.until)
