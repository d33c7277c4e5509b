"""The card of one record that came: its fields to read, what was said of it, 看全号."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.kernel.fields import FieldSpec
from app.domain.records import TYPES
from app.services.receiving.package_records import (
    DRAFTED,
    HANDED_BACK,
    NOT_REVIEWED,
    VERDICTS,
    Sheet,
)
from app.services.records import reveals
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.attaching import Attaching
from app.ui.forms.record_form import RecordForm
from app.ui.keys import Action
from app.ui.page_context import PageContext
from app.ui.pages.inbox.records.review_panel import ReviewPanel
from app.ui.pages.records.sheet.ask_row import AskRow
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import LIGHT

_TONES = {
    "通过": "ok", "退回": "error", "更正": "warning", DRAFTED: "info", HANDED_BACK: "warning",
}  # fmt: skip
_LAST = 3
"""So many of the things said of a record stand above it."""
_HINT = "例如：核对身份证复印件"


class SheetCard(Card):
    """Shows one `Sheet` read-only. `moved(FieldSpec)` when another field has the focus."""

    moved = Signal(object)

    def __init__(self, desk: PageContext, around: Surroundings) -> None:
        super().__init__(" ")
        self._desk = desk
        self.sheet: Sheet | None = None
        self._reason = ("", "")
        self.chip = Chip()
        self.form = RecordForm(around)
        self.attaching = Attaching(self.form, desk.office, desk.worker, desk.problems)
        self.asking = AskRow()
        self.panel = ReviewPanel(around)
        self.said = label(role="note")
        self.said.setWordWrap(True)
        self._said_row = padded(self.said)
        self.head.insertWidget(1, self.chip)
        self.head.setSpacing(8)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._said_row)
        self.body.addWidget(self.form, 1)
        self.body.addWidget(self.asking)
        self.body.addWidget(self.panel)
        self.form.focus_changed.connect(self.moved)
        self.form.reveal_requested.connect(self._ask_reveal)

    def offer(self, saying: Sequence[Action], primary: Action) -> None:
        """The bar: what can be said of a record, and the one thing to do next."""
        bar = self.add_bar()
        bar.setSpacing(8)
        for action in saying:
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        bar.addWidget(KeyButton(primary, primary=True))

    def show_nothing(self) -> None:
        """Say that there is no record to show."""
        self.sheet = None
        self.title.setText("这一份里没有可以列出的记录")
        self.note.setText("")
        self.chip.say("")
        self.form.hide()
        self._said_row.hide()

    def show_sheet(self, sheet: Sheet, questions: Mapping[str, str]) -> None:
        """Show a record, with the questions that were written and not sent yet."""
        if self.sheet is None or self.sheet.opened.key != sheet.opened.key:
            self.panel.end()
            self.asking.end()
        self.sheet = sheet
        opened = sheet.opened
        self.form.show()
        self.form.begin(TYPES[sheet.type], opened.campaign)
        self.form.load(opened.body, read_only=True, masked=True)
        self.attaching.show(TYPES[sheet.type], opened.key, opened.base)
        if questions or opened.questions:
            self.form.questions({**opened.questions, **questions})
        number = opened.line.number if opened.line else ""
        self.title.setText(opened.line.title if opened.line else "")
        self.note.setText("　".join(filter(None, [number, sheet.station_name])))
        self.chip.say(*_chip(sheet))
        told = [f"{one.on} {one.verdict}（{one.who}）{one.words}" for one in sheet.said]
        told += [f"{name}：{words}" for name, words in sheet.pending.items()]
        told = [opened.paper.details, *told[-_LAST:]] if opened.paper else told[-_LAST:]
        self.said.setText("\n".join(told))
        self._said_row.setVisible(bool(told))

    def keep_in_sight(self, spec: FieldSpec) -> None:
        """The field that is spoken of stays above the panel."""
        self.body.activate()
        cell = self.form.cells().get(spec.name)
        if cell is not None:
            self.form.area.show_cell(cell)

    def _ask_reveal(self, name: str) -> None:
        """One reason is enough for a record as long as it is shown."""
        key, reason = self._reason
        if self.sheet is None:
            return
        if key == self.sheet.opened.key:
            self._reveal(name, reason)
        else:
            self.asking.ask("看全号的原因", _HINT, "看", partial(self._reveal, name))

    def _reveal(self, name: str, reason: str) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        key = sheet.opened.key
        self._reason = (key, reason)
        job = partial(reveals.reveal, self._desk.office, TYPES[sheet.type], key, (name,), reason)
        writing = self._desk.worker.write(job)
        writing.done.connect(partial(self._revealed, key, name))

    def _revealed(self, key: str, name: str, _: object) -> None:
        if self.sheet is not None and self.sheet.opened.key == key:
            self.form.reveal(name)
            self.form.jump_to(name)


def _chip(sheet: Sheet) -> tuple[str, str]:
    """What was said last, unless the record was changed since."""
    if sheet.opened.void:
        return "已作废", "neutral"
    last = next((one.verdict for one in reversed(sheet.said) if one.still), "")
    if sheet.pending and last not in (DRAFTED, HANDED_BACK):
        return "待县确认", "warning"
    if not last:
        return ("已改过，未再审", "info") if sheet.said else (NOT_REVIEWED, "neutral")
    return VERDICTS.get(last, last), _TONES.get(last, "neutral")


def padded(inner: QWidget) -> QFrame:
    """A row under the head of a card."""
    frame = QFrame()
    frame.setProperty("role", "head")
    column = QVBoxLayout(frame)
    column.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
    column.addWidget(inner)
    return frame
