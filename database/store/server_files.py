"""Files that all computers of an office share, kept in its database on a server.

They are whole in one transaction; of two that write the same one, the second must have seen
what the first wrote.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Column, Connection, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

from database.store.dialect import run

CHUNK = 1 << 20

METADATA = MetaData()

Table(
    "shared_file",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
)
Table(
    "shared_chunk",
    METADATA,
    Column("file", ForeignKey("shared_file.name", ondelete="CASCADE"), primary_key=True),
    Column("at", Integer, primary_key=True, comment="0, 1, …: which 1 MiB"),
    Column("data", LargeBinary, nullable=False),
)


class Facts(NamedTuple):
    """How large a file is in bytes, and its sha256."""

    size: int
    sha256: str


def names(connection: Connection, begin: str = "") -> list[str]:
    """The files whose names begin so, by name."""
    sql = "SELECT name FROM shared_file WHERE ? = '' OR instr(name, ?) = 1 ORDER BY name"
    return [name for (name,) in run(connection, sql, (begin, begin))]


def facts(connection: Connection, name: str) -> Facts | None:
    """What is known of a file; None where there is none."""
    row = run(connection, "SELECT size, sha256 FROM shared_file WHERE name = ?", (name,)).first()
    return None if row is None else Facts(*row)


def chunks(connection: Connection, name: str) -> Iterator[bytes]:
    """The bytes of a file, one chunk at a time."""
    at = 0
    sql = "SELECT data FROM shared_chunk WHERE file = ? AND at = ?"
    while (row := run(connection, sql, (name, at)).first()) is not None:
        yield row[0]
        at += 1


def content(connection: Connection, name: str) -> bytes | None:
    """All bytes of a small file; None where there is none."""
    if facts(connection, name) is None:
        return None
    return b"".join(chunks(connection, name))


def put(connection: Connection, name: str, stream: io.BytesIO | io.BufferedReader) -> None:
    """Keep a file under a name, in the place of what was there; the same is kept as it is."""
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    found = facts(connection, name)
    if found is not None and found.sha256 == digest:
        return
    remove(connection, name)
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    run(connection, "INSERT INTO shared_file VALUES (?, ?, ?)", (name, size, digest))
    for at, data in enumerate(iter(lambda: stream.read(CHUNK), b"")):
        run(connection, "INSERT INTO shared_chunk VALUES (?, ?, ?)", (name, at, data))


def remove(connection: Connection, name: str) -> None:
    """Forget a file, if it is there."""
    run(connection, "DELETE FROM shared_file WHERE name = ?", (name,))
