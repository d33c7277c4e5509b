"""Connections to a store on a PostgreSQL server, 15 or later.

As in a file there is one writer at a time, whichever computer it sits at: a write begins with
the one lock of the store, so that arrival numbers and channels go on without a gap. Readers see
one moment and are never in the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.types.numeric import Int8Dumper
from sqlalchemy import Column, Connection, Engine, Integer, Text, create_engine, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import QueuePool

from database.store.server_listening import note_own, tell_others
from database.store.server_note import PARTS, Server

LOCK = 0x7A6F7566616E67
"""The name of the lock (zoufang) of the records; those of the other parts follow it."""

WAIT_MS = 10_000
"""How long a write waits for another computer's, as for another program's beside a file."""


class _TruthDumper(Dumper):
    """Yes and no are kept as 1 and 0."""

    oid = Int8Dumper.oid

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"


@compiles(Integer, "postgresql")
def _whole(_kind: Integer, _compiler: Any, **told: Any) -> str:
    """Numbers in columns have eight bytes, as in SQLite."""
    return "BIGINT" if _of_column(told) else "INTEGER"


@compiles(Text, "postgresql")
def _text(_kind: Text, _compiler: Any, **told: Any) -> str:
    """Texts in columns are compared byte by byte, whatever the server's language is."""
    return 'TEXT COLLATE "C"' if _of_column(told) else "TEXT"


def _of_column(told: Mapping[str, Any]) -> bool:
    """Whether a type is spelled for a table, and not for a CAST in a question to the catalogue."""
    return isinstance(told.get("type_expression"), Column)


def server_engine(server: Server, *, query_only: bool, for_tables: bool = False) -> Engine:
    """As the engine of a file: one writer, or readers that change nothing.

    `for_tables` speaks to the server's own catalogue, to which yes and no are no numbers.
    """
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: _connect(server, query_only=query_only, for_tables=for_tables),
        poolclass=QueuePool,
        pool_size=5 if query_only else 1,
        max_overflow=20 if query_only else 0,
        pool_pre_ping=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not query_only:
            lock = LOCK + PARTS.index(server.part)
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock})")

    @event.listens_for(engine, "commit")
    def _commit(connection: Connection) -> None:
        if not query_only:
            tell_others(connection)

    return engine


def _connect(server: Server, *, query_only: bool, for_tables: bool) -> Any:
    connection = psycopg.connect(
        server.open_url,
        password=server.password,
        connect_timeout=10,
        options=f"-c lock_timeout={WAIT_MS} -c TimeZone=UTC -c jit=off",
        application_name="zoufang",
    )
    note_own(connection)
    if not for_tables:
        connection.adapters.register_dumper(bool, _TruthDumper)
        connection.adapters.register_dumper(int, Int8Dumper)
    if query_only:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
    return connection
