"""Attachments (附件: scans and photographs) by their sha256, in a file beside the store.

They are added and never changed. Each is whole, in one transaction, before a
revision names it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from database.store.dialect import run
from database.store.engine import Store, opened_with

CHUNK = 1 << 20
LIMIT = 10 << 20
"""Bytes of one attachment, after pictures were made smaller."""

METADATA = MetaData()

Table(
    "scan",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
)
Table(
    "chunk",
    METADATA,
    Column("scan", ForeignKey("scan.n", deferrable=True, initially="DEFERRED"), primary_key=True),
    Column("at", Integer, primary_key=True, comment="0, 1, …: which 1 MiB"),
    Column("data", LargeBinary, nullable=False),
)


def open_store(path: Path, key: bytes | None) -> Store:
    """The attachments file, made if it is not there yet."""
    return opened_with(path, key, METADATA)


def has(store: Store, sha256: str) -> bool:
    """Whether the attachment is here."""
    return size(store, sha256) is not None


def count(store: Store) -> int:
    """How many scans there are."""
    with store.read() as connection:
        return int(run(connection, "SELECT count(*) FROM scan").scalar_one())


def size(store: Store, sha256: str) -> int | None:
    """The attachment's size in bytes, or None when it is not here."""
    with store.read() as connection:
        row = _row(connection, sha256)
    return None if row is None else row[1]


def add(store: Store, stream: BinaryIO, limit: int = LIMIT) -> tuple[str, int]:
    """Keep what the stream holds; returns its sha256 and size. Twice the same is kept once.

    Reads at most one chunk beyond `limit`. Raises `UserError` SCAN_TOO_LARGE, `EnvironmentProblem`.
    """
    with adding(store) as shelf:
        return shelf.add(stream, limit)


class Shelf:
    """The attachments inside one transaction: several are kept together, or none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has(self, sha256: str) -> bool:
        """Whether the attachment is here."""
        return _row(self._connection, sha256) is not None

    def add(self, stream: BinaryIO, limit: int = LIMIT) -> tuple[str, int]:
        """As `add` of the whole store."""
        connection, total, length = self._connection, hashlib.sha256(), 0
        n = int(run(connection, "SELECT coalesce(max(n), 0) + 1 FROM scan").scalar_one())
        for at, data in enumerate(_chunks(stream)):
            length += len(data)
            if length > limit:
                raise too_large(limit)
            total.update(data)
            run(connection, "INSERT INTO chunk VALUES (?, ?, ?)", (n, at, data))
        _keep_once(connection, n, total.hexdigest(), length)
        return total.hexdigest(), length


@contextmanager
def adding(store: Store) -> Iterator[Shelf]:
    """One transaction over the attachments."""
    with store.write() as connection:
        yield Shelf(connection)


def _keep_once(connection: Connection, n: int, sha256: str, length: int) -> None:
    if _row(connection, sha256) is None:
        run(connection, "INSERT INTO scan VALUES (?, ?, ?)", (n, sha256, length))
    else:
        run(connection, "DELETE FROM chunk WHERE scan = ?", (n,))


def open_scan(store: Store, sha256: str) -> io.BufferedReader:
    """A stream over the attachment, which can seek; raises `UserError` SCAN_MISSING."""
    with store.read() as connection:
        row = _row(connection, sha256)
    if row is None:
        raise UserError(
            "SCAN_MISSING", "这个附件不在这台电脑上。", remedy="请向填报单位索取，或重新扫描。"
        )
    return io.BufferedReader(_Scan(store, *row), CHUNK)


def verify(store: Store, *, progress: Progress = silent, cancel: Cancel | None = None) -> list[str]:
    """The sha256 of every attachment whose bytes are no longer those it is named by."""
    with store.read() as connection:
        rows = run(connection, "SELECT sha256 FROM scan ORDER BY n").all()
    damaged = []
    for done, (sha256,) in enumerate(rows):
        if cancel:
            cancel.check()
        progress(Step("正在检查附件", done, len(rows)))
        with open_scan(store, sha256) as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                damaged.append(sha256)
    return damaged


class _Scan(io.RawIOBase):
    """Reads one attachment chunk by chunk; never holds more than one."""

    def __init__(self, store: Store, n: int, length: int) -> None:
        self._store = store
        self._n = n
        self._length = length
        self._at = 0
        self._chunk: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        number, skip = divmod(self._at, CHUNK)
        data = self._read_chunk(number)[skip : skip + len(buffer)]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _read_chunk(self, number: int) -> bytes:
        if self._chunk[0] != number:
            with self._store.read() as connection:
                row = run(
                    connection,
                    "SELECT data FROM chunk WHERE scan = ? AND at = ?",
                    (self._n, number),
                ).first()
            self._chunk = (number, row[0] if row else b"")
        return self._chunk[1]


def _row(connection: Connection, sha256: str) -> tuple[int, int] | None:
    row = run(connection, "SELECT n, size FROM scan WHERE sha256 = ?", (sha256,)).first()
    return None if row is None else (row[0], row[1])


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Full chunks and a last shorter one, though a raw stream may give less than asked for."""
    gathered = bytearray()
    while data := stream.read(CHUNK - len(gathered)):
        gathered += data
        if len(gathered) == CHUNK:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def too_large(limit: int) -> UserError:
    """What to say of an attachment of more than `limit` bytes."""
    return UserError(
        "SCAN_TOO_LARGE",
        f"附件太大，最多{limit / (1 << 20):g} MB。",
        remedy="请把照片缩小，或把扫描件分成几份。",
    )
