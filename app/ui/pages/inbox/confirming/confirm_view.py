"""待确认: who waits for whom; 负责人 confirms or hands back, a clerk withdraws; one undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.text import lookup_key
from app.domain.records import Operator
from app.services.reviewing import drafts_list, two_steps
from app.services.reviewing.drafts_list import Drafted, Drafts
from app.services.reviewing.two_steps import DRAFTS, Step
from app.ui.fields.line import has_focus_within
from app.ui.keys import ESCAPE, UNDO, UP_DOWN, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.grid import Cell, Column, Grid, Line, quiet
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT

_CONFIRM = Key("Ctrl+Enter", "确认", ("Ctrl+Return", "Ctrl+Enter"))
_ALL = Key("Ctrl+Shift+Enter", "全部确认", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"))
_BACK = key("Ctrl+B", "交回")
_WITHDRAW = key("Ctrl+Del", "撤回")
_OPEN = key("Alt+J", "打开这一条")
_TURN = key("Ctrl+Y", "审核分两步")
_COLUMNS = (
    Column("记录", 380), Column("拟", 72), Column("内容", 0), Column("经办", 150),
    Column("现在", 200),
)  # fmt: skip
_TONES = {"通过": "ok", "退回": "error", "更正": "warning"}
_OFF = (
    "现在由谁审核，谁的意见马上算数。\n要经办先审、负责人确认以后才算数，请按 Ctrl+Y；"
    "负责人是在“设置 → 经办人”里勾了“负责人”的人。"
)
_ON = "经办审核的都确认过了。\n经办通过、退回、更正的会先列在这里，负责人确认以前不写进回执。"
_MANY = "全部确认 {count} 条？再按一次 Ctrl+Shift+Enter 确认。"


class ConfirmView(QWidget):
    """What waits, then what was handed back; `pending_changed(int)`."""

    pending_changed = Signal(int)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk, self._office = desk, desk.office
        self._seen: Drafts | None = None
        self._rows: dict[str, Drafted] = {}
        self._text = ""
        self._stale = True
        self._asked_of: Sequence[int] = ()
        self._last: Step | None = None
        self.grid = Grid(_COLUMNS, "待确认")
        self.whole = label(role="note")
        self.whole.setWordWrap(True)
        self.word = QLineEdit()
        self.said = MessageLine()
        self.confirm = Action(_CONFIRM, self._confirm, self)
        self.all = Action(_ALL, self._confirm_all, self)
        self.back = Action(_BACK, self._hand_back, self)
        self.withdraw = Action(_WITHDRAW, self._withdraw, self)
        self.open = Action(_OPEN, self._open, self)
        self.undo = Action(UNDO("撤销刚才办的"), self._undo, self)
        self.turn = Action(_TURN, self._turn, self)
        self.turn.setEnabled(False)
        tell(self.word, _BACK, ESCAPE("回到列表"))
        leave = Action(ESCAPE("回到列表"), self.grid.setFocus, self.word)
        leave.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._lay_out()
        self.grid.moved.connect(lambda key: self._show_chosen())
        self.word.returnPressed.connect(self._hand_back)

    # -- what the page asks

    def activate(self) -> None:
        """Show what waits now."""
        (self.grid if self._rows else self).setFocus()
        if self._stale:
            self.refresh()

    def outdated(self, changes: Changes) -> None:
        """Something was drafted or decided, or somebody got another duty."""
        self._stale = self._stale or bool(changes.types & {DRAFTS, Operator.type_name})
        if self._stale and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._stale = False
        reading = self._desk.worker.read(partial(drafts_list.drafts, self._office))
        reading.done.connect(self._listed)
        self._awaited.watch(reading)

    def search(self, text: str) -> None:
        """Only lines whose record, office or clerk answers."""
        self._text = text
        self._show_list()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the words room."""
        self.grid.set_width(0, 320 if narrow else 380)
        self.grid.set_width(4, 160 if narrow else 200)

    @property
    def chosen(self) -> Drafted | None:
        """The line chosen."""
        return self._rows.get(self.grid.key)

    # -- making

    def _lay_out(self) -> None:
        self._card = Card("待确认")
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self._card.body.setSpacing(0)
        self._card.body.addWidget(self.grid, 1)
        self._empty = {on: EmptyState("check-circle", *told) for on, told in _EMPTY.items()}
        for one in self._empty.values():
            self._card.body.addWidget(one, 1)
        self._said_row = QWidget()
        said = QVBoxLayout(self._said_row)
        said.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        said.addWidget(self.said)
        self._said_row.hide()
        self.whole.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        self._card.body.addWidget(self.whole)
        self._card.body.addWidget(self._said_row)
        self._card.body.addWidget(self._asked())
        bar = self._card.add_bar()
        bar.setSpacing(8)
        for action in (self.turn, self.open, self.withdraw, self.back):
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.all))
        bar.addWidget(KeyButton(self.confirm, primary=True))
        self._awaited = Awaited(self._card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._awaited)

    def _asked(self) -> QWidget:
        self.word.setAccessibleName("交回的原因")
        self.word.setPlaceholderText("交回时写明，例如：人数和上年差得多，再问一下")
        self._asking = QWidget()
        row = QHBoxLayout(self._asking)
        row.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        row.setSpacing(LIGHT.gap)
        row.addWidget(label("交回的原因", "label"))
        row.addWidget(self.word, 1)
        return self._asking

    # -- what is shown

    def _listed(self, seen: Drafts) -> None:
        self._seen = seen
        self._show_list()
        self._awaited.answer()
        waiting = sum(not one.handed_back for one in seen.rows)
        back = sum(one.handed_back and one.own for one in seen.rows)
        self.pending_changed.emit(waiting if seen.confirms else back)
        self.turn.setEnabled(True)
        self.turn.setText("审核不再分两步" if seen.on else _TURN.words)
        self._card.note.setText(_note(seen))

    def _show_list(self) -> None:
        if self._seen is None:
            return
        within = has_focus_within(self)
        rows = [one for one in self._seen.rows if _answers(one, lookup_key(self._text))]
        self._rows = {str(one.n): one for one in rows}
        self.grid.show_lines([_line(one, self._seen) for one in rows], self.grid.key)
        self.grid.setVisible(bool(rows))
        for on, one in self._empty.items():
            one.setVisible(not rows and on == self._seen.on)
        self._asking.setVisible(bool(rows) and self._seen.confirms)
        self._show_chosen()
        # What is hidden hands the focus to the header.
        if self.hasFocus() if rows else within:
            (self.grid if rows else self).setFocus()

    def _show_chosen(self) -> None:
        one, seen = self.chosen, self._seen
        waits = one is not None and not one.handed_back
        confirms = seen is not None and seen.confirms
        self.confirm.setEnabled(waits and confirms)
        self.back.setEnabled(waits and confirms)
        self.all.setEnabled(confirms and bool(self._waiting()))
        self.withdraw.setEnabled(one is not None and one.own)
        self.open.setEnabled(one is not None)
        self.undo.setEnabled(self._last is not None)
        deeds = (self.confirm, self.all, self.back, self.withdraw, self.open, self.undo)
        tell(self.grid, UP_DOWN("选一条"), *(deed.key for deed in deeds if deed.isEnabled()))
        self.whole.setText(_in_full(one) if one is not None else "")
        self.whole.setVisible(one is not None)

    def _waiting(self) -> Sequence[int]:
        """The lines shown that wait."""
        return [one.n for one in self._rows.values() if not one.handed_back]

    # -- what is done

    def _confirm(self) -> None:
        if self.chosen is not None:
            self._write(partial(two_steps.confirm, self._office, [self.chosen.n]), _confirmed)

    def _confirm_all(self) -> None:
        """All that are shown, after the same key again."""
        numbers = self._waiting()
        if self._asked_of != numbers:
            self._asked_of = numbers
            self._say("info", _MANY.format(count=len(numbers)))
            return
        self._write(partial(two_steps.confirm, self._office, numbers), _confirmed)

    def _hand_back(self) -> None:
        one, word = self.chosen, self.word.text().strip()
        if one is None or not self.back.isEnabled():
            return
        if not word:
            self.word.setFocus()
            return
        self._write(partial(two_steps.hand_back, self._office, [one.n], word), _handed_back)

    def _withdraw(self) -> None:
        if self.chosen is not None:
            self._write(partial(two_steps.withdraw, self._office, [self.chosen.n]), _withdrawn)

    def _write(self, job: partial[Step], words: Callable[[Step], str]) -> None:
        writing = self._desk.worker.write(job, long=True)
        writing.done.connect(partial(self._done, words))
        writing.ended.connect(self.refresh)

    def _done(self, words: Callable[[Step], str], step: Step) -> None:
        self._last = step
        self.word.clear()
        self.grid.setFocus()
        self._say("warning" if step.changed else "ok", words(step))

    def _undo(self) -> None:
        step, self._last = self._last, None
        if step is not None:
            writing = self._desk.worker.write(partial(two_steps.undo, self._office, step))
            writing.done.connect(lambda _: self._say("ok", "已撤销，和没有办过一样。"))
            writing.ended.connect(self.refresh)

    def _turn(self) -> None:
        if self._seen is not None:
            turning = partial(two_steps.turn, self._office, on=not self._seen.on)
            self._desk.worker.write(turning).ended.connect(self.refresh)

    def _open(self) -> None:
        if self.chosen is not None:
            self._desk.open(self.chosen.type, self.chosen.record)

    def _say(self, kind: str, words: str) -> None:
        self.said.say(kind, words)
        self._said_row.show()


