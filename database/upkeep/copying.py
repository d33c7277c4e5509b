"""Copies of a store's file: made while the program runs, checked before they count."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from database.state import search_engines
from database.store.engine import connect
from database.store.problems import designed, on_disk

PAGES = 1024
"""Pages copied between two looks at 取消: 4 MiB."""


Fill = Callable[[Path, Path, bytes | None, Progress, Cancel], None]
"""Writes what lies at the first path into a file at the second, under the same key."""


class Lost(NamedTuple):
    """A revision that only the present store has."""

    type: str
    id: str
    number: str | None


def copy(
    source: Path,
    target: Path,
    key: bytes | None,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
    fill: Fill | None = None,
) -> None:
    """Copy an open or closed store to `target`, which appears only when whole and checked.

    The copy is of one moment, however much is saved meanwhile, and one single
    file under the same key. `fill` writes the file of the copy; its pages are taken
    over when none is given. Raises `EnvironmentProblem`, `Cancelled`.
    """
    part = target.with_name(target.name + ".part")
    try:
        with on_disk(target):
            part.unlink(missing_ok=True)
            (fill or pages)(source, part, key, progress, cancel or Cancel())
            check(part, key)
            _settle(part)
            part.replace(target)
    finally:
        for left in (part, *_beside(part)):
            left.unlink(missing_ok=True)


def pages(
    source: Path, target: Path, key: bytes | None, progress: Progress, cancel: Cancel
) -> None:
    """Copy the pages of a file as they lie."""

    def step(_status: int, remaining: int, total: int) -> None:
        cancel.check()
        progress(Step("正在复制数据", total - remaining, total))

    with (
        closing(connect(source, key, query_only=True)) as reading,
        closing(_plain(target, key)) as writing,
    ):
        # An open read transaction pins the moment, or each save would start the copy again.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reading.backup(writing, pages=PAGES, progress=step)
        writing.execute("PRAGMA journal_mode = DELETE")


def check(path: Path, key: bytes | None) -> None:
    """Read every page; raises `EnvironmentProblem` STORE_DAMAGED when one is wrong."""
    with designed(), _opened(path, key) as connection:
        faults = connection.execute("PRAGMA integrity_check(1)").fetchall()
        sound = faults == [("ok",)]
        if sound and key is not None:
            sound = not connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if not sound:
        raise EnvironmentProblem(
            "STORE_DAMAGED", "数据文件已损坏。", why=path.name, remedy="请用最近的备份恢复。"
        )


def counts(path: Path, key: bytes | None) -> dict[str, int]:
    """How many rows each table of the file has; the index of the search is made from others."""
    with designed(), _opened(path, key) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE ?"
            " AND name NOT LIKE 'sqlite_%' ORDER BY name",
            (f"{search_engines.TABLE}%",),
        ).fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in names
        }


def lost(present: Path, other: Path, key: bytes | None) -> list[Lost]:
    """The revisions of `present` that `other`, under the same key, does not have."""
    with designed(), _opened(present, key) as connection:
        connection.execute(
            "ATTACH DATABASE ? AS other KEY ?", (str(other), f"x'{key.hex()}'" if key else "")
        )
        rows = connection.execute(
            "SELECT type, id FROM revision r WHERE NOT EXISTS"
            " (SELECT 1 FROM other.revision o WHERE o.id = r.id AND o.h = r.h) ORDER BY n"
        ).fetchall()
        return [Lost(kind, record, _number(connection, kind, record)) for kind, record in rows]


def _number(connection: Any, kind: str, record: str) -> str | None:
    row = connection.execute(f"SELECT number FROM state_{kind} WHERE id = ?", (record,)).fetchone()
    return None if row is None else row[0]


@contextmanager
def _opened(path: Path, key: bytes | None) -> Iterator[Any]:
    with closing(connect(path, key, query_only=True)) as connection:
        yield connection


def _plain(path: Path, key: bytes | None) -> Any:
    """A connection without write-ahead log, so that the copy stays one file."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _beside(path: Path) -> tuple[Path, ...]:
    """The files SQLite keeps beside a database while it is open."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))
