"""疑似重复: one pair after another, decided by a digit; nothing is ever joined unasked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.text import lookup_key
from app.domain.records import TYPES, Aid, Area, Case, Enterprise, Link, Person, Unit, Visit
from app.services.deciding import doubles
from app.services.deciding.doubles import Comparison, Decided, TakenBack
from app.services.figures import possible_doubles
from app.services.figures.possible_doubles import Candidates, PairView, SideView
from app.services.office.office import Office
from app.services.records.saving import Saved
from app.services.reviewing import reviews
from app.ui.help.topics import about
from app.ui.keys import SIDEWAYS, UNDO, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.doubles.pair_card import QUESTIONS, STRENGTHS, PairCard
from app.ui.pages.inbox.two_lines import TwoLineList, TwoLines
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.tabs import Tabs
from app.ui.theme import LIGHT

WIDTH = 268
_SAME = Key("1", "是同一个", ("1",))
_OTHER = Key("2", "不是", ("2",))
_LATER = Key("3", "先放着", ("3",))
_REASON = Key("Alt+R", "写理由", ("Alt+R",))
_SIDES = SIDEWAYS("待认定、已认定")
_COMPARED_TYPES = frozenset(
    one.type_name for one in (Enterprise, Person, Visit, Aid, Case, Link, Unit, Area)
)
_PAUSE = 800
"""Milliseconds without a decision before everything is compared again."""
_COMPARED = "比对各项后认定"
_NOTHING = "没有要认定的"
_WHY = (
    "各单位报来的人、单位、走访和帮扶会自动两两比对，\n像是重复的列在这里，由人认定，从不自动合并。"
)
_Found = tuple[Candidates, list[Decided], dict[str, str]]
_PairKey = tuple[str, str, str]


class DoublesView(QWidget):
    """The pairs nobody decided on, and those somebody did; `pending_changed(int)`."""

    pending_changed = Signal(int)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        about(self, "doubles")
        self._desk, self._office = desk, desk.office
        self._pairs: Sequence[PairView] = ()
        self._known = False
        self._decided: Sequence[Decided] = ()
        self._shown: Sequence[PairView | Decided] = ()
        self._later: list[_PairKey] = []
        self._settled_now: set[_PairKey] = set()
        self._names: Mapping[str, str] = {}
        self._text = ""
        self._turn = 0
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self.refresh)
        self.list = TwoLineList("疑似重复")
        self.tabs = Tabs((("open", "待认定"), ("decided", "已认定")), underlined=False)
        self._make_actions()
        self._lay_out()
        self.list.moved.connect(lambda place: self._show_pair())
        self.list.sideways.connect(self.tabs.step)
        self.tabs.chosen.connect(lambda name: self._show_tab())
        self.card.reason.returnPressed.connect(self.list.setFocus)

    # -- what the page asks

    def activate(self) -> None:
        """Show the pairs as they are now."""
        self._focus()
        if self._stale:
            self.refresh()

    def outdated(self, changes: Changes) -> None:
        """Records were written: compare again when the view is shown.

        Not at every decision: comparing takes long where there are many records.
        """
        self._stale = self._stale or bool(changes.types & _COMPARED_TYPES)
        if self._stale and self.isVisible():
            self._soon.start()

    def search(self, text: str) -> None:
        """Only pairs in which one of the two answers."""
        self._text = text
        self._show_list()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the comparison room."""
        self._list_card.setFixedWidth(228 if narrow else WIDTH)

    def refresh(self) -> None:
        """Compare everything again."""
        self._turn += 1
        self._stale = False
        reading = self._desk.worker.read(partial(_found, self._office), long=True)
        reading.done.connect(partial(self._compared, self._turn))
        self._awaited.watch(reading)

    @property
    def chosen(self) -> PairView | Decided | None:
        """The pair that is compared."""
        place = self.list.place
        return self._shown[place] if 0 <= place < len(self._shown) else None

    # -- making

    def _make_actions(self) -> None:
        self.same = Action(_SAME, partial(self._decide, same=True), self)
        self.different = Action(_OTHER, partial(self._decide, same=False), self)
        self.later = Action(_LATER, self._put_off, self)
        self.undo = Action(UNDO("撤销上一个认定"), self._take_back, self)
        self.write = Action(_REASON, self._write, self)
        self.open_one = Action(Key("Alt+J", "打开甲", ("Alt+J",)), partial(self._open, 0), self)
        self.open_other = Action(Key("Alt+Y", "打开乙", ("Alt+Y",)), partial(self._open, 1), self)
        tell(self.list, _SAME, _OTHER, _LATER, UP_DOWN("上一对、下一对"), _SIDES, _REASON, UNDO)

    def _lay_out(self) -> None:
        deciding = (self.undo, self.later, self.different, self.same)
        self.card = PairCard(self.write, (self.open_one, self.open_other), deciding)
        tell(self.card.area, _SAME, _OTHER, _LATER, _REASON, UNDO)
        self._list_card = self._made_list()
        self._empty = _card_around(EmptyState("copy", _NOTHING, _WHY))
        self._stack = QStackedWidget()
        for card in (self._empty, self.card):
            self._stack.addWidget(card)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._list_card)
        row.addWidget(self._stack, 1)
        self._awaited = Awaited(inside, "正在两两比对")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._awaited)
        self._list_card.hide()

    def _made_list(self) -> Card:
        card = Card(" ")
        card.title.hide()
        card.note.hide()
        card.head.insertWidget(0, self.tabs)
        card.setFixedWidth(WIDTH)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.list)
        bar = card.add_bar()
        bar.parentWidget().setFixedHeight(LIGHT.row)
        self._where = label(role="note")
        bar.addWidget(self._where)
        return card

    def _focus(self) -> None:
        (self.list if self._list_card.isVisibleTo(self) else self).setFocus()

    # -- what is shown

    def _compared(self, turn: int, told: _Found) -> None:
        if turn != self._turn:
            return
        found, self._decided, self._names = told
        self._pairs = [one for one in found.open if _key(one) not in self._settled_now]
        self._known = True
        self._show_list()
        self._awaited.answer()
        if self.hasFocus():
            self._focus()

    def _show_tab(self) -> None:
        self._shown = ()
        self.list.show_rows((), 0)
        self._show_list()

    def _show_list(self) -> None:
        if not self._known:
            return
        before = self.chosen
        self._shown = [one for one in self._listed() if self._answers(one)]
        keys = [_key(one) for one in self._shown]
        at = keys.index(_key(before)) if before and _key(before) in keys else self.list.place
        self.list.show_rows([self._row(one) for one in self._shown], at)
        self.tabs.count("open", len(self._pairs))
        self.tabs.count("decided", len(self._decided))
        self.pending_changed.emit(len(self._pairs))
        self._list_card.setVisible(bool(self._pairs or self._decided))
        self._stack.setCurrentWidget(self.card if self._shown else self._empty)
        self._show_pair()

    def _listed(self) -> Iterable[PairView | Decided]:
        if self.tabs.current == "decided":
            return self._decided
        return sorted(self._pairs, key=lambda one: _key(one) in self._later)

    def _answers(self, one: PairView | Decided) -> bool:
        wanted = lookup_key(self._text)
        told: list[str] = []
        if isinstance(one, Decided):
            told += [*one.names, one.reason]
        else:
            for side in (one.one, one.other):
                told += [self._name(side), side.number, side.unit_name]
        return not wanted or any(wanted in lookup_key(text) for text in told)

    def _row(self, one: PairView | Decided) -> TwoLines:
        if isinstance(one, Decided):
            words, kind = ("同一", "ok") if one.same else ("不同", "neutral")
            return TwoLines(_both(one.names), words, kind, one.reason, one.at[5:10])
        words, kind = STRENGTHS.get(one.strength, (one.strength, "neutral"))
        if _key(one) in self._later:
            words, kind = "先放着", "neutral"
        units = dict.fromkeys(_short(side.unit_name) for side in (one.one, one.other))
        title = _both((self._name(one.one), self._name(one.other)))
        return TwoLines(title, words, kind, "・".join(units), one.words)

    def _name(self, side: SideView) -> str:
        return self._names.get(side.id) or side.name or side.number

    def _show_pair(self) -> None:
        one = self.chosen
        is_open = one is not None and not isinstance(one, Decided)
        for action in (self.same, self.different, self.later, self.write):
            action.setVisible(is_open)
            action.setEnabled(is_open)
        for action in (self.open_one, self.open_other):
            action.setEnabled(one is not None)
        self.card.button(self.undo).setVisible(isinstance(one, Decided))
        self.undo.setEnabled(bool(self._decided or self._settled_now))
        self.undo.setText("改回，重新认定" if isinstance(one, Decided) else "撤销上一个认定")
        where = f"第 {self.list.place + 1} 对，共 {len(self._shown)} 对" if self._shown else ""
        self._where.setText(where)
        if one is None:
            return
        if isinstance(one, Decided):
            self.card.show_decided(one)
        else:
            _, yes, no = QUESTIONS[one.kind]
            self.same.setText(yes)
            self.different.setText(no)
            self.card.ask(one, where)
        job = partial(doubles.compare, self._office, TYPES[one.type], *_key(one)[1:])
        self._desk.worker.read(job).done.connect(partial(self._compare, _key(one)))

    def _compare(self, key: _PairKey, seen: Comparison) -> None:
        if self.chosen is not None and _key(self.chosen) == key:
            self.card.compare(seen)

    # -- what is decided

    def _write(self) -> None:
        self.card.reason.setFocus()

    def _decide(self, *, same: bool) -> None:
        """Write the decision down; the next pair is shown at once, so that one can go on."""
        one = self.chosen
        if one is None or isinstance(one, Decided):
            return
        told = one.reasons if same else one.against
        reason = self.card.reason.text().strip() or "".join(told) or _COMPARED
        key = _key(one)
        job = partial(
            reviews.link,
            self._office,
            TYPES[one.type],
            *key[1:],
            same=same,
            reason=reason,
            kind=one.kind,
        )
        words = QUESTIONS[one.kind][1 if same else 2]
        saving = self._desk.worker.write(job)
        saving.done.connect(partial(self._settled, one, words))
        saving.failed.connect(partial(self._not_settled, key))
        self._settled_now.add(key)
        self._pairs = [other for other in self._pairs if _key(other) != key]
        self.card.reason.clear()
        self._show_list()
        self._focus()

    def _settled(self, one: PairView, words: str, saved: Saved) -> None:
        names = f"{self._name(one.one)} 与 {self._name(one.other)}"
        self.card.said.say("ok", f"已认定：{names}，{words}。按 Ctrl+Z 撤销。")

    def _not_settled(self, key: _PairKey, error: Exception) -> None:
        self._settled_now.discard(key)
        self._desk.problems.show(error)
        self.refresh()

    def _put_off(self) -> None:
        """先放着: the pair goes to the end of the list."""
        if self.chosen is not None:
            place, key = self.list.place, _key(self.chosen)
            self._later = [*(known for known in self._later if known != key), key]
            self._shown = ()
            self._show_list()
            self.list.go(min(place, len(self._shown) - 1))

    def _take_back(self) -> None:
        """改回 the decision chosen, or the last one; read anew, for it may be a minute old."""
        one = self.chosen
        link = one.link if isinstance(one, Decided) else None
        undoing = self._desk.worker.write(partial(doubles.take_back, self._office, link))
        undoing.done.connect(self._undone)

    def _undone(self, taken: TakenBack) -> None:
        if taken.one is not None:
            self.card.said.say("ok", f"已改回：{taken.one.words}，可以重新认定。")
        self._settled_now.clear()
        self.refresh()

    def _open(self, place: int) -> None:
        if self.chosen is not None:
            self._desk.open(self.chosen.type, _key(self.chosen)[1 + place])


def _found(office: Office) -> _Found:
    found = possible_doubles.duplicates(office)
    return found, doubles.decided(office), doubles.names_of(office, found.open)


def _key(one: PairView | Decided) -> _PairKey:
    if isinstance(one, Decided):
        return one.kind, one.one, one.other
    return one.kind, one.one.id, one.other.id


def _both(names: tuple[str, str]) -> str:
    first, second = names
    return first if first == second else f"{first} / {second}"


def _short(unit: str) -> str:
    return unit.removesuffix("总工会").removesuffix("工会")


def _card_around(inner: QWidget) -> Card:
    card = Card()
    card.body.addWidget(inner)
    return card
