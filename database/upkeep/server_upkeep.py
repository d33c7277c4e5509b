"""The tables of a store on a PostgreSQL server: made, and brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.records import TYPES
from database.state import search_index
from database.state.states import table_of
from database.store import attachments, server_files, server_functions
from database.store.problems import designed
from database.store.server_engine import LOCK, server_engine
from database.store.server_note import PARTS, Server
from database.store.tables import METADATA
from database.upkeep.schema_steps import History

_OLDEST = 15

_BESIDE = (attachments.METADATA, server_files.METADATA)
"""The tables that a server has besides those of a store."""


def current(server: Server) -> str | None:
    """The revision of the schema there; None where there are no tables yet."""
    with _begun(server, query_only=True) as connection:
        _require_able(connection, server)
        return _version(connection)


def up(server: Server, now: str | None, goal: str, history: History) -> None:
    """Make the tables, or take every step up to `goal`: all or none."""
    if now == goal and _is_whole(server):
        return
    with _begun(server, query_only=False) as connection:
        # Another computer may have done it while this one waited for the lock.
        now = _version(connection)
        if now is None:
            _make(connection, goal, history)
        elif now != goal:
            search_index.drop(connection)
            _take_steps(connection, goal, history)
        if now != goal:
            _number_rows(connection)
        if now != goal or not server_functions.knows(connection):
            server_functions.teach(connection)
        if not search_index.ready_on_server(connection):
            search_index.create(connection)


@contextmanager
def alone(server: Server) -> Iterator[None]:
    """Nobody else sets up or moves data there meanwhile; raises `EnvironmentProblem` STORE_BUSY."""
    with _begun(server, query_only=True) as connection:
        lock = f"SELECT pg_try_advisory_xact_lock({LOCK + len(PARTS)})"
        if not connection.exec_driver_sql(lock).scalar_one():
            raise EnvironmentProblem(
                "STORE_BUSY",
                "另一台电脑正在往这个数据库里放数据。",
                remedy="请等它做完再试一次。",
            )
        yield


def clear(server: Server) -> None:
    """Remove every row; the tables stay."""
    with _begun(server, query_only=False) as connection:
        if connection.exec_driver_sql("SELECT 1 FROM revision LIMIT 1").first() is None:
            return
        search_index.drop(connection)
        tables = [one for metadata in (METADATA, *_BESIDE) for one in metadata.tables]
        quoted = ", ".join(f'"{name}"' for name in tables)
        connection.exec_driver_sql(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE")
        search_index.create(connection)


@contextmanager
def _begun(server: Server, *, query_only: bool) -> Iterator[Connection]:
    """One transaction of an engine for this moment alone."""
    engine = server_engine(server, query_only=query_only, for_tables=True)
    try:
        with designed(), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _make(connection: Connection, goal: str, history: History) -> None:
    for metadata in (history.metadata, *_BESIDE):
        metadata.create_all(connection)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (%s)", (goal,))


def _take_steps(connection: Connection, goal: str, history: History) -> None:
    # Alembic takes a good part of a second to load; nearly every start needs none of it.
    from alembic import command  # noqa: PLC0415

    from database.upkeep.migration_steps import config  # noqa: PLC0415

    command.upgrade(config(history, connection), goal)


def _number_rows(connection: Connection) -> None:
    """Give every state row a number that grows, as SQLite gives it by itself."""
    for record_type in TYPES.values():
        connection.exec_driver_sql(
            f"ALTER TABLE {table_of(record_type)} ADD COLUMN IF NOT EXISTS"
            " rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE"
        )


def _is_whole(server: Server) -> bool:
    """Whether the search is there, and the functions are those of this program or newer."""
    with _begun(server, query_only=True) as connection:
        ready = search_index.ready_on_server(connection)
        return ready and server_functions.knows(connection)


def _require_able(connection: Connection, server: Server) -> None:
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10000
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if version < _OLDEST or encoding != "UTF8":
        raise UserError(
            "SERVER_UNFIT",
            f"服务器“{server.words}”不合用。",
            why=f"要 PostgreSQL {_OLDEST} 以上、UTF8 编码；那里是{version}、{encoding}。",
            remedy="请告诉管服务器的人。",
        )
