"""What a list of records is narrowed by: small values, made here and read by `states` alone.

Fields are named as in the record (`number`, `closed_on`); besides them there are those of every
state: `id`, `void`, `conflicts`. Each filter is a question to one row, `s` in its SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.records import Record
from database.store.dialect import each_of, holds, marks, one_among, pairs_of, quoted

Value = str | int | dt.date | None
"""What a column may be compared with; None and "" stand for what was not filled in."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a state and its values; `a | b` lets through what either does."""

    sql: str
    values: tuple[Any, ...] = ()

    def __or__(self, other: Filter) -> Filter:
        return Filter(f"({self.sql} OR {other.sql})", (*self.values, *other.values))

    def __and__(self, other: Filter) -> Filter:
        return Filter(f"({self.sql} AND {other.sql})", (*self.values, *other.values))


def live() -> Filter:
    """Not 作废."""
    return Filter("s.void = 0")


def void() -> Filter:
    """作废."""
    return Filter("s.void = 1")


def owned_by(station: str) -> Filter:
    """Those the station may change."""
    return equal("owner", station)


def equal(field: str, value: Value) -> Filter:
    """Whose field has this value; None and "" ask for those that have none."""
    if value is None or value == "":
        return empty(field)
    return Filter(f"{_column(field)} = ?", (_kept(value),))


def not_(one: Filter) -> Filter:
    """Those the filter does not let through, also where it asks of a field that is empty."""
    return Filter(f"NOT coalesce({one.sql}, FALSE)", one.values)


def among(field: str, values: Collection[str]) -> Filter:
    """Whose field has one of these values."""
    return Filter(f"{_column(field)} IN ({marks(list(values))})", tuple(values))


def named(ids: Collection[str]) -> Filter:
    """Those with one of these ids, however many they are."""
    table, listed = each_of(ids)
    return Filter(f"s.id IN (SELECT value FROM {table})", (listed,))


def beginning(field: str, text: str) -> Filter:
    """Whose field begins with this text."""
    return Filter(f"({_column(field)} >= ? AND {_column(field)} < ?)", (text, text + _LAST))


_LAST = "\U0010ffff"
"""Sorts after every character a text may go on with."""


def empty(field: str) -> Filter:
    """Whose field was not filled in."""
    return Filter(f"{_column(field)} IS NULL")


def filled(field: str) -> Filter:
    """Whose field was filled in."""
    return Filter(f"{_column(field)} IS NOT NULL")


def since(field: str, day: dt.date) -> Filter:
    """Whose day, or moment, is this day or later."""
    return Filter(f"{_column(field)} >= ?", (day.isoformat(),))


def until(field: str, day: dt.date) -> Filter:
    """Whose day, or moment, is this day or earlier: a moment of a day sorts after the day."""
    return before(field, day + dt.timedelta(days=1))


def before(field: str, day: dt.date) -> Filter:
    """Whose day, or moment, is earlier than this day."""
    return Filter(f"{_column(field)} < ?", (day.isoformat(),))


def naming(field: str, text: str) -> Filter:
    """Whose list of names has this one; capital letters are small ones."""
    return Filter(holds(_column(field)), (text,))


def naming_one(field: str, values: Collection[str]) -> Filter:
    """Whose list (links, codes) has one of these values."""
    allowed = f"({marks(list(values))})"
    return Filter(one_among(_column(field), allowed), tuple(values))


def named_by(record_type: type[Record], link: str, *those: Filter) -> Filter:
    """Whose id stands in this field of such a record of another type."""
    return _in_others("s.id", record_type, (link,), those)


def named_with(record_type: type[Record], fields: Sequence[str], *those: Filter) -> Filter:
    """Who has in all these fields the same as such a record of another type."""
    return paired_with(record_type, {name: name for name in fields}, *those)


def paired_with(record_type: type[Record], fields: Mapping[str, str], *those: Filter) -> Filter:
    """As `named_with`, by the field here the one that is called otherwise there."""
    own = ", ".join(map(_column, fields))
    return _in_others(f"({own})", record_type, tuple(fields.values()), those)


def met_by(
    record_type: type[Record],
    link: str,
    own: str,
    alike: Mapping[str, str],
    *those: Filter,
    shared: Sequence[str] = (),
) -> Filter:
    """Whose `own` (`id`, or a link), or one alike, stands in this link of such a record.

    `alike` is by record the one that stands for all that are the same; in the `shared` fields
    both records say the same too.
    """
    itself = paired_with(record_type, {own: link} | {name: name for name in shared}, *those)
    if not alike:
        return itself
    table, listed = pairs_of(alike)
    unit = f"(SELECT a.value FROM {table} a WHERE a.key = {_column(own)})"
    mine = ", ".join([unit, *map(_column, shared)])
    theirs = ", ".join(["b.value", *map(_column, shared)])
    asked = " AND ".join(one.sql for one in those)
    others = (
        f"SELECT {theirs} FROM {table} b JOIN state_{record_type.type_name} s"
        f" ON {_column(link)} = b.key WHERE {asked}"
    )
    values = (listed, listed, listed, *(value for one in those for value in one.values))
    is_one = f"{_column(own)} IN (SELECT a.key FROM {table} a)"
    return itself | Filter(f"({is_one} AND ({mine}) IN ({others}))", values)


def _in_others(
    own: str, record_type: type[Record], fields: Sequence[str], those: Sequence[Filter]
) -> Filter:
    # The inner `s` is the other type's row, and hides that of the question.
    meant = [*those, *map(filled, fields)]
    asked = " AND ".join(one.sql for one in meant)
    named = f"SELECT {', '.join(map(_column, fields))} FROM state_{record_type.type_name} s"
    values = tuple(value for one in meant for value in one.values)
    return Filter(f"{own} IN ({named} WHERE {asked})", values)


def on_paper(standings: Collection[str]) -> Filter:
    """Of whose form pages that stand so were scanned, and all of them."""
    asked = (
        f"SELECT record FROM scanned_page WHERE standing IN ({marks(list(standings))}) "
        "GROUP BY record HAVING count(DISTINCT nullif(page, 0)) >= max(pages)"
    )
    return Filter(f"s.id IN ({asked})", tuple(standings))


def adding_up(fields: Sequence[str], most: int) -> Filter:
    """Whose numbers in these fields come to more than this, together."""
    together = " + ".join(f"coalesce({_column(name)}, 0)" for name in fields)
    return Filter(f"{together} > ?", (most,))


def unsettled() -> Filter:
    """With two versions that differ, or corrected by telephone, and not decided."""
    return differing() | filled("pending")


def differing() -> Filter:
    """With two versions that differ and nobody has chosen (两处填写不一致)."""
    return filled("conflicts")


def _column(field: str) -> str:
    # Behind `s.` an unknown name is an error; alone SQLite would take it for a text.
    return f"s.{quoted(field)}"


def _kept(value: str | int | dt.date) -> str | int:
    return value.isoformat() if isinstance(value, dt.date) else value
