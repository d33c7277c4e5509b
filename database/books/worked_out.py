"""What took long to work out from the log, kept for the next time.

Never the truth: it may be forgotten at any time, goes into no package and no copy of the rows
on another engine, and holds only as long as what it was made from.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run, upsert

TABLE = "worked_out"


class WorkedOut(NamedTuple):
    """What was found under a name; `n` and `turned` say where the log stood then."""

    name: str
    n: int
    turned: int
    content: bytes


_COLUMNS = ", ".join(map(quoted, WorkedOut._fields))
_PUT = upsert(insert(TABLE, WorkedOut._fields), ("name",), WorkedOut._fields[1:])


def put(connection: Connection, found: WorkedOut) -> None:
    """Keep it in the place of what was found under its name before."""
    run(connection, _PUT, tuple(found))


def get(connection: Connection, name: str) -> WorkedOut | None:
    """What was found under a name, or None."""
    row = run(connection, f"SELECT {_COLUMNS} FROM {TABLE} WHERE name = ?", (name,)).first()
    return None if row is None else WorkedOut(*row)


def stood_at(connection: Connection, name: str) -> tuple[int, int] | None:
    """Where the log stood when it was found (`n`, `turned`), without what was found; or None."""
    row = run(connection, f"SELECT n, turned FROM {TABLE} WHERE name = ?", (name,)).first()
    return None if row is None else (int(row[0]), int(row[1]))


def forget(connection: Connection) -> None:
    """Forget all of it."""
    run(connection, f"DELETE FROM {TABLE}")
