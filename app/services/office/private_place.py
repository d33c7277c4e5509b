"""A folder for readable copies that other programs need: one for each run, gone with it.

Each run holds the lock of its own folder while it lives; whatever has no living holder (a
kill, a power cut) is swept by the next run that opens the data folder.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

from app.exchange.files import words_for

_GATE = "gate.lock"
_LOCK = ".lock"

if sys.platform == "win32":
    import msvcrt

    def _hold(file: IO[bytes], *, wait: bool) -> None:
        """Lock the first byte; raises `OSError` when another process holds it."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(file: IO[bytes], *, wait: bool) -> None:
        """Lock the file; raises `OSError` when another process holds it."""
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


class PrivatePlace:
    """This run's folder below `root`, made when first asked for; only its owner looks in."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder: Path | None = None
        self._end: Callable[[], Any] = _nothing

    def folder(self) -> Path:
        """The folder; raises `EnvironmentProblem`."""
        if self._folder is None:
            with words_for(self._root):
                self._root.mkdir(mode=0o700, exist_ok=True)
                self._folder, lock = _made(self._root)
            self._end = weakref.finalize(self, _ended, self._folder, lock)
        return self._folder

    def clear(self) -> None:
        """Remove the folder; what another program holds fast goes at the next sweep."""
        self._end()
        self._folder = None


def _nothing() -> None:
    pass


def _made(root: Path) -> tuple[Path, IO[bytes]]:
    """A new folder and its lock, held until the file is closed."""
    folder = root / f"{os.getpid()}-{token_hex(4)}"
    with _gate(root):
        lock = folder.with_suffix(_LOCK).open("wb")
        _hold(lock, wait=False)
        folder.mkdir(mode=0o700)
    return folder, lock


def _ended(folder: Path, lock: IO[bytes]) -> None:
    remove(folder)
    lock.close()
    if not folder.exists():
        with suppress(OSError):
            folder.with_suffix(_LOCK).unlink()


def sweep(root: Path) -> None:
    """Remove the folders below `root` that no living run holds; never raises."""
    with suppress(OSError):
        if any(root.iterdir()):
            with _gate(root):
                for folder in [path for path in root.iterdir() if path.is_dir()]:
                    _sweep(folder)


def _sweep(folder: Path) -> None:
    lock = folder.with_suffix(_LOCK)
    with suppress(OSError), lock.open("wb") as file:
        _hold(file, wait=False)
        remove(folder)
    if not folder.exists():
        with suppress(OSError):
            lock.unlink()


@contextmanager
def _gate(root: Path) -> Iterator[None]:
    """Only one process makes or removes folders at a time."""
    with (root / _GATE).open("wb") as file:
        _hold(file, wait=True)
        yield


def remove(folder: Path) -> None:
    """Remove a folder with its read-only files, as far as they are free."""

    def freed(again: Callable[..., Any], path: str, _: Any) -> None:
        with suppress(OSError):
            Path(path).chmod(stat.S_IRWXU)
            again(path)

    shutil.rmtree(folder, onerror=freed)
