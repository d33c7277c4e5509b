"""填写不一致: what two computers wrote differently; ours is chosen here, theirs is sent back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.kernel.changes import Changes
from app.domain.kernel.text import lookup_key
from app.domain.records import TYPES
from app.services.deciding import differing
from app.services.deciding.differing import Claim, Disagreement, Place
from app.services.records import settling
from app.services.records.saving import Saved
from app.ui.keys import SPACE, TAB, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.two_lines import TwoLineList, TwoLines
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT

WIDTH = 268
_SAVE = Key("Ctrl+S", "按选定的保存", ("Ctrl+S",))
_BACK = Key("Ctrl+B", "退回", ("Ctrl+B",))
_OPEN = Key("Alt+J", "打开这一条", ("Alt+J",))
_OURS = "选定每一处以哪个为准，再按 Ctrl+S 保存。"
_THEIRS = "这是{station}的记录，由它自己选定。退回以后，对方能看到每一处的问题。"
_RETURNED = "已经退回给{station}，等对方选定后再报来。"
_WHY = (
    "一个单位有几台电脑时，同一条记录可能被填成两个样子。\n这样的记录列在这里，不会悄悄丢掉哪一个。"
)


class PlaceBox(QFrame):
    """One place that differs, and what may be chosen; `chosen` when a person did."""

    chosen = Signal()

    def __init__(self, place: Place, free: bool) -> None:
        super().__init__()
        self.setProperty("role", "head")
        self.place = place
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, LIGHT.gap, LIGHT.margin, LIGHT.gap)
        column.setSpacing(6)
        column.addWidget(label(place.label, "strong"))
        for number, claim in enumerate(place.claims):
            column.addLayout(self._option(number, claim, free))
        self._group.idClicked.connect(lambda _: self.chosen.emit())

    @property
    def claim(self) -> Claim | None:
        """What was chosen."""
        number = self._group.checkedId()
        return self.place.claims[number] if number >= 0 else None

    def focus(self) -> None:
        """Go to the first that may be chosen."""
        self._group.buttons()[0].setFocus()

    def _option(self, number: int, claim: Claim, free: bool) -> QHBoxLayout:
        words = claim.words or "（空白）"
        row = QHBoxLayout()
        if free:
            button = QRadioButton(words)
            button.setAccessibleName(f"{self.place.label}：{words}")
            tell(button, UP_DOWN("换一个"), SPACE("选定"), TAB("下一处"))
            self._group.addButton(button, number)
            row.addWidget(button)
        else:
            row.addWidget(label(f"{'甲乙丙丁'[number % 4]}　{words}"))
        row.addStretch(1)
        when = claim.at[:16].replace("T", " ")
        row.addWidget(label("　".join(filter(None, (claim.who, when))), "note"))
        return row


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
        self.list = TwoLineList("填写不一致")
        self.message = MessageLine()
        self.save = Action(_SAVE, self._save, self)
        self.back = Action(_BACK, self._send_back, self)
        self.open = Action(_OPEN, self._open, self)
        tell(self.list, UP_DOWN("选一条"), Key("Enter", "去选定"), _SAVE, _BACK)
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
        self._stale = self._stale or bool(changes.types & TYPES.keys())
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
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        card.body.addWidget(self._area, 1)
        bar = card.add_bar()
        bar.addWidget(KeyButton(self.open))
        bar.addStretch(1)
        self._buttons = [KeyButton(action, primary=True) for action in (self.back, self.save)]
        for button in self._buttons:
            bar.addWidget(button)
        return card

    # -- what is shown

    def _listed(self, found: list[Disagreement]) -> None:
        self._all = found
        self._show_list()
        self._awaited.answer()
        self.pending_changed.emit(sum(not one.returned for one in found))
        if self.hasFocus() and self._shown:
            self.list.setFocus()

    def _show_list(self) -> None:
        if self._all is None:
            return
        before = self.chosen
        wanted = lookup_key(self._text)
        self._shown = [one for one in self._all if not wanted or _answers(one, wanted)]
        ids = [one.id for one in self._shown]
        at = ids.index(before.id) if before and before.id in ids else self.list.place
        self.list.show_rows([_row(one) for one in self._shown], at)
        self._list_card.title.setText(f"填写不一致 {len(self._all)}")
        self._list_card.setVisible(bool(self._all))
        self._stack.setCurrentWidget(self._card if self._shown else self._empty)
        self._show_one()

    def _show_one(self) -> None:
        one = self.chosen
        for action, fits in (
            (self.save, one is not None and one.ours),
            (self.back, one is not None and not one.ours),
        ):
            action.setVisible(fits)
            action.setEnabled(fits)
        if one is None:
            return
        self.back.setEnabled(not one.ours and not one.returned)
        self.back.setText(f"退回给{one.station_name}")
        self._card.title.setText(one.title or one.number)
        self._card.note.setText(f"{one.label}　{one.number}　{one.station_name}")
        words = _OURS if one.ours else _RETURNED if one.returned else _THEIRS
        kind = "ok" if one.returned and not one.ours else "info"
        self.message.say(kind, words.format(station=one.station_name))
        self._show_places(one)

    def _show_places(self, one: Disagreement) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._boxes = [PlaceBox(place, one.ours) for place in one.places]
        for box in self._boxes:
            box.chosen.connect(self._enable_save)
            column.addWidget(box)
        column.addStretch(1)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)
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
        self._write(job)

    def _send_back(self) -> None:
        if self.chosen is not None:
            self._write(partial(differing.send_back, self._office, self.chosen))

    def _write(self, job: partial[Saved]) -> None:
        self._desk.worker.write(job).done.connect(self._written)

    def _written(self, saved: Saved) -> None:
        self.refresh()
        self.list.setFocus()

    def _open(self) -> None:
        if self.chosen is not None:
            self._desk.open(self.chosen.type, self.chosen.id)


def _answers(one: Disagreement, wanted: str) -> bool:
    return any(wanted in lookup_key(t) for t in (one.title, one.number, one.station_name))


def _row(one: Disagreement) -> TwoLines:
    words, kind = ("已退回", "neutral") if one.returned else ("待退回", "error")
    if one.ours:
        words, kind = "待选定", "warning"
    places = "、".join(place.label for place in one.places)
    return TwoLines(one.title or one.number, words, kind, one.number, places)
