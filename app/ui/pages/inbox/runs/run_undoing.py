"""撤销这一次汇总: asked twice, then one file after another, the last one first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.services.receiving import kept_runs, run_undo
from app.services.receiving.run_account import Run, RunFile
from app.services.receiving.run_undo import TakenBack
from app.ui.page_context import PageContext
from app.ui.pages.inbox.files.inbox_jobs import InboxJobs

_ON_STOP = "停止后已经撤销的不变，其余的仍然计入。"
_NONE = "这次汇总的文件里没有可以撤销的：没有汇总进来，或已经撤销了。"
_AGAIN = "再收一次这些文件就重新汇总。"


class RunUndoing(QObject):
    """Takes the files of a run back, with the bar of `jobs`; `said(kind, words)`."""

    said = Signal(str, str)

    def __init__(self, desk: PageContext, jobs: InboxJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._office, self._jobs = desk.worker, desk.office, jobs
        self._asked = 0

    def ask(self, run: Run) -> None:
        """The first time say how much it is; the second time for the same run do it."""
        sure, self._asked = self._asked == run.n, run.n
        then = self._begin if sure else self._tell
        self._worker.read(partial(run_undo.still_in, self._office, run)).done.connect(then)

    def forget(self) -> None:
        """Another run is looked at: ask again."""
        self._asked = 0

    def _tell(self, files: Sequence[RunFile]) -> None:
        if not files:
            self._asked = 0
            self.said.emit("info", _NONE)
            return
        much = f"这次汇总的 {len(files):,} 份都会撤销，里面的填写不再计入。"
        self.said.emit("warning", f"{much}确实要撤销，请再按一次 Ctrl+Z。")

    def _begin(self, files: Sequence[RunFile]) -> None:
        self._asked = 0
        take = partial(partial, run_undo.take_back, self._office)
        jobs = [("　".join(one.called), take(one)) for one in files]
        self._jobs.series(jobs, "正在撤销", _ON_STOP, partial(self._end, len(files)))

    def _end(self, many: int, results: Sequence[TakenBack]) -> None:
        left = many - len(results)
        words = run_undo.told(results)
        if left:
            words += f"还有 {left:,} 份没有撤销，再按 Ctrl+Z 接着撤销。"
        kept = any(one.refused for one in results)
        words += "" if left or all(one.file.again for one in results) else _AGAIN
        self.said.emit("warning" if left or kept else "ok", words)
        if results:
            account = run_undo.account(results)
            self._worker.write(partial(kept_runs.keep, self._office, account))
