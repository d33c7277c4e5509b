"""Which revisions came to count or ceased to, in the order in which it happened.

Together with the number of the next revision it tells whether any record may have changed: all
that a record is follows from the log and from which of it counts.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from database.store.dialect import insert, run

_INSERT = insert("turned", ("revision",))


def note(connection: Connection, revisions: Iterable[int]) -> None:
    """The status of these revisions (arrival numbers) is another one now."""
    run(connection, _INSERT, [(n,) for n in revisions])


def last(connection: Connection) -> int:
    """The number of the latest change, 0 while there was none."""
    return int(run(connection, "SELECT coalesce(max(n), 0) FROM turned").scalar_one())


def records_after(connection: Connection, n: int) -> list[tuple[str, str]]:
    """The (type, id) of every record whose revisions changed status after the n-th change."""
    rows = run(
        connection,
        "SELECT DISTINCT r.type, r.id FROM turned t JOIN revision r ON r.n = t.revision"
        " WHERE t.n > ?",
        (n,),
    )
    return [(kind, record) for kind, record in rows]
