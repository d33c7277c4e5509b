"""以往报送: every 报送 with its number, who signed, and how it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.services.reporting.past_reports import Past, Submission
from app.ui.keys import ESCAPE, PRINT, UP_DOWN, Action, tell
from app.ui.pages.submit.target import size_words
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.panel import Panel
from app.ui.parts.table import Cell, Column, Table

_COLUMNS = (
    Column("第几次", 108),
    Column("类别", 64),
    Column("生成时间", 148),
    Column("审签人", 88),
    Column("条数", 72, right=True),
    Column("文件", 56, right=True),
    Column("大小", 88, right=True),
    Column("怎样了"),
)
_CHIP = {
    "sealed": "warning", "made": "info", "received": "ok", "returned": "warning",
    "missing": "error", "refused": "error",
}  # fmt: skip


class HistoryPanel(Panel):
    """`closed` on Esc; `print_asked(report)` for the slip of one."""

    closed = Signal()
    print_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[Submission] = ()
        self.table = Table("以往报送", _COLUMNS)
        self.table.chosen_row.connect(self._settle)
        self.print = Action(PRINT("看报送单并打印"), self._print, self)
        self.back = Action(ESCAPE("返回"), self.closed.emit, self)
        self.last = label(role="note")
        tell(self.table, UP_DOWN("选一次"))
        self.card = Card("以往报送", " ")
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.addWidget(self.table)
        bar = self.card.add_bar()
        bar.addWidget(self.last, 1)
        bar.addWidget(KeyButton(self.back))
        bar.addWidget(KeyButton(self.print))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.card)

    def show_past(self, past: Past) -> None:
        """Show these, the newest first."""
        self._all = past.submissions
        self.table.set_rows([_row(one) for one in self._all])
        self.card.note.setText(f"{len(self._all)} 次" if self._all else "还没有报送过")
        last = _moment(past.last_answer) if past.last_answer else ""
        self.last.setText(f"上次收到回执 {last}" if last else "还没有收到过回执")
        self._settle()

    def go_in(self) -> None:
        self.table.setFocus()

    def set_busy(self, busy: bool) -> None:
        self.back.setEnabled(not busy)

    def _settle(self) -> None:
        row = self.table.row
        chosen = self._all[row] if 0 <= row < len(self._all) else None
        self.print.setEnabled(chosen is not None and chosen.report > 0)

    def _print(self) -> None:
        if 0 <= self.table.row < len(self._all):
            self.print_asked.emit(self._all[self.table.row].report)


def _row(one: Submission) -> list[Cell | str]:
    state = Cell(one.state, chip=_CHIP[one.standing])
    counts = (f"{one.records:,}", f"{one.files}", size_words(one.size))
    return [Cell(one.title, bold=True), one.kind, _moment(one.made_at), one.signer, *counts, state]


def _moment(at: str) -> str:
    return dt.datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M") if at else ""
