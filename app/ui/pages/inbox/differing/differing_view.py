"""填写不一致: what two computers wrote differently; ours is chosen here, theirs is sent back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.text import lookup_key
from app.domain.records import TYPES
from app.services.deciding import differing, refused_proposals
from app.services.deciding.differing import Disagreement
from app.services.deciding.refused_proposals import TOLD, Decided, RefusedProposal
from app.services.records import settling
from app.services.records.saving import Saved
from app.services.reviewing import several
from app.services.reviewing.several import Spoken
from app.ui.fields.line import has_focus_within
from app.ui.keys import UNDO, UP_DOWN, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.differing.differing_words import answers, row_of, said_of
from app.ui.pages.inbox.differing.place_box import PlaceBox
from app.ui.pages.inbox.two_lines import TwoLineList
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.scrolled import Scrolled
from app.ui.problems import Notice
from app.ui.theme import LIGHT

WIDTH = 268
_SAVE = Key("Ctrl+S", "按选定的保存", ("Ctrl+S",))
_BACK = Key("Ctrl+B", "退回", ("Ctrl+B",))
_ALL_BACK = key("Ctrl+Shift+B", "全部退回")
_OPEN = Key("Alt+J", "打开这一条", ("Alt+J",))
_WITHDRAW = key("Ctrl+Del", "撤回更正")
_LEAVE = key("F2", "照旧留着")
_SENT_BACK = "已退回 {many} 条，下次的回执带下去，对方看得到每一处的问题。按 Ctrl+Z 撤销。"
_TO_CONFIRM = "已拟退回 {many} 条，等负责人确认。按 Ctrl+Z 撤销。"
_WITHDRAWN = "已撤回更正，下次给{station}的回执带下去。按 Ctrl+Z 撤销。"
_LEFT_NOW = "已照旧留着。按 Ctrl+Z 撤销。"
_WHY = (
    "一个单位有几台电脑时，同一条记录可能被填成两个样子。\n这样的记录列在这里，不会悄悄丢掉哪一个。"
    "\n县里写明不采用的更正，也列在这里。"
)


class DifferingView(QWidget):
    """The list of such records; `pending_changed(int)`."""

    pending_changed = Signal(int)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk, self._office = desk, desk.office
        self._all: Sequence[Disagreement] | None = None
        self._shown: Sequence[Disagreement] = ()
        self._boxes: list[PlaceBox] = []
        self._text = ""
        self._stale = True
        self._last: Callable[[], Changes] | None = None
        self.list = TwoLineList("填写不一致")
        self.message = MessageLine()
        self.save = Action(_SAVE, self._save, self)
        self.back = Action(_BACK, self._send_back, self)
        self.all_back = Action(_ALL_BACK, self._send_all_back, self)
        self.open = Action(_OPEN, self._open, self)
        self.withdraw = Action(_WITHDRAW, self._withdraw, self)
        self.leave = Action(_LEAVE, self._leave, self)
        self.undo = Action(UNDO("撤销刚才办的"), self._undo, self)
        self.undo.setEnabled(False)
        self._lay_out()
        self.list.moved.connect(lambda place: self._show_one())
        self.list.entered_row.connect(self._enter)

    # -- what the page asks

    def activate(self) -> None:
        """Show what differs now."""
        (self.list if self._shown else self).setFocus()
        if self._stale:
            self.refresh()

    def outdated(self, changes: Changes) -> None:
        """Records were written."""
        self._stale = self._stale or bool(changes.types & {*TYPES, TOLD})
        if self._stale and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._stale = False
        reading = self._desk.worker.read(partial(differing.disagreements, self._office), long=True)
        reading.done.connect(self._listed)
        self._awaited.watch(reading)

    def search(self, text: str) -> None:
        """Only records whose name, 编号 or office answers."""
        self._text = text
        self._show_list()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the record room."""
        self._list_card.setFixedWidth(228 if narrow else WIDTH)

    @property
    def chosen(self) -> Disagreement | None:
        """The record shown."""
        place = self.list.place
        return self._shown[place] if 0 <= place < len(self._shown) else None

    # -- making

    def _lay_out(self) -> None:
        self._list_card = Card("填写不一致")
        self._list_card.setFixedWidth(WIDTH)
        self._list_card.body.setContentsMargins(0, 0, 0, 0)
        self._list_card.body.addWidget(self.list)
        self._list_card.hide()
        self._card = self._made_card()
        empty = Card()
        empty.body.addWidget(EmptyState("check-circle", "没有填写不一致的记录", _WHY))
        self._empty = empty
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self._card)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._list_card)
        row.addWidget(self._stack, 1)
        self._awaited = Awaited(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._awaited)

    def _made_card(self) -> Card:
        card = Card(" ")
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        said = QWidget()
        row = QVBoxLayout(said)
        row.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        row.addWidget(self.message)
        card.body.addWidget(said)
        self._places = Scrolled()
        self._places.column.setContentsMargins(0, 0, 0, 0)
        self._places.column.setSpacing(0)
        self._places.column.addStretch(1)
        card.body.addWidget(self._places, 1)
        bar = card.add_bar()
        for action in (self.open, self.undo):
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        for action in (self.all_back, self.leave):
            bar.addWidget(KeyButton(action))
        for action in (self.withdraw, self.back, self.save):
            bar.addWidget(KeyButton(action, primary=True))
        return card

    # -- what is shown

    def _listed(self, found: list[Disagreement]) -> None:
        self._all = found
        self._show_list()
        self._awaited.answer()
        self.pending_changed.emit(sum(one.ours or not one.returned for one in found))
        if self.hasFocus() and self._shown:
            self.list.setFocus()

    def _show_list(self) -> None:
        if self._all is None:
            return
        before = self.chosen
        wanted = lookup_key(self._text)
        self._shown = [one for one in self._all if not wanted or answers(one, wanted)]
        keys = [one.key for one in self._shown]
        at = keys.index(before.key) if before and before.key in keys else self.list.place
        self.list.show_rows([row_of(one) for one in self._shown], at)
        self._list_card.title.setText(f"填写不一致 {len(self._all)}")
        within = has_focus_within(self)
        self._list_card.setVisible(bool(self._all))
        self._stack.setCurrentWidget(self._card if self._shown else self._empty)
        if within and not self._all:
            self.setFocus()
        self._show_one()

    def _show_one(self) -> None:
        one = self.chosen
        refused = one.refused if one is not None else None
        for action, fits in (
            (self.save, one is not None and one.ours),
            (self.back, one is not None and _is_theirs(one)),
            (self.all_back, one is not None and _is_theirs(one) and len(self._to_return) > 1),
            (self.withdraw, refused is not None),
            (self.leave, refused is not None),
        ):
            action.setVisible(fits)
            action.setEnabled(fits)
        self.undo.setVisible(self._last is not None)
        if one is None:
            return
        self.back.setEnabled(self.back.isVisible() and not one.returned)
        self.back.setText(f"退回给{one.station_name}")
        self.leave.setEnabled(refused is not None and not one.returned)
        self._card.title.setText(one.title or one.number)
        self._card.note.setText(f"{one.label}　{one.number}　{one.station_name}")
        self.message.say("ok" if one.returned and not one.ours else "info", said_of(one))
        self._show_places(one)
        self._tell_keys()

    @property
    def _to_return(self) -> Sequence[Disagreement]:
        """Those shown that wait for being sent back."""
        return [one for one in self._shown if _is_theirs(one) and not one.returned]

    def _tell_keys(self) -> None:
        """Say the keys that do something to the record shown."""
        deeds = ((self.save, _SAVE), (self.back, _BACK), (self.all_back, _ALL_BACK))
        more = ((self.withdraw, _WITHDRAW), (self.leave, _LEAVE), (self.undo, self.undo.key))
        may = [(a, key) for a, key in (*deeds, *more) if a.isVisible()]
        told = [key for action, key in may if action.isEnabled() or action is self.save]
        choose = [Key("Enter", "去选定")] if self.save.isVisible() else []
        tell(self.list, UP_DOWN("选一条"), *choose, *told)

    def _show_places(self, one: Disagreement) -> None:
        for box in self._boxes:
            box.hide()
            box.deleteLater()
        self._boxes = [PlaceBox(place, one.ours) for place in one.places]
        for at, box in enumerate(self._boxes):
            box.chosen.connect(self._enable_save)
            self._places.column.insertWidget(at, box)
        self._enable_save()

    def _enable_save(self) -> None:
        one = self.chosen
        free = one is not None and one.ours
        self.save.setEnabled(free and all(box.claim is not None for box in self._boxes))

    # -- what is decided

    def _enter(self) -> None:
        if self.chosen is not None and self.chosen.ours and self._boxes:
            self._boxes[0].focus()

    def _save(self) -> None:
        one = self.chosen
        choices = {box.place.path: box.claim.value for box in self._boxes if box.claim is not None}
        if one is None or len(choices) != len(self._boxes):
            return
        job = partial(settling.settle_conflict, self._office, TYPES[one.type], one.id, choices)
        self._write(partial(job, known=one.heads))

    def _send_back(self) -> None:
        if self.chosen is not None:
            self._return([self.chosen])

    def _send_all_back(self) -> None:
        self._return(self._to_return)

    def _return(self, ones: Sequence[Disagreement]) -> None:
        job = partial(differing.send_back, self._office, ones)
        writing = self._desk.worker.write(job, long=True)
        writing.done.connect(self._returned)
        writing.failed.connect(self._not_written)

    def _returned(self, spoken: Spoken) -> None:
        self._last = partial(several.take_back, self._office, spoken)
        self.refresh()
        words = _TO_CONFIRM if spoken.drafts else _SENT_BACK
        self._tell(words.format(many=len(spoken.records)))

    def _write(self, job: partial[Saved]) -> None:
        writing = self._desk.worker.write(job)
        writing.done.connect(self._written)
        writing.failed.connect(self._not_written)

    def _not_written(self, error: Exception) -> None:
        """Why is said, and what stands there now is seen."""
        self._desk.problems.show(error)
        self.refresh()

    def _written(self, saved: Saved) -> None:
        self.refresh()
        self.list.setFocus()

    def _withdraw(self) -> None:
        if self.chosen is not None and self.chosen.refused is not None:
            words = _WITHDRAWN.format(station=self.chosen.station_name)
            self._decide(refused_proposals.withdraw, self.chosen.refused, words)

    def _leave(self) -> None:
        if self.chosen is not None and self.chosen.refused is not None:
            self._decide(refused_proposals.leave, self.chosen.refused, _LEFT_NOW)

    def _decide(self, what: Callable[..., Decided], one: RefusedProposal, words: str) -> None:
        job = partial(what, self._office, one.review, known=one.left)
        writing = self._desk.worker.write(job)
        writing.done.connect(partial(self._decided, words))
        writing.ended.connect(self.refresh)

    def _decided(self, words: str, decided: Decided) -> None:
        self._last = partial(refused_proposals.undo, self._office, decided)
        self._tell(words)

    def _undo(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            writing = self._desk.worker.write(last)
            writing.done.connect(lambda _: self._tell("已撤销，和没有办过一样。"))
            writing.ended.connect(self.refresh)

    def _tell(self, words: str) -> None:
        self._desk.problems.noticed.emit(Notice("ok", words))
        self.undo.setEnabled(self._last is not None)
        self.list.setFocus()

    def _open(self) -> None:
        if self.chosen is not None:
            self._desk.open(self.chosen.type, self.chosen.id)


def _is_theirs(one: Disagreement) -> bool:
    """Whether its own office chooses, once it was sent back."""
    return not one.ours and one.refused is None
