"""谁还没报: what was due against what came, paper ticked, calls written down, the 催报单."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.kernel.changes import Changes
from app.domain.kernel.text import lookup_key
from app.domain.naming.pinyin import initials_key, matcher
from app.domain.records import Campaign, Group, Unit
from app.domain.records.registry import awaited
from app.services.figures import reminder_texts, reminders
from app.services.figures.reminders import Outstanding, Owed
from app.ui.keys import EXPORT, PRINT, UP_DOWN, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.grid import Grid
from app.ui.pages.inbox.missing.call_row import CallRow
from app.ui.pages.inbox.missing.missing_lines import COLUMNS, GAPS, gap_line, key_of, owed_line
from app.ui.parts.card import Card
from app.ui.parts.elided import Elided
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.tabs import Tabs
from app.ui.printing.paper_panel import PaperPanel
from app.ui.theme import LIGHT

WIDTH = 316
_PAPER = Key("空格", "已收（纸质/邮件）")
_REMIND = Key("Ctrl+Enter", "记一次催报", ("Ctrl+Return", "Ctrl+Enter"))
_ADVICE = "照单打电话，对方怎么答应的记在“催报和答应”里。"
_SIDE = Key("← →", "换一栏")
_ORDER = key("Ctrl+Shift+G", "按单位排")
_COPY = key("Ctrl+C", "复制这张表")
_MESSAGE = key("Ctrl+Shift+C", "复制催报的话")
_VIEWS = (
    ("missing", "还没收到"), ("any_time", "随时报送的信息"), ("came", "已收到"), ("all", "全部"),
)  # fmt: skip
_NOTHING = {
    "missing": "有期限的都收到了。",
    "any_time": "各单位都报过信息了。",
    "came": "还没有收到什么。",
    "all": "这个活动没有规定要报什么。",
}
_TELLING = frozenset(
    {Unit.type_name, Group.type_name, Campaign.type_name}
    | {kind.type_name for kind in awaited()}
    | {"package", "paper", "reminder"}
)


class _Owing(Grid):
    """Space ticks 已收（纸质/邮件）."""

    ticked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.ticked.emit()
        else:
            super().keyPressEvent(event)


class MissingView(QWidget):
    """Everything that is due, what has not come first; `pending_changed(int)`."""

    pending_changed = Signal(int)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk, self._office = desk, desk.office
        self._seen: Outstanding | None = None
        self._shown: dict[str, Owed] = {}
        self._text = ""
        self._stale = True
        self._by = reminders.BY_DAY
        self.choose_file = self._ask_file
        self.paper_panel = PaperPanel(desk)
        self.tabs = Tabs(_VIEWS, underlined=False)
        self.sum = Elided()
        self.sum.setProperty("role", "note")
        self.sum.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.grid = _Owing(COLUMNS, "谁还没报")
        self.gaps = Grid(GAPS, "缺的报送文件")
        self.said = MessageLine()
        self.paper = Action(_PAPER, self._tick, self)
        self.remind = Action(_REMIND, self._remind, self)
        self.printing = Action(PRINT("催报单"), self._print, self)
        self.order = Action(_ORDER, self._turn_order, self)
        self.copying = Action(_COPY, self._copy, self.grid)
        self.message = Action(_MESSAGE, self._copy_message, self)
        self.exporting = Action(EXPORT("存成表格"), self._export, self)
        self.call = CallRow(self.remind, self.grid)
        self.promised = self.call.promised
        tell(self.grid, UP_DOWN("选一项"), _SIDE, _PAPER, _REMIND, _ORDER, _COPY, _MESSAGE)
        self._lay_out()
        self._listen()

    # -- what the page asks

    def activate(self) -> None:
        """Show who is missing today."""
        (self.paper_panel.view if self._stack.currentIndex() else self.grid).setFocus()
        if self._stale:
            self.refresh()

    def outdated(self, changes: Changes) -> None:
        """Something came or was ticked."""
        self._stale = self._stale or bool(changes.types & _TELLING)
        if self._stale and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Judge again what was due against what came."""
        self._stale = False
        reading = self._desk.worker.read(partial(reminders.outstanding, self._office), long=True)
        reading.done.connect(self._judged)
        self._awaited.watch(reading)

    def search(self, text: str) -> None:
        """Only units and things due that answer."""
        self._text = text
        self._show_list()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the list room."""
        self._gap_card.setFixedWidth(248 if narrow else WIDTH)
        self.grid.set_width(0, 136 if narrow else 176)
        self.grid.set_width(1, 112 if narrow else 150)

    @property
    def chosen(self) -> Owed | None:
        """The line chosen."""
        return self._shown.get(self.grid.key)

    # -- making

    def _lay_out(self) -> None:
        self._card = Card(" ")
        self._card.title.hide()
        self._card.note.hide()
        self._card.head.insertWidget(0, self.tabs)
        self._card.head.addWidget(self.sum, 1000)
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self._card.body.setSpacing(0)
        self._card.body.addWidget(self.grid, 1)
        self._nothing = label("", "note")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._card.body.addWidget(self._nothing, 1)
        self._said_row = QWidget()
        said = QVBoxLayout(self._said_row)
        said.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        said.addWidget(self.said)
        self._said_row.hide()
        self._card.body.addWidget(self._said_row)
        self._card.body.addWidget(self.call)
        self._fill_bar()
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._card, 1)
        row.addWidget(self._made_gaps())
        self._stack = QStackedWidget()
        self._awaited = Awaited(inside)
        self._stack.addWidget(self._awaited)
        self._stack.addWidget(self.paper_panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _fill_bar(self) -> None:
        bar = self._card.add_bar()
        bar.setSpacing(8)
        bar.addWidget(KeyButton(self.paper))
        bar.addWidget(KeyButton(self.printing))
        bar.addWidget(KeyButton(self.exporting))
        self._spare = (KeyButton(self.order), KeyButton(self.message))
        for button in self._spare:
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.remind, primary=True))

    def _made_gaps(self) -> Card:
        card = self._gap_card = Card("缺的报送文件")
        card.setFixedWidth(WIDTH)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.gaps, 1)
        card.hide()
        return card

    def _listen(self) -> None:
        self.tabs.chosen.connect(lambda name: self._show_list())
        self.grid.sideways.connect(self.tabs.step)
        self.grid.ticked.connect(self._tick)
        self.grid.moved.connect(lambda key: self._show_chosen())
        self.grid.entered_line.connect(lambda key: self.call.spoke_with.setFocus())
        self.paper_panel.closed.connect(self._leave_paper)

    # -- what is shown

    def _judged(self, seen: Outstanding) -> None:
        self._seen = seen
        self._show_list()
        missing = len(seen.missing)
        self.tabs.count("missing", missing)
        apart = len(seen.at_any_time)
        self.tabs.count("any_time", apart)
        self.tabs.count("came", len(seen.owed) - missing - apart)
        self.tabs.count("all", len(seen.owed))
        self.pending_changed.emit(missing)
        self.sum.say(seen.words)
        self.gaps.show_lines([gap_line(one) for one in seen.gaps])
        self._leave_room(lacks=bool(seen.gaps))
        self._awaited.answer()

    def _leave_room(self, *, lacks: bool) -> None:
        """Nothing is said of numbers that are all there; beside others the bar is short.

        What is not in the bar then is told, with its key, in the line of hints.
        """
        self._gap_card.setVisible(lacks)
        for button in self._spare:
            button.setVisible(not lacks)

    def _show_list(self) -> None:
        owed = [one for one in self._owed() if self._answers(one)]
        self._shown = {key_of(one): one for one in owed}
        today = self._office.today()
        self.grid.show_lines([owed_line(one, today) for one in owed], self.grid.key)
        self.grid.setVisible(bool(owed))
        self._nothing.setVisible(not owed)
        self._nothing.setText("没有找到。" if self._text else _NOTHING[self.tabs.current])
        self._show_chosen()

    def _owed(self) -> Sequence[Owed]:
        if self._seen is None:
            return ()
        parts = {"missing": self._seen.missing, "any_time": self._seen.at_any_time}
        came = [one for one in self._seen.owed if one.received]
        every = {**parts, "came": came, "all": self._seen.owed}
        return reminders.in_order(every[self.tabs.current], self._by)

    def _answers(self, one: Owed) -> bool:
        wanted, answers = lookup_key(self._text), matcher(self._text)
        told = (one.standing.unit_name, one.standing.title)
        return not wanted or any(wanted in lookup_key(t) or answers(initials_key(t)) for t in told)

    def _show_chosen(self) -> None:
        one = self.chosen
        self.paper.setEnabled(one is not None and (one.on_paper or not one.received))
        self.paper.setText("没有收到" if one is not None and one.on_paper else _PAPER.words)
        self.remind.setEnabled(one is not None and not one.received)
        self.call.show_owed(one)
        self.call.setVisible(one is not None and not one.received)

    # -- what is done

    def _turn_order(self) -> None:
        """By day or office by office; what is overdue comes first either way."""
        by_day = self._by == reminders.BY_DAY
        self._by = reminders.BY_OFFICE if by_day else reminders.BY_DAY
        self.order.setText("按期限排" if by_day else _ORDER.words)
        self._show_list()

    def _copy(self) -> None:
        """Put all lines that are shown on the clipboard, as a sheet takes them."""
        heads = [column.title for column in COLUMNS]
        rows = [heads, *self.grid.texts]
        QApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
        self._say(f"已复制 {len(rows) - 1} 行，到 Excel 或 WPS 里按 Ctrl+V 粘贴。")

    def _tick(self) -> None:
        one, seen = self.chosen, self._seen
        if one is None or seen is None or not self.paper.isEnabled():
            return
        job = partial(reminders.tick, self._office, seen.campaign, one.standing)
        words = "不再算已收" if one.on_paper else "记为已收（纸质/邮件）"
        what = f"{one.standing.unit_name}的{one.standing.title}：{words}。按空格改回。"
        self._desk.worker.write(job).done.connect(partial(self._done, what))

    def _remind(self) -> None:
        one, seen = self.chosen, self._seen
        if one is None or seen is None or not self.remind.isEnabled():
            return
        about = (self._office, seen.campaign, [one.standing.unit], self.promised.text())
        with_whom, until = self.call.spoke_with.text(), self.call.until.text()
        job = partial(reminders.remind, *about, spoke_with=with_whom, until=until)
        words = f"已记下今天催过{one.standing.unit_name}。"
        self._desk.worker.write(job).done.connect(partial(self._reminded, words))

    def _reminded(self, words: str, changes: Changes) -> None:
        self.call.clear()
        self.grid.setFocus()
        self._say(words)

    def _copy_message(self) -> None:
        """Put a text to send on the clipboard: of the units looked for, else of all."""
        if self._seen is None:
            return
        units = {one.standing.unit for one in self._shown.values()} if self._text else None
        job = partial(reminder_texts.message, self._office, self._seen, units)
        self._desk.worker.read(job).done.connect(self._message_made)

    def _message_made(self, text: str) -> None:
        if not text:
            self._say("有期限的都收到了，没有要催的。")
            return
        QApplication.clipboard().setText(text)
        self._say("已复制催报的话，里面没有姓名和电话，到微信、QQ 或短信里按 Ctrl+V 粘贴。")

    def _export(self) -> None:
        """Write the lines shown as a workbook, where the person says."""
        seen, today = self._seen, self._office.today()
        if seen is None:
            return
        chosen = self.choose_file(reminder_texts.file_name(seen, today))
        if chosen:
            owed = tuple(self._shown.values())
            job = partial(reminder_texts.write_sheet, self._office, seen, owed, Path(chosen))
            self._desk.worker.print_out(job).done.connect(
                lambda out: self._say(f"已存成“{out}”，里面有电话，只在本单位用。")
            )

    def _ask_file(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self, "存成表格", name, "Excel 表格 (*.xlsx)")[0]

    def _done(self, words: str, changes: Changes) -> None:
        self._say(words)

    def _say(self, words: str) -> None:
        self.said.say("ok", words)
        self._said_row.show()

    def _print(self) -> None:
        """Show the 催报单 in the place of the list, of the units looked for; Esc goes back."""
        self._stack.setCurrentWidget(self.paper_panel)
        units = {one.standing.unit for one in self._shown.values()} if self._text else None
        render = partial(reminders.print_reminders, self._office, units=units, by=self._by)
        self.paper_panel.show_paper("催报单", _ADVICE, render)
        self.paper_panel.go_in()

    def _leave_paper(self) -> None:
        self._stack.setCurrentIndex(0)
        (self.grid if self._shown else self).setFocus()
