"""Who works with a data folder: one writer, readers beside it, and nobody while it is exchanged.

Window and command alike hold `in-use.lock` while they may write, and share
`reading.lock` while they read; whoever exchanges the files needs both for itself.
The system drops the locks of a process that has died, so nothing is ever stale.
"""

from __future__ import annotations

import getpass
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from app.domain.kernel.errors import EnvironmentProblem
from app.exchange.files import words_for
from app.services.office import file_lock, shared_rights

LOCK, READING, NAME = "in-use.lock", "reading.lock", "in-use.txt"
"""The two locks, and the file that names who writes."""

NAMES = {LOCK, READING, NAME}

PATIENCE = 5.0
"""Seconds a command waits for another command; for a window nobody waits."""

_PAUSE = 0.05
WINDOW = "window"
"""What a window says it does; a command says its name."""

_own: dict[Path, FolderLock] = {}
_alone: set[Path] = set()
"""What this process holds for writing, and what for itself alone."""

_guard = threading.Lock()


class FolderLock:
    """The writer's hold on one data folder; `doing` is `WINDOW` or the name of a command."""

    def __init__(self, folder: Path, doing: str = WINDOW) -> None:
        self._folder = folder
        self._doing = doing
        self._lock = file_lock.FileLock(folder / LOCK)
        self._name = folder / NAME

    def take(self) -> bool:
        """Whether the folder is ours now.

        Where nothing can be written (a medium with write protection) there is nothing
        to hold either, and it is. Raises `EnvironmentProblem` FILE_GONE, NO_LOCKS.
        """
        shared_rights.begin(self._folder)
        with words_for(self._folder):
            if not self._lock.take():
                return False
        self._sign()
        with _guard:
            _own[self._folder.resolve()] = self
        return True

    def take_patiently(self) -> bool:
        """As `take`, but a command that is at work is waited for; a window is not."""
        return _patiently(self.take, lambda: self._signed()[1] == WINDOW)

    def leave(self) -> None:
        """Give the folder free."""
        with _guard:
            _own.pop(self._folder.resolve(), None)
        if self._lock.held:
            shared_rights.share(self._folder)
            with suppress(OSError):
                self._name.unlink(missing_ok=True)
        self._lock.leave()

    def holder(self) -> EnvironmentProblem:
        """Who is using the folder, in words, and what to do."""
        account, doing = self._signed()
        who = f"电脑账户“{account}”" if account else "另一个账户"
        if doing == WINDOW:
            return in_use(
                f"{who}正在使用这份数据。",
                "请到那个窗口里做这件事，或切换到那个账户退出本程序，再试一次。",
            )
        what = f"正在运行命令 zoufang {doing}" if doing else "正在使用这份数据"
        return in_use(f"{who}{what}。", "请等它结束后再试一次。")

    def _sign(self) -> None:
        """Say who holds it; only a courtesy, so what cannot be written is left."""
        with suppress(OSError):
            self._name.unlink(missing_ok=True)
            self._name.write_text(f"{getpass.getuser()}\n{self._doing}\n", "utf-8")

    def _signed(self) -> tuple[str, str]:
        try:
            lines = self._name.read_text("utf-8", errors="replace")[:1000].splitlines()
        except OSError:
            lines = []
        account, doing, *_ = (*lines, "", "")
        return account.strip(), doing.strip()


def in_use(what: str, remedy: str) -> EnvironmentProblem:
    """The folder is somebody else's for now."""
    why = "同一份数据同时只能有一处修改。"
    return EnvironmentProblem("IN_USE", what, why=why, remedy=remedy)


@contextmanager
def writing(folder: Path, doing: str = "") -> Iterator[None]:
    """Hold a folder for writing, unless this process does already.

    Raises `EnvironmentProblem` IN_USE, FILE_GONE, NO_LOCKS.
    """
    if _is_own(folder):
        yield
        return
    lock = FolderLock(folder, doing)
    if not lock.take_patiently():
        raise lock.holder()
    try:
        yield
    finally:
        lock.leave()


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Share a folder with its writer and with other readers; raises as `writing`."""
    lock = file_lock.FileLock(folder / READING, shared=True)
    with words_for(folder):
        taken = _patiently(lock.take)
    if not taken:
        raise FolderLock(folder).holder()
    try:
        yield
    finally:
        lock.leave()


@contextmanager
def replacing(folder: Path, doing: str = "") -> Iterator[None]:
    """Hold a folder, made if need be, with nobody else in it; raises as `writing`."""
    with words_for(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder.resolve()
    if place in _alone:
        yield
        return
    with ExitStack() as held:
        held.enter_context(writing(folder, doing))
        lock = file_lock.FileLock(folder / READING)
        with words_for(folder):
            taken = _patiently(lock.take)
        if not taken:
            raise in_use("另一个命令正在读这份数据。", "请等它结束后再试一次。")
        held.callback(lock.leave)
        _alone.add(place)
        held.callback(_alone.discard, place)
        yield


def _is_own(folder: Path) -> bool:
    with _guard:
        return folder.resolve() in _own


def _patiently(take: file_lock.Try, hopeless: file_lock.Try = lambda: False) -> bool:
    end = time.monotonic() + PATIENCE
    while not take():
        if time.monotonic() > end or hopeless():
            return False
        time.sleep(_PAUSE)
    return True
