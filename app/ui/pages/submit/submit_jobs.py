"""What is done at each step: run beside the window, shown while it takes long, stopped by Esc."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.kernel.changes import Changes
from app.services.reporting import freeze, receipts, reporting_steps, sign_off, write_to_stick
from app.services.reporting.frozen_report import Report, ReportKind
from app.services.reporting.receipts import Receipt
from app.services.reporting.reporting_steps import Examined, Situation
from app.services.reporting.sealed_report import Sent
from app.ui.page_context import PageContext
from app.ui.parts.work_bar import WorkBar
from app.ui.problems import Notice
from app.ui.worker import Operation

_NOTHING_KEPT = "停止后什么都没有改，可以再做一次。"
_COPY_STOPPED = "停止后优盘上不会留下半个文件，可以再拷一次。"
_TAKEN_STAYS = "停止后已经收下的不变，其余的可以再收。"
_AT_ONCE = 300
"""Milliseconds within which nobody waits."""


class SubmitJobs(QObject):
    """One thing at a time; `began` and `ended` frame it, `shown(bool)` while the bar is seen.

    `checked(Examined)`, `frozen(Report)`, `signed`, `made(Sent)`, `received(Receipt)` and
    `written` (a file of 加急报送 or for the other PC) say what came of it. What failed is
    shown as everywhere, and leaves the step where it was.
    """

    began = Signal()
    ended = Signal()
    shown = Signal(bool)
    checked = Signal(object)
    frozen = Signal(object)
    signed = Signal()
    made = Signal(object)
    received = Signal(object)
    written = Signal()

    def __init__(self, desk: PageContext, bar: WorkBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bar = bar

    def check(self) -> None:
        """逻辑检查, and remember that it was done."""
        job = partial(reporting_steps.examine, self._desk.office)
        checking = self._desk.worker.read(job, long=True)
        checking.done.connect(self._keep_check)
        self._watch(checking, "正在做逻辑检查", _NOTHING_KEPT)

    def freeze(self, kind: ReportKind, seen: Situation | None) -> None:
        """送审, or 重新送审; `seen` is where the 报送 was shown to be."""
        freezing = self._write(partial(freeze.freeze, self._desk.office, kind, base=seen))
        freezing.done.connect(self._frozen)
        self._watch(freezing, "正在送审", _NOTHING_KEPT)

    def sign(self, seen: Report, name: str, day: dt.date, *, on_paper: bool) -> None:
        """审签 of a report as it was shown."""
        job = partial(sign_off.approve, self._desk.office, seen.n, name, day, on_paper=on_paper)
        job = partial(job, base=seen)
        signing = self._write(job)
        signing.done.connect(lambda _: self.signed.emit())
        self._watch(signing, "正在记下审签", _NOTHING_KEPT)

    def make(self, n: int, folder: Path, cap: int) -> None:
        """生成报送文件, or copy them once more."""
        job = partial(write_to_stick.make_files, self._desk.office, n, folder, cap=cap)
        making = self._write(job)
        making.done.connect(partial(self._made, folder))
        self._watch(making, "正在生成报送文件", _COPY_STOPPED)

    def pass_on(self, folder: Path) -> None:
        """转送 what the offices below sent."""
        job = partial(write_to_stick.pass_on, self._desk.office, folder)
        self._write_aside(job, folder, "正在拷贝乡镇（街道）的文件", "请送到上级工会。")

    def receive(self, sources: Sequence[Path]) -> None:
        """收回执."""
        receiving = self._write(partial(receipts.take_receipts, self._desk.office, sources))
        receiving.done.connect(self._received)
        self._watch(receiving, "正在收回执", _TAKEN_STAYS)

    def report_urgently(self, hazard: str, folder: Path) -> None:
        """加急报送."""
        job = partial(write_to_stick.make_urgent, self._desk.office, hazard, folder)
        self._write_aside(job, folder, "正在生成加急报送文件", "请马上送到上级工会，并打电话说明。")

    def share(self, folder: Path) -> None:
        """交换 with the other PC of the office."""
        job = partial(write_to_stick.make_shared, self._desk.office, folder)
        self._write_aside(job, folder, "正在写交换文件", "请拿到本单位另一台电脑上接收。")

    def _write_aside(self, job: Callable[..., Any], folder: Path, words: str, then: str) -> None:
        writing = self._write(job)
        writing.done.connect(partial(self._written_aside, folder, then))
        self._watch(writing, words, _COPY_STOPPED)

    def _keep_check(self, examined: Examined) -> None:
        keep = partial(reporting_steps.keep_check, self._desk.office, examined)
        self._desk.worker.write(keep).done.connect(lambda _: self.checked.emit(examined))

    def _frozen(self, report: Report) -> None:
        self.frozen.emit(report)
        self._tell_all()

    def _made(self, folder: Path, sent: Sent) -> None:
        self._say(f"{len(sent.files)} 个文件已写到“{folder}”，读回核对无误。")
        self.made.emit(sent)
        self._tell_all()

    def _received(self, receipt: Receipt) -> None:
        self._say(f"收下了 {len(receipt.accounts)} 个文件。")
        self.received.emit(receipt)

    def _written_aside(self, folder: Path, then: str, files: Sequence[Path]) -> None:
        if files:
            self._say(f"{len(files)} 个文件已写到“{folder}”，读回核对无误。{then}")
        else:
            self._say("没有新的内容，不用写文件。", "info")
        self.written.emit()
        self._tell_all()

    def _write(self, job: Callable[..., Any]) -> Operation:
        return self._desk.worker.write(job, long=True)

    def _watch(self, operation: Operation, words: str, on_stop: str) -> None:
        """What is done at once shows no bar."""
        self.began.emit()
        waiting = QTimer(self)
        waiting.setSingleShot(True)
        waiting.timeout.connect(partial(self._show, operation, words, on_stop))
        waiting.start(_AT_ONCE)
        operation.ended.connect(waiting.stop)
        operation.ended.connect(waiting.deleteLater)
        operation.ended.connect(self._end)
        operation.failed.connect(self._desk.problems.show)

    def _show(self, operation: Operation, words: str, on_stop: str) -> None:
        self._bar.watch(operation, words, on_stop)
        self.shown.emit(True)

    def _end(self) -> None:
        self.shown.emit(False)
        self.ended.emit()

    def _tell_all(self) -> None:
        """Let the other pages look again: the ledger of packages has changed."""
        self._desk.worker.changed.emit(Changes(frozenset({"package"})))

    def _say(self, words: str, kind: str = "ok") -> None:
        self._desk.problems.noticed.emit(Notice(kind, words))
