"""One at a time in a place that several processes or threads may work in, held by a lock file."""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.domain.kernel.progress import Cancel
from app.exchange.files import words_for

_TURN = 0.05
"""Seconds between two tries for the lock of another process."""

_threads: dict[Path, threading.RLock] = defaultdict(threading.RLock)
_holding: dict[Path, int] = defaultdict(int)


@contextmanager
def alone(lock: Path, cancel: Cancel) -> Iterator[None]:
    """Wait until no other process or thread holds the lock file, then hold it.

    The system frees the lock of a process that died. Who holds it may take it
    again. Raises `Cancelled` while it waits, `EnvironmentProblem`.
    """
    with _threads[lock]:
        if _holding[lock]:
            yield
            return
        file = _taken(lock, cancel)
        _holding[lock] += 1
        try:
            yield
        finally:
            _holding[lock] -= 1
            file.close()


AT_WORK = "at work"
"""The lock file that comes first into a folder of work in progress."""


def is_abandoned(folder: Path) -> bool:
    """Whether nobody works any more in a folder of work in progress.

    One that is empty is just beginning.
    """
    try:
        names = {path.name for path in folder.iterdir()}
        if AT_WORK not in names:
            return bool(names)
        with (folder / AT_WORK).open("r+b") as file:
            return _took(file)
    except OSError:
        return False


def _taken(lock: Path, cancel: Cancel) -> IO[bytes]:
    """The lock file, open and locked; closing it frees the lock."""
    with words_for(lock):
        file = lock.open("ab")
        try:
            while not _took(file):
                cancel.check()
                time.sleep(_TURN)
        except BaseException:  # also Ctrl+C: a file that stays open stays locked
            file.close()
            raise
    return file


if sys.platform == "win32":
    import msvcrt

    def _took(file: IO[bytes]) -> bool:
        """Lock an open file; whether nobody else had."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _took(file: IO[bytes]) -> bool:
        """Lock an open file; whether nobody else had."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