_EMPTY = {False: ("审核不分两步", _OFF), True: ("没有等确认的审核", _ON)}


def _confirmed(step: Step) -> str:
    told = f"已确认 {len(step.after)} 条，下次回执带下去。" if step.after else ""
    names = "、".join(step.changed[:3])
    more = f"等 {len(step.changed)} 条" if len(step.changed) > 3 else ""
    left = f"{names}{more}后来又收到了新的内容，没有确认，请交回。" if step.changed else ""
    return f"{told}{left}" + ("按 Ctrl+Z 撤销。" if step.after else "")


def _handed_back(step: Step) -> str:
    return f"已交回 {len(step.after)} 条。按 Ctrl+Z 撤销。"


def _withdrawn(step: Step) -> str:
    return f"已撤回 {len(step.after)} 条，和没有审核过一样。按 Ctrl+Z 撤销。"


def _in_full(one: Drafted) -> str:
    """What the list has no room for: the whole word, and why it was handed back."""
    back = f"{one.closed_by}交回：{one.word}" if one.handed_back else ""
    told = f"拟{one.verdict}" + (f"：{one.words}" if one.words else "")
    return "\n".join(filter(None, (f"{one.number}　{told}", back)))


def _note(seen: Drafts) -> str:
    if not seen.on:
        return ""
    return f"由{'、'.join(seen.waits_for)}确认" if seen.waits_for else "由您确认"


def _answers(one: Drafted, wanted: str) -> bool:
    told = (one.title, one.number, one.station, one.by)
    return not wanted or any(wanted in lookup_key(text) for text in told)


def _line(one: Drafted, seen: Drafts) -> Line:
    waits = "等您确认" if seen.confirms else f"等{'、'.join(seen.waits_for)}确认"
    now = Cell(f"{one.closed_by}交回：{one.word}", bold=True) if one.handed_back else Cell(waits)
    if one.changed:
        now = Cell("记录后来又变了，请重新审核", bold=True)
    return Line(
        str(one.n),
        (
            Cell(one.title or one.number, note=f"{one.number}　{one.station}"),
            Cell(one.verdict, chip=_TONES.get(one.verdict, "neutral")),
            quiet(one.words),
            Cell(one.by, note=f"{one.at[5:10]} {one.at[11:16]}"),
            now,
        ),
    )
