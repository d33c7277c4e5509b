"""Opening a store: the SQLite inside SQLCipher, one writer, readers beside it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.naming.pinyin_order import order_key
from database.store.dialect import BY_PINYIN, COMPARED
from database.store.high_mark import HighMark
from database.store.problems import designed, error_name
from database.store.server_note import server_of

__all__ = ["Connection", "Store", "change_key", "connect", "opened_with", "opens_with"]

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 10000",
    "temp_store = MEMORY",
    "cache_size = -32768",
    # 32 MB: the files of one office write the same pages of indexes again and again, and a page
    # goes from the log into the store once for all of them.
    "wal_autocheckpoint = 8000",
)


def connect(path: Path, key: bytes | None, *, query_only: bool = False) -> Any:
    """A raw connection to the file at `path`, opened with the raw 32-byte `key`.

    Without a key the file is a plain SQLite file. The passphrase's slow
    derivation happens once, in the keyring, not here. Where nothing can be written
    (a medium with write protection, a full disk) a `query_only` connection still reads.
    """
    try:
        return _set_up(dbapi2.connect(str(path), **_ALWAYS), key, query_only=query_only)
    except dbapi2.Error as error:
        if not query_only or not _says_unwritable(error):
            raise
        return _frozen(path, key, error)


def _set_up(connection: Any, key: bytes | None, *, query_only: bool) -> Any:
    try:
        _unlock(connection, key)
        _teach(connection)
        for pragma in (*_PRAGMAS, *(("query_only = ON",) if query_only else ())):
            connection.execute(f"PRAGMA {pragma}")
        if query_only:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except dbapi2.Error:
        # A file that would not open must not stay open: it may be moved next.
        connection.close()
        raise
    return connection


_ALWAYS: Any = {"isolation_level": None, "check_same_thread": False}


def _unlock(connection: Any, key: bytes | None) -> None:
    # What SQLCipher finds is said by its error; its own lines would reach the terminal.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _teach(connection: Any) -> None:
    """The function of our own that lists are ordered by; of a long text the beginning counts."""

    def ordered(text: str | None) -> str | None:
        return None if text is None else order_key(text[:COMPARED])

    connection.create_function(BY_PINYIN, 1, ordered, deterministic=True)


def _says_unwritable(error: dbapi2.Error) -> bool:
    name = error_name(error)
    return name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR"))


def _frozen(path: Path, key: bytes | None, error: dbapi2.Error) -> Any:
    """A connection that needs no file beside the store, and takes none into account.

    What the write-ahead log still holds would be left out: that is told instead.
    """
    log = path.with_name(f"{path.name}-wal")
    try:
        waiting = log.stat().st_size
    except OSError:
        waiting = 0
    if not path.is_file() or not os.access(path, os.R_OK):
        raise error
    if waiting:
        raise EnvironmentProblem(
            "CANNOT_WRITE",
            "上次没有正常退出，最近的内容要写回数据文件才能看，可是现在写不进去。",
            why="磁盘已满，或文件夹有写保护。",
            remedy="请清理磁盘，或把整个数据文件夹复制到能写的磁盘上再打开。",
        ) from error
    place = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    connection = dbapi2.connect(place, uri=True, **_ALWAYS)
    try:
        _unlock(connection, key)
        _teach(connection)
        for pragma in ("query_only = ON", "temp_store = MEMORY", "cache_size = -32768"):
            connection.execute(f"PRAGMA {pragma}")
    except dbapi2.Error:
        connection.close()
        raise
    return connection


@contextmanager
def part_of(connection: Connection) -> Iterator[None]:
    """A part of a transaction that may fail alone: what it wrote is gone, the rest stays."""
    with connection.begin_nested():
        yield


class Store:
    """One encrypted file: `write()` is the one writer, `read()` never changes anything.

    `mark` notes the last save that was acknowledged, for a store with a log of revisions.
    """

    def __init__(self, path: Path, key: bytes | None, mark: HighMark | None = None) -> None:
        self.path = path
        self.key = key
        self._mark = mark if server_of(path) is None else None
        self.written = 0
        """How many transactions this store has committed since it was opened."""
        self.server = server_of(path)
        """Where the records lie instead of in the file, which then only says so."""
        self.guard: Callable[[Connection], None] | None = None
        """Asked at the beginning of every write; what it raises is why nothing may be saved."""
        self._lock = threading.RLock()
        self._gate = threading.Condition()
        self._reading = 0
        self._here = threading.local()
        self._writer = _engine(self, query_only=False)
        self._readers = _engine(self, query_only=True)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: committed on leaving, rolled back on any exception."""
        with self._lock:
            saved = 0
            with designed(self.path), self._writer.begin() as connection:
                # What this thread reads from now on is to see what it wrote.
                self._here.view = None
                if self.guard:
                    self.guard(connection)
                yield connection
                if self._mark:
                    saved = self._mark.seen(connection)
            self.written += 1
            if self._mark:
                self._mark.put(saved)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent, read-only view: one for everything a thread asks within it."""
        view = self._view()
        if view is not None:
            yield view
            return
        with self._fresh() as connection:
            self._here.view = connection
            try:
                yield connection
            finally:
                self._here.view = None

    def _view(self) -> Connection | None:
        """What this thread is looking at, until it writes."""
        return getattr(self._here, "view", None)

    @contextmanager
    def _fresh(self) -> Iterator[Connection]:
        with self._gate:
            self._reading += 1
        pool = self._readers.pool
        try:
            with designed(), self._readers.begin() as connection:
                yield connection
        finally:
            with self._gate:
                self._reading -= 1
                self._gate.notify_all()
            if pool is not self._readers.pool:
                # The store was closed meanwhile, and this connection given back behind it.
                pool.dispose()

    def change_key(self, key: bytes) -> None:
        """Put the file under another key; whoever reads or writes meanwhile waits.

        Not from within `read` or `write`. Raises `EnvironmentProblem`, the old key standing.
        """
        assert self.key is not None
        if self.server:
            self.key = key
            return
        with self._lock, self._gate:
            self._gate.wait_for(lambda: not self._reading)
            self.close()
            change_key(self.path, self.key, key)
            self.key = key

    def close(self) -> None:
        """Close every connection, behind what is being written; the file can then be moved.

        Who still reads keeps a connection until the end of it.
        """
        with self._lock:
            self._readers.dispose()
            self._writer.dispose()
            if self._mark:
                self._mark.close()


def opens_with(path: Path, key: bytes) -> bool:
    """Whether the file is under this key; False too where its first page is damaged.

    What lies on a server is under no key of ours.
    """
    if server_of(path):
        return True
    try:
        with closing(connect(path, key, query_only=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if "not a database" in str(error):
            return False
        with designed():
            raise
    return True


def change_key(path: Path, old: bytes, new: bytes) -> None:
    """Encrypt every page anew in one transaction: a cut leaves the old key or the new.

    For a moment the file needs twice its room. Raises `EnvironmentProblem`.
    """
    with designed(), closing(connect(path, old)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
        # The pragma says nothing when it could not write; its pages then lock the file.
        with suppress(dbapi2.OperationalError):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if not opens_with(path, new):
        raise EnvironmentProblem(
            "NOT_REKEYED",
            "数据文件没有换上新的钥匙，还用原来的。",
            why=path.name,
            remedy="请检查磁盘空间后再试一次。",
        )


def opened_with(path: Path, key: bytes | None, metadata: MetaData) -> Store:
    """A store whose tables never change, made if they are not there yet.

    On a server they are made with those of the records.
    """
    store = Store(path, key)
    if store.server:
        return store
    with store.read() as connection:
        there = set(inspect(connection).get_table_names())
    if not there.issuperset(metadata.tables):
        with store.write() as connection:
            metadata.create_all(connection)
    return store


def _engine(store: Store, *, query_only: bool) -> Engine:
    if store.server:
        # Its driver is loaded only by who has a server.
        from database.store.server_engine import server_engine  # noqa: PLC0415

        return server_engine(store.server, query_only=query_only)
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(store.path, store.key, query_only=query_only),
        poolclass=QueuePool if query_only else StaticPool,
    )
    begin = "BEGIN" if query_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
