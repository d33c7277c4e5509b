"""The work behind 收到的文件: copying in, looking, 汇总, taking back, one file after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.kernel.progress import Cancel, Progress, Step, of_several
from app.exchange.sticks import sticks
from app.services.receiving import inbox, kept_runs, package_undo, run_account, waiting_files
from app.services.receiving.inbox import MERGEABLE, Delivery
from app.services.receiving.package_account import Account
from app.services.receiving.waiting_files import Chosen, Looked, Taken
from app.ui.page_context import PageContext

_KEPT = "停止后已经汇总的不变，其余的还在列表里。"
_NOTHING = "停止后什么都不会改。"
Job = tuple[str, Callable[..., Any]]
"""What the bar says of one file, and what is done with it."""


class InboxJobs(QObject):
    """Runs one series of files at a time; what is asked for meanwhile comes after it.

    `listed(list of Delivery)` after every file, `reading(Operation)` before;
    `began(Operation, words, what stopping does)` for the bar; `said(kind, words)` when a
    series is through; `taken(accounts)`.
    """

    listed = Signal(object)
    reading = Signal(object)
    began = Signal(object, str, str)
    said = Signal(str, str)
    taken = Signal(object)

    def __init__(self, desk: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._office = desk.office
        self._looked: dict[str, Account] = {}
        self._failed: list[Looked] = []
        self._queue: deque[Callable[[], None]] = deque()
        self._under_way: set[str] = set()
        self._done: set[str] = set()
        """Taken in, though a list shown before may still offer it."""
        self._outdated = False
        self.is_reading = False
        """Whether the list is being read; what it shows may be older than what was done."""
        self.sources: dict[str, Path] = {}
        self.busy = False

    # -- the list

    def refresh(self) -> None:
        """Read the list again; while it is being read, once more afterwards."""
        self._outdated = True
        if not self.is_reading:
            self._read()

    def _read(self) -> None:
        self._outdated, self.is_reading = False, True
        reading = self._desk.worker.read(partial(inbox.deliveries, self._office, self._known()))
        reading.done.connect(self._list)
        reading.ended.connect(self._have_read)
        self.reading.emit(reading)

    def _have_read(self) -> None:
        self.is_reading = False
        if self._outdated:
            self._read()

    def _known(self) -> dict[str, Account]:
        return dict(self._looked)

    def _list(self, found: list[Delivery]) -> None:
        failed = [_failure(n, one) for n, one in enumerate(self._failed)]
        self.listed.emit([*failed, *found])

    # -- files come

    def take_in(self, paths: Sequence[Path]) -> None:
        """Copy in and look at the files, or what is for us in the folders."""
        choosing = self._desk.worker.read(
            partial(waiting_files.choose, self._office, paths), long=True
        )
        choosing.done.connect(self._admit)
        self.began.emit(choosing, "正在看里面有哪些文件", _NOTHING)

    def look_on_sticks(self) -> None:
        """Take in what is for us on the sticks that are in."""
        self._desk.worker.read(sticks).done.connect(self._found_sticks)

    def _found_sticks(self, found: list[Path]) -> None:
        if found:
            self.take_in(found)
        else:
            self.said.emit("info", "没有找到优盘。插好后再按 Ctrl+D，或者按 Ctrl+O 选择文件。")

    def _admit(self, chosen: Chosen) -> None:
        jobs = [
            (file.name, partial(waiting_files.admit, self._office, file)) for file in chosen.files
        ]
        if jobs:
            self.series(jobs, "正在拷入并核对", _NOTHING, partial(self._admitted, chosen))
        else:
            some = "里面的报送文件都是本单位发出的，或是给别的单位的。"
            words = some if chosen.passed_over else "里面没有报送文件。"
            self.said.emit("info", words)

    def _admitted(self, chosen: Chosen, found: Sequence[Looked]) -> None:
        twice = sum(one.account is not None and one.account.state == "duplicate" for one in found)
        came = {one.waiting.digest if one.waiting else one.name for one in found}
        words = [f"收到 {len(came)} 份。"]
        words += [f"其中 {twice} 份以前已经汇总过，不用再收。"] if twice else []
        passed = len(chosen.passed_over)
        words += [f"另有 {passed} 份不是给本单位的，没有收。"] if passed else []
        kind = "info" if twice or passed else "ok"
        self._looked_at(found, then=partial(self.said.emit, kind, "".join(words)))

    def look_again(self, deliveries: Iterable[Delivery]) -> None:
        """Look at waiting files; what is known of the others may be old."""
        jobs = [
            (one.title, partial(waiting_files.look, self._office, one.waiting))
            for one in deliveries
            if one.waiting
        ]
        if jobs:
            self.series(jobs, "正在核对", _NOTHING, self._looked_at)

    def _looked_at(
        self, found: Sequence[Looked], *, then: Callable[[], object] = lambda: None
    ) -> None:
        """Keep what was seen; what seems to lack an earlier file is looked at with it."""
        self._keep(found)
        if any(one.missing or one.waiting for one in self._looked.values()):
            job = partial(waiting_files.look_unsure, self._office, self._known())
            keep = partial(self._looked_together, then)
            self.series([("几份一起看", job)], "正在核对", _NOTHING, keep)
        else:
            then()

    def _looked_together(
        self, then: Callable[[], object], found: Sequence[Sequence[Looked]]
    ) -> None:
        self._keep([one for some in found for one in some])
        then()

    def _keep(self, found: Sequence[Looked]) -> None:
        for one in found:
            if one.waiting and one.account:
                self._looked[one.waiting.digest] = one.account
                self._done.discard(one.waiting.digest)
                if one.source:
                    self.sources[one.waiting.digest] = one.source
        self._failed += [one for one in found if one.problem]

    # -- files are taken in

    def merge(self, deliveries: Iterable[Delivery], rest: Sequence[Delivery] = ()) -> None:
        """汇总 these, one transaction each; then look again at the `rest` that still waits."""
        wanted = [one for one in deliveries if one.waiting and one.standing in MERGEABLE]
        wanted = [one for one in wanted if not self.has_begun(one)]
        self._under_way |= {one.digest for one in wanted}
        take = partial(partial, waiting_files.take, self._office)
        jobs = [(one.title, take(one.waiting)) for one in wanted]
        if jobs:
            then = partial(self._merged, wanted, rest, self._begin_run(wanted))
            self.series(jobs, "正在汇总", _KEPT, then)

    def _begin_run(self, wanted: Sequence[Delivery]) -> list[int]:
        """Write down that these are begun, for the case that nobody can write their end.

        Its number comes into the list.
        """
        numbers: list[int] = []
        if len(wanted) > 1:
            files = [(one.digest, one.title) for one in wanted]
            writing = self._desk.worker.write(partial(kept_runs.begin, self._office, files))
            writing.done.connect(lambda run: numbers.append(run.n))
        return numbers

    def has_begun(self, one: Delivery) -> bool:
        """Whether a waiting file is being taken in, or was since the list was read."""
        return one.digest in self._under_way or one.digest in self._done

    def take_again(self, one: Delivery) -> None:
        """汇总 what was taken back."""
        job = partial(waiting_files.take_again, self._office, one.package)
        self.series([(one.title, job)], "正在汇总", _KEPT, partial(self._merged, (), (), ()))

    def retry(self) -> None:
        """Look again at what is held: its writer may have been enrolled since."""
        job = partial(waiting_files.retry, self._office)
        self._desk.worker.write(job, long=True).done.connect(self._retried)

    def _retried(self, found: Taken) -> None:
        done = [one for one in found.accounts if one.state == "merged"]
        if done:
            self.said.emit("ok", f"单位已经登记，留存的 {len(done)} 份文件已汇总。")
            self.refresh()

    def _merged(
        self,
        wanted: Sequence[Delivery],
        rest: Sequence[Delivery],
        begun: Sequence[int],
        found: Sequence[Taken],
    ) -> None:
        self._under_way -= {one.digest for one in wanted}
        self._done |= {one.digest for one in wanted[: len(found)]}
        accounts = [account for taken in found for account in taken.accounts]
        done = [one for one in accounts if one.state in ("merged", "recorded")]
        left = [one.title for one in wanted[len(found) :]]
        receipt = "当面回执" if self._office.is_city else "给乡镇回执"
        self.said.emit(*_said(accounts, _merged_words(done, receipt), left))
        run = run_account.gathered(accounts, left=left, stopped=bool(left), begun=sum(begun))
        self._desk.worker.write(partial(kept_runs.keep, self._office, run))
        self.taken.emit(done)
        self.look_again(rest)

    # -- files are taken back or put away

    def undo(self, one: Delivery) -> None:
        """撤销 a merged file."""
        undoing_it = self._desk.worker.write(partial(package_undo.undo, self._office, one.package))
        undoing_it.done.connect(partial(self._undone, one))

    def _undone(self, one: Delivery, undone: package_undo.Undone) -> None:
        kept = f"，另有 {undone.kept} 次填写别的文件里也有，仍然保留" if undone.kept else ""
        gone = f"已撤销{one.title}：{undone.withdrawn} 次填写不再计入{kept}。"
        self.said.emit("ok", f"{gone}选中它按 Ctrl+J 可以恢复。")
        self.refresh()

    def settle(self, one: Delivery) -> None:
        """Let this one of two files with one number count."""
        job = partial(package_undo.settle_fork, self._office, one.writer, one.to, one.digest)
        settling = self._desk.worker.write(job, long=True)
        settling.done.connect(partial(self._settled, one))

    def _settled(self, one: Delivery, settled: package_undo.Settled) -> None:
        self.said.emit("ok", f"以{one.title}为准，另外 {len(settled.refused)} 份不计入。")
        self.refresh()

    def put_away(self, one: Delivery) -> None:
        """No longer list a file; nothing of it was taken in."""
        if one.key.startswith(_FAILED):
            del self._failed[int(one.key.removeprefix(_FAILED))]
            self.refresh()
            return
        waiting = one.waiting
        job = (
            partial(waiting_files.put_away, self._office, waiting)
            if waiting
            else partial(waiting_files.put_line_away, self._office, one.package)
        )
        self._desk.worker.write(job).done.connect(self._put_away)

    def _put_away(self, _: object) -> None:
        self.refresh()

    # -- one after another

    def series(
        self, jobs: Sequence[Job], words: str, on_stop: str, then: Callable[[list[Any]], None]
    ) -> None:
        """Do these one after another when nothing else runs; `then` gets what came of them."""
        start = partial(self._start, jobs, words, on_stop, then)
        if self.busy:
            self._queue.append(start)
        else:
            start()

    def _start(
        self, jobs: Sequence[Job], words: str, on_stop: str, then: Callable[[list[Any]], None]
    ) -> None:
        self.busy = True
        results: list[Any] = []
        many = len(jobs)
        runs = [
            _watched(job, (place, many, name), results) for place, (name, job) in enumerate(jobs, 1)
        ]
        operation = self._desk.worker.write_each(runs)
        operation.progressed.connect(partial(self._went_on, results, [0]))
        operation.ended.connect(partial(self._end, results, then))
        self.began.emit(operation, words, on_stop)

    def _went_on(self, results: list[Any], seen: list[int], step: Step) -> None:
        if len(results) != seen[0]:
            seen[0] = len(results)
            self.refresh()

    def _end(self, results: list[Any], then: Callable[[list[Any]], None]) -> None:
        self.busy = False
        then(results)
        self.refresh()
        if self._queue and not self.busy:
            self._queue.popleft()()


def _merged_words(done: Sequence[Account], receipt: str) -> str:
    """How many files and records came in; who reported with them is answered."""
    if not done:
        return ""
    records = sum(one.distinct for one in done)
    if not records:
        return f"已收下 {len(done)} 份。"
    reported = any(one.kind in ("submission", "urgent") for one in done)
    then = f"对方还在的话，按 Ctrl+R {receipt}。" if reported else ""
    return f"已汇总 {len(done)} 份，共 {records:,} 条记录。{then}"


def _said(accounts: Sequence[Account], merged: str, left: Sequence[str]) -> tuple[str, str]:
    """What came of a series: what is in, what is not and why, and what to press."""
    if left:
        return "warning", (f"已停下。{merged}还有 {len(left)} 份没有汇总，按 Ctrl+Enter 接着汇总。")
    refused = [one for one in accounts if one.state not in run_account.IN]
    if refused:
        why = f"{refused[0].sentence}{refused[0].remedy}"
        return "warning", f"{merged}有 {len(refused)} 份没有：{why}" if merged else why
    more = "按 Alt+5 看汇总情况和接下来要做的。" if len(accounts) > 1 else ""
    return "ok", f"{merged}{more}"


_FAILED = "failed/"


def _failure(place: int, one: Looked) -> Delivery:
    problem = one.problem
    assert problem is not None
    note = f"{problem.what}{problem.why}"
    return Delivery(f"{_FAILED}{place}", one.name, "refused", note, problem.remedy, pending=True)


def _watched(
    job: Callable[..., Any], which: tuple[int, int, str], results: list[Any]
) -> Callable[[Progress, Cancel], Any]:
    """The job with its file's place and name before every step, and its result kept."""

    def run(progress: Progress, cancel: Cancel) -> Any:
        tell = of_several(progress, *which)
        tell(Step("正在核对"))
        result = job(progress=tell, cancel=cancel)
        results.append(result)
        return result

    return run
