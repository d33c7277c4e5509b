"""已报送 and 收回执: what lies on the stick, what to do with it, and what came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.reporting.receipts import PAPER, REPLY, Receipt, Word
from app.services.reporting.reporting_steps import Situation
from app.ui.keys import AGAIN, ESCAPE, NEW, PRINT, SAVE_NEXT, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.submit.panel import StepPanel
from app.ui.pages.submit.rows import form_row
from app.ui.pages.submit.target import TargetPicker
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_COPY = AGAIN("再拷一次")
_FILES = (Column("优盘上的文件"),)
_WORDS = (Column("编号", 148), Column("", 80), Column("记录", 196), Column("上级怎么说"))
_CHIP = {
    "return": "warning", "propose": "info", "accept": "ok", "adopt": "ok", PAPER: "warning",
    REPLY: "info",
}  # fmt: skip
_SHORT = {
    "return": "退回", "propose": "电话更正", "accept": "通过", "adopt": "采用", PAPER: "纸质",
    REPLY: "答复",
}  # fmt: skip


class ReceiptPanel(StepPanel):
    """Asks: `take_asked(folder)`, `copy_asked(folder)`, `print_asked`, `next_asked`, `closed`, …"""

    take_asked = Signal(object)
    copy_asked = Signal(object)
    print_asked = Signal()
    next_asked = Signal()
    opened = Signal(str, str)
    closed = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._words: Sequence[Word] = ()
        self._busy = False
        self._report = 0
        self._passes = False
        self.files = Table("优盘上的文件", _FILES, heads=False)
        self.todo = label()
        self.todo.setWordWrap(True)
        self.todo.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = Table("上级的意见", _WORDS)
        self.whole = label(role="note")
        self.whole.setWordWrap(True)
        self.told = label()
        self.told.setWordWrap(True)
        self.fresh = MessageLine()
        self.source = TargetPicker(desk, "哪个优盘或文件夹")
        self.take = Action(SAVE_NEXT("收回执"), self._take, self)
        self.copy = Action(_COPY, self._copy, self)
        self.print = Action(PRINT("看报送单"), self.print_asked.emit, self)
        self.next = Action(NEW("开始下一次报送"), self.next_asked.emit, self)
        for table in (self.files, self.words):
            table.setMinimumHeight(2 * LIGHT.row)
        self.back_to = Action(ESCAPE("返回"), self.closed.emit, self)
        self.words.chosen_row.connect(self._show_whole)
        self.words.entered_row.connect(self._open)
        tell(self.words, UP_DOWN("选记录"), Key("Enter", "打开这条记录"))
        self._lay_out()

    def show_situation(self, seen: Situation) -> None:
        self._report = seen.report.n if seen.report and seen.copied else 0
        step = seen.steps[3]
        self._passes = seen.passing > 0
        self.copy.setText("转送乡镇的文件" if self._passes else "再拷一次")
        self.sent.note.setText(f"{step.note}　{step.when}".strip() if self._report else " ")
        self.files.set_rows([[name] for name in seen.copied])
        self.files.setVisible(bool(seen.copied))
        self.todo.setText("\n".join(_what_to_do(seen)))
        waits = seen.unsent.count > 0 and not seen.is_under_way
        self.next.setVisible(waits)
        self.back_to.setVisible(seen.current != "receipt")
        if waits and seen.copied:
            self.fresh.say("info", f"报送以后又改了 {seen.unsent.count:,} 条，可以开始下一次报送。")
        else:
            self.fresh.clear()
        self.fresh.setVisible(bool(self.fresh.text()))
        self._settle()

    def show_words(self, words: Sequence[Word], last: str) -> None:
        """What still waits from earlier receipts; `last` is when the last one came."""
        when = dt.datetime.fromisoformat(last).strftime("%Y-%m-%d %H:%M") if last else ""
        self.back.note.setText(f"上次收到回执 {when}" if when else "还没有收到过回执")
        told = "" if words else "没有退回和更正。"
        self._show(words, told if when else _WAITING)

    def show_receipt(self, receipt: Receipt) -> None:
        """What came now; where nothing new was said, what waits from before goes on standing."""
        lines = list(receipt.lines) or ["回执已收下，没有新的意见。"]
        self._show(receipt.words or self._words, "".join(lines))
        self.back.note.setText(f"刚收下 {len(receipt.accounts)} 个文件")

    def go_in(self) -> None:
        if self._words:
            self.words.setFocus()
        else:
            self.source.setFocus()

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._settle()

    def set_narrow(self, narrow: bool) -> None:
        self.sent.setFixedWidth(368 if narrow else 384)

    def _show(self, words: Sequence[Word], told: str) -> None:
        self._words = words
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self.words.set_rows([_row(word) for word in words])
        self._show_whole(self.words.row)
        self.words.setVisible(bool(words))
        self.awaited.answer()

    def _show_whole(self, row: int) -> None:
        """What is said of the record chosen, in full."""
        word = self._words[row] if 0 <= row < len(self._words) else None
        told = "　".join(filter(None, (word.subject, word.said, word.advice))) if word else ""
        self.whole.setText(told)
        self.whole.setVisible(bool(told))

    def _settle(self) -> None:
        self.take.setEnabled(not self._busy)
        copies = self._passes or bool(self._report)
        self.copy.setEnabled(not self._busy and copies)
        for action in (self.print, self.next, self.back_to):
            action.setEnabled(not self._busy)
        self.print.setVisible(bool(self._report))
        self.copy.setVisible(copies)

    def _take(self) -> None:
        if (folder := self.source.wanted()) is not None:
            self.take_asked.emit(folder)

    def _copy(self) -> None:
        if (folder := self.source.wanted()) is not None:
            self.copy_asked.emit(folder)

    def _open(self, row: int) -> None:
        if row < len(self._words):
            self.opened.emit(self._words[row].type, self._words[row].id)

    def _lay_out(self) -> None:
        self.sent = Card("已报送", " ")
        self.sent.body.setSpacing(8)
        self.sent.body.addWidget(self.todo)
        self.sent.body.addWidget(self.files, 1)
        self.sent.body.addStretch(0)
        bar = self.sent.add_bar()
        bar.addWidget(KeyButton(self.copy))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.print))
        self.back = Card("回执", " ")
        self.back.body.setContentsMargins(0, 0, 0, 0)
        self.back.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(LIGHT.margin, 12, LIGHT.margin, 12)
        head.setSpacing(8)
        head.addWidget(self.told)
        head.addWidget(self.fresh)
        head.addLayout(form_row("优盘", self.source))
        self.back.body.addLayout(head)
        self.whole.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.words, 1)
        inner.addWidget(self.whole)
        inner.addStretch(0)
        self.awaited = Awaited(inside)
        self.back.body.addWidget(self.awaited, 1)
        bar = self.back.add_bar()
        bar.addWidget(KeyButton(self.back_to))
        bar.addWidget(KeyButton(self.next))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.take, primary=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self.sent)
        row.addWidget(self.back, 1)
        self.set_narrow(False)


_WAITING = "对方收下以后会给一个回执文件。插上带回的优盘，选好以后按 Ctrl+Enter；也可以拖进来。"


def _row(word: Word) -> list[Cell | str]:
    chip = Cell(_SHORT.get(word.verdict, ""), chip=_CHIP.get(word.verdict, "neutral"))
    return [word.number, chip, word.subject, word.said or word.advice]


def _what_to_do(seen: Situation) -> list[str]:
    """The next steps outside this window."""
    if seen.passing:
        return [
            f"乡镇（街道）的 {seen.passing} 个文件要转送给{seen.above}。",
            "在右边选好优盘，按 F5 拷出，一起送去。",
        ]
    if not seen.copied:
        return ["这一次的文件还没有生成。按步骤做完，文件就在优盘上。"]
    if seen.waiting == 0:
        return [f"{seen.above}已经收到。", "退回或更正的，在右边打开改好，下次一起报送。"]
    place = Path(seen.copied_to).name or seen.copied_to
    return [
        f"1. 报送单签字盖章，和优盘（{place}）一起送到{seen.above}。",
        "2. 不要打开、改名或压缩优盘上的文件。",
        "3. 请对方在报送单上签收，并把回执存到优盘上带回来。",
        "4. 回来以后插上优盘，在右边收回执。",
    ]
