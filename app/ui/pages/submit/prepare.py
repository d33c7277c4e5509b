"""逻辑检查 and 送审: what would be sent, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QWidget

from app.domain.records import TYPES
from app.services.reporting.frozen_report import ReportKind
from app.services.reporting.report_check import Problem
from app.services.reporting.reporting_steps import Situation
from app.ui.keys import AGAIN, SAVE_NEXT, UP_DOWN, Action, Key, tell
from app.ui.pages.submit.panel import StepPanel
from app.ui.pages.submit.rows import Option
from app.ui.pages.submit.target import size_words
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_AGAIN = AGAIN("再检查一次")
_DAILY = Key("Alt+1", "日常报送", ("Alt+1",))
_ANNUAL = Key("Alt+2", "年终报送", ("Alt+2",))
_OPEN = Key("Enter", "打开这条记录")
_CONTENT = (Column("要报送的记录"), Column("条数", 80, right=True))
_FOUND = (Column("编号", 150), Column("", 56), Column("问题"), Column("怎么办", 200))
_CHIP = {"错误": "error", "核对": "warning", "提醒": "warning", "已说明": "ok"}


class PreparePanel(StepPanel):
    """`check_asked`, `freeze_asked(kind)`, `opened(type, id)`."""

    check_asked = Signal()
    freeze_asked = Signal(str)
    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._problems: Sequence[Problem] = ()
        self._seen: Situation | None = None
        self._fresh = False
        self._busy = False
        self.content = Table("要报送的记录", _CONTENT)
        self.found = Table("逻辑检查的结果", _FOUND)
        self.go = Action(SAVE_NEXT("逻辑检查"), self._go, self)
        self.again = Action(_AGAIN, self.check_asked.emit, self)
        self.daily, self.annual = (Option(one, self) for one in (_DAILY, _ANNUAL))
        self.lacking = MessageLine()
        self.note = label(role="note")
        self.result = label(role="note")
        self.found.entered_row.connect(self._open)
        tell(self.found, UP_DOWN("选问题"), _OPEN)
        self._group = QButtonGroup(self)
        for option in (self.daily, self.annual):
            self._group.addButton(option.button)
            option.button.toggled.connect(self._say_lacking)
        self.daily.button.setChecked(True)
        self._lay_out()

    @property
    def kind(self) -> ReportKind:
        """日常 or 年终."""
        return "annual" if self.annual.button.isChecked() else "daily"

    def show_situation(self, seen: Situation) -> None:
        self._seen = seen
        self._fresh = self._fresh and bool(seen.steps[0].when)
        if not self._fresh:
            self._problems = ()
        self.content.set_rows([[words, f"{count:,}"] for words, count in seen.unsent.records])
        self.content_card.note.setText(f"共 {seen.unsent.count:,} 条")
        scans = f"附件 {seen.unsent.scans} 份，" if seen.unsent.scans else ""
        passing = f"；另转送乡镇的 {seen.passing} 个文件" if seen.passing else ""
        size = f"{scans}约 {size_words(seen.unsent.size)}"
        self.note.setText(f"{size}{passing}" if seen.unsent.count else "")
        self._show_state(seen)
        self._say_lacking()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """What the check found; shown until something changes."""
        self._problems, self._fresh = problems, True
        self.found.set_rows([_row(one) for one in problems])

    def go_in(self) -> None:
        if self._problems:
            self.found.setFocus()
        else:
            self.primary.setFocus()

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        for action in (self.go, self.again):
            action.setEnabled(not busy and self._has_work)

    def set_narrow(self, narrow: bool) -> None:
        self.content_card.setFixedWidth(252 if narrow else 332)

    @property
    def _has_work(self) -> bool:
        return self._seen is not None and self._seen.unsent.count > 0

    def _show_state(self, seen: Situation) -> None:
        ready = seen.current == "review"
        words = "送审" if ready else "逻辑检查"
        self.go.setText(words)
        self.again.setVisible(ready)
        self.set_busy(self._busy)
        self.result.setText(_result(seen) if seen.unsent.count else "")
        views = {(False, False): 0, (True, False): 1, (True, True): 2}
        view = views[bool(seen.unsent.count), ready]
        self._stack.setCurrentIndex(3 if self._problems else view)

    def _say_lacking(self) -> None:
        lacking = self._seen.lacking if self._seen else ()
        if self.kind == "annual" and lacking:
            self.lacking.say(
                "warning", "，".join(lacking) + "；按 F10 起草报告，也可以先报送，以后补。"
            )
        else:
            self.lacking.clear()
        self.lacking.setVisible(bool(self.lacking.text()))

    def _go(self) -> None:
        if self._seen is not None and self._seen.current == "review":
            self.freeze_asked.emit(self.kind)
        else:
            self.check_asked.emit()

    def _open(self, row: int) -> None:
        if row < len(self._problems):
            problem = self._problems[row]
            self.opened.emit(problem.type, problem.id)

    def _lay_out(self) -> None:
        self.content_card = Card("这次要报送的", " ")
        self.content_card.body.setContentsMargins(0, 0, 0, 0)
        self.content_card.body.addWidget(self.content, 1)
        bar = self.content_card.add_bar()
        bar.addWidget(self.note)
        self.check_card = Card("逻辑检查", " ")
        self.check_card.head.insertWidget(2, self.result)
        self.check_card.body.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        for view in (*_empty_views(), self.found):
            self._stack.addWidget(view)
        self.check_card.body.addWidget(self._stack, 1)
        self.check_card.body.addLayout(self._kinds())
        bar = self.check_card.add_bar()
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.again))
        self.primary = KeyButton(self.go, primary=True)
        bar.addWidget(self.primary)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self.content_card)
        row.addWidget(self.check_card, 1)
        self.set_narrow(False)

    def _kinds(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        row.setSpacing(20)
        row.addWidget(self.daily)
        row.addWidget(self.annual)
        row.addWidget(self.lacking, 1)
        row.addStretch(0)
        return row


def _row(one: Problem) -> list[Cell | str]:
    number = one.number or TYPES[one.type].label
    chip = Cell(one.severity, chip=_CHIP.get(one.severity, "neutral"))
    return [number, chip, one.sentence, one.remedy]


def _result(seen: Situation) -> str:
    check = seen.steps[0]
    return f"{check.note}　{check.when}".strip()


def _empty_views() -> Sequence[QWidget]:
    return (
        EmptyState(
            "check-circle",
            "没有需要报送的新内容",
            "上次报送以后没有改动。登记或修改以后，再到这里报送；收到的回执按 Ctrl+O 接收。",
        ),
        EmptyState(
            "clipboard-text",
            "先做逻辑检查",
            "看看要报送的记录有没有漏填、填错、前后不一致的地方。有错误的改好以后才能送审。",
        ),
        EmptyState(
            "check-circle",
            "没有错误，可以送审",
            "送审时把合计数定下来，打出送审表，请负责人签字盖章。定数以后再改的，这一次不报。",
        ),
    )
