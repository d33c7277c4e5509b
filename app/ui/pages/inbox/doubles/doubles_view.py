"""疑似重复: pairs by kind and likelihood, decided by a digit, one or several at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.progress import Cancel, Progress
from app.domain.kernel.text import lookup_key
from app.domain.records import TYPES, Aid, Area, Case, Enterprise, Link, Person, Unit, Visit
from app.services.deciding import doubles
from app.services.deciding.doubles import Comparison, Decided, DecidedNow, TakenBack
from app.services.figures import possible_doubles
from app.services.figures.possible_doubles import Candidates, PairView
from app.services.office.office import Office
from app.ui.help.topics import about
from app.ui.keys import SIDEWAYS, TURN, UNDO, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.doubles.pair_card import QUESTIONS, PairCard
from app.ui.pages.inbox.doubles.pair_list import PairList
from app.ui.pages.inbox.doubles.rows import PairKey, Shown, answers, key_of, names_of, row_of
from app.ui.parts.card import card_around
from app.ui.parts.empty import EmptyState
from app.ui.parts.loading import Awaited
from app.ui.theme import LIGHT

_SAME = Key("1", "是同一个", ("1",))
_OTHER = Key("2", "不是", ("2",))
_LATER = Key("3", "先放着", ("3",))
_REASON = Key("Alt+R", "写理由", ("Alt+R",))
_UNLIKELY = Key("0", "也列出不太像的", ("0",))
_TURN = TURN("待认定的、已认定的")
_SEVERAL = Key("Shift+↑ ↓", "一次选几对")
_KINDS = SIDEWAYS("换一类：帮扶、单位、个人…")
_COMPARED_TYPES = frozenset(
    one.type_name for one in (Enterprise, Person, Visit, Aid, Case, Link, Unit, Area)
)
_PAUSE = 800
"""Milliseconds without a decision before what changed is compared again."""
_NOTHING = "没有要认定的"
_WHY = (
    "各单位报来的人、单位、走访和帮扶会自动两两比对，\n像是重复的列在这里，由人认定，从不自动合并。"
)
_NONE_OF_THESE = "这一类没有要认定的"
_SOON = "上一次比对没有这一类；比完显示在这里。"
_ELSEWHERE = "按 ← → 换一类；按 0 也列出不太像的。"
_Found = tuple[Candidates | None, list[Decided]]


class DoublesView(QWidget):
    """The pairs nobody decided on, and those somebody did; `pending_changed(int)`."""

    pending_changed = Signal(int)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        about(self, "doubles")
        self._desk, self._office = desk, desk.office
        self._pairs: Sequence[PairView] = ()
        self._known = self._whole = False
        self._decided: Sequence[Decided] = ()
        self._shown: Sequence[Shown] = ()
        self._later: list[PairKey] = []
        self._settled_now: set[PairKey] = set()
        self._last: tuple[str, ...] = ()
        self._text = ""
        self._turn = 0
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self.refresh)
        self._listed_in = PairList()
        self.list, self.tabs = self._listed_in.list, self._listed_in.tabs
        self.sieve = self._listed_in.sieve
        self._make_actions()
        self._lay_out()
        self.list.moved.connect(lambda place: self._show_pair())
        self.list.selectionModel().selectionChanged.connect(lambda *given: self._name_actions())
        self.list.sideways.connect(self._listed_in.go_sideways)
        self.sieve.changed.connect(self._sift)
        self.tabs.chosen.connect(lambda name: self._show_tab())
        self.card.reason.returnPressed.connect(self.list.setFocus)

    # -- what the page asks

    def activate(self) -> None:
        """Show the pairs as they are now; until they are compared, those known from before."""
        self._focus()
        if self._stale:
            if not self._known:
                self._desk.worker.read(partial(_known, self._office)).done.connect(self._recall)
            self.refresh()

    def outdated(self, changes: Changes) -> None:
        """Records were written: compare again when the view is shown, and not at every key."""
        self._stale = self._stale or bool(changes.types & _COMPARED_TYPES)
        if self._stale and self.isVisible():
            self._soon.start()

    def search(self, text: str) -> None:
        """Only pairs in which one of the two answers."""
        self._text = text
        self._show_list()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the comparison room."""
        self._listed_in.set_narrow(narrow)

    def refresh(self) -> None:
        """Compare what changed."""
        self._turn += 1
        self._stale = False
        reading = self._desk.worker.read(partial(_found, self._office), long=True)
        reading.done.connect(partial(self._compared, self._turn))
        self._awaited.watch(reading)
        self._listed_in.under_way.setVisible(self._known)

    @property
    def chosen(self) -> Shown | None:
        """The pair that is compared."""
        place = self.list.place
        return self._shown[place] if 0 <= place < len(self._shown) else None

    @property
    def selected(self) -> Sequence[Shown]:
        """The pairs that the next key decides, in their order; the one compared, if no others."""
        places = (place for place in self._listed_in.places if place < len(self._shown))
        several = [self._shown[place] for place in places]
        one = self.chosen
        return several if len(several) > 1 else [one] if one is not None else []

    # -- making

    def _make_actions(self) -> None:
        self.same = Action(_SAME, partial(self._decide, same=True), self)
        self.different = Action(_OTHER, partial(self._decide, same=False), self)
        self.later = Action(_LATER, self._put_off, self)
        self.undo = Action(UNDO("撤销上一个认定"), self._take_back, self)
        self.write = Action(_REASON, self._write, self)
        self.unlikely = Action(_UNLIKELY, self.sieve.turn_unlikely, self)
        self.open_one = Action(Key("Alt+J", "打开甲", ("Alt+J",)), partial(self._open, 0), self)
        self.open_other = Action(Key("Alt+Y", "打开乙", ("Alt+Y",)), partial(self._open, 1), self)
        Action(_TURN, self.tabs.turn, self)
        tell(
            self.list,
            _SAME,
            _OTHER,
            _LATER,
            UP_DOWN("上一对、下一对"),
            _SEVERAL,
            _KINDS,
            _UNLIKELY,
            _REASON,
            _TURN,
            UNDO,
        )

    def _lay_out(self) -> None:
        deciding = (self.undo, self.later, self.different, self.same)
        self.card = PairCard(self.write, (self.open_one, self.open_other), deciding)
        tell(self.card.area, _SAME, _OTHER, _LATER, _REASON, UNDO)
        self._empty = card_around(EmptyState("copy", _NOTHING, _WHY))
        self._none_of_these = card_around(EmptyState("copy", _NONE_OF_THESE, _ELSEWHERE))
        self._comparing = card_around(EmptyState("copy", "正在两两比对", _SOON))
        self._stack = QStackedWidget()
        for card in (self._empty, self._none_of_these, self._comparing, self.card):
            self._stack.addWidget(card)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._listed_in)
        row.addWidget(self._stack, 1)
        self._awaited = Awaited(inside, "正在两两比对")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._awaited)
        self._listed_in.hide()

    def _focus(self) -> None:
        (self.list if self._listed_in.isVisibleTo(self) else self).setFocus()

    # -- what is shown

    def _recall(self, told: _Found) -> None:
        """What was found the last time, while it is compared again."""
        found, decided = told
        if found is not None and not self._known:
            self._take(found, decided)
            self._listed_in.under_way.show()

    def _compared(self, turn: int, told: _Found) -> None:
        found, decided = told
        if turn != self._turn or found is None:
            return
        self._listed_in.under_way.hide()
        self._whole = True
        self._take(found, decided)
        self._desk.worker.write(partial(possible_doubles.remember, self._office))

    def _take(self, found: Candidates, decided: Sequence[Decided]) -> None:
        self._decided = decided
        self._pairs = [one for one in found.open if key_of(one) not in self._settled_now]
        self._known = True
        self._show_list()
        self._awaited.answer()
        if self.hasFocus():
            self._focus()

    def _show_tab(self) -> None:
        self.sieve.setVisible(self.tabs.current == "open")
        self._sift()

    def _sift(self) -> None:
        self._shown = ()
        self.list.show_rows((), 0)
        self._show_list()
        self._focus()

    def _show_list(self) -> None:
        if not self._known:
            return
        before, place = self.chosen, self.list.place
        wanted = lookup_key(self._text)
        self._shown = [one for one in self._listed() if answers(one, wanted)]
        keys = {key_of(one): at for at, one in enumerate(self._shown)}
        at = keys.get(key_of(before), place) if before else place
        later = set(self._later)
        rows = [row_of(one, later=key_of(one) in later) for one in self._shown]
        self.list.show_rows(rows, at)
        self.sieve.count(self._pairs, whole=self._whole)
        likely = sum(one.strength != "低" for one in self._pairs)
        self.tabs.count("open", likely)
        self.tabs.count("decided", len(self._decided))
        self.pending_changed.emit(likely)
        self._listed_in.setVisible(bool(self._pairs or self._decided))
        self._stack.setCurrentWidget(self._card_for())
        self._show_pair()

    def _card_for(self) -> QWidget:
        if self._shown:
            return self.card
        if self.tabs.current == "open" and not self._whole:
            return self._comparing
        return self._none_of_these if self._pairs and self.tabs.current == "open" else self._empty

    def _listed(self) -> Iterable[Shown]:
        if self.tabs.current == "decided":
            return self._decided
        later = set(self._later)
        found = (one for one in self._pairs if self.sieve.lets_through(one))
        return sorted(found, key=lambda one: key_of(one) in later)

    def _show_pair(self) -> None:
        one = self.chosen
        self._name_actions()
        where = f"第 {self.list.place + 1:,} 对，共 {len(self._shown):,} 对" if self._shown else ""
        self._listed_in.where.setText(where)
        if one is None:
            return
        if isinstance(one, Decided):
            self.card.show_decided(one)
        else:
            self.card.ask(one, where)
        job = partial(doubles.compare, self._office, TYPES[one.type], *key_of(one)[1:])
        self._desk.worker.read(job).done.connect(partial(self._compare, key_of(one)))

    def _name_actions(self) -> None:
        """What the buttons do to what is selected."""
        several = [one for one in self.selected if not isinstance(one, Decided)]
        for action in (self.same, self.different, self.later, self.write):
            action.setVisible(bool(several))
            action.setEnabled(bool(several))
        for action in (self.open_one, self.open_other):
            action.setEnabled(self.chosen is not None)
        decided = isinstance(self.chosen, Decided)
        self.card.button(self.undo).setVisible(decided)
        self.undo.setEnabled(bool(self._decided or self._settled_now))
        self.undo.setText("改回，重新认定" if decided else "撤销上一个认定")
        kinds = {one.kind for one in several}
        if kinds:
            _, yes, no = QUESTIONS[several[0].kind]
            words = (yes, no) if len(kinds) == 1 else ("是同一个", "不是同一个")
            count = f"（{len(several)} 对）" if len(several) > 1 else ""
            self.same.setText(words[0] + count)
            self.different.setText(words[1] + count)

    def _compare(self, key: PairKey, seen: Comparison) -> None:
        if self.chosen is not None and key_of(self.chosen) == key:
            self.card.compare(seen)

    # -- what is decided

    def _write(self) -> None:
        self.card.reason.setFocus()

    def _decide(self, *, same: bool) -> None:
        """Write the decision down; the next pair is shown at once, so that one can go on."""
        told = [one for one in self.selected if not isinstance(one, Decided)]
        if not told:
            return
        reason = self.card.reason.text()
        job = partial(doubles.decide, self._office, told, same=same, reason=reason)
        keys = {key_of(one) for one in told}
        saving = self._desk.worker.write(job)
        saving.done.connect(partial(self._settled, told, same))
        saving.failed.connect(partial(self._not_settled, keys))
        first = min(self._places(keys))
        self._settled_now |= keys
        self._pairs = [other for other in self._pairs if key_of(other) not in keys]
        self.card.reason.clear()
        self._show_list()
        self.list.show_rows(self.list.rows.rows, first)
        self._show_pair()
        self._focus()

    def _places(self, keys: set[PairKey]) -> list[int]:
        return [at for at, one in enumerate(self._shown) if key_of(one) in keys] or [0]

    def _settled(self, told: Sequence[PairView], same: bool, done: DecidedNow) -> None:
        self._last = done.links
        words = QUESTIONS[told[0].kind][1 if same else 2]
        names = " 与 ".join(names_of(told[0]))
        if len(told) > 1:
            names, words = f"{len(told)} 对", "是同一个" if same else "不是同一个"
        self.card.said.say("ok", f"已认定：{names}，{words}。按 Ctrl+Z 撤销。")

    def _not_settled(self, keys: set[PairKey], error: Exception) -> None:
        self._settled_now -= keys
        self._desk.problems.show(error)
        self.refresh()

    def _put_off(self) -> None:
        """先放着: the pairs go to the end of the list."""
        keys = [key_of(one) for one in self.selected]
        if keys:
            place = min(self._places(set(keys)))
            self._later = [*(known for known in self._later if known not in keys), *keys]
            self._shown = ()
            self._show_list()
            self.list.go(min(place, len(self._shown) - 1))

    def _take_back(self) -> None:
        """改回 the decisions chosen, or the last ones; read anew, for they may be a minute old."""
        chosen = tuple(one.link for one in self.selected if isinstance(one, Decided))
        job = partial(doubles.take_back, self._office, chosen or self._last)
        self._last = ()
        self._desk.worker.write(job).done.connect(self._undone)

    def _undone(self, taken: TakenBack) -> None:
        if taken.decided:
            first, *others = taken.decided
            words = f"{len(taken.decided)} 对认定" if others else first.words
            self.card.said.say("ok", f"已改回：{words}，可以重新认定。")
        self._settled_now.clear()
        self.refresh()

    def _open(self, place: int) -> None:
        if self.chosen is not None:
            self._desk.open(self.chosen.type, key_of(self.chosen)[1 + place])


def _known(office: Office) -> _Found:
    return possible_doubles.known(office), doubles.decided(office)


def _found(office: Office, progress: Progress, cancel: Cancel) -> _Found:
    found = possible_doubles.duplicates(office, progress=progress, cancel=cancel)
    return found, doubles.decided(office)
