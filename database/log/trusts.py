"""The versions of the trust document, as signed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, run, unless_there


class TrustRow(NamedTuple):
    """One version: its bytes and signatures."""

    document: bytes
    signature: bytes
    new_signature: bytes | None


def every(connection: Connection) -> list[TrustRow]:
    """All versions, oldest first."""
    rows = run(connection, "SELECT document, signature, new_signature FROM trust ORDER BY version")
    return [TrustRow(*row) for row in rows]


def put(connection: Connection, rows: list[TrustRow]) -> None:
    """Keep the versions not yet here; earlier ones never change."""
    run(
        connection,
        unless_there(insert("trust", ("version", *TrustRow._fields))),
        [(version, *row) for version, row in enumerate(rows, 1)],
    )
