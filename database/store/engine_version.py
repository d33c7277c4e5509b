"""Which engine is at work."""

from __future__ import annotations

from database.store.engine import Connection


def engine_version(connection: Connection) -> tuple[str, str]:
    """The versions of SQLite and of SQLCipher: ("3.53.4", "4.19.0 community")."""
    sqlite = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    cipher = connection.exec_driver_sql("PRAGMA cipher_version").scalar_one()
    return str(sqlite), str(cipher)
