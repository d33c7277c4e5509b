"""Bringing a store's schema up to date: a checked copy first, then all steps or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, StaticPool, create_engine, event
from sqlcipher3 import dbapi2

from app.domain.errors import UserError
from app.domain.progress import Progress, Step, silent
from database import copying
from database.engine import connect
from database.problems import designed
from database.tables import METADATA


@dataclass(frozen=True)
class History:
    """The steps that lie in the folder `scripts`, and the schema they lead to."""

    scripts: Path
    metadata: MetaData


SHIPPED = History(Path(__file__).with_name("migrations"), METADATA)


def head(history: History = SHIPPED) -> str:
    """The revision this program works with."""
    found = _directory(history).get_current_head()
    if found is None:
        raise LookupError(f"no migrations in {history.scripts}")
    return found


def current(path: Path, key: bytes | None) -> str | None:
    """The revision of a store's schema; None where there is no store yet.

    Raises `EnvironmentProblem` STORE_DAMAGED when the key does not fit.
    """
    if not path.exists():
        return None
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
    steps = {script.revision for script in _directory(history).walk_revisions()}
    if now is not None and now not in steps:
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
) -> Path | None:
    """Make the store at `path`, or bring an older one up to date (or only up to `goal`).

    Returns where the checked copy of the older store lies, or None when none was
    needed. All steps run in one transaction: after a failure the store is as before.
    Raises `UserError` STORE_NEWER, `EnvironmentProblem`.
    """
    now, goal = require_known(path, key, history), goal or head(history)
    if now == goal:
        return None
    kept = None
    if now is not None:
        kept = path.with_name(f"{path.name}.before-{now}")
        copying.copy(path, kept, key, progress=progress)
    progress(Step("正在更新数据格式"))
    with _transaction(path, key) as connection:
        command.upgrade(_config(history, connection), goal)
        _require_whole(connection)
    return kept


def downgrade(path: Path, key: bytes | None, revision: str, *, history: History = SHIPPED) -> None:
    """Take a store back to an earlier revision (or `base`): for tests and for support."""
    with _transaction(path, key) as connection:
        command.downgrade(_config(history, connection), revision)
        _require_whole(connection)


def write_step(path: Path, message: str, *, history: History = SHIPPED) -> Path:
    """Write the step from a plain store that is up to date to the schema, for developers."""
    scripts = list(_directory(history).walk_revisions())
    with _transaction(path, None) as connection:
        made = command.revision(
            _config(history, connection),
            message,
            autogenerate=True,
            rev_id=f"{len(scripts) + 1:04}",
        )
    if made is None or isinstance(made, list):
        raise RuntimeError("one message makes one step")
    return Path(made.path)


def _require_whole(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise ValueError(f"the migration broke a reference: {tuple(broken)}")


def _config(history: History, connection: Connection | None = None) -> Config:
    # Alembic reads options through configparser, to which a % in a folder's name is special.
    config = Config()
    config.set_main_option("script_location", str(history.scripts).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, metadata=history.metadata)
    return config


def _directory(history: History) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(history))


@contextmanager
def _transaction(path: Path, key: bytes | None) -> Iterator[Connection]:
    """One write transaction without reference checks, which tables in the making would fail."""

    def opened() -> Any:
        raw = connect(path, key)
        raw.execute("PRAGMA foreign_keys = OFF")
        return raw

    engine = create_engine("sqlite://", module=dbapi2, creator=opened, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with designed(), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
