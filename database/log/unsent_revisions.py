"""Own revisions that have not left, or of which nobody told that they came."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, starmap
from typing import NamedTuple

from sqlalchemy import Connection

from database.log.revisions import CHUNK, COLUMNS, StoredRevision, stored
from database.store.dialect import run

_OF_R = ", ".join(f"r.{name}" for name in COLUMNS.split(", "))


class Sealable(NamedTuple):
    """What sealing needs of a revision: a hundred thousand of them are in memory at a time."""

    n: int
    h: str
    id: str
    type: str
    raw: bytes


def unsent(
    connection: Connection, writer: str, to: str, types: Collection[str] | None = None
) -> Iterator[Sealable]:
    """The writer's own revisions that no package of its channel to `to` holds yet.

    Of few `types` (names) only the records of these are looked at, and not the whole log.
    """
    rows = run(
        connection,
        "SELECT r.n, r.h, r.id, r.type, r.raw FROM revision r"
        f" WHERE {_among_types(types)}r.writer = ? AND r.status = 'live' AND NOT EXISTS"
        " (SELECT 1 FROM delivery d JOIN package p ON p.n = d.package"
        "  WHERE d.revision = r.n AND p.direction = 'out' AND p.state <> 'lost'"
        '  AND p.writer = ? AND p."to" = ?)'
        " ORDER BY r.n",
        (writer, writer, to),
    )
    return starmap(Sealable, chain.from_iterable(rows.partitions(CHUNK)))


def _among_types(types: Collection[str] | None) -> str:
    if types is None:
        return ""
    ids = " UNION ALL ".join(f"SELECT id FROM state_{name}" for name in sorted(types))
    return f"r.id IN ({ids}) AND "


def never_sent(connection: Connection, writer: str) -> list[StoredRevision]:
    """The writer's live revisions that no package holds, sealed here or received."""
    rows = run(
        connection,
        f"SELECT {COLUMNS} FROM revision r WHERE r.writer = ? AND r.status = 'live'"
        " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.revision = r.n) ORDER BY n",
        (writer,),
    )
    return [stored(row) for row in rows]


def never_brought_back(connection: Connection, package: int) -> list[StoredRevision]:
    """The live revisions of a package of ours that no package has brought to us."""
    rows = run(
        connection,
        f"SELECT {_OF_R} FROM revision r JOIN delivery d ON d.revision = r.n"
        " WHERE d.package = ? AND r.status = 'live' AND NOT EXISTS"
        " (SELECT 1 FROM delivery o JOIN package p ON p.n = o.package"
        "  WHERE o.revision = r.n AND p.direction = 'in') ORDER BY r.n",
        (package,),
    )
    return [stored(row) for row in rows]
