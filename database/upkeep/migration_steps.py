"""The steps themselves, taken by alembic; loaded only when there is a step to take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, StaticPool, create_engine, event
from sqlcipher3 import dbapi2

from database.state import search_index
from database.store.engine import connect
from database.store.problems import designed
from database.upkeep import planning
from database.upkeep.schema_steps import SHIPPED, History


def up(path: Path, key: bytes | None, goal: str, history: History = SHIPPED) -> None:
    """Take every step up to `goal`, all or none."""
    with _transaction(path, key) as connection:
        search_index.drop(connection)
        command.upgrade(config(history, connection), goal)
        planning.tell(connection)
        _require_whole(connection)


def down(path: Path, key: bytes | None, goal: str, history: History = SHIPPED) -> None:
    """Take a store back to an earlier revision (or `base`): for tests and for support."""
    with _transaction(path, key) as connection:
        search_index.drop(connection)
        command.downgrade(config(history, connection), goal)
        _require_whole(connection)


def write(path: Path, message: str, history: History = SHIPPED) -> Path:
    """Write the step from a plain store that is up to date to the schema, for developers."""
    with _transaction(path, None) as connection:
        search_index.drop(connection)
        made = command.revision(
            config(history, connection),
            message,
            autogenerate=True,
            rev_id=f"{len(history.revisions) + 1:04}",
        )
    if made is None or isinstance(made, list):
        raise RuntimeError("one message makes one step")
    return Path(made.path)


def _require_whole(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise ValueError(f"the migration broke a reference: {tuple(broken)}")


def config(history: History, connection: Connection | None = None) -> Config:
    """What alembic is told: where the steps lie, and on which connection they are taken."""
    # Alembic reads options through configparser, to which a % in a folder's name is special.
    config = Config()
    config.set_main_option("script_location", str(history.scripts).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, metadata=history.metadata)
    return config


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
