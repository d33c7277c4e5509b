"""When records came, and what still waits for its earlier versions."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from app.domain.records import Record
from database.log.revisions import chunks
from database.store.dialect import marks, run


def first_carried(
    connection: Connection, record_type: type[Record], ids: Iterable[str]
) -> dict[str, str]:
    """When each of these records first came in a package that counts, or was sealed into one."""
    found: dict[str, str] = {}
    for chunk in chunks(ids):
        rows = run(
            connection,
            "SELECT r.id, min(p.arrived) FROM revision r JOIN delivery d ON d.revision = r.n"
            " JOIN package p ON p.n = d.package"
            f" WHERE r.type = ? AND r.id IN ({marks(chunk)}) AND p.state IN ('merged', 'sealed')"
            " GROUP BY r.id",
            (record_type.type_name, *chunk),
        )
        found.update((record, arrived) for record, arrived in rows)
    return found


def first_sent(
    connection: Connection, record_type: type[Record], ids: Iterable[str], to: str
) -> dict[str, str]:
    """When each of these records was first sealed into a package for an office."""
    found: dict[str, str] = {}
    for chunk in chunks(ids):
        rows = run(
            connection,
            "SELECT r.id, min(p.arrived) FROM revision r JOIN delivery d ON d.revision = r.n"
            " JOIN package p ON p.n = d.package"
            f" WHERE r.type = ? AND r.id IN ({marks(chunk)})"
            " AND p.\"to\" = ? AND p.state IN ('merged', 'sealed') GROUP BY r.id",
            (record_type.type_name, *chunk, to),
        )
        found.update((record, arrived) for record, arrived in rows)
    return found


def first_saved(
    connection: Connection, record_type: type[Record], ids: Iterable[str]
) -> dict[str, str]:
    """When the first revision of each of these records of a type was saved."""
    found: dict[str, str] = {}
    for chunk in chunks(ids):
        rows = run(
            connection,
            "SELECT id, min(at) FROM revision"
            f" WHERE type = ? AND id IN ({marks(chunk)}) GROUP BY id",
            (record_type.type_name, *chunk),
        )
        found.update((record, at) for record, at in rows)
    return found


def waiting(connection: Connection) -> list[tuple[str, str, str, int]]:
    """(type, id, writer, how many) of the revisions that wait for earlier ones."""
    rows = run(
        connection,
        "SELECT type, id, min(writer), count(*) FROM revision WHERE status = 'waiting'"
        " GROUP BY type, id ORDER BY min(n)",
    )
    return [(kind, record, writer, count) for kind, record, writer, count in rows]
