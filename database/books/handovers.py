"""工作移交 that took place. Lines are added and never changed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run


class HandoverRow(NamedTuple):
    """On which day, who gave, who took, who stood by (names); noted by an operator (id)."""

    on: str
    giver: str
    taker: str
    witness: str
    by: str


def add(connection: Connection, row: HandoverRow) -> None:
    """Write a line."""
    run(connection, insert("handover", HandoverRow._fields), tuple(row))


def newest(connection: Connection) -> list[HandoverRow]:
    """All lines, the newest first."""
    columns = ", ".join(map(quoted, HandoverRow._fields))
    return [
        HandoverRow(*r) for r in run(connection, f"SELECT {columns} FROM handover ORDER BY n DESC")
    ]
