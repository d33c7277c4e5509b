"""Closing the window: a backup that is due is made first, unless somebody skips it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.kernel.errors import Problem
from app.ui.problems import Problems
from app.ui.shell.window import Window
from app.ui.start.working import WorkingPage
from app.ui.worker import Job, Worker


class ClosingBackup(QObject):
    """Closes the window in its own time; `begun` when the pages have made room for the backup.

    `page` is what stands in the window meanwhile.
    """

    begun = Signal()

    def __init__(self, window: Window, worker: Worker, problems: Problems) -> None:
        super().__init__(window)
        self._window, self._worker, self._problems = window, worker, problems
        self._leaving = self._asked = False
        self._back_up: Job | None = None
        self.page: WorkingPage | None = None

    def may_leave(self, due: Callable[[], Path | None], back_up: Job) -> bool:
        """Whether the window may close now; if not, it closes when the backup is done.

        `due` says where to, if anywhere; `back_up` makes it. Both run beside the window.
        """
        if not self._leaving and not self._asked:
            self._asked = True
            self._back_up = back_up
            asking = self._worker.read(due)
            asking.done.connect(self._begin)
            asking.failed.connect(lambda _: self._leave())
        return self._leaving

    def _begin(self, place: Path | None) -> None:
        if place is None:
            self._leave()
            return
        self.page = page = WorkingPage("退出以前备份一次", f"备份到：{place}")
        page.again.triggered.connect(self._run)
        page.leave.triggered.connect(self._leave)
        self._window.show_content(page)
        self.begun.emit()
        self._run()

    def _run(self) -> None:
        assert self.page is not None
        assert self._back_up is not None
        backing_up = self._worker.write(self._back_up, long=True)
        self.page.watch(backing_up, "正在备份", "跳过后直接退出，下次再备份。", "跳过")
        backing_up.done.connect(lambda _: self._leave())
        backing_up.cancelled.connect(self._leave)
        backing_up.failed.connect(self._refuse)

    def _refuse(self, error: Exception) -> None:
        if self.page is not None and isinstance(error, Problem):
            self.page.refuse(error)
        else:
            self._problems.show(error)
            self._leave()

    def _leave(self) -> None:
        self._leaving = True
        self._window.close()
