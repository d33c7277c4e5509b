"""What lies on a server, as one encrypted file: for backups, and for taking it home."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.domain.kernel.progress import Cancel, Progress
from database.store.engine import Store, connect
from database.upkeep import migrate, moving


def copy(source: Path, target: Path, key: bytes | None, progress: Progress, cancel: Cancel) -> None:
    """Make the file at `target` with every row that the note at `source` leads to."""
    migrate.upgrade(target, key)
    server, file = Store(source, key), Store(target, key)
    try:
        moving.move(server, file, progress=progress, cancel=cancel)
    finally:
        file.close()
        server.close()
    with closing(connect(target, key)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
