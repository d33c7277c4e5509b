"""接下来做什么: one line for each thing that waits, the urgent first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.services.todo.todo_office import Waiting
from app.ui.keys import UP_DOWN, Action, tell
from app.ui.pages.home.words import left, near
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import CHIPS, LIGHT

_COLUMNS = (
    Column("事项"),
    Column("件数", 64, right=True),
    Column("期限", 92),
    Column("还有", 100),
)
SIGNS = {
    "hazards": "warning", "grave": "warning", "demands": "clock", "return": "arrow-u-up-left",
    "propose": "phone", "uncovered": "map-pin", "drafts": "note-pencil", "documents": "files",
    "unsent": "paper-plane-tilt", "sent": "receipt", "follow_up": "handshake", "to_merge": "tray",
    "held": "user-circle-plus", "frozen": "hand", "gaps": "list-numbers", "parked": "archive-box",
    "early": "hourglass", "missing": "bell", "doubles": "copy",
    "refused": "arrows-left-right", "to_confirm": "check-square", "handed_back": "arrow-u-up-left",
    "passed_up": "chat-text",
    "appeals": "scales", "results": "trophy", "update": "arrows-clockwise",
}  # fmt: skip
_URGENT = frozenset({"hazards", "grave", "demands"})


class WaitingCard(Card):
    """`asked(Waiting)` when a line is to be opened."""

    asked = Signal(object)

    def __init__(self, open_line: Action) -> None:
        super().__init__("接下来做什么", " ")
        self.head.addWidget(self.note)
        self._lines: Sequence[Waiting] = ()
        self._open = open_line
        open_line.setEnabled(False)
        self.table = Table("接下来做什么", _COLUMNS, row_height=LIGHT.icon_row)
        self.table.entered_row.connect(lambda row: self.go())
        tell(self.table, UP_DOWN("选事项"), open_line.key)
        done = EmptyState("check-circle", "没有待办事项", "新的事项会自动出现在这里。")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(done)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.awaited = Awaited(self._stack)
        self.body.addWidget(self.awaited)
        bar = self.add_bar()
        bar.addWidget(label("做完的事项自动从这里消失", "note"))
        bar.addStretch(1)
        bar.addWidget(KeyButton(open_line, primary=True))

    def show_lines(self, lines: Sequence[Waiting], today: dt.date, *, whole: bool) -> None:
        """Show these; a line that was chosen stays so, the first one otherwise.

        That nothing waits is said when everything was looked at (`whole`), not before.
        """
        before = self._lines[self.table.row].name if self._lines and self.table.row > 0 else ""
        self._lines = lines
        self.table.set_rows([_cells(line, today) for line in lines])
        self.table.selectRow(0)
        for row, line in enumerate(lines):
            if line.name == before:
                self.table.selectRow(row)
        count = f"{sum(line.count for line in lines):,} 件，急的在前" if lines else ""
        self.note.setText(count if whole else "还在看…")
        self._stack.setCurrentIndex(0 if lines else 1)
        self._open.setEnabled(bool(lines))
        if lines or whole:
            self.awaited.answer()

    def go(self) -> None:
        """Open the line chosen."""
        if 0 <= self.table.row < len(self._lines):
            self.asked.emit(self._lines[self.table.row])


def _cells(line: Waiting, today: dt.date) -> list[Cell]:
    words, kind = left(line.due, today)
    tint = CHIPS["error"].text if line.name in _URGENT else LIGHT.text2
    sign = SIGNS.get(line.name, "warning-circle")
    return [
        Cell(line.title, line.note, sign, tint, bold=True),
        Cell(f"{line.count:,}"),
        Cell(near(line.due, today)),
        Cell(words, chip=kind),
    ]
