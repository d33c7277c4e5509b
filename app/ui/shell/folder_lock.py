"""One program per data folder: a lock file beside the store, with the name of who holds it.

The lock of a process that has died (or of a computer switched off) is taken over.
"""

from __future__ import annotations

import getpass
from pathlib import Path

from PySide6.QtCore import QLockFile

from app.domain.kernel.errors import EnvironmentProblem

LOCK = "in-use.lock"
NAME = "in-use.txt"


class Occupancy:
    """Holds a data folder while the program runs."""

    def __init__(self, folder: Path) -> None:
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)
        self._name = folder / NAME

    def take(self) -> bool:
        """Whether the folder is ours now; raises `EnvironmentProblem` FOLDER_READ_ONLY."""
        if self._lock.tryLock(0):
            self._name.write_text(getpass.getuser(), "utf-8")
            return True
        if self._lock.error() == QLockFile.LockError.LockFailedError:
            return False
        raise EnvironmentProblem(
            "FOLDER_READ_ONLY",
            "这个账户不能写数据文件夹。",
            why=f"文件夹：{self._name.parent}。",
            remedy="请让管理员给这个账户写入的权限。",
        )

    def holder(self) -> EnvironmentProblem:
        """Who is using the folder, in words."""
        try:
            who = self._name.read_text("utf-8").strip()
        except OSError:
            who = ""
        return EnvironmentProblem(
            "IN_USE",
            f"电脑账户“{who}”正在使用这份数据。" if who else "另一个账户正在使用这份数据。",
            why="同一份数据同时只能打开一次。",
            remedy="请切换到那个账户退出本程序，再重新打开。",
        )

    def leave(self) -> None:
        """Give the folder free."""
        self._name.unlink(missing_ok=True)
        self._lock.unlock()
