"""Keeping the index of the search up with the records, beside the work."""

from __future__ import annotations

from contextlib import suppress

from app.domain.kernel.errors import Cancelled, EnvironmentProblem
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.services.office.office import Office
from database.state import search_index

_AT_ONCE = 1000
"""Rows taken in by one transaction, so that a save waits for it hardly at all."""


def behind(office: Office) -> int:
    """How many records the index does not tell of yet; a search finds them all the same."""
    with office.store.read() as connection:
        return search_index.behind(connection)


def much_behind(office: Office) -> int:
    """As `behind`, 0 where it is so little that every search looks at it unnoticed."""
    left = behind(office)
    return left if left > search_index.MANY else 0


def keep_up(office: Office, *, progress: Progress = silent, cancel: Cancel | None = None) -> None:
    """Take everything in that a merge, an import or single saves have left.

    Stopped, or with the disk in the way, it leaves the rest for later: nothing depends on it.
    """
    watch = cancel or Cancel()
    left = total = behind(office)
    with suppress(Cancelled, EnvironmentProblem):
        while left:
            progress(Step("正在整理搜索", total - left, total))
            watch.check()
            left = take_some(office)


def take_some(office: Office) -> int:
    """Take some of it in, in one transaction; returns how many are left."""
    if office.read_only:
        return 0
    with office.store.write() as connection:
        search_index.keep_up(connection, _AT_ONCE)
        return search_index.behind(connection)
