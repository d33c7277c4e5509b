"""Pages of paper that were scanned: each with the file it came from and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, marks, quoted, run


class ScannedPage(NamedTuple):
    """A page: the `leaf` of a file, and page `page` of `pages` of a record (0: not told).

    `run` parts what was taken at one time from the rest; `standing` is what came of the page;
    `sha256` names its picture; `version` are the first digits of the hash on it, "" where the
    paper does not tell.
    """

    n: int
    run: int
    file: str
    leaf: int
    sha256: str
    type: str
    record: str
    page: int
    pages: int
    standing: str
    at: str
    by: str
    version: str = ""


_COLUMNS = ", ".join(map(quoted, ScannedPage._fields))
_WRITTEN = ScannedPage._fields[1:]


def next_run(connection: Connection) -> int:
    """A number for what is taken now."""
    return int(run(connection, "SELECT coalesce(max(run), 0) + 1 FROM scanned_page").scalar_one())


def add(connection: Connection, page: ScannedPage) -> None:
    """Write a page, whatever its `n`."""
    run(connection, insert("scanned_page", _WRITTEN), tuple(page)[1:])


def standing_at(connection: Connection, standings: Iterable[str]) -> list[ScannedPage]:
    """The pages that came to one of these, the newest first."""
    wanted = tuple(standings)
    where = f"WHERE standing IN ({marks(wanted)}) ORDER BY n DESC"
    return _found(connection, where, wanted)


def of_run(connection: Connection, number: int) -> list[ScannedPage]:
    """The pages taken at one time, as they lay in their files."""
    return _found(connection, "WHERE run = ? ORDER BY n", (number,))


def of_record(connection: Connection, record: str) -> list[ScannedPage]:
    """The pages of a record, in their order."""
    return _found(connection, "WHERE record = ? ORDER BY page, n", (record,))


def find(connection: Connection, n: int) -> ScannedPage | None:
    """One page, or None."""
    return next(iter(_found(connection, "WHERE n = ?", (n,))), None)


def settle(connection: Connection, page: ScannedPage) -> None:
    """Note what came of a page since."""
    names = ("type", "record", "page", "pages", "standing", "at", "by", "version")
    values = ", ".join(f"{quoted(name)} = ?" for name in names)
    row = page._asdict()
    statement = f"UPDATE scanned_page SET {values} WHERE n = ?"
    run(connection, statement, (*(row[name] for name in names), page.n))


def remove(connection: Connection, numbers: Iterable[int]) -> None:
    """Forget pages."""
    rows = [(n,) for n in numbers]
    if rows:
        run(connection, "DELETE FROM scanned_page WHERE n = ?", rows)


def _found(connection: Connection, where: str, values: Sequence[str | int]) -> list[ScannedPage]:
    rows = run(connection, f"SELECT {_COLUMNS} FROM scanned_page {where}", tuple(values))
    return [ScannedPage(*row) for row in rows]
