"""Bringing a store's schema up to date: a checked copy first, then all steps or none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Progress, Step, silent
from database.state import search_index
from database.store.engine import Store, connect
from database.store.problems import designed
from database.store.server_note import server_of
from database.upkeep import copying
from database.upkeep.schema_steps import SHIPPED, History


def head(history: History = SHIPPED) -> str:
    """The revision this program works with."""
    return history.revisions[-1]


def current(path: Path, key: bytes | None) -> str | None:
    """The revision of a store's schema; None where there is no store yet.

    Raises `EnvironmentProblem` STORE_DAMAGED when the key does not fit.
    """
    if not path.exists():
        return None
    if server := server_of(path):
        from database.upkeep import server_upkeep  # noqa: PLC0415

        return server_upkeep.current(server)
    # Without a write lock: another window may be in the middle of a long merge.
    with designed(), closing(connect(path, key, query_only=True)) as connection:
        found = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        if connection.execute(found).fetchone() is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def require_known(path: Path, key: bytes | None, history: History = SHIPPED) -> str | None:
    """The store's revision; raises `UserError` STORE_NEWER when this program does not know it."""
    now = current(path, key)
    if now is not None and now not in history.revisions:
        raise UserError(
            "STORE_NEWER",
            "这份数据是由更新版本的程序建立的，现在的程序打不开。",
            why=f"数据版本{now}，程序版本{head(history)}。",
            remedy="请安装新版程序后再打开，数据没有改动。",
        )
    return now


def upgrade(
    path: Path,
    key: bytes | None,
    *,
    progress: Progress = silent,
    history: History = SHIPPED,
    goal: str = "",
    copied: Callable[[Path, Path], object] = lambda store, copy: None,
) -> Path | None:
    """Make the store at `path`, or bring an older one up to date (or only up to `goal`).

    Returns where the checked copy of the older store lies, or None when none was
    needed; `copied` is told of it before anything is changed. All steps run in one
    transaction: after a failure the store is as before. Of a store on a server no copy
    is made here; that is the care of whoever keeps the server.
    Raises `UserError` STORE_NEWER, `EnvironmentProblem`.
    """
    now, goal = require_known(path, key, history), goal or head(history)
    if server := server_of(path):
        from database.upkeep import server_upkeep  # noqa: PLC0415

        server_upkeep.up(server, now, goal, history)
        return None
    kept = None
    if now != goal:
        if now is not None:
            kept = path.with_name(f"{path.name}.before-{now}")
            copying.copy(path, kept, key, progress=progress)
            copied(path, kept)
        progress(Step("正在更新数据格式"))
        # Alembic takes a good part of a second to load; nearly every start needs none of it.
        from database.upkeep import migration_steps  # noqa: PLC0415

        migration_steps.up(path, key, goal, history)
    if goal == head(history) and not _searchable(path, key):
        _begin_search(path, key)
    return kept


def _searchable(path: Path, key: bytes | None) -> bool:
    with designed(), closing(connect(path, key, query_only=True)) as connection:
        return search_index.ready(connection)


def _begin_search(path: Path, key: bytes | None) -> None:
    """Begin the index of the search; it is filled by `search_upkeep` beside the work."""
    store = Store(path, key)
    try:
        with store.write() as connection:
            search_index.create(connection)
    finally:
        store.close()
