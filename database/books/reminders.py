"""催报: who was called when, and what was promised. Lines are added and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run


class ReminderRow(NamedTuple):
    """One call to a unit on a day (ISO), by a person (name): what was said, with whom.

    `until` is the day promised (ISO), None where none was.
    """

    campaign: str
    unit: str
    on: str
    by: str
    promised: str
    spoke_with: str | None = None
    until: str | None = None


def add(connection: Connection, rows: Sequence[ReminderRow]) -> None:
    """Write lines, in this order."""
    if rows:
        run(connection, insert("reminder", ReminderRow._fields), [tuple(row) for row in rows])


def of(connection: Connection, campaign: str) -> list[ReminderRow]:
    """The calls of a campaign, the earliest first."""
    columns = ", ".join(map(quoted, ReminderRow._fields))
    found = f"SELECT {columns} FROM reminder WHERE campaign = ? ORDER BY n"
    return [ReminderRow(*row) for row in run(connection, found, (campaign,))]
