"""From which number on a channel is counted, where this office joined it later."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run, upsert


class Baseline(NamedTuple):
    """The last number sent before; noted `at`, with an operator at work."""

    writer: str
    to: str
    seq: int
    at: str
    by: str


def put(connection: Connection, baseline: Baseline) -> None:
    """Count a channel on from here."""
    names = Baseline._fields
    run(connection, upsert(insert("baseline", names), names[:2], names[2:]), tuple(baseline))


def of(connection: Connection, writer: str, to: str) -> int:
    """The number a channel is counted on from; 0 where it is counted from its first."""
    where = f"writer = ? AND {quoted('to')} = ?"
    row = run(connection, f"SELECT seq FROM baseline WHERE {where}", (writer, to)).first()
    return int(row[0]) if row else 0
