"""Hearing at once that another computer has saved something on the server (LISTEN, NOTIFY)."""

from __future__ import annotations

from typing import Any

import psycopg
from sqlalchemy import Connection

from database.store.server_note import Server

_CHANNEL = "zoufang"

_own: set[int] = set()
"""The numbers that the server gave to connections of this program."""


def note_own(connection: Any) -> None:
    """Remember that what this connection saves is no news here."""
    _own.add(connection.info.backend_pid)


def tell_others(connection: Connection) -> None:
    """Let the others know when this transaction is committed, if it changed anything."""
    connection.exec_driver_sql(
        f"SELECT pg_notify('{_CHANNEL}', '') WHERE pg_current_xact_id_if_assigned() IS NOT NULL"
    )


class Listening:
    """Asked from time to time; one that was lost begins anew, which counts as heard."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection: psycopg.Connection[Any] | None = None

    def heard(self) -> bool:
        """Whether another computer has saved anything since the last time."""
        try:
            if self._connection is None:
                self._connection = psycopg.connect(
                    self._server.open_url,
                    password=self._server.password,
                    connect_timeout=5,
                    autocommit=True,
                    application_name="zoufang",
                )
                self._connection.execute(f"LISTEN {_CHANNEL}")
                return True
            return any(note.pid not in _own for note in self._connection.notifies(timeout=0))
        except psycopg.OperationalError:
            self.close()
            return False

    def close(self) -> None:
        """Hear nothing more."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
