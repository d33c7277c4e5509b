"""Changes of many records at once that took place, and which revisions each wrote."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One change of many: `what` in words, how many records, its first and last revision.

    `undone_at` is filled in once it was taken back.
    """

    n: int
    at: str
    by: str
    type: str
    what: str
    count: int
    first: int
    last: int
    undone_at: str | None = None
    undone_by: str | None = None


_NAMES = tuple(one.name for one in fields(BatchRow))
_COLUMNS = ", ".join(map(quoted, _NAMES))
_WRITTEN = _NAMES[1:-2]


def add(connection: Connection, row: BatchRow) -> int:
    """Write a line, whatever its `n`; returns the number it got."""
    statement = insert("batch", _WRITTEN) + " RETURNING n"
    return int(run(connection, statement, astuple(row)[1:-2]).scalar_one())


def newest(connection: Connection, kind: str, most: int = 50) -> list[BatchRow]:
    """The lines of a record type, the newest first."""
    rows = run(
        connection,
        f"SELECT {_COLUMNS} FROM batch WHERE type = ? ORDER BY n DESC LIMIT {most}",
        (kind,),
    )
    return [BatchRow(*row) for row in rows]


def find(connection: Connection, n: int) -> BatchRow | None:
    """One line by its number, or None."""
    row = run(connection, f"SELECT {_COLUMNS} FROM batch WHERE n = ?", (n,)).first()
    return None if row is None else BatchRow(*row)


def set_undone(connection: Connection, n: int, at: str, by: str) -> None:
    """Note that it was taken back."""
    run(connection, "UPDATE batch SET undone_at = ?, undone_by = ? WHERE n = ?", (at, by, n))
