"""添加 from within another record: what is looked for is not there, so it is made in place.

A page needs two lines:

    around = Surroundings(today, lookups.lookups(ADDS))      # ADDS of app.ui.forms.layouts
    Adding(self.form, around, desk.office, desk.worker)
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.domain.kernel.errors import Problem
from app.domain.kernel.fields import Kind
from app.domain.kernel.text import fold_digits
from app.domain.records import TYPES, Record
from app.services.lists import quick_add
from app.services.lists.quick_add import Added
from app.services.records.checked_body import CheckFailed
from app.ui.fields.chips import ChipsEditor
from app.ui.fields.links import LinkEditor
from app.ui.forms.layouts import SHORT
from app.ui.forms.messages import Inset, Message
from app.ui.forms.office_lookups import suggested
from app.ui.forms.record_form import RecordForm
from app.ui.keys import Action, Key, tell
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.refusal_bar import sound
from app.ui.theme import LIGHT

if TYPE_CHECKING:
    from app.services.office.office import Office
    from app.ui.fields.suggestion import Suggestion, Surroundings
    from app.ui.worker import Worker

_ADD = Key("Enter", "添加并选用")
_BACK = Key("Esc", "不添加")
_HEAD, _BAR = 26, 44
_EDGES = 2
_FIELD_REASON = Qt.FocusReason.OtherFocusReason


class AddingBox(Inset):
    """A few fields of a new record, under the field that looks for it.

    `wanted(typed)` when they are filled in, `given_up` with Esc, `grown` when it
    needs another height.
    """

    wanted = Signal(dict)
    given_up = Signal()
    grown = Signal()

    def __init__(self, record_type: type[Record], around: Surroundings) -> None:
        super().__init__()
        self.facts = record_type.facts
        name = record_type.label
        self.setAccessibleName(f"添加{name}")
        self.busy = False
        self.form = RecordForm(around, layouts=SHORT)
        self.form.begin(record_type)
        self.form.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form.end_reached.connect(self.give)
        self.form.canvas.height_changed.connect(self.grown)
        frame = QFrame(self)
        frame.setProperty("role", "inset")
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 0)
        head.setSpacing(8)
        head.addWidget(label(f"添加{name}", "strong"))
        head.addWidget(label("先填这几项，其余以后再补", "note"))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.form, 1)
        column.addLayout(self._bar())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 4, 0, 0)
        outer.addWidget(frame)
        self.setFocusProxy(self.form)
        tell(self, _BACK)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 8)
        bar.addStretch(1)
        bar.addWidget(KeyButton(Action(_BACK, self.given_up.emit, self), quiet=True))
        bar.addWidget(KeyButton(Action(_ADD, self.give, self)))
        return bar

    def height_for(self, width: int) -> int:
        return self.form.canvas.height_for(width - _EDGES) + _HEAD + _BAR

    def give(self) -> None:
        """Ask for the record to be made, unless something is missing."""
        self.form.check_all()
        if self.form.jump_to_first_error():
            sound()
        elif not self.busy:
            self.wanted.emit(self.form.typed())

    def refuse(self, error: Exception) -> bool:
        """Say in the fields why it was not made, with a sound; False for what is no refusal."""
        if isinstance(error, Problem):
            sound()
        if isinstance(error, CheckFailed):
            self.form.show_findings(error.findings)
            self.form.jump_to_first_error()
            return True
        if isinstance(error, Problem):
            first = next(iter(self.form.cells()))
            self.form.tell(first, Message("error", "没有添加", str(error)))
            self.form.jump_to(first)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class Adding(QObject):
    """Opens an `AddingBox` when a look-up of the form asks for it, makes the record, picks it.

    `added(field, record type, key)` when one was made.
    """

    added = Signal(str, str, str)

    def __init__(
        self, form: RecordForm, around: Surroundings, office: Office, worker: Worker
    ) -> None:
        super().__init__(form)
        self._form, self._around = form, around
        self._office, self._worker = office, worker
        form.add_requested.connect(self.open)

    def open(self, name: str, record_type: str, text: str) -> None:
        """Ask for a new record of a type under a field; `text` is what was looked for."""
        if TYPES[record_type] not in SHORT:
            return
        cell = self._form.cells()[name]
        box = AddingBox(TYPES[record_type], self._around)
        Adding(box.form, self._around, self._office, self._worker)
        box.form.fill(self._known(box, text))
        box.grown.connect(self._form.canvas.arrange_soon)
        box.given_up.connect(partial(self._close, name))
        box.wanted.connect(partial(self._make, name, record_type, box))
        cell.messages.inset(box)
        self._form.area.show_cell(cell)
        box.form.focus_first()

    def _known(self, box: AddingBox, text: str) -> Mapping[str, Any]:
        """What was typed, and what the record around says of the same things."""
        here = self._form.typed()
        cells = box.form.cells()
        links = {n: here.get(n) for n, c in cells.items() if c.spec.kind is Kind.LINK}
        words = text.strip()
        sure = [group[0] for group in box.facts.certain]
        number = fold_digits(words)[:1].isdecimal()
        fields = [*sure, *box.facts.title] if number else box.facts.title
        texts = (name for name in fields if name in cells and cells[name].spec.kind is Kind.TEXT)
        field = next(texts, None)
        return links | {field: words} if field else links

    def _make(self, name: str, record_type: str, box: AddingBox, typed: dict[str, Any]) -> None:
        box.busy = True
        kind, reasons = TYPES[record_type], box.form.reasons()
        job = partial(quick_add.add, self._office, kind, typed, reasons)
        making = self._worker.write(job)
        making.done.connect(partial(self._made, name, record_type))
        making.failed.connect(partial(self._not_made, box))

    def _made(self, name: str, record_type: str, added: Added) -> None:
        self._close(name)
        (suggestion,) = suggested([added.named])
        self._pick(name, suggestion)
        self.added.emit(name, record_type, added.named.key)

    def _pick(self, name: str, suggestion: Suggestion) -> None:
        cell = self._form.cells()[name]
        if isinstance(cell.editor, LinkEditor | ChipsEditor):
            cell.editor.put_suggestion(suggestion)
            cell.editor.picked.emit(suggestion)
            self._form.go(cell, 1)

    def _not_made(self, box: AddingBox, error: Exception) -> None:
        box.busy = False
        if not box.refuse(error):
            self._worker.failed.emit(error)

    def _close(self, name: str) -> None:
        cell = self._form.cells()[name]
        cell.editor.setFocus(_FIELD_REASON)
        cell.messages.show([])
        self._form.recheck()
