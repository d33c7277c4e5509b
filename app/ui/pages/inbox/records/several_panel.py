"""整份通过 and several at once: what the checks say first, then one key; one key takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from app.domain.kernel.changes import Changes
from app.domain.records import TYPES, Record
from app.services.reviewing import several
from app.services.reviewing.reviews import Correction
from app.services.reviewing.several import Outlook, Spoken, Target
from app.ui.keys import ENTER, ESCAPE, UNDO, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.work_bar import WorkBar
from app.ui.theme import LIGHT

_SURE = Key("Enter", "全部通过", ("Return", "Enter"))
_ON_STOP = "停止后一条也不写。"
MOST = 6
"""Sentences shown; the count says how many there are."""


class SeveralPanel(QFrame):
    """Hidden until something is to be said of several; `said` when it was; `closed` when it goes.

    `refused` when nothing was written: what is shown may be old.
    `undo` takes back what was said last, as long as the page is open.
    """

    said = Signal(str)
    closed = Signal()
    refused = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk, self._office = desk, desk.office
        self._targets: Sequence[Target] = ()
        self._asks = False
        self._wrote = False
        self._base: int | None = None
        self._last: Spoken | None = None
        self.title, self.facts = label(role="strong"), label(role="note")
        self.facts.setWordWrap(True)
        self.question = QLineEdit()
        self.question.setAccessibleName("退回的问题")
        self.question.setPlaceholderText("要对方改什么，例如：请附上走访照片")
        self.message = MessageLine()
        self.work = WorkBar()
        self.sure = Action(_SURE, self._go, self)
        self.leave = Action(ESCAPE("不办了"), self.end, self)
        self.undo = Action(UNDO("撤回刚才的审核"), self._undo, self)
        tell(self, ENTER("全部通过"), ESCAPE("不办了"))
        tell(self.question, ENTER("退回"), ESCAPE("不办了"))
        self._lay_out()
        self._settle()
        self.hide()

    def ask_whole(self, package: int) -> None:
        """Look at what a whole package holds, and what the checks say, before it is passed."""
        self._begin("整份通过：正在看核对结果…", (), asks=False)
        job = partial(several.outlook, self._office, package)
        looking = self._desk.worker.read(job, long=True)
        looking.done.connect(self._show_outlook)
        self.work.watch(looking, "正在看核对结果", "停止后什么都不会改。")

    def ask_pass(self, targets: Sequence[Target], base: int | None) -> None:
        """Pass those that are selected, which were read up to this place in the log."""
        self._base = base
        self._begin(f"通过选中的 {len(targets):,} 条？", targets, asks=False)

    def ask_return(self, targets: Sequence[Target], base: int | None) -> None:
        """Return those that are selected, with one question."""
        self._base = base
        self._begin(f"退回选中的 {len(targets):,} 条，写明问题：", targets, asks=True)

    def propose(
        self,
        record_type: type[Record],
        records: Sequence[str],
        told: Mapping[str, Correction],
        base: int | None,
    ) -> None:
        """Write the same value down for all of these, which is asked beside the form."""
        job = partial(several.propose_several, self._office, record_type, tuple(records), told)
        self._write(partial(job, base=base), "已记下更正")

    def end(self) -> None:
        """Ask no longer."""
        self._targets = ()
        self.hide()
        self.closed.emit()

    def _begin(self, title: str, targets: Sequence[Target], *, asks: bool) -> None:
        self._targets, self._asks = targets, asks
        self.title.setText(title)
        self.facts.setText("")
        self.facts.hide()
        self.message.hide()
        self.question.clear()
        self.question.setVisible(asks)
        self.sure.setText("退回" if asks else _SURE.words)
        self._settle()
        self.show()
        (self.question if asks else self).setFocus()

    def _show_outlook(self, seen: Outlook) -> None:
        count = len(seen.to_pass)
        self._targets, self._base = seen.to_pass, seen.base
        self.title.setText(f"整份通过：{count:,} 条" if count else "这一份没有还没审核的记录")
        self.facts.setText("\n".join(_facts(seen)))
        self.facts.show()
        self._settle()
        self.setFocus()

    def _settle(self) -> None:
        self.sure.setEnabled(bool(self._targets))
        self.undo.setEnabled(self._last is not None)

    def _go(self) -> None:
        if not self._targets:
            return
        if self._asks and not self.question.text().strip():
            self.message.say("error", "退回时要写明问题。")
            self.message.show()
            return
        do = several.return_several if self._asks else several.accept_several
        text = self.question.text() if self._asks else ""
        job = partial(do, self._office, tuple(self._targets), text, base=self._base)
        self._write(job, "已退回" if self._asks else "已通过")

    def _write(self, job: partial[Spoken], words: str) -> None:
        writing = self._desk.worker.write(job, long=True)
        self._wrote = False
        writing.done.connect(partial(self._done, words))
        writing.ended.connect(self._ended)
        self.work.watch(writing, "正在写审核意见", _ON_STOP)
        self.sure.setEnabled(False)

    def _ended(self) -> None:
        if not self._wrote:
            self.end()
            self.refused.emit()

    def _done(self, words: str, spoken: Spoken) -> None:
        self._wrote = True
        self._last = spoken
        self._settle()
        self.end()
        waits = "，等负责人确认" if spoken.drafts else ""
        self.said.emit(f"{words} {len(spoken.records):,} 条{waits}。按 Ctrl+Z 撤回。")

    def _undo(self) -> None:
        spoken, self._last = self._last, None
        self._settle()
        if spoken is not None:
            taking = self._desk.worker.write(
                partial(several.take_back, self._office, spoken), long=True
            )
            taking.done.connect(partial(self._undone, len(spoken.records)))

    def _undone(self, count: int, changes: Changes) -> None:
        self.said.emit(f"已撤回 {count:,} 条审核，和没有审核过一样。")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 10, LIGHT.margin, 10)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        column.addWidget(self.work)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.question, 1)
        row.addWidget(self.message)
        row.addStretch(0)
        row.addWidget(KeyButton(self.leave))
        row.addWidget(KeyButton(self.sure, primary=True))
        column.addLayout(row)


def _facts(seen: Outlook) -> list[str]:
    """What the checks say, then what is left out."""
    lines = []
    errors = sum(one.severity == "错误" for one in seen.remarks)
    if seen.remarks:
        lines.append(f"核对：错误 {errors} 处，提醒 {len(seen.remarks) - errors} 处")
        first = sorted(seen.remarks, key=lambda one: one.severity != "错误")[:MOST]
        lines += [f"　{_named(one.type, one.number)}：{one.sentence}" for one in first]
        more = len(seen.remarks) - len(first)
        lines += [f"　还有 {more:,} 处，在单条里看"] if more else []
    else:
        lines.append("核对：没有错误和提醒")
    if seen.differing:
        some = "、".join(seen.differing[:MOST])
        lines.append(f"两处填写不一致 {len(seen.differing)} 条，还没有选定：{some}")
    left = [(seen.spoken, "已经审核过"), (seen.foreign, "不归本单位审核或已作废")]
    told = "，".join(f"{words} {count:,} 条" for count, words in left if count)
    return [*lines, f"不在里面：{told}"] if told else lines


def _named(type_name: str, number: str) -> str:
    return number or TYPES[type_name].label
