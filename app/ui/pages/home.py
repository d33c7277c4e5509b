"""首页（待办）: what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from app.domain.changes import Changes
from app.services.today import Deadline, Today, Waiting, today
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.keys import UP_DOWN, Action, Key, tell
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.problems import Notice
from app.ui.shell.page import Page
from app.ui.theme import LIGHT

_OPEN = Key("Enter", "打开", ("Return", "Enter"))
_HEADS = ("事项", "件数", "期限")
_SIGNS = {
    "hazards": "warning", "demands": "clock", "return": "arrow-u-up-left", "propose": "phone",
    "uncovered": "map-pin", "drafts": "note-pencil",
}  # fmt: skip


class Home(Page):
    """What is due, returned, unfinished or unsent."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: tuple[Waiting, ...] = ()
        self.days = label(role="countdown")
        self.due = label(role="note")
        self.backup = label(role="note")
        self.table = _table()
        self.card = Card("接下来做什么", "急的在前")
        self.open = Action(_OPEN, self._open, self)
        self.table.itemDoubleClicked.connect(self._open)
        tell(self.table, UP_DOWN("选事项"), _OPEN)
        self._lay_out()
        self._load()

    def activate(self) -> None:
        self.table.setFocus()

    def changed(self, changes: Changes) -> None:
        self._load()

    def _lay_out(self) -> None:
        self.count = Card("距下次上报")
        row = QHBoxLayout()
        row.addWidget(self.days)
        row.addWidget(self.due, 1, Qt.AlignmentFlag.AlignVCenter)
        self.count.body.addLayout(row)
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.addWidget(self.table)
        bar = self.card.add_bar()
        bar.addWidget(self.backup)
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.open, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.setSpacing(LIGHT.gap)
        column.addWidget(self.count)
        column.addWidget(self.card, 1)

    def _load(self) -> None:
        office = self._desk.office
        self._desk.worker.read(lambda: today(office), long=True).done.connect(self._show)

    def _show(self, seen: Today) -> None:
        self._rows = seen.waiting
        self.days.setText(_days(seen.deadline))
        self.due.setText(f"{seen.deadline.title}　{seen.deadline.due}" if seen.deadline else "")
        kept = seen.backup
        self.backup.setText(f"上次备份 {kept.at[:16].replace('T', ' ')}" if kept else "还没有备份")
        self.card.note.setText("急的在前" if seen.waiting else "没有待办事项")
        self.table.setRowCount(len(seen.waiting))
        for place, one in enumerate(seen.waiting):
            self._show_row(place, one)
        self.open.setEnabled(bool(seen.waiting))
        if seen.waiting and self.table.currentRow() < 0:
            self.table.selectRow(0)
        self.badge_changed.emit(len(seen.waiting))

    def _show_row(self, place: int, one: Waiting) -> None:
        due = one.due.strftime("%m-%d") if one.due else ""
        title = QTableWidgetItem(icon(_SIGNS.get(one.name, "paper-plane-tilt")), one.title)
        title.setText(f"{one.title}　{one.note}")
        count = QTableWidgetItem(f"{one.count:,}")
        count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, item in enumerate((title, count, QTableWidgetItem(due))):
            self.table.setItem(place, column, item)

    def _open(self) -> None:
        place = self.table.currentRow()
        if 0 <= place < len(self._rows):
            waiting = self._rows[place]
            if not self._desk.go(waiting.page):
                said = Notice("info", f"“{waiting.title}”所在的页面不能打开。")
                self._desk.problems.noticed.emit(said)


def _days(deadline: Deadline | None) -> str:
    if deadline is None:
        return "—"
    return f"{deadline.days} 天" if deadline.days >= 0 else f"超 {-deadline.days} 天"


def _table() -> QTableWidget:
    table = QTableWidget(0, len(_HEADS))
    table.setHorizontalHeaderLabels(_HEADS)
    table.setAccessibleName("接下来做什么")
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(LIGHT.icon_row)
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table
