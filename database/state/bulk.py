"""Many new records at once, as a package or a sheet brings them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.domain.records import Record
from database.log import packages, revisions
from database.log.revisions import StoredRevision
from database.state import states
from database.state.record_rows import Row


def add(
    connection: Connection,
    rows: Sequence[StoredRevision],
    begun: Mapping[type[Record], Sequence[Row]],
    package: int | None = None,
) -> None:
    """Append revisions to the log, and insert the state rows of the records that begin with them.

    `begun` has the rows of these (`record_rows.first_rows`) by type; the others are folded
    afterwards. `package` is the line of the ledger that the revisions came with.
    """
    revisions.append(connection, rows)
    if package is not None:
        packages.deliver(connection, package, [row.n for row in rows])
    for record_type, found in begun.items():
        states.insert_rows(connection, record_type, found)
