"""汇总情况: the account of each run of 汇总.

Lines are added; only the beginning of a run becomes its account when it ends.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run


class MergeRunRow(NamedTuple):
    """When it ended, which operator (id) ran it, and its account as JSON."""

    at: str
    by: str
    account: str


_COLUMNS = ", ".join(map(quoted, MergeRunRow._fields))


def add(connection: Connection, row: MergeRunRow) -> int:
    """Write a line and answer its number."""
    line = f"{insert('merge_run', MergeRunRow._fields)} RETURNING n"
    return int(run(connection, line, tuple(row)).scalar_one())


def end(connection: Connection, n: int, row: MergeRunRow) -> None:
    """Let the line that told the beginning of a run tell how it ended."""
    members = ", ".join(f"{quoted(name)} = ?" for name in MergeRunRow._fields)
    run(connection, f"UPDATE merge_run SET {members} WHERE n = ?", (*row, n))


def newest(connection: Connection, most: int) -> list[tuple[int, MergeRunRow]]:
    """The last lines with their numbers, the newest first, at most so many."""
    found = f"SELECT n, {_COLUMNS} FROM merge_run ORDER BY n DESC LIMIT ?"
    return [(n, MergeRunRow(*row)) for n, *row in run(connection, found, (most,))]
