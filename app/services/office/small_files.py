"""The keyring and the root key: files in the data folder, or shared by all computers on a server.

A folder whose records lie on a server has a note in the place of each; who reads and writes them
need not know. A write can say what it was based on, so that of two at a time the second is told.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.exchange.files import replace_whole, words_for, write_private
from app.services.office.seen_base import require_seen
from database.store.server_note import server_of

if TYPE_CHECKING:
    from database.store.engine import Connection


_WHAT = "口令文件"


def read(path: Path, most: int) -> bytes:
    """The bytes, at most one more than `most`; raises `EnvironmentProblem`."""
    if server_of(path):
        with _connected(path, write=False) as connection:
            return (shared(connection, path.name) or b"")[: most + 1]
    with words_for(path), path.open("rb") as file:
        return file.read(most + 1)


def exists(path: Path) -> bool:
    """Whether it is there."""
    if server_of(path):
        with _connected(path, write=False) as connection:
            return shared(connection, path.name) is not None
    return path.exists()


def write(path: Path, content: bytes, base: bytes | None = None) -> None:
    """Put it in the place of what was there, whole or not at all.

    `base` is what was there when it was read. Raises `UserError` CHANGED_MEANWHILE where it is
    something else by now, `EnvironmentProblem`.
    """
    if server_of(path):
        from database.store import server_files  # noqa: PLC0415  (only who has a server)

        with _connected(path, write=True) as connection:
            require_seen(shared(connection, path.name), base, _WHAT)
            server_files.put(connection, path.name, io.BytesIO(content))
        return
    if base is not None:
        require_seen(read(path, len(base)), base, _WHAT)
    write_private(path, content)


def replace(fresh: Path, path: Path) -> None:
    """Put a file of this folder that is on the disk in the place of another, durably."""
    if not server_of(path):
        replace_whole(fresh, path)
        return
    with words_for(fresh):
        write(path, fresh.read_bytes())
        fresh.unlink()


def shared(connection: Connection, name: str) -> bytes | None:
    """What all computers share under this name, on a connection to their server."""
    from database.store import server_files  # noqa: PLC0415  (only who has a server)

    return server_files.content(connection, name)


@contextmanager
def _connected(path: Path, *, write: bool) -> Iterator[Connection]:
    from database.store.engine import Store  # noqa: PLC0415  (only who has a server)

    store = Store(path, None)
    try:
        with store.write() if write else store.read() as connection:
            yield connection
    finally:
        store.close()
