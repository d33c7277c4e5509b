"""Who saw sensitive values in full, and why: lines are added and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import run


class RevealRow(NamedTuple):
    """One look: when, the operator's id, at which fields (names parted by spaces) of what, why."""

    at: str
    operator: str
    type: str
    record: str
    fields: str
    reason: str


_COLUMNS = ", ".join(RevealRow._fields)


def add(connection: Connection, rows: Sequence[RevealRow]) -> None:
    """Write lines, in this order."""
    if rows:
        run(
            connection,
            f"INSERT INTO reveal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
            [tuple(row) for row in rows],
        )


def newest(connection: Connection, record: str | None = None) -> list[RevealRow]:
    """All lines, or those about one record, the newest first."""
    where, values = ("WHERE record = ?", (record,)) if record else ("", ())
    rows = run(
        connection,
        f"SELECT at, operator, type, record, fields, reason FROM reveal {where} ORDER BY n DESC",
        values,
    )
    return [RevealRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks of one moment by one operator for one reason: how many records, one of them."""

    at: str
    operator: str
    type: str
    reason: str
    fields: str
    record: str
    count: int


def together(connection: Connection, most: int) -> list[Looks]:
    """The log with what was looked at in one go as one line, the newest first."""
    rows = run(
        connection,
        "SELECT at, operator, type, reason, max(fields), min(record), count(*)"
        " FROM reveal GROUP BY at, operator, type, reason ORDER BY max(n) DESC LIMIT ?",
        (most,),
    )
    return [Looks(*row) for row in rows]
