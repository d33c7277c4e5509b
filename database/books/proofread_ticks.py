"""校对: which version of a record was read against its paper, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.records import Record
from database.store.dialect import insert, run, upsert


class ProofRow(NamedTuple):
    """One tick; it holds for the version `h` only."""

    record: str
    h: str
    operator: str
    at: str


def put(connection: Connection, row: ProofRow) -> None:
    """Tick a record; an earlier tick of it is replaced."""
    names = ProofRow._fields
    run(connection, upsert(insert("proof", names), ("record",), names[1:]), tuple(row))


def remove(connection: Connection, record: str) -> None:
    """Take a tick back."""
    run(connection, "DELETE FROM proof WHERE record = ?", (record,))


def of(connection: Connection, record: str) -> ProofRow | None:
    """The last tick of a record, whatever version it was for."""
    found = run(
        connection, "SELECT record, h, operator, at FROM proof WHERE record = ?", (record,)
    ).first()
    return ProofRow(*found) if found else None


def unread(connection: Connection, record_type: type[Record], owner: str) -> Sequence[str]:
    """The owner's records of a type whose version now was not ticked, by id."""
    rows = run(
        connection,
        f"SELECT s.id FROM state_{record_type.type_name} s"
        " LEFT JOIN proof p ON p.record = s.id AND p.h = s.h"
        " WHERE s.void = 0 AND s.owner = ? AND p.record IS NULL ORDER BY s.id",
        (owner,),
    )
    return [record for (record,) in rows]
