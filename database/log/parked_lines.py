"""Lines set aside that came whole: their bytes are kept until a later program can read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, starmap
from typing import NamedTuple

from sqlalchemy import Connection

from database.log.packages import ParkedRow, park
from database.log.revisions import chunks
from database.store.dialect import bytes_among, marks, run

_WHOLE = "k.raw IS NOT NULL AND k.h IS NOT NULL AND k.code = 'RECORD_INVALID'"
_AT_ONCE = 200

Range = tuple[int, int]
"""Arrival numbers from the first to the last."""


class WholeLine(NamedTuple):
    """Its number, its name h, and its bytes as they came."""

    n: int
    h: str
    raw: bytes


def packages_with(connection: Connection) -> list[int]:
    """The merged packages (n) of which such lines are set aside, oldest first."""
    rows = run(
        connection,
        "SELECT DISTINCT p.n FROM parked k JOIN package p ON p.n = k.package"
        f" WHERE {_WHOLE} AND p.direction = 'in' AND p.state = 'merged' ORDER BY p.n",
    )
    return [n for (n,) in rows]


def last(connection: Connection) -> int:
    """The number of the last line set aside, 0 for none."""
    return int(run(connection, "SELECT coalesce(max(n), 0) FROM parked").scalar_one())


def of_package(connection: Connection, package: int, upto: int) -> Iterator[WholeLine]:
    """Those of one package up to a number, a few at a time."""
    at = 0
    sql = (
        f"SELECT k.n, k.h, k.raw FROM parked k WHERE k.package = ? AND {_WHOLE}"
        f" AND k.n > ? AND k.n <= ? ORDER BY k.n LIMIT {_AT_ONCE}"
    )
    while rows := run(connection, sql, (package, at, upto)).all():
        yield from starmap(WholeLine, rows)
        at = rows[-1][0]


def forget(connection: Connection, package: int, upto: int) -> None:
    """They were judged again, and no longer lie here."""
    found = f"SELECT k.n FROM parked k WHERE k.package = ? AND {_WHOLE} AND k.n <= ?"
    run(connection, f"DELETE FROM parked WHERE n IN ({found})", (package, upto))


def put_back(connection: Connection, package: int, numbers: Iterable[int], reason: str) -> None:
    """Set revisions (by arrival number) of a package aside again, whole as they came."""
    for some in chunks(numbers):
        sql = f"SELECT h, raw FROM revision WHERE n IN ({marks(some)}) ORDER BY n"
        rows = run(connection, sql, tuple(some)).all()
        park(
            connection,
            [ParkedRow(package, h, "RECORD_INVALID", reason, raw) for h, raw in rows],
        )


def ranges(numbers: Iterable[int]) -> tuple[Range, ...]:
    """The same numbers, those that follow each other together."""
    found = []
    for _, group in groupby(enumerate(sorted(set(numbers))), lambda one: one[1] - one[0]):
        members = [n for _, n in group]
        found.append((members[0], members[-1]))
    return tuple(found)


def standing_in(connection: Connection, package: int) -> dict[int, tuple[str, str]]:
    """The revisions (by arrival number) of a package that count, or wait: of which type and id."""
    rows = run(
        connection,
        "SELECT r.n, r.type, r.id FROM delivery d JOIN revision r ON r.n = d.revision"
        " WHERE d.package = ? AND r.status IN ('live', 'waiting') ORDER BY r.n",
        (package,),
    )
    return {n: (kind, record) for n, kind, record in rows}


def that_name(connection: Connection, kind: str, fields: Iterable[str]) -> list[str]:
    """The records of a type of which a version names one of these fields."""
    names = [f'"{one}":'.encode() for one in fields]
    any_of = " OR ".join(bytes_among("raw") for _ in names)
    sql = f"SELECT DISTINCT id FROM revision WHERE type = ? AND ({any_of}) ORDER BY id"
    return [record for (record,) in run(connection, sql, (kind, *names))]
