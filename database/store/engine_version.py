"""Which engine is at work."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from sqlcipher3 import dbapi2

from database.store.engine import Connection


def engine_version(connection: Connection) -> tuple[str, str]:
    """The versions of SQLite and of SQLCipher: ("3.53.4", "4.19.0 community").

    Of a store on a server those that the attachments and drafts beside it are kept with.
    """
    if connection.dialect.name != "sqlite":
        with closing(dbapi2.connect(":memory:")) as own:
            return _told(own)
    return _told(connection.connection)


def _told(connection: Any) -> tuple[str, str]:
    cursor = connection.cursor()
    (sqlite,) = cursor.execute("SELECT sqlite_version()").fetchone()
    (cipher,) = cursor.execute("PRAGMA cipher_version").fetchone()
    return str(sqlite), str(cipher)
