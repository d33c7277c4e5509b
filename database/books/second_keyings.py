"""二次录入: which records were drawn to be keyed again, and what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

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


class AgainRow(NamedTuple):
    """A record drawn; `at` and `by` are None until it was keyed again.

    `compared`, `differing` and `mended` count fields: those that say anything, those of them
    in which both differ, those of these in which the second was right.
    """

    record: str
    sample: int
    keyer: str
    at: str | None = None
    by: str | None = None
    compared: int = 0
    differing: int = 0
    mended: int = 0


_SAMPLE = ", ".join(map(quoted, SampleRow._fields))
_AGAIN = ", ".join(map(quoted, AgainRow._fields))


def samples(connection: Connection) -> Sequence[SampleRow]:
    """All draws, the oldest first."""
    rows = run(connection, f"SELECT {_SAMPLE} FROM keying_sample ORDER BY n")
    return [SampleRow(*row) for row in rows]


def add(connection: Connection, sample: SampleRow, drawn: Iterable[AgainRow]) -> None:
    """Write a draw down with what was drawn."""
    run(connection, insert("keying_sample", SampleRow._fields), tuple(sample))
    run(connection, insert("second_keying", AgainRow._fields), [tuple(row) for row in drawn])


def of(connection: Connection, record: str) -> AgainRow | None:
    """What was drawn of a record, None where it was not."""
    found = run(connection, f"SELECT {_AGAIN} FROM second_keying WHERE record = ?", (record,))
    row = found.first()
    return AgainRow(*row) if row else None


def every(connection: Connection) -> Sequence[AgainRow]:
    """All that was ever drawn, draw by draw, by id: the oldest first."""
    rows = run(connection, f"SELECT {_AGAIN} FROM second_keying ORDER BY sample, record")
    return [AgainRow(*row) for row in rows]


def finish(connection: Connection, row: AgainRow) -> None:
    """Write down what came of keying a record again."""
    run(
        connection,
        'UPDATE second_keying SET "at" = ?, "by" = ?, compared = ?, differing = ?, mended = ?'
        " WHERE record = ?",
        (row.at, row.by, row.compared, row.differing, row.mended, row.record),
    )
