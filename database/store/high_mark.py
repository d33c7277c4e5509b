"""The number of the last save that was acknowledged, kept beside the store.

A write-ahead log that is deleted after a crash takes saves with it, and the store looks
sound without them; this small file does not go with it. It is written after each commit
without waiting for the disk, so it may lag behind after a power cut and never runs ahead.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection

from database.store.dialect import run

_DIGITS = 20


class HighMark:
    """Opened with the first save; losing it does no harm, nor does a disk that refuses it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self.last = _read(path)

    def seen(self, connection: Connection) -> int:
        """The number of the last save in a transaction that is about to be committed."""
        number = last_save(connection)
        # What was taken out of the log is forgotten first, what is new afterwards: a cut
        # between the two must not look like a loss.
        if number < self.last:
            self.put(number)
        return number

    def put(self, number: int) -> None:
        """Note a save that has been committed."""
        if number == self.last:
            return
        self.last = number
        with suppress(OSError):
            if self._handle is None:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, b"%0*d\n" % (_DIGITS, number))

    def close(self) -> None:
        """Have it on the disk, once for all saves since it was opened."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                os.fsync(handle)
            os.close(handle)


def last_save(connection: Connection) -> int:
    """The arrival number of the newest revision, 0 for none."""
    return int(run(connection, "SELECT coalesce(max(n), 0) FROM revision").scalar_one())


def _read(path: Path) -> int:
    try:
        with path.open("rb") as reading:
            text = reading.read(_DIGITS + 1).strip()
    except OSError:
        return 0
    return int(text) if text.isdigit() else 0
