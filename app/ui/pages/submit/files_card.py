"""审签 and 生成报送文件: who signed and when, and where the files go."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import Field, FieldSpec, Kind
from app.services.packages import sealing
from app.services.reporting.reporting_steps import Situation
from app.ui.fields.dates import DateEditor
from app.ui.fields.editor import State
from app.ui.fields.suggestion import Surroundings
from app.ui.fields.text import LineEditor
from app.ui.keys import ENTER, SAVE_NEXT, SPACE, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.submit.rows import form_row, show_head
from app.ui.pages.submit.target import TargetPicker, size_words
from app.ui.parts.card import Card
from app.ui.parts.combo import Combo
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine

_SIGNER = FieldSpec("signer", Kind.TEXT, Field("审签人", required=True, longest=40))
_SIGNED_ON = FieldSpec("signed_on", Kind.DATE, Field("审签日期", required=True, past=True))
_CAPS = (("优盘 500 MB", sealing.USB), ("邮件 15 MB", sealing.MAIL))
WORDS = {
    "approve": "记下审签",
    "seal": "生成报送文件",
    "copy": "再拷一次",
    "freeze": "重新送审",
}


class FilesCard(Card):
    """Its button emits `signed(name, day, on paper)`, `made(folder, cap)` or `frozen_again`.

    `step` says which of them.
    """

    signed = Signal(str, object, bool)
    made = Signal(object, int)
    frozen_again = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__("审签", " ")
        around = Surroundings(desk.office.today)
        self._today = desk.office.today
        self._busy = False
        self._given = ("", "")
        self.step = "approve"
        self.signer = LineEditor(_SIGNER, around)
        self.signed_on = DateEditor(_SIGNED_ON, around)
        self.on_paper = QCheckBox("纸质签字：负责人已在送审表上签字，由我记下")
        self.on_paper.setAccessibleName("纸质签字")
        self._on_paper_row = QWidget()
        self.said = MessageLine()
        self.target = TargetPicker(desk, "报送文件存到哪里")
        self.cap = Combo()
        self.cap.setAccessibleName("每个文件不超过")
        self.cap.setFixedWidth(136)
        self.cap.setToolTip("一个文件最大多少；超过的分成几个文件")
        for words, size in _CAPS:
            self.cap.addItem(words, size)
        self.go = Action(SAVE_NEXT("记下审签"), self._go, self)
        self.hint = label(role="note")
        for editor in (self.signer, self.signed_on):
            tell(editor, ENTER)
        tell(self.cap, Key("↑ ↓", "选大小"))
        self.signer.next_wanted.connect(self.signed_on.setFocus)
        self.signed_on.next_wanted.connect(self._after_signing)
        tell(self.on_paper, SPACE)
        self._lay_out()

    def show_situation(self, seen: Situation) -> None:
        """Show who signed, or let it be written down."""
        report = seen.report
        only = seen.leaders[0] if len(seen.leaders) == 1 else ""
        given = (report.signer, str(report.signed_on or "")) if report else ("", "")
        if given != self._given or not self.signer.text():
            self._given = given
            self.signer.load(given[0] or seen.signer or only)
            self.signed_on.load(given[1] or self._today().isoformat())
            self.on_paper.setChecked(False)
        self._on_paper_row.setVisible(bool(seen.leaders))
        is_signed = seen.current == "seal"
        self.step = "copy" if seen.again else "seal" if is_signed else "approve"
        self.title.setText("生成报送文件" if is_signed else "审签")
        self.note.setText(_amount(seen))
        self.said.clear()
        self.said.hide()
        if seen.again:
            self._say("文件已经封好，还没有全部拷到优盘。换一个地方，或插好优盘，再拷一次。")
        self._settle()

    def want_again(self, wanted: bool) -> None:
        """重新送审 was chosen, or not any more."""
        if wanted:
            self.step = "freeze"
        elif self.step == "freeze":
            self.step = "seal" if self._given[0] else "approve"
        self._settle()

    def go_in(self) -> None:
        """Put the focus on the first thing to fill in."""
        self.target.look()
        if self.step in ("seal", "copy"):
            self.target.setFocus()
        else:
            self.signer.setFocus()
            self.signer.line.selectAll()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the head away where the window is small; the steps say the same."""
        show_head(self, not narrow)

    def set_busy(self, busy: bool) -> None:
        """Nothing new while work is under way."""
        self._busy = busy
        self._settle()

    def _settle(self) -> None:
        """Bring what can be done in line with the step."""
        writes = self.step in ("seal", "copy")
        self.target.setEnabled(writes)
        self.cap.setEnabled(self.step == "seal")
        for editor in (self.signer, self.signed_on):
            editor.set_read_only(self.step in ("copy", "freeze"))
        self.on_paper.setEnabled(self.step not in ("copy", "freeze"))
        mends = self.step == "seal" and self._mends()
        self.go.setText(WORDS["approve" if mends else self.step])
        self.go.setEnabled(not self._busy)
        self.hint.setText(_HINTS[self.step])

    def _go(self) -> None:
        if self.step == "freeze":
            self.frozen_again.emit()
            return
        said = self._signing()
        if said is None:
            return
        if self.step == "approve" or (self.step == "seal" and self._mends()):
            self.signed.emit(*said, self.on_paper.isChecked())
        elif (folder := self.target.wanted()) is not None:
            self.made.emit(folder, self.cap.currentData())

    def _mends(self) -> bool:
        """Whether another name or day stands there than was written down."""
        return (self.signer.typed() or "", self.signed_on.typed() or "") != self._given

    def _signing(self) -> tuple[str, dt.date] | None:
        """Who signed and when, or None with the reason said under the fields."""
        try:
            name, day = self.signer.value(), self.signed_on.value()
        except UserError as problem:
            self._fault(problem.what)
            return None
        if not name or not day:
            self._fault("请填写审签人。" if not name else "请填写审签日期。")
            return None
        signed = dt.date.fromisoformat(day)
        if signed > self._today():
            self._fault("审签日期还没有到。")
            return None
        return name, signed

    def _fault(self, words: str) -> None:
        about = self.signer if "审签人" in words else self.signed_on
        about.set_state(State.ERROR)
        about.setFocus()
        self.said.say("error", words)
        self.said.show()

    def _say(self, words: str) -> None:
        self.said.say("warning", words)
        self.said.show()

    def _after_signing(self) -> None:
        if not self._on_paper_row.isHidden() and not self.on_paper.isChecked():
            self.on_paper.setFocus()
        elif self.target.isEnabled():
            self.target.setFocus()
        else:
            self.button.setFocus()

    def _lay_out(self) -> None:
        self.body.setSpacing(4)
        signing = form_row("审签人 *", self.signer, label("审签日期 *", "label"), self.signed_on)
        self.body.addLayout(signing)
        on_paper = form_row("", self.on_paper)
        on_paper.setContentsMargins(0, 0, 0, 0)
        self._on_paper_row.setLayout(on_paper)
        self.body.addWidget(self._on_paper_row)
        self.body.addWidget(self.said)
        self.body.addLayout(form_row("存到", self.target, self.cap))
        self.body.addStretch(1)
        for editor in (self.signer, self.signed_on):
            editor.changed.connect(self._forget_fault)
            editor.changed.connect(self._settle)
        bar = self.add_bar()
        bar.addWidget(self.hint)
        bar.addStretch(1)
        self.button = KeyButton(self.go, primary=True)
        bar.addWidget(self.button)
        self.said.hide()
        self._on_paper_row.hide()

    def _forget_fault(self) -> None:
        if self.signer.state is State.ERROR or self.signed_on.state is State.ERROR:
            for editor in (self.signer, self.signed_on):
                editor.set_state(State.PLAIN)
            self.said.hide()

    def order(self) -> list[QWidget]:
        """What Tab stops at."""
        return [
            *self.signer.stops(),
            *self.signed_on.stops(),
            self.on_paper,
            self.target.box,
            self.cap,
        ]


_HINTS = {
    "approve": "写下送审表上的签字和日期",
    "seal": "写完自动读回核对，并打出报送单",
    "copy": "拷完自动读回核对，并打出报送单",
    "freeze": "原来的送审表作废，要重新签字",
}


def _amount(seen: Situation) -> str:
    frozen = seen.frozen
    scans = f"，附件 {frozen.scans} 份" if frozen.scans else ""
    size = f"，约 {size_words(frozen.size)}" if frozen.size else ""
    passing = f"；转送乡镇的 {seen.passing} 个文件" if seen.passing else ""
    return f"报送 {frozen.count:,} 条{scans}{size}{passing}" if frozen.count else ""
