"""Who keyed and who changed what here, and when: the log without its bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.records import Record
from database.store.dialect import marks, run


class Keyed(NamedTuple):
    """A revision: its arrival number, record, when it was saved, and by which operator."""

    n: int
    id: str
    at: str
    by: str


def begun(connection: Connection, writer: str, types: Sequence[str], since: str) -> list[Keyed]:
    """The records of these types begun on this computer since then, as they were keyed."""
    rows = run(
        connection,
        "SELECT n, id, at, by FROM revision WHERE writer = ? AND at >= ? AND op = 'create'"
        f" AND status = 'live' AND type IN ({marks(types)}) ORDER BY n",
        (writer, since, *types),
    )
    return [Keyed(*row) for row in rows]


def begun_after(
    connection: Connection, writer: str, record_type: type[Record], last: int
) -> list[Keyed]:
    """The records of a type begun on this computer after this arrival, as they were keyed.

    Those that are 作废 by now are left out.
    """
    rows = run(
        connection,
        "SELECT r.n, r.id, r.at, r.by FROM revision r"
        f" JOIN state_{record_type.type_name} s ON s.id = r.id AND s.void = 0"
        " WHERE r.writer = ? AND r.n > ? AND r.op = 'create' AND r.status = 'live'"
        " AND r.type = ? ORDER BY r.n",
        (writer, last, record_type.type_name),
    )
    return [Keyed(*row) for row in rows]


def changed(connection: Connection, writer: str, types: Sequence[str], since: str) -> list[Keyed]:
    """The changes made on this computer since then; `by` is who had begun the record."""
    rows = run(
        connection,
        "SELECT e.n, e.id, e.at, b.by FROM revision e"
        " JOIN revision b ON b.id = e.id AND b.op = 'create' AND b.status = 'live'"
        " WHERE e.writer = ? AND e.at >= ? AND e.op = 'edit' AND e.status = 'live'"
        f" AND e.type IN ({marks(types)}) ORDER BY e.n",
        (writer, since, *types),
    )
    return [Keyed(*row) for row in rows]
