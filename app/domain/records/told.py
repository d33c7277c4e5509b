"""What the facts of a type tell of one of its records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from app.domain.kernel.fields import FieldSpec, Kind, by_name, value_of
from app.domain.records.base import Record


@cache
def own_titles(record_type: type[Record]) -> tuple[str, ...]:
    """The fields of the title that are texts of the record itself, not links."""
    specs = by_name(record_type)
    return tuple(name for name in record_type.facts.title if specs[name].kind is not Kind.LINK)


@cache
def title_link(record_type: type[Record]) -> FieldSpec | None:
    """The link to the record that a record of this type is called by, None without one."""
    specs = by_name(record_type)
    links = (specs[name] for name in record_type.facts.title if specs[name].kind is Kind.LINK)
    return next(links, None)


@cache
def key_field(record_type: type[Record]) -> str:
    """What a link to a record of this type keeps: its code where it has one, else its id."""
    return "code" if "code" in by_name(record_type) else "id"


@cache
def names_of(record_type: type[Record]) -> tuple[str, ...]:
    """The fields by which a person may name a record: title, spellings, what is certain."""
    facts = record_type.facts
    sure = (names[0] for names in facts.certain)
    return tuple(dict.fromkeys((*own_titles(record_type), *facts.spellings, *sure)))


def title_of(record: Record) -> str:
    """What a record is called by its own words, "" where it has none."""
    return first_text(value_of(record, name) for name in own_titles(type(record)))


def title_in(record_type: type[Record], body: Mapping[str, Any]) -> str:
    """As `title_of`, of a body as it is kept or was typed."""
    return first_text(body.get(name) for name in own_titles(record_type))


def text_of(record: Record, name: str) -> str:
    """A text or link by its name, "" where the type has no such field."""
    return str(value_of(record, name)) if name in by_name(type(record)) else ""


def day_of(record: Record) -> dt.date | None:
    """The day of a record, None where it has none or none was filled in."""
    name = type(record).facts.day
    return as_day(value_of(record, name)) if name else None


def as_day(value: dt.date | dt.datetime | None) -> dt.date | None:
    """The day of a date or a moment."""
    return value.date() if isinstance(value, dt.datetime) else value


def first_text(values: Iterable[Any]) -> str:
    """The first that is a text and not empty."""
    return next((value for value in values if value and isinstance(value, str)), "")


def number_of(record: Record) -> str:
    """The 编号 of a record; of what came with a document its place in the roster: 名单第2号."""
    rank = value_of(record, record.facts.rank) if record.facts.rank else None
    return record.number or (f"名单第{rank}号" if rank else "")
