"""核实: one entry after another, decided by a digit; the next one comes at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.text import lookup_key
from app.domain.records import Enterprise
from app.services.deciding import to_verify, verifying
from app.services.deciding.to_verify import Card, Entry, Work
from app.services.deciding.verifying import Judged
from app.services.office.office import Office
from app.ui.fields.suggestion import Surroundings
from app.ui.keys import TURN, UNDO, UP_DOWN, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.directory.entry_card import EntryCard
from app.ui.pages.directory.entry_list import NARROW, WIDE, EntryList
from app.ui.parts.empty import EmptyState
from app.ui.parts.loading import Awaited
from app.ui.theme import LIGHT

_VERIFIED = key("1", "已核实")
_GONE = {
    "closed": key("2", "注销"),
    "moved": key("3", "迁出"),
    "unknown": key("4", "查无"),
}
_TWICE = key("5", "重复…")
_LATER = key("0", "先放着")
_TURN = TURN("待核实的、核实过的")
_OPEN = Key("Enter", "打开来改")
_DONE = "都核实完了"
_WHY_DONE = "名录里的单位都核实过了。\n按 Ctrl+T 看核实过的，可以撤销。"
_NONE = "还没有核实过的"
_WHY_NONE = "核实一家，这里就多一家：核实人、日期和结果。"

_ROOM = 1100
"""Pixels of width from which the list may be wide."""

Decide = Callable[..., Judged]


class VerifyView(QWidget):
    """The entries nobody checked, and those somebody did; `counted(int)` how many wait."""

    counted = Signal(int)

    def __init__(self, desk: PageContext, around: Surroundings) -> None:
        super().__init__()
        self._desk, self._office = desk, desk.office
        self._work: Work | None = None
        self._shown: Sequence[Entry] = ()
        self._later: list[str] = []
        self._just_done: list[str] = []
        self._undone = ""
        self._stale = True
        self._wanted = ""
        self.list = EntryList()
        self._make_actions()
        self.card = EntryCard(
            around, self.undo, (self.later, self.twice, *self.gone, self.verified)
        )
        self._lay_out()
        self.list.list.moved.connect(lambda place: self._look())
        self.list.list.entered_row.connect(self._open)
        self.list.tabs.chosen.connect(lambda name: self._turn())
        self.card.meant.connect(self._join)

    # -- what the panel asks

    def activate(self) -> None:
        """Show the directory as it is now."""
        self.list.list.setFocus()
        if self._stale:
            self.refresh()

    def outdated(self, changes: Changes) -> None:
        """Records were written, here or elsewhere."""
        if Enterprise.type_name in changes.types:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def refresh(self) -> None:
        """Read the directory."""
        self._stale = False
        reading = self._desk.worker.read(partial(to_verify.work, self._office))
        reading.done.connect(self._take)
        self._awaited.watch(reading)

    def search(self, text: str) -> None:
        """Only entries of this name, place or 编号."""
        self._wanted = lookup_key(text)
        self._show_list()

    def leave_choice(self) -> bool:
        """Esc: no other entry is chosen after all; False when none was being chosen."""
        if not self.card.is_choosing:
            return False
        self.card.stop_choosing()
        self.list.list.setFocus()
        return True

    @property
    def chosen(self) -> Entry | None:
        """The entry on the card."""
        place = self.list.list.place
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the card room where there is little."""
        super().resizeEvent(event)
        self.list.setFixedWidth(WIDE if self.width() > _ROOM else NARROW)

    # -- making

    def _make_actions(self) -> None:
        self.verified = Action(_VERIFIED, partial(self._decide, verifying.verify), self)
        self.gone = [
            Action(pressed, partial(self._decide, partial(_declare_gone, how)), self)
            for how, pressed in _GONE.items()
        ]
        self.twice = Action(_TWICE, self._choose_other, self)
        self.later = Action(_LATER, self._put_off, self)
        self.undo = Action(UNDO, self._take_back, self)
        Action(_TURN, self.list.tabs.turn, self)

    def _lay_out(self) -> None:
        self._done = EmptyState("check-circle", _DONE, _WHY_DONE)
        self._none = EmptyState("check-circle", _NONE, _WHY_NONE)
        self._stack = QStackedWidget()
        self._not_found = EmptyState(
            "magnifying-glass", "没有这样的单位", "换几个字再找，或清空查找框。"
        )
        for part in (self.card, self._done, self._none, self._not_found):
            self._stack.addWidget(part)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        self._awaited = Awaited(inside, "正在读名录")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._awaited)

    # -- what is shown

    def _take(self, work: Work) -> None:
        self._work = work
        self.counted.emit(len(work.waiting))
        self.list.show_progress(work)
        self._show_list()
        self._awaited.answer()

    def _turn(self) -> None:
        self._show_list()
        self.list.list.go(0)
        self.list.list.setFocus()

    def _show_list(self) -> None:
        if self._work is None:
            return
        before, place = self.chosen, self.list.list.place
        waits = self.list.tabs.current == "waiting"
        later = set(self._later)
        found = self._work.waiting if waits else self._work.done
        answering = (one for one in found if self._answers(one))
        self._shown = sorted(answering, key=lambda one: one.id in later)
        at = {one.id: n for n, one in enumerate(self._shown)}
        stays = at.get(before.id, place) if before else place
        self.list.show_entries(self._shown, later, at.get(self._undone, stays))
        self._undone = ""
        empty = self._not_found if self._wanted else self._done if waits else self._none
        self._stack.setCurrentWidget(self.card if self._shown else empty)
        self._look()

    def _answers(self, one: Entry) -> bool:
        told = (one.name, one.area, one.number)
        return not self._wanted or any(self._wanted in lookup_key(text) for text in told)

    def _look(self) -> None:
        one = self.chosen
        self._name_actions()
        if one is None:
            return
        self.list.show_place(len(self._shown))
        looking = self._desk.worker.read(partial(to_verify.look, self._office, one.id))
        looking.done.connect(self._show_card)

    def _show_card(self, card: Card) -> None:
        if self.chosen is not None and self.chosen.id == card.entry.id:
            self.card.show_card(card)

    def _name_actions(self) -> None:
        one = self.chosen
        for action in (*self.gone, self.twice):
            action.setEnabled(one is not None and one.stands)
        for action in (self.verified, self.later):
            action.setEnabled(one is not None and one.open)
        decided = one is not None and not one.open
        self.undo.setEnabled(decided or bool(self._just_done))
        acts = (self.verified, *self.gone, self.twice, self.later)
        does = [action.key for action in acts if action.isEnabled()]
        back = (UNDO,) if self.undo.isEnabled() else ()
        tell(self.list.list, *does, UP_DOWN("上一家、下一家"), _TURN, _OPEN, *back)

    # -- what is decided

    def _decide(self, decide: Decide) -> None:
        """Write it down; the next entry stands there before that is over."""
        one = self.chosen
        if one is None or not one.stands or self._work is None:
            return
        job = partial(decide, self._office, one.id, known=one.standing)
        writing = self._desk.worker.write(job)
        writing.done.connect(self._decided)
        writing.failed.connect(self._not_decided)
        waiting = tuple(other for other in self._work.waiting if other.id != one.id)
        place = self.list.list.place
        self._work = Work(waiting, self._work.done, self._work.counts)
        self.card.stop_choosing()
        self._show_list()
        self.list.list.go(min(place, len(self._shown) - 1))
        self.list.list.setFocus()

    def _decided(self, done: Judged) -> None:
        self._just_done.append(done.record)
        self.list.said.say("ok", done.words)
        self._name_actions()

    def _not_decided(self, error: Exception) -> None:
        self._desk.problems.show(error)
        self.refresh()

    def _choose_other(self) -> None:
        """重复: of which is chosen from what may be the same, or looked for."""
        if self.chosen is not None and self.chosen.stands:
            self.card.choose()

    def _join(self, goes_on: str) -> None:
        self._decide(partial(_join, goes_on))

    def _put_off(self) -> None:
        """先放着: the entry goes to the end of the list."""
        one, place = self.chosen, self.list.list.place
        if one is not None and one.open:
            self._later = [*(other for other in self._later if other != one.id), one.id]
            self._show_list()
            self.list.list.go(place)

    def _take_back(self) -> None:
        one = self.chosen
        decided = one is not None and not one.open
        if decided and one is not None:
            record, known = one.id, one.standing
            self._just_done = [other for other in self._just_done if other != record]
        elif self._just_done:
            record, known = self._just_done.pop(), None
        else:
            return
        job = partial(verifying.take_back, self._office, record, known=known)
        writing = self._desk.worker.write(job)
        writing.done.connect(self._taken_back)
        writing.failed.connect(self._not_decided)

    def _taken_back(self, done: Judged) -> None:
        self.list.said.say("ok", done.words)
        self._later = [one for one in self._later if one != done.record]
        self._undone = done.record
        self._name_actions()

    def _open(self) -> None:
        if self.chosen is not None:
            self._desk.open(Enterprise.type_name, self.chosen.id)


def _declare_gone(how: str, office: Office, record: str, *, known: str) -> Judged:
    return verifying.declare_gone(office, record, how, known=known)


def _join(goes_on: str, office: Office, record: str, *, known: str) -> Judged:
    return verifying.join(office, record, goes_on, known=known)
