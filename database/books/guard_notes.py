"""What the guards said of each record: how much of it is open, how much stands with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, run, upsert


class GuardRow(NamedTuple):
    """What the guards said of a record when it was saved last."""

    record: str
    type: str
    open: int
    kept: int


def put(connection: Connection, row: GuardRow) -> None:
    """Note what was said of a record; nothing is kept of one of which nothing was said."""
    if row.open or row.kept:
        names = GuardRow._fields
        run(connection, upsert(insert("guard", names), ("record",), names[1:]), tuple(row))
    else:
        remove(connection, row.record)


def remove(connection: Connection, record: str) -> None:
    """Forget a record, as when it is 作废."""
    run(connection, "DELETE FROM guard WHERE record = ?", (record,))


def has(connection: Connection, record: str) -> bool:
    """Whether anything was said of a record."""
    row = run(connection, "SELECT 1 FROM guard WHERE record = ?", (record,)).first()
    return row is not None


def every(connection: Connection) -> Sequence[GuardRow]:
    """All records of which something was said, by id."""
    rows = run(connection, 'SELECT record, type, "open", kept FROM guard ORDER BY record')
    return [GuardRow(*row) for row in rows]
