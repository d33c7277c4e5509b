"""Copies of a store wherever it lies: what is on a server becomes one encrypted file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.domain.kernel.progress import Cancel, Progress, silent
from database.store import attachments
from database.store.engine import Store, connect
from database.store.server_note import server_of
from database.upkeep import copying, migrate, moving


def copy(
    source: Path,
    target: Path,
    key: bytes | None,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> None:
    """`copying.copy` of a store in a file or on the server that the note at `source` names."""
    fill = _rows if server_of(source) else None
    copying.copy(source, target, key, progress=progress, cancel=cancel, fill=fill)


def _rows(
    source: Path, target: Path, key: bytes | None, progress: Progress, cancel: Cancel
) -> None:
    """Make the file at `target` with every row that the note at `source` leads to."""
    server = Store(source, key)
    assert server.server
    scans = server.server.part == "attachments"
    if not scans:
        migrate.upgrade(target, key)
    file = attachments.open_store(target, key) if scans else Store(target, key)
    carry = moving.move_scans if scans else moving.move_rows
    try:
        with server.read() as reading, file.write() as writing:
            carry(reading, writing, progress, cancel)
    finally:
        file.close()
        server.close()
    with closing(connect(target, key)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
