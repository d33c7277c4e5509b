"""二次录入: which records were drawn to be keyed again, and what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection

from app.domain.kernel.readable import readable
from database.store.dialect import insert, quoted, run


class SampleRow(NamedTuple):
    """One draw: 1 of `every` from `start` on, of `among` records begun from `first` to `last`."""

    n: int
    type: str
    every: int
    start: int
    first: int
    last: int
    among: int
    at: str
    by: str


Came = Literal["same", "differing", "mended"]
"""What came of a field: both read it alike, differently, or so that the second was right."""


class AgainRow(NamedTuple):
    """A record drawn; `at` and `by` are None until it was keyed again.

    `compared`, `differing` and `mended` count fields: those that say anything, those of them
    in which both differ, those of these in which the second was right. `fields` says it of each by
    name (`Came`), None of what was keyed before this was written down.
    """

    record: str
    sample: int
    keyer: str
    at: str | None = None
    by: str | None = None
    compared: int = 0
    differing: int = 0
    mended: int = 0
    fields: Mapping[str, Came] | None = None


_SAMPLE = ", ".join(map(quoted, SampleRow._fields))
_AGAIN = ", ".join(map(quoted, AgainRow._fields))
_FIRST = AgainRow._fields.index("at")
_FINISHED = ", ".join(f"{quoted(name)} = ?" for name in AgainRow._fields[_FIRST:])
_decode = msgspec.json.Decoder(readable(dict[str, Came])).decode


def samples(connection: Connection) -> Sequence[SampleRow]:
    """All draws, the oldest first."""
    rows = run(connection, f"SELECT {_SAMPLE} FROM keying_sample ORDER BY n")
    return [SampleRow(*row) for row in rows]


def add(connection: Connection, sample: SampleRow, drawn: Iterable[AgainRow]) -> None:
    """Write a draw down with what was drawn."""
    run(connection, insert("keying_sample", SampleRow._fields), tuple(sample))
    run(connection, insert("second_keying", AgainRow._fields), [_values(row) for row in drawn])


def of(connection: Connection, record: str) -> AgainRow | None:
    """What was drawn of a record, None where it was not."""
    found = run(connection, f"SELECT {_AGAIN} FROM second_keying WHERE record = ?", (record,))
    row = found.first()
    return _again(row) if row else None


def every(connection: Connection) -> Sequence[AgainRow]:
    """All that was ever drawn, draw by draw, by id: the oldest first."""
    rows = run(connection, f"SELECT {_AGAIN} FROM second_keying ORDER BY sample, record")
    return [_again(row) for row in rows]


def _again(row: Sequence[Any]) -> AgainRow:
    *values, fields = row
    return AgainRow._make((*values, _decode(fields) if fields else None))


def _values(row: AgainRow) -> tuple[Any, ...]:
    *values, fields = row
    return (*values, None if fields is None else msgspec.json.encode(fields).decode())


def finish(connection: Connection, row: AgainRow) -> None:
    """Write down what came of keying a record again."""
    run(
        connection,
        f"UPDATE second_keying SET {_FINISHED} WHERE record = ?",
        (*_values(row)[_FIRST:], row.record),
    )
