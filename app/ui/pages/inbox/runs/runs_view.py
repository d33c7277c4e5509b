"""汇总情况: every run of 汇总, opened again: what came in, what did not and why, what is next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.services.receiving import kept_runs, run_account
from app.services.receiving.run_account import STATES, Run, RunFile
from app.ui.keys import ESCAPE, PRINT, UNDO, UP_DOWN, Action, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.files.inbox_jobs import InboxJobs
from app.ui.pages.inbox.grid import Cell, Column, Grid, Line, quiet
from app.ui.pages.inbox.runs.run_undoing import RunUndoing
from app.ui.parts.card import Card, card_around
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.work_bar import WorkBar
from app.ui.printing.paper_panel import PaperPanel
from app.ui.theme import LIGHT

WIDTH, WIDTH_NARROW = 372, 300
_TELLING = frozenset({"merge_run", "package"})
_RUNS = (Column("时间", 108), Column("情况", 0))
_FILES = (Column("文件", 236), Column("情况", 104), Column("记录", 168), Column("原因和怎么办", 0))
_CHIPS = {
    "merged": "ok", "recorded": "ok", "duplicate": "neutral", "withdrawn": "neutral",
    "kept": "warning", "held": "warning", "frozen": "error", "refused": "error",
    "unread": "error", "left": "warning",
}  # fmt: skip
_EMPTY = (
    "这里还没有记录",
    "从现在起，每次汇总以后，哪些汇总了、哪些没有、\n接下来做什么，都留在这里。",
)
_ADVICE = "留一份，照“接下来要做的”一件一件办。"


class RunsView(QWidget):
    """The runs at the left, the newest first; the account of the chosen one at the right."""

    def __init__(self, desk: PageContext, jobs: InboxJobs) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._office, self._jobs = desk, desk.office, jobs
        self._runs: dict[str, Run] = {}
        self._stale = True
        self.grid, self.files = Grid(_RUNS, "历次汇总"), Grid(_FILES, "这次汇总的文件")
        self.paper_panel = PaperPanel(desk)
        self.printing = Action(PRINT("打印汇总情况"), self._print, self)
        self.undoing = RunUndoing(desk, jobs, self)
        self.undo = Action(UNDO("撤销这一次"), self._undo, self)
        self.said, self.work = MessageLine(), WorkBar()
        self.steps = label(role="")
        self.records = label(role="note")
        tell(self.grid, UP_DOWN("选一次"), PRINT("打印汇总情况"), UNDO("撤销这一次"))
        tell(self.files, UP_DOWN("翻看"), PRINT("打印汇总情况"), ESCAPE("返回"))
        self._lay_out()
        jobs.began.connect(self.work.watch)
        self.undoing.said.connect(self._say)
        self.grid.moved.connect(lambda key: self._another())
        self.grid.entered_line.connect(lambda key: self.files.setFocus())
        self.paper_panel.closed.connect(self._leave_paper)

    # -- what the page asks

    def activate(self) -> None:
        """Put the focus on the newest run."""
        (self.paper_panel.view if self._stack.currentIndex() == 1 else self.grid).setFocus()
        if self._stale:
            self._read()

    def outdated(self, changes: Changes) -> None:
        """Another run was kept, or a file taken back; of several the last one says it."""
        self._stale = self._stale or bool(changes.types & _TELLING)
        if self._stale and self.isVisible() and not self._jobs.busy:
            self._read(self.grid.key)

    def search(self, text: str) -> None:
        """The runs are found by their day."""

    def set_narrow(self, narrow: bool) -> None:
        """Leave the account room."""
        self._list_card.setFixedWidth(WIDTH_NARROW if narrow else WIDTH)
        self.files.set_width(0, 176 if narrow else 236)
        self.files.set_width(2, 120 if narrow else 168)

    @property
    def chosen(self) -> Run | None:
        """The run in the chosen line."""
        return self._runs.get(self.grid.key)

    # -- making

    def _lay_out(self) -> None:
        self._list_card = Card("历次汇总")
        self._list_card.setFixedWidth(WIDTH)
        self._list_card.note.hide()
        self._list_card.body.setContentsMargins(0, 0, 0, 0)
        self._list_card.body.addWidget(self.grid)
        self._card = Card(" ")
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self._card.body.setSpacing(0)
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        column.setSpacing(6)
        for words in (self.records, self.steps):
            words.setWordWrap(True)
            column.addWidget(words)
        self._card.body.addWidget(told)
        self._card.body.addWidget(self.files, 1)
        self._said_row = QWidget()
        beside = QHBoxLayout(self._said_row)
        beside.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        beside.addWidget(self.said)
        self._said_row.hide()
        self._card.body.addWidget(self._said_row)
        self._card.body.addWidget(self.work)
        bar = self._card.add_bar()
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.undo))
        bar.addWidget(KeyButton(self.printing, primary=True))
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._list_card)
        row.addWidget(self._card, 1)
        self._stack = QStackedWidget()
        for part in (inside, self.paper_panel, card_around(EmptyState("tray", *_EMPTY))):
            self._stack.addWidget(part)
        self.awaited = Awaited(self._stack)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.awaited)

    # -- what is shown

    def _read(self, stay: str = "") -> None:
        """Read the runs; the newest is chosen unless another is looked at."""
        self._stale = False
        reading = self._desk.worker.read(partial(kept_runs.kept, self._office))
        self.awaited.watch(reading)
        reading.done.connect(partial(self._show, stay))

    def _show(self, stay: str, runs: list[Run]) -> None:
        had_focus = self.hasFocus() or self.grid.hasFocus()
        self._runs = {str(run.n): run for run in runs}
        newest = str(runs[0].n) if runs else ""
        self.grid.show_lines([_run_line(run) for run in runs], stay or newest)
        if self._stack.currentIndex() != 1:
            self._stack.setCurrentIndex(0 if runs else 2)
        self.awaited.answer()
        self._show_chosen()
        if had_focus:
            (self.grid if runs else self).setFocus()

    def _another(self) -> None:
        self.undoing.forget()
        self._hush()
        self._show_chosen()

    def _say(self, kind: str, words: str) -> None:
        self.said.say(kind, words)
        self._said_row.show()

    def _hush(self) -> None:
        self._said_row.hide()

    def _show_chosen(self) -> None:
        run = self.chosen
        self.printing.setEnabled(run is not None)
        self.undo.setEnabled(run is not None)
        if run is None:
            return
        self._card.title.setText(f"{_when(run)}　{run.by}")
        self._card.note.setText(run.headline)
        figures = "，".join(f"{words} {count:,}" for words, count in run.figures)
        self.records.setText(f"记录：{figures}")
        steps = "\n".join(f"{n}. {step}" for n, step in enumerate(run.steps, 1))
        words = f"接下来要做的\n{steps}" if steps else "没有要接着做的。"
        self.steps.setText(words)
        # A wrapped label asks for one line only where a table beside it may grow.
        lines = words.count("\n") + 1
        self.steps.setMinimumHeight(lines * self.steps.fontMetrics().lineSpacing())
        left = [RunFile(name, "left") for name in run.left]
        ordered = [*left, *sorted(run.files, key=lambda one: one.is_in)]
        self.files.show_lines([_file_line(n, one) for n, one in enumerate(ordered)])

    # -- what is done

    def _undo(self) -> None:
        if self.chosen is not None:
            self._hush()
            self.undoing.ask(self.chosen)

    def _print(self) -> None:
        run = self.chosen
        if run is None:
            return
        self._stack.setCurrentIndex(1)
        render = partial(run_account.print_run, self._office, run)
        self.paper_panel.show_paper(f"汇总情况_{run.at[:10]}", _ADVICE, render)
        self.paper_panel.go_in()

    def _leave_paper(self) -> None:
        self._stack.setCurrentIndex(0)
        self.grid.setFocus()


def _when(run: Run) -> str:
    return f"{run.at[5:10]} {run.at[11:16]}"


def _run_line(run: Run) -> Line:
    return Line(str(run.n), (Cell(_when(run), bold=bool(run.steps)), quiet(run.headline)))


def _file_line(place: int, one: RunFile) -> Line:
    words = "还没有汇总" if one.state == "left" else STATES.get(one.state, one.state)
    return Line(
        str(place),
        (
            Cell(one.called[0], note="".join(one.called[1:])),
            Cell(words, chip=_CHIPS.get(one.state, "neutral")),
            Cell(one.counts),
            quiet(f"{one.sentence}{one.remedy}"),
        ),
    )
