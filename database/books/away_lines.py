"""Lines of the ledger that a person no longer wants to see among what waits."""

from __future__ import annotations

from sqlalchemy import Connection

from database.store.dialect import insert, run, unless_there


def add(connection: Connection, package: int, at: str, by: str) -> None:
    """Put a package (its n) away, by an operator; a second time changes nothing."""
    line = unless_there(insert("put_away", ("package", "at", "by")))
    run(connection, line, (package, at, by))


def every(connection: Connection) -> frozenset[int]:
    """All that were put away."""
    return frozenset(n for (n,) in run(connection, "SELECT package FROM put_away"))
