"""Whether a file of the store is whole: its pages, its encryption, its references."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection

from database.log.revisions import StoredRevision, in_order
from database.store.dialect import is_own, run


def file_faults(connection: Connection) -> list[str]:
    """What SQLite and SQLCipher find wrong with the file, in their own words.

    The pages of a server are looked after there.
    """
    if not is_own(connection):
        return []
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
    told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    found += [line for line in told if line != "ok"]
    foreign = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [*found, *(f"{row[0]}, row {row[1]} -> {row[2]}" for row in foreign)]


def lost_deliveries(connection: Connection) -> list[str]:
    """Deliveries of what is not in the log, or by no package of the ledger, in their own words."""
    rows = run(
        connection,
        "SELECT package, revision FROM delivery d"
        " WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.n = d.revision)"
        " OR NOT EXISTS (SELECT 1 FROM package p WHERE p.n = d.package)",
    )
    return [f"delivery, package {package} -> revision {n}" for package, n in rows]


def unaltered(connection: Connection) -> Iterator[tuple[StoredRevision, bool]]:
    """Every revision of the log, and whether its bytes are still those it is named by."""
    for row in in_order(connection):
        yield row, hashlib.sha256(row.raw).hexdigest() == row.h
