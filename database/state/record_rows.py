"""Records as their state tables hold them: as rows, and held against what a body says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from app.domain.kernel.fields import FieldSpec, Kind, by_name
from app.domain.records import Record
from app.domain.values.entry import parts_of
from database.store.columns import kept, rows_maker

R = TypeVar("R", bound=Record)

Row = tuple[Any, ...]
"""The values of a state row, in the order of the table's columns; "" stands for NULL.

The driver takes twenty times longer over a None than over a text, and most columns of a
record are empty; `states.Statements` make NULL of it again.
"""


class First(NamedTuple):
    """A first revision: its record's id, its name h, when, by whom and where it was saved."""

    id: str
    h: str
    at: str
    by: str
    writer: str


def first_rows(firsts: Sequence[First], records: Sequence[R]) -> Iterator[Row]:
    """The rows of records of one type of which nothing but the first revision is known.

    Raises `OverflowError` for a number that no column can hold.
    """
    if records:
        bodies = rows_maker(type(records[0]), "")(records)
        for first, body in zip(firsts, bodies, strict=True):
            yield (*first, 0, "", "", *body)


def fits(record: Record) -> bool:
    """Whether every number of a record fits its column."""
    try:
        rows_maker(type(record))([record])
    except OverflowError:
        return False
    return True


def says(record_type: type[Record], body: Mapping[str, Any], held: Mapping[str, Any]) -> bool:
    """Whether a record says all that a body says; `held` are its columns as `pick` gives them.

    Values are compared as the columns hold them; codes, links and names in any order, and what
    a campaign added one by one.
    """
    specs = by_name(record_type)
    return all(_alike(specs[name], value, held.get(name)) for name, value in body.items())


def _alike(spec: FieldSpec, value: Any, held: Any) -> bool:
    new = kept(spec, value)
    if new == held or new is None:
        return True
    if held is None:
        return False
    if spec.shape == "set":
        there = msgspec.json.decode(held)
        return set(value) == set(there) or (
            spec.kind is Kind.NAMES and set(value) == parts_of(there)
        )
    if spec.kind is Kind.OBJECT:
        there = msgspec.json.decode(held)
        return all(there.get(name) == one for name, one in value.items())
    return False
