"""逻辑检查: which findings of received records this office lets stand, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run, upsert


class LetStandRow(NamedTuple):
    """A finding of a record that is not asked about again, as long as the record stands at `h`."""

    record: str
    finding: str
    type: str
    h: str
    reason: str
    at: str
    by: str


_KEY = LetStandRow._fields[:2]


def put(connection: Connection, rows: Sequence[LetStandRow]) -> None:
    """Let these stand; what was said of the same finding before is replaced."""
    if rows:
        statement = upsert(
            insert("let_stand", LetStandRow._fields), _KEY, LetStandRow._fields[len(_KEY) :]
        )
        run(connection, statement, [tuple(row) for row in rows])


def remove(connection: Connection, findings: Iterable[tuple[str, str]]) -> None:
    """Ask about these again, by record and finding."""
    for key in findings:
        run(connection, "DELETE FROM let_stand WHERE record = ? AND finding = ?", key)


def every(connection: Connection) -> Sequence[LetStandRow]:
    """All of them, by record."""
    columns = ", ".join(map(quoted, LetStandRow._fields))
    rows = run(connection, f"SELECT {columns} FROM let_stand ORDER BY record, finding")
    return [LetStandRow(*row) for row in rows]
