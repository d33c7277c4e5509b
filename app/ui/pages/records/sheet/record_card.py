"""The card in the middle: one record in its form, its head and its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from app.domain.checking.city_paper import CityPaper
from app.domain.records import Campaign, Record
from app.services.lists.record_sheet import Opened
from app.ui.forms.messages import MessageLine
from app.ui.forms.record_form import RecordForm
from app.ui.keys import ADOPT, DISCARD, REFUSE, UNDO, Action
from app.ui.lists.record_delegate import state_chip
from app.ui.pages.records.sheet.ask_row import AskRow
from app.ui.pages.records.sheet.draft_line import DraftLine
from app.ui.pages.records.sheet.review_lines import ReviewLines
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, surface, tip
from app.ui.parts.refusal_bar import RefusalBar
from app.ui.theme import LIGHT

_ABREAST = 3
"""Buttons that stand side by side below a form, beside which a third card stands."""


class RecordCard(Card):
    """Shows one `Opened`, which somebody else saves; `asking` asks for reasons in place.

    `discard_wanted` when what was typed is not wanted, `brought_back` when it is after all,
    `adopted` when the values proposed by the office above are, `refused` when they are not, or
    that is taken back.
    """

    discard_wanted = Signal()
    brought_back = Signal()
    adopted = Signal()
    refused = Signal()

    def __init__(self, record_type: type[Record], form: RecordForm) -> None:
        super().__init__(" ")
        self._type = record_type
        self._campaign: Campaign | None = None
        self._begun = False
        self.form = form
        self.state, self.errors, self.notes, self.unclear = Chip(), Chip(), Chip(), Chip()
        self.paper = Chip()
        self.note.hide()
        self.head.insertWidget(1, self.state)
        self.head.addWidget(self.paper)
        self.head.addWidget(self.errors)
        self.head.addWidget(self.notes)
        self.head.addWidget(self.unclear)
        self.head.setSpacing(8)
        self.bring_back = Action(UNDO("找回来"), self.brought_back.emit, self)
        self.bring_back.setEnabled(False)
        discard = Action(DISCARD, self.discard_wanted.emit, self)
        self.remembered = DraftLine(discard, self.bring_back)
        self.asking = AskRow()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.adopt = Action(ADOPT, self.adopted.emit, self)
        self.refuse = Action(REFUSE, self.refused.emit, self)
        self._said = ReviewLines(self.adopt, self.refuse)
        self.refusal = RefusalBar()
        self.body.addWidget(self.refusal)
        self.body.addWidget(self.remembered)
        self.body.addWidget(self._said)
        self.body.addWidget(form, 1)
        self.body.addWidget(self.asking)
        self._nexts = surface("bar")
        self._nexts.hide()
        self.body.addWidget(self._nexts)

    def offer_next(self, actions: Sequence[Action]) -> None:
        """A strip with what can be begun from this record, a few side by side."""
        grid = QGridLayout(self._nexts)
        grid.setContentsMargins(LIGHT.margin, 2, LIGHT.margin, 2)
        grid.setVerticalSpacing(0)
        grid.addWidget(label("由此添加", "note"), 0, 0)
        for place, action in enumerate(actions):
            row, column = divmod(place, _ABREAST)
            button = KeyButton(action, quiet=True)
            grid.addWidget(button, row, column + 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(_ABREAST + 1, 1)

    def show_next(self, visible: bool) -> None:
        """Show the strip, or leave the room to the form."""
        self._nexts.setVisible(visible)

    def offer(self, left: Sequence[Action], right: Sequence[Action], void: Action) -> None:
        """Put buttons into the bar, the last of `right` as the primary one."""
        self.head.addWidget(KeyButton(void, quiet=True))
        bar = self.add_bar()
        for action in left:
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        for action in right:
            bar.addWidget(KeyButton(action, primary=action is right[-1]))

    def show_opened(self, opened: Opened, noun: str) -> None:
        """Put a record into the form, with what was typed before and not saved."""
        if not self._begun or opened.campaign != self._campaign:
            self.form.begin(self._type, opened.campaign)
            self._begun, self._campaign = True, opened.campaign
        self.form.date_by(opened.windows)
        self.form.load(
            opened.body,
            read_only=opened.void or not opened.ours,
            masked=opened.base is not None and opened.draft is None,
            bare=opened.keyed,
            fixed=opened.fixed,
        )
        self.form.questions({name: text for name, text in opened.questions.items() if name})
        if opened.guards:
            self.form.show_findings(opened.guards)
        self._said.show_opened(opened)
        self.title.setText(opened.line.number if opened.line else f"新的{noun}")
        self.asking.hide()
        if self.refusal.is_up:
            self.refusal.lower()
        draft = opened.draft
        if draft is not None:
            self.form.restore(draft.typed)
        self.remembered.show_draft(draft.at if draft else "", draft.by_name if draft else "")
        self.say_state(opened)
        say_paper(self.paper, opened)
        self.count_messages()

    def say_state(self, opened: Opened) -> None:
        """The chip beside the 编号."""
        unfinished = opened.base is None or self.form.dirty
        if not opened.ours:
            self.state.say(f"{opened.unit}填报", "info")
        else:
            self.state.say(*state_chip(opened.line, unfinished=unfinished))

    def count_messages(self) -> None:
        """错误, 提醒 and marks of the paper at the right of the head, as many as are shown."""
        kinds = [
            line.message.kind
            for cell in self.form.cells().values()
            for line in cell.messages.lines
            if isinstance(line, MessageLine)
        ]
        for chip, kind, word in ((self.errors, "error", "错误"), (self.notes, "warning", "提醒")):
            count = kinds.count(kind)
            chip.say(f"{word} {count}" if count else "", kind)
        marked = self.form.marks.count
        self.unclear.say(f"纸上没写清 {marked}" if marked else "", "neutral")


def say_paper(chip: Chip, opened: Opened) -> None:
    """What came of the record on paper, here and at the city; what is not right is marked."""
    paper, city = opened.paper, opened.at_city
    words = [paper.words] if paper else []
    words += [f"纸质{city.words}"] if city else []
    is_wrong = (paper and paper.missing) or (city and city.standing is not CityPaper.CAME)
    chip.say("，".join(words), "warning" if is_wrong else "ok")
    chip.setToolTip(tip("\n".join(one.details for one in (paper, city) if one)))
