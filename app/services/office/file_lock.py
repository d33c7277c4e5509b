"""A lock on a file that the system drops when its holder dies; alone or shared."""

from __future__ import annotations

import errno
import os
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.domain.kernel.errors import EnvironmentProblem

Try = Callable[[], bool]

_UNWRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT}
_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS}


class FileLock:
    """The lock on one file, which is there only while somebody holds it."""

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self._path = path
        self._shared = shared
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether a lock is held; not so where none could be made."""
        return self._handle is not None

    def take(self) -> bool:
        """Whether it is ours now. Where no file can be made, nobody needs one.

        Raises `OSError`, `EnvironmentProblem` NO_LOCKS.
        """
        while True:
            try:
                handle = _opened(self._path)
            except OSError as error:
                if error.errno in _UNWRITABLE:
                    return True
                raise
            try:
                if not _lock(handle, shared=self._shared):
                    os.close(handle)
                    return False
                if _is_still(handle, self._path):
                    self._handle = handle
                    return True
            except BaseException:  # also Ctrl+C: a handle that stays open stays locked
                os.close(handle)
                raise
            os.close(handle)

    def leave(self) -> None:
        """Give it free; the last one removes the file."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        # Nobody else may hold a file that is removed, or two could hold two of one name.
        if sys.platform != "win32" and (not self._shared or _lock(handle, shared=False)):
            with suppress(OSError):
                self._path.unlink()
        os.close(handle)
        if sys.platform == "win32":
            with suppress(OSError):
                self._path.unlink()


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        # Another account's lock on a folder we may only read can still be asked for.
        try:
            return os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            raise error from None


def _is_still(handle: int, path: Path) -> bool:
    """Whether the locked file is the one of that name, and not one removed meanwhile."""
    if sys.platform == "win32":
        return True
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(handle), there)


if sys.platform == "win32":
    import msvcrt

    _SLOTS = 64
    """Windows locks bytes for one alone: each reader takes one of these, the other all."""

    def _lock(handle: int, *, shared: bool) -> bool:
        slots = [(n, 1) for n in random.sample(range(_SLOTS), _SLOTS)] if shared else [(0, _SLOTS)]
        return any(_lock_bytes(handle, *slot) for slot in slots)

    def _lock_bytes(handle: int, at: int, length: int) -> bool:
        os.lseek(handle, at, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, length)
        except OSError as error:
            # Windows says one of these two; wine, which the set-up is tried with, says no number.
            if error.errno in (errno.EACCES, errno.EDEADLOCK, 0):
                return False
            raise
        return True

else:
    import fcntl

    def _lock(handle: int, *, shared: bool) -> bool:
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                return False
            if error.errno in _NO_LOCKS:
                raise EnvironmentProblem(
                    "NO_LOCKS",
                    "这个文件夹不能加锁，不能放数据。",
                    why="多半是网络上的共享文件夹。",
                    remedy="请把数据放在这台电脑自己的硬盘上。",
                ) from error
            raise
        return True
