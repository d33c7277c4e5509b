"""定稿: tables of totals as they were issued. Lines are added and never changed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run


class IssuedTotals(NamedTuple):
    """A table of a campaign as of a day, frozen `at` a moment `by` whom (name); `table` is JSON."""

    campaign: str
    name: str
    as_of: str
    at: str
    by: str
    table: str


_COLUMNS = ", ".join(map(quoted, IssuedTotals._fields))


def add(connection: Connection, issued: IssuedTotals) -> int:
    """Write a line and answer its number."""
    line = f"{insert('issued_totals', IssuedTotals._fields)} RETURNING n"
    return int(run(connection, line, tuple(issued)).scalar_one())


def of(connection: Connection, campaign: str) -> list[tuple[int, IssuedTotals]]:
    """Those of a campaign with their numbers, the newest first."""
    found = f"SELECT n, {_COLUMNS} FROM issued_totals WHERE campaign = ? ORDER BY n DESC"
    return [(n, IssuedTotals(*row)) for n, *row in run(connection, found, (campaign,))]


def get(connection: Connection, n: int) -> IssuedTotals | None:
    """One by its number."""
    row = run(connection, f"SELECT {_COLUMNS} FROM issued_totals WHERE n = ?", (n,)).first()
    return IssuedTotals(*row) if row else None
