"""A span of the log: what was written together, from one arrival number to another."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection

from database.log.revisions import chunks, mark_of
from database.store.dialect import marks, run


class Line(NamedTuple):
    """What taking back must know of a revision; `begins` where it has no parent."""

    n: int
    type: str
    id: str
    begins: bool


def between(connection: Connection, first: int, last: int) -> list[Line]:
    """The live revisions with these arrival numbers, in order."""
    rows = run(
        connection,
        "SELECT n, type, id, parents FROM revision WHERE n BETWEEN ? AND ? AND status = 'live'"
        " ORDER BY n",
        (first, last),
    )
    return [Line(n, kind, record, parents == "") for n, kind, record, parents in rows]


def changed_after(connection: Connection, first: int, last: int) -> set[str]:
    """The records with a revision of these arrival numbers that were written again later."""
    rows = run(
        connection,
        "SELECT DISTINCT l.id FROM revision l WHERE l.n > ? AND l.status <> 'withdrawn' AND EXISTS"
        " (SELECT 1 FROM revision r WHERE r.id = l.id AND r.n BETWEEN ? AND ?)",
        (last, first, last),
    )
    return {record for (record,) in rows}


def packed_of(connection: Connection, first: int, last: int) -> set[str]:
    """The records of which a package holds a revision with these arrival numbers."""
    rows = run(
        connection,
        "SELECT DISTINCT r.id FROM delivery d JOIN revision r ON r.n = d.revision"
        " WHERE d.revision BETWEEN ? AND ?",
        (first, last),
    )
    return {record for (record,) in rows}


def named_in(connection: Connection, first: int, last: int, names: Collection[str]) -> set[str]:
    """The records whose revision with one of these arrival numbers is among the h's named."""
    found: set[str] = set()
    for chunk in chunks(names):
        rows = run(
            connection,
            f"SELECT id FROM revision WHERE mark IN ({marks(chunk)}) AND h IN ({marks(chunk)})"
            " AND n BETWEEN ? AND ?",
            (*map(mark_of, chunk), *chunk, first, last),
        )
        found.update(record for (record,) in rows)
    return found
