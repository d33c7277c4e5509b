"""疑似重复: one pair after another, decided by a digit; nothing is ever joined unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import Changes
from app.domain.text import lookup_key
from app.services import comparing, overview, records, reviewing
from app.services.comparing import Comparison, Decided
from app.services.office import Office
from app.services.overview import Candidates, PairView, SideView
from app.services.records import Saved
from app.ui.desk import Desk
from app.ui.keys import ESCAPE, UNDO, UP_DOWN, Action, Key, tell
from app.ui.pages.inbox.alive import while_alive
from app.ui.pages.inbox.comparison import ComparisonArea, ComparisonHead
from app.ui.pages.inbox.two_lines import TwoLineList, TwoLines
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, surface
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT

WIDTH = 268
_SAME = Key("1", "是同一人", ("1",))
_OTHER = Key("2", "不是", ("2",))
_LATER = Key("3", "先放着", ("3",))
_REASON = Key("Alt+R", "写理由", ("Alt+R",))
_CHIPS = {"高": ("很像", "error"), "中": ("可能", "warning"), "低": ("不太像", "neutral")}
_QUESTIONS = {
    "enterprise": ("是不是同一个单位？", "是同一单位", "不是同一单位"),
    "person": ("是不是同一个人？", "是同一人", "不是同一人"),
    "household": ("是不是同一户？", "是同一户", "不是同一户"),
    "visit": ("是不是同一次走访？", "是同一次", "不是同一次"),
    "aid": ("是不是重复帮扶？", "是重复帮扶", "不是重复"),
}
_AFTER = "两条记录都留着，统计只算一次，有关单位都会收到说明；以后再报来不再问。都可以改回。"
_COMPARED_TYPES = frozenset(
    {"enterprise", "person", "visit", "aid", "case", "link", "unit", "area"}
)
_PAUSE = 800
"""Milliseconds without a decision before everything is compared again."""
_COMPARED = "比对各项后认定"
_NOTHING = "没有要认定的"
_WHY = (
    "各单位报来的人、单位、走访和帮扶会自动两两比对，\n像是重复的列在这里，由人认定，从不自动合并。"
)


_Found = tuple[Candidates, list[Decided], dict[str, str]]


class DoublesView(QWidget):
    """The pairs nobody decided on; `pending_changed(int)`."""

    pending_changed = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._office = desk, desk.office
        self._pairs: Sequence[PairView] = ()
        self._shown: Sequence[PairView] = ()
        self._later: list[tuple[str, str, str]] = []
        self._decided: Sequence[Decided] = ()
        self._names: Mapping[str, str] = {}
        self._text = ""
        self._turn = 0
        self._stale = True
        self._settled_now: set[tuple[str, str, str]] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self.refresh)
        self.list = TwoLineList("疑似重复")
        self.reason = QLineEdit()
        self.head = ComparisonHead()
        self.area = ComparisonArea(self.head)
        self.said = MessageLine()
        self._make_actions()
        self._lay_out()
        self.list.moved.connect(lambda place: self._show_pair())

    # -- what the page asks

    def activate(self) -> None:
        """Show the pairs as they are now."""
        (self.list if self._shown else self).setFocus()
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
        reading.done.connect(while_alive(self, self._compared, self._turn))

    @property
    def chosen(self) -> PairView | None:
        """The pair that is compared."""
        place = self.list.place
        return self._shown[place] if 0 <= place < len(self._shown) else None

    # -- making

    def _make_actions(self) -> None:
        self.same = Action(_SAME, partial(self._decide, same=True), self)
        self.different = Action(_OTHER, partial(self._decide, same=False), self)
        self.later = Action(_LATER, self._put_off, self)
        self.undo = Action(UNDO("撤销上一个认定"), self._take_back, self)
        self.write = Action(_REASON, self.reason.setFocus, self)
        self.open_one = Action(Key("Alt+J", "打开甲", ("Alt+J",)), partial(self._open, 0), self)
        self.open_other = Action(Key("Alt+Y", "打开乙", ("Alt+Y",)), partial(self._open, 1), self)
        tell(self.list, _SAME, _OTHER, _LATER, UP_DOWN("上一对、下一对"), _REASON, UNDO)
        tell(self.area, _SAME, _OTHER, _LATER, _REASON, UNDO)
        tell(self.reason, Key("Enter", "回到比较"), ESCAPE("清除"))
        self.reason.setPlaceholderText("可不填，例如：电话问过市中区，原住沙湾，9 月调走")
        self.reason.setAccessibleName("理由")
        self.reason.returnPressed.connect(self.list.setFocus)

    def _lay_out(self) -> None:
        self._list_card = self._made_list()
        self._card = self._made_card()
        self._empty = _card_around(EmptyState("copy", _NOTHING, _WHY))
        waiting = label("正在两两比对…", "note")
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._comparing = _card_around(waiting)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        self._stack = QStackedWidget()
        for card in (self._comparing, self._empty, self._card):
            self._stack.addWidget(card)
        row.addWidget(self._list_card)
        row.addWidget(self._stack, 1)
        self._list_card.hide()

    def _made_list(self) -> Card:
        card = Card("待认定")
        card.setFixedWidth(WIDTH)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.list)
        bar = card.add_bar()
        bar.parentWidget().setFixedHeight(LIGHT.row)
        self._where = label(role="note")
        bar.addWidget(self._where)
        return card

    def _made_card(self) -> Card:
        card = Card("是不是同一个人？")
        self._count = card.note
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        card.body.addWidget(self._reasons_row())
        card.body.addWidget(self.head)
        card.body.addWidget(self.area, 1)
        card.body.addWidget(self._reason_row())
        bar = card.add_bar()
        bar.setSpacing(8)
        for action in (self.open_one, self.open_other):
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        for action in (self.later, self.different):
            bar.addWidget(KeyButton(action))
        bar.addWidget(KeyButton(self.same, primary=True))
        return card

    def _reasons_row(self) -> QWidget:
        self._reasons = QHBoxLayout()
        self._reasons.setContentsMargins(LIGHT.margin, 10, LIGHT.margin, 10)
        self._reasons.setSpacing(8)
        frame = surface("head")
        frame.setLayout(self._reasons)
        return frame

    def _reason_row(self) -> QFrame:
        frame = QFrame()
        column = QVBoxLayout(frame)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 4)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(LIGHT.gap)
        row.addWidget(label("理由", "label"))
        row.addWidget(self.reason, 1)
        row.addWidget(KeyButton(self.write, quiet=True))
        column.addLayout(row)
        column.addWidget(self.said)
        self.said.say("info", _AFTER)
        return frame

    # -- what is shown

    def _compared(self, turn: int, told: _Found) -> None:
        if turn != self._turn:
            return
        found, self._decided, self._names = told
        self._pairs = [one for one in found.open if _key(one) not in self._settled_now]
        self._show_list()
        self.pending_changed.emit(len(self._pairs))
        if self.hasFocus() and self._shown:
            self.list.setFocus()

    def _show_list(self) -> None:
        before = self.chosen
        wanted = lookup_key(self._text)
        shown = [one for one in self._pairs if not wanted or _answers(one, wanted)]
        shown.sort(key=lambda one: _key(one) in self._later)
        place = next(
            (n for n, one in enumerate(shown) if before and _key(one) == _key(before)),
            self.list.place,
        )
        self._shown = shown
        self.list.show_rows([self._row(one) for one in shown], place)
        self._list_card.title.setText(f"待认定 {len(self._pairs)}")
        self._list_card.note.setText(f"已认定 {len(self._decided)}")
        self._show_any()
        self._show_pair()

    def _row(self, one: PairView) -> TwoLines:
        words, kind = _CHIPS.get(one.strength, (one.strength, "neutral"))
        if _key(one) in self._later:
            words, kind = "先放着", "neutral"
        first, second = (self._name(side) for side in (one.one, one.other))
        title = first if first == second else f"{first} / {second}"
        units = (one.one.unit_name, one.other.unit_name)
        places = "・".join(dict.fromkeys(_short(unit) for unit in units))
        return TwoLines(title, words, kind, places, one.words)

    def _name(self, side: SideView) -> str:
        return self._names.get(side.id) or side.name or side.number

    def _show_any(self) -> None:
        self._list_card.setVisible(bool(self._pairs))
        self._stack.setCurrentWidget(self._card if self._shown else self._empty)

    def _show_pair(self) -> None:
        one = self.chosen
        for action in (self.same, self.different, self.later, self.open_one, self.open_other):
            action.setEnabled(one is not None)
        self.undo.setEnabled(bool(self._decided))
        if one is None:
            return
        question, yes, no = _QUESTIONS[one.kind]
        self._card.title.setText(question)
        self.same.setText(yes)
        self.different.setText(no)
        where = f"第 {self.list.place + 1} 对，共 {len(self._shown)} 对"
        self._where.setText(where)
        self._count.setText(where)
        self._show_reasons(one)
        reading = self._desk.worker.read(partial(comparing.compare, self._office, one))
        reading.done.connect(while_alive(self, self._show_comparison, _key(one)))

    def _show_comparison(self, key: tuple[str, str, str], seen: Comparison) -> None:
        if self.chosen is not None and _key(self.chosen) == key:
            self.area.show_comparison(seen)

    def _show_reasons(self, one: PairView) -> None:
        while self._reasons.count():
            item = self._reasons.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._reasons.addWidget(label("像的理由", "strong"))
        kind = _CHIPS.get(one.strength, ("", "warning"))[1]
        for reason in one.reasons:
            self._reasons.addWidget(Chip(reason.rstrip("。"), kind))
        self._reasons.addStretch(1)
        if one.against:
            self._reasons.addWidget(label("不像：", "label"))
        for reason in one.against:
            self._reasons.addWidget(Chip(reason.rstrip("。"), "neutral"))

    # -- what is decided

    def _decide(self, *, same: bool) -> None:
        one = self.chosen
        if one is None:
            return
        told = one.reasons if same else one.against
        reason = self.reason.text().strip() or "".join(told) or _COMPARED
        job = partial(
            reviewing.link,
            self._office,
            one.type,
            one.one.id,
            one.other.id,
            same=same,
            reason=reason,
            kind=one.kind,
        )
        words = _QUESTIONS[one.kind][1 if same else 2]
        saving = self._desk.worker.write(job)
        saving.done.connect(while_alive(self, self._settled, one, words))

    def _settled(self, one: PairView, words: str, saved: Saved) -> None:
        """Go on with the next pair at once; the list is compared again behind it."""
        self.reason.clear()
        names = f"{self._name(one.one)} 与 {self._name(one.other)}"
        self.said.say("ok", f"已认定：{names}，{words}。按 Ctrl+Z 撤销。")
        self._settled_now.add(_key(one))
        self._pairs = [other for other in self._pairs if _key(other) != _key(one)]
        self._decided = [_as_decided(one, saved, words), *self._decided]
        self.pending_changed.emit(len(self._pairs))
        self._show_list()
        (self.list if self._shown else self).setFocus()

    def _put_off(self) -> None:
        if self.chosen is not None:
            key = _key(self.chosen)
            self._later = [*(k for k in self._later if k != key), key]
            self._show_list_from(self.list.place)

    def _show_list_from(self, place: int) -> None:
        self._shown = ()
        self._show_list()
        self.list.go(min(place, len(self._shown) - 1))

    def _take_back(self) -> None:
        if self._decided:
            last = self._decided[0]
            job = partial(records.void, self._office, "link", last.link, "撤销认定")
            taking_back = self._desk.worker.write(job)
            taking_back.done.connect(while_alive(self, self._taken_back, last))

    def _taken_back(self, last: Decided, saved: Saved) -> None:
        self.said.say("ok", f"已撤销认定：{last.words}。")
        self._settled_now.clear()
        self._decided = [one for one in self._decided if one.link != last.link]
        self.refresh()

    def _open(self, place: int) -> None:
        if self.chosen is not None:
            side = (self.chosen.one, self.chosen.other)[place]
            self._desk.open(self.chosen.type, side.id)


def _found(office: Office) -> _Found:
    found = overview.duplicates(office)
    return found, comparing.decided(office), comparing.names_of(office, found.open)


def _key(one: PairView) -> tuple[str, str, str]:
    return one.kind, one.one.id, one.other.id


def _answers(one: PairView, wanted: str) -> bool:
    sides = (one.one, one.other)
    told = (text for side in sides for text in (side.name, side.number, side.unit_name))
    return any(wanted in lookup_key(text) for text in told)


def _short(unit: str) -> str:
    return unit.removesuffix("总工会").removesuffix("工会")


def _card_around(inner: QWidget) -> Card:
    card = Card()
    card.body.addWidget(inner)
    return card


def _as_decided(one: PairView, saved: Saved, words: str) -> Decided:
    """What was decided just now, before it is read again."""
    numbers = f"{one.one.number} 与 {one.other.number}"
    return Decided(saved.id, f"{numbers}：{words}", True, "", saved.state.changed_at)
