"""Small named values of the store: identity, keys, what was last chosen."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from app.domain.kernel.readable import readable
from database.store.dialect import insert, run, upsert

T = TypeVar("T")


def put(connection: Connection, name: str, value: object) -> None:
    """Keep a JSON-able value under a name."""
    run(
        connection,
        upsert(insert("setting", ("name", "value")), ("name",), ("value",)),
        (name, msgspec.json.encode(value)),
    )


def get(connection: Connection, name: str, kind: type[T]) -> T | None:
    """The value under a name, decoded as `kind`, or None."""
    row = run(connection, "SELECT value FROM setting WHERE name = ?", (name,)).first()
    return None if row is None else msgspec.json.decode(row[0], type=readable(kind))


def remove(connection: Connection, name: str) -> None:
    """Forget a value."""
    run(connection, "DELETE FROM setting WHERE name = ?", (name,))


def last_serial(connection: Connection, prefix: str) -> int:
    """The last serial number given under a prefix, 0 while there was none."""
    row = run(connection, "SELECT last FROM numbering WHERE prefix = ?", (prefix,)).first()
    return 0 if row is None else int(row[0])


def keep_serial(connection: Connection, prefix: str, last: int) -> None:
    """Note the last serial number given under a prefix."""
    run(
        connection,
        upsert(insert("numbering", ("prefix", "last")), ("prefix",), ("last",)),
        (prefix, last),
    )
