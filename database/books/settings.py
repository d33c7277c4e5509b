"""Small named values of the store: identity, keys, what was last chosen."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection

T = TypeVar("T")


def put(connection: Connection, name: str, value: object) -> None:
    """Keep a JSON-able value under a name."""
    connection.exec_driver_sql(
        "INSERT INTO setting (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, msgspec.json.encode(value)),
    )


def get(connection: Connection, name: str, kind: type[T]) -> T | None:
    """The value under a name, decoded as `kind`, or None."""
    row = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (name,)).first()
    return None if row is None else msgspec.json.decode(row[0], type=kind)


def remove(connection: Connection, name: str) -> None:
    """Forget a value."""
    connection.exec_driver_sql("DELETE FROM setting WHERE name = ?", (name,))


def next_serial(connection: Connection, prefix: str, first: int) -> int:
    """The next serial number under a prefix, counted from `first`; never given twice."""
    value: Any = connection.exec_driver_sql(
        "INSERT INTO numbering (prefix, last) VALUES (?, ?)"
        " ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last",
        (prefix, first),
    ).scalar_one()
    return int(value)
