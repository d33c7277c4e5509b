"""诉求答复: the demands that were passed up, how long they wait, and the answer to one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.text import lookup_key
from app.domain.records import Demand, Review
from app.services.records.saving import Saved
from app.services.reviewing import passed_up, reviews
from app.services.reviewing.passed_up import PassedUp
from app.services.reviewing.two_steps import DRAFTS
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

_REPLY = Key("Ctrl+Enter", "答复", ("Ctrl+Return", "Ctrl+Enter"))
_OPEN = key("Alt+J", "打开这一条")
_COLUMNS = (
    Column("单位", 150), Column("提请协调", 0), Column("提请日期", 84), Column("已等", 84),
    Column("诉求", 200),
)  # fmt: skip
_LONG = 30
"""Days after which a waiting demand is marked."""
_WHY = (
    "下级在意见诉求的“提请上级协调”里写了要协调什么，报送上来就列在这里，等得最久的在最上面。\n"
    "答复随回执下去，对方在同一条上按 Ctrl+J 采用。"
)
_TELLING = frozenset({Demand.type_name, Review.type_name, DRAFTS, "package"})


class ReplyView(QWidget):
    """What waits for an answer, the longest first; `pending_changed(int)`."""

    pending_changed = Signal(int)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk, self._office = desk, desk.office
        self._all: list[PassedUp] = []
        self._shown: dict[str, PassedUp] = {}
        self._text = ""
        self._stale = True
        self._last: tuple[Saved, str] | None = None
        self.grid = Grid(_COLUMNS, "诉求答复")
        self.reply = QLineEdit()
        self.said = MessageLine()
        self.send = Action(_REPLY, self._send, self)
        self.open = Action(_OPEN, self._open, self)
        self.undo = Action(UNDO("撤回刚才的答复"), self._undo, self)
        tell(self.grid, UP_DOWN("选一条"), Key("Enter", "写答复"), _OPEN)
        tell(self.reply, _REPLY, ESCAPE("回到列表"))
        leave = Action(ESCAPE("回到列表"), self.grid.setFocus, self.reply)
        leave.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._lay_out()
        self.grid.moved.connect(lambda key: self._show_chosen())
        self.grid.entered_line.connect(lambda key: self.reply.setFocus())
        self.reply.returnPressed.connect(self._send)

    # -- what the page asks

    def activate(self) -> None:
        """Show what waits today."""
        (self.grid if self._shown else self).setFocus()
        if self._stale:
            self.refresh()

    def outdated(self, changes: Changes) -> None:
        """Something came, or was answered."""
        self._stale = self._stale or bool(changes.types & _TELLING)
        if self._stale and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._stale = False
        reading = self._desk.worker.read(partial(passed_up.passed_up, self._office))
        reading.done.connect(self._listed)
        self._awaited.watch(reading)

    def search(self, text: str) -> None:
        """Only demands whose office, unit or words answer."""
        self._text = text
        self._show_list()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the words room."""
        self.grid.set_width(0, 112 if narrow else 150)
        self.grid.set_width(4, 0 if narrow else 200)

    @property
    def chosen(self) -> PassedUp | None:
        """The demand chosen."""
        return self._shown.get(self.grid.key)

    # -- making

    def _lay_out(self) -> None:
        self._card = Card("诉求答复")
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self._card.body.setSpacing(0)
        self._card.body.addWidget(self.grid, 1)
        self._empty = EmptyState("check-circle", "没有等答复的诉求", _WHY)
        self._card.body.addWidget(self._empty, 1)
        self._beside = QWidget()
        column = QVBoxLayout(self._beside)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        column.setSpacing(6)
        self.whole = label()
        self.whole.setWordWrap(True)
        column.addWidget(self.whole)
        row = QHBoxLayout()
        row.setSpacing(LIGHT.gap)
        self.reply.setAccessibleName("答复")
        self.reply.setMaxLength(2000)
        self.reply.setPlaceholderText("怎么答复的、哪个部门、什么时候办")
        row.addWidget(label("答复", "label"))
        row.addWidget(self.reply, 1)
        column.addLayout(row)
        self._card.body.addWidget(self._beside)
        self._said_row = QWidget()
        said = QVBoxLayout(self._said_row)
        said.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        said.addWidget(self.said)
        self._said_row.hide()
        self._card.body.addWidget(self._said_row)
        bar = self._card.add_bar()
        bar.addWidget(KeyButton(self.open))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.send, primary=True))
        self._awaited = Awaited(self._card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._awaited)

    # -- what is shown

    def _listed(self, found: list[PassedUp]) -> None:
        self._all = found
        self._show_list()
        self._awaited.answer()
        self.pending_changed.emit(sum(not one.drafted for one in found))

    def _show_list(self) -> None:
        within = has_focus_within(self)
        wanted = lookup_key(self._text)
        rows = [one for one in self._all if _answers(one, wanted)]
        self._shown = {one.id: one for one in rows}
        self.grid.show_lines([_line(one) for one in rows], self.grid.key)
        for part in (self.grid, self._beside):
            part.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._show_chosen()
        # What is hidden hands the focus to the header.
        if self.hasFocus() if rows else within:
            (self.grid if rows else self).setFocus()

    def _show_chosen(self) -> None:
        one = self.chosen
        self.send.setEnabled(one is not None)
        self.open.setEnabled(one is not None)
        self.undo.setEnabled(self._last is not None)
        if one is not None:
            self.whole.setText(f"{one.number}　原话：{one.content}\n提请协调：{one.requested}")

    # -- what is done

    def _send(self) -> None:
        one, text = self.chosen, self.reply.text().strip()
        if one is None:
            return
        if not text:
            self.reply.setFocus()
            return
        job = partial(passed_up.reply, self._office, one.id, text, base=one.base)
        writing = self._desk.worker.write(job)
        writing.done.connect(partial(self._sent, one))
        writing.ended.connect(self.refresh)

    def _sent(self, one: PassedUp, saved: Saved) -> None:
        self._last = (saved, one.id)
        self.reply.clear()
        self.grid.setFocus()
        then = (
            "等负责人确认以后随回执下去"
            if reviews.waits(saved)
            else f"下次给{one.station}的回执带下去"
        )
        self._say(f"已答复 {one.number}，{then}。按 Ctrl+Z 撤回。")

    def _undo(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            job = partial(passed_up.take_back, self._office, *last)
            writing = self._desk.worker.write(job)
            writing.done.connect(lambda _: self._say("已撤回，和没有答复过一样。"))
            writing.ended.connect(self.refresh)

    def _open(self) -> None:
        if self.chosen is not None:
            self._desk.open(Demand.type_name, self.chosen.id)

    def _say(self, words: str) -> None:
        self.said.say("ok", words)
        self._said_row.show()


def _answers(one: PassedUp, wanted: str) -> bool:
    told = (one.station, one.unit, one.content, one.requested, one.number)
    return not wanted or any(wanted in lookup_key(text) for text in told)


def _line(one: PassedUp) -> Line:
    days = "" if one.days is None else f"{one.days} 天"
    late = one.days is not None and one.days > _LONG
    waits = Cell("等确认", chip="info") if one.drafted else Cell(days, chip="error" if late else "")
    return Line(
        one.id,
        (
            Cell(one.station),
            Cell(one.requested),
            Cell(f"{one.since:%m-%d}" if one.since else "—"),
            waits,
            quiet(one.unit),
        ),
    )
