"""Where a store stands, so that what was worked out once holds as long as nothing changes."""

from __future__ import annotations

from typing import NamedTuple

from database.log import packages, revisions
from database.store.engine import Connection


class StoreMark(NamedTuple):
    """The next number of the log, and the packages that came and do not count (n, state)."""

    n: int
    packages: tuple[tuple[int | None, str], ...]


def store_mark(connection: Connection) -> StoreMark:
    """The mark of this moment; it is another one after any saving, 汇总 or 撤销."""
    taken = packages.find(connection, direction="in")
    gone = tuple((row.n, row.state) for row in taken if row.state != "merged")
    return StoreMark(revisions.next_n(connection), gone)
