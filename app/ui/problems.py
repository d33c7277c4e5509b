"""The one place where failures are shown.

`UserError` and `EnvironmentProblem` become a notice with what happened, why and
what to press; `Cancelled` is silent; everything else is a fault of the program:
it is logged, and a dialog offers to save a report.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.kernel.errors import Cancelled, EnvironmentProblem, Problem, UserError
from app.exchange.files import words_for
from app.ui.icons import icon
from app.ui.keys import ESCAPE, SAVE, Action
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import CHIPS, LIGHT

Keep = Callable[[BaseException], Path | None]
"""Writes the trace of a fault, without personal data, and says where."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Words for the message bar; `kind` is a key of `theme.CHIPS`."""

    kind: str
    what: str
    why: str = ""
    remedy: str = ""


class Problems(QObject):
    """Takes every failure; the message bar listens to `noticed(Notice)`."""

    noticed = Signal(object)

    def __init__(self, keep: Keep, window: QWidget) -> None:
        super().__init__(window)
        self._keep = keep
        self._window = window

    def show(self, error: BaseException) -> None:
        """Show a failure as its kind wants it."""
        match error:
            case Cancelled() | KeyboardInterrupt():
                return
            case Problem():
                self.noticed.emit(notice_of(error))
            case OSError():
                self.noticed.emit(notice_of(_of_the_system(error)))
            case _:
                FaultDialog(NOW, self._keep(error), self._window).open()

    def tell_of_last_time(self, log: Path) -> None:
        """The last time the program ended without an end; `log` says where it was."""
        FaultDialog(LAST_TIME, log, self._window).open()

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """What becomes of an exception nobody caught (`sys.excepthook`)."""
        self.show(error)


def notice_of(problem: Problem) -> Notice:
    """错误 for what was asked, 提醒 for what the machine lacks."""
    kind = "error" if isinstance(problem, UserError) else "warning"
    return Notice(kind, problem.what, problem.why, problem.remedy)


def _of_the_system(error: OSError) -> EnvironmentProblem:
    try:
        with words_for(Path(str(error.filename or ""))):
            raise error
    except EnvironmentProblem as problem:
        return problem


@dataclass(frozen=True, slots=True)
class Fault:
    """Words for the dialog: what happened, and what is safe."""

    title: str
    what: str
    rest: str


NOW = Fault(
    "程序内部出错",
    "程序内部出错，这一步没有完成。",
    "已经保存过的内容没有丢失。报告里没有个人信息，请发给维护人员。",
)
LAST_TIME = Fault(
    "上次没有正常结束",
    "上次程序没有正常结束：断电了，被强行关闭了，或程序出错。",
    "已经保存过的内容没有丢失，没填完的还在草稿里。如果没有断电，请保存报告发给维护人员，"
    "报告里没有个人信息。",
)


class FaultDialog(QDialog):
    """What happened, what is safe, and a report to save. The work behind it goes on."""

    def __init__(self, fault: Fault, log: Path | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(fault.title)
        self.setFixedWidth(480)
        self._log = log
        self.said = label(role="note")
        self.said.setWordWrap(True)
        save = Action(SAVE("保存报告"), self._save, self)
        save.setEnabled(log is not None)
        close = Action(ESCAPE("关闭"), self.reject, self)
        self.save_button = KeyButton(save, primary=True)
        self._lay_out(fault, KeyButton(close), self.save_button)

    def _lay_out(self, fault: Fault, *buttons: QWidget) -> None:
        head = QHBoxLayout()
        sign = QLabel()
        sign.setPixmap(icon("warning-circle", CHIPS["error"].text).pixmap(24, 24))
        what = label(fault.what, "strong")
        what.setWordWrap(True)
        head.addWidget(sign)
        head.addWidget(what, 1)
        rest = label(fault.rest)
        rest.setWordWrap(True)
        bar = QHBoxLayout()
        bar.addStretch(1)
        for button in buttons:
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.setSpacing(LIGHT.gap)
        column.addLayout(head)
        column.addWidget(rest)
        column.addWidget(self.said)
        column.addLayout(bar)

    def _save(self) -> None:
        if self._log is None:
            return
        wanted = Path.home() / "走访帮扶登记系统-出错报告.txt"
        chosen, _ = QFileDialog.getSaveFileName(self, "保存报告", str(wanted), "文本 (*.txt)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> None:
        """Copy the log; says below whether it worked."""
        if self._log is None:
            return
        try:
            with words_for(target):
                shutil.copyfile(self._log, target)
        except EnvironmentProblem as problem:
            self.said.setText(str(problem))
        else:
            self.said.setText(f"已保存：{target}")
