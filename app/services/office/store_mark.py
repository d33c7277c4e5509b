"""Where a store stands, so that what was worked out once holds as long as nothing changes."""

from __future__ import annotations

from typing import NamedTuple

from database.log import revisions, turned
from database.store.engine import Connection

Target = tuple[str, str]
"""Type name and id of a record."""


class StoreMark(NamedTuple):
    """The next number of the log, and how often a revision came to count or ceased to."""

    n: int
    turned: int


def store_mark(connection: Connection) -> StoreMark:
    """The mark of this moment; it is another one after any saving, 汇总 or 撤销."""
    return StoreMark(revisions.next_n(connection), turned.last(connection))


def changed_since(connection: Connection, before: StoreMark) -> frozenset[Target]:
    """The records of which something was written, taken back or brought back since the mark.

    What else follows from them (the record that a review speaks of) is not among them.
    """
    written = revisions.since(connection, before.n - 1)
    return frozenset((*written, *turned.records_after(connection, before.turned)))
