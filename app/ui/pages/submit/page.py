"""报送: shows the step that is next, and carries it out beside the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.domain.checking.state import OVER
from app.domain.kernel.changes import Changes
from app.services.packages import sealing
from app.services.reporting import (
    open_hazards,
    past_reports,
    receipts,
    report_changes,
    report_papers,
    reporting_steps,
)
from app.services.reporting.frozen_report import Report, ReportKind
from app.services.reporting.past_reports import Past
from app.services.reporting.receipts import Receipt
from app.services.reporting.report_changes import Since, TotalLine
from app.services.reporting.reporting_steps import Examined, Situation
from app.services.reporting.sealed_report import Sent
from app.services.todo.deadlines import Deadline, next_deadline
from app.ui.keys import HISTORY, Action, key
from app.ui.page_context import PageContext
from app.ui.pages.submit.history import HistoryPanel
from app.ui.pages.submit.letter import LetterOverlay
from app.ui.pages.submit.prepare import PreparePanel
from app.ui.pages.submit.receipt import ReceiptPanel
from app.ui.pages.submit.signing import SigningPanel
from app.ui.pages.submit.stepper import Stepper
from app.ui.pages.submit.submit_jobs import SubmitJobs
from app.ui.pages.submit.urgent_and_share import AsidePanel
from app.ui.parts.loading import Awaited
from app.ui.parts.panel import Panel
from app.ui.parts.work_bar import WorkBar
from app.ui.printing.paper_panel import PaperPanel, Render
from app.ui.shell.page import Page
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_RECEIPT = key("Ctrl+O", "收回执")
_ASIDE = key("Ctrl+E", "加急和交换")
_PAST = HISTORY("以往报送")
_LETTER = key("F10", "起草报告")

_REVIEW_ADVICE = "请打印，由负责人签字盖章；签好以后按 Esc，填审签人和日期"
_SLIP_ADVICE = "请打印两份，签字盖章后和优盘一起送去"


class SubmitPage(Page):
    """`signing`, `prepare`, … are the panels; one of them is shown below the steps."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._situation: Situation | None = None
        self._overlay: Panel | None = None
        self._asked = 0
        self._wants_focus = False
        self.steps = Stepper()
        self.work = WorkBar()
        self.doing = SubmitJobs(desk, self.work, self)
        self.prepare = PreparePanel()
        self.signing = SigningPanel(desk)
        self.receipt = ReceiptPanel(desk)
        self.history = HistoryPanel()
        self.aside = AsidePanel(desk)
        self.paper = PaperPanel(desk)
        self.letter = LetterOverlay(desk)
        self._panels: Sequence[Panel] = (
            self.prepare, self.signing, self.receipt, self.history, self.aside, self.paper,
            self.letter,
        )  # fmt: skip
        self._shown = (
            Action(_RECEIPT, self.show_receipts, self, icon="tray"),
            Action(_ASIDE, self.show_aside, self, icon="lightning"),
            Action(_PAST, self.show_history, self, icon="clock-counter-clockwise"),
            Action(_LETTER, self.show_letter, self, icon="files"),
        )
        self._lay_out()
        self._listen()

    # -- what the frame asks

    @property
    def actions_shown(self) -> Sequence[Action]:
        return self._shown

    @property
    def panel(self) -> Panel:
        """The one shown."""
        shown = self._stack.currentWidget()
        return next(one for one in self._panels if one is shown)

    def activate(self) -> None:
        """Look again; what the office above said may have been settled meanwhile."""
        if self._overlay is self.receipt:
            self._load_words()
        self.load(focus=True)

    def changed(self, changes: Changes) -> None:
        self.load()

    def set_narrow(self, narrow: bool) -> None:
        self.steps.set_narrow(narrow)
        for panel in self._panels:
            panel.set_narrow(narrow)
        margin = 8 if narrow else LIGHT.margin
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(8 if narrow else LIGHT.gap)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files that were dropped on the window: the answer of the office above."""
        self.show_receipts()
        self.doing.receive(paths)

    # -- what is shown

    def load(self, *, focus: bool = False) -> None:
        """Look again where the 报送 is."""
        office = self._desk.office
        self._asked += 1
        self._wants_focus = self._wants_focus or focus
        looking = self._read(partial(reporting_steps.situation, office))
        looking.done.connect(partial(self._show, self._asked))
        self._awaited.watch(looking)
        due = self._desk.worker.read(partial(next_deadline, office), long=True)
        due.done.connect(self._show_deadline)
        due.failed.connect(lambda _: None)

    def show_history(self) -> None:
        """以往报送."""
        looking = self._read(partial(past_reports.past, self._desk.office))
        looking.done.connect(self._show_past)

    def show_aside(self) -> None:
        """加急报送, and the exchange with the other PC."""
        looking = self._read(partial(open_hazards.open_hazards, self._desk.office))
        looking.done.connect(self._show_hazards)

    def show_letter(self) -> None:
        """总结报告 or 综合调研报告, which go with the year's report."""
        self._overlay = self.letter
        self._go_to(self.letter, focus=False)
        self.letter.begin()

    def show_receipts(self) -> None:
        """收回执, at whatever step."""
        self._overlay = self.receipt
        self._load_words()
        self._go_to(self.receipt)

    def _show(self, asked: int, seen: Situation) -> None:
        """Show it, unless it was looked at again meanwhile."""
        if asked != self._asked:
            return
        focus, self._wants_focus = self._wants_focus, False
        before, self._situation = self._situation, seen
        self.steps.show_steps(seen.steps, seen.current)
        for panel in (self.prepare, self.signing, self.receipt):
            panel.show_situation(seen)
        self.badge_changed.emit(seen.unsent.count)
        moved = before is None or before.current != seen.current
        if seen.is_under_way and seen.report is not None:
            self._load_changes(seen.report.n)
        if self._overlay is None:
            if seen.current == "receipt" and (moved or focus):
                self._load_words()
            self._go_to(self._own_panel(), focus=focus or moved)

    def _own_panel(self) -> Panel:
        """The panel of the step that is next."""
        current = self._situation.current if self._situation else "check"
        if current in ("check", "review"):
            return self.prepare
        return self.receipt if current == "receipt" else self.signing

    def _go_to(self, panel: Panel, *, focus: bool = True) -> None:
        self._stack.setCurrentWidget(panel)
        self._awaited.answer()
        if focus and self.isVisible():
            panel.go_in()

    def _leave(self) -> None:
        """Back from 以往报送, a paper or the like to the step."""
        self._overlay = None
        self._go_to(self._own_panel())

    def _show_deadline(self, due: Deadline | None) -> None:
        self.note = _deadline_words(due) if due else ""
        self.note_changed.emit(self.note)

    def _show_past(self, past: Past) -> None:
        self._overlay = self.history
        self.history.show_past(past)
        self._go_to(self.history)

    def _show_hazards(self, hazards: Sequence[open_hazards.OpenHazard]) -> None:
        self._overlay = self.aside
        self.aside.show_hazards(hazards)
        self._go_to(self.aside)

    def _show_paper(self, name: str, advice: str, render: Render) -> None:
        self._overlay = self.paper
        self.paper.show_paper(name, advice, render)
        self._go_to(self.paper)

    def _show_review_sheet(self) -> None:
        if self._report is not None:
            self._frozen(self._report)

    def _show_slip(self, n: int) -> None:
        render = partial(past_reports.print_slip_again, self._desk.office, n)
        self._show_paper("报送单", _SLIP_ADVICE, render)

    def _show_own_slip(self) -> None:
        if self._report is not None:
            self._show_slip(self._report.n)

    def _load_changes(self, n: int) -> None:
        office = self._desk.office

        def job() -> tuple[Sequence[TotalLine], Sequence[Since]]:
            return report_changes.compare_totals(office, n), report_changes.changed_since(office, n)

        reading = self._read(job)
        reading.done.connect(lambda found: self.signing.show_changes(*found))
        self.signing.await_changes(n, reading)

    def _load_words(self) -> None:
        office = self._desk.office

        def job() -> tuple[Sequence[receipts.Word], str]:
            return receipts.open_words(office), past_reports.past(office).last_answer

        reading = self._read(job)
        reading.done.connect(lambda found: self.receipt.show_words(*found))
        self.receipt.awaited.watch(reading)

    # -- what came of it

    def _checked(self, examined: Examined) -> None:
        self.prepare.show_problems(examined.problems)
        self._overlay = None
        self.load(focus=True)

    def _frozen(self, report: Report) -> None:
        render = partial(report_papers.print_review_sheet, self._desk.office, report.n)
        self._show_paper("送审表", _REVIEW_ADVICE, render)

    def _made(self, sent: Sent) -> None:
        self.signing.files.target.remember()
        self._show_slip(sent.report.n)

    def _received(self, receipt: Receipt) -> None:
        self.receipt.source.remember()
        self._overlay = self.receipt
        self.receipt.show_receipt(receipt)
        self._go_to(self.receipt)

    def _written(self) -> None:
        self.aside.target.remember()
        if self.panel is self.aside:
            self.show_aside()

    # -- what is asked for

    def _freeze(self, kind: ReportKind) -> None:
        self.doing.freeze(kind, self._situation)

    def _freeze_again(self) -> None:
        report = self._report
        self._freeze(report.kind if report else "daily")

    def _sign(self, name: str, day: dt.date, on_paper: bool) -> None:
        if self._report is not None:
            self.doing.sign(self._report, name, day, on_paper=on_paper)

    def _make(self, folder: Path, cap: int = sealing.USB) -> None:
        if self._report is not None:
            self.doing.make(self._report.n, folder, cap)

    def _copy(self, folder: Path) -> None:
        seen = self._situation
        if seen is not None and seen.copied:
            self._make(folder)
        else:
            self.doing.pass_on(folder)

    @property
    def _report(self) -> Report | None:
        return self._situation.report if self._situation else None

    def _read(self, job: Callable[..., Any]) -> Operation:
        return self._desk.worker.read(job, long=True)

    def _set_busy(self, busy: bool) -> None:
        for panel in self._panels:
            panel.set_busy(busy)
        for action in self._shown:
            action.setEnabled(not busy)

    def _end(self) -> None:
        self._set_busy(False)
        self.load()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for panel in self._panels:
            self._stack.addWidget(panel)
        self._column = QVBoxLayout(self)
        self._awaited = Awaited(self._stack)
        for part in (self.steps, self.work, self._awaited):
            self._column.addWidget(part)
        self._column.setStretchFactor(self._awaited, 1)
        self.set_narrow(False)

    def _listen(self) -> None:
        doing, opened = self.doing, self._desk.open
        doing.began.connect(lambda: self._set_busy(True))
        doing.ended.connect(self._end)
        doing.shown.connect(lambda shown: self.steps.setVisible(not shown))
        doing.checked.connect(self._checked)
        doing.frozen.connect(self._frozen)
        doing.signed.connect(lambda: self.load(focus=True))
        doing.made.connect(self._made)
        doing.received.connect(self._received)
        doing.written.connect(self._written)
        self.prepare.check_asked.connect(doing.check)
        self.prepare.freeze_asked.connect(self._freeze)
        self.prepare.opened.connect(opened)
        self.signing.totals.print_asked.connect(self._show_review_sheet)
        self.signing.changes.opened.connect(opened)
        self.signing.files.signed.connect(self._sign)
        self.signing.files.made.connect(self._make)
        self.signing.files.frozen_again.connect(self._freeze_again)
        self.receipt.take_asked.connect(lambda folder: doing.receive([folder]))
        self.receipt.copy_asked.connect(self._copy)
        self.receipt.print_asked.connect(self._show_own_slip)
        self.receipt.next_asked.connect(doing.check)
        self.receipt.opened.connect(opened)
        self.history.print_asked.connect(self._show_slip)
        self.aside.urgent_asked.connect(doing.report_urgently)
        self.aside.share_asked.connect(doing.share)
        for panel in (self.receipt, self.history, self.aside, self.paper, self.letter):
            panel.closed.connect(self._leave)


def _deadline_words(due: Deadline) -> str:
    if due.days < -OVER.days:
        return f"截止 {due.due}，活动已结束"
    day = f"截止 {due.due.month}月{due.due.day}日"
    if due.sent:
        return f"{day}，{due.sent.month}月{due.sent.day}日已上报"
    return f"{day}，还有 {due.days} 天" if due.days >= 0 else f"{day}，已超 {-due.days} 天"
