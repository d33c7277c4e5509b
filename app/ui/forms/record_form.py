"""A record's form: made from fields and layout, filled by keyboard, checked as one goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.domain import checks
from app.domain.checks import Finding, Severity
from app.domain.fields import FieldSpec, Kind, fields_of
from app.domain.records import Campaign, Record
from app.ui.fields.attachments import AttachmentsEditor
from app.ui.fields.editor import FieldEditor
from app.ui.fields.making import make_editor
from app.ui.fields.suggestion import Suggestion, Surroundings
from app.ui.forms.canvas import Canvas, FormCell
from app.ui.forms.findings import shown_for
from app.ui.forms.layouts import LAYOUTS, Layout
from app.ui.forms.messages import Message
from app.ui.forms.pasting import Pasting
from app.ui.forms.placing import Placed, place
from app.ui.forms.sheet import Sheet
from app.ui.forms.style import field_style
from app.ui.keys import ACCEPT, HELP, SAME, tell

_GIVEN = "number"
"""编号 is given when a record is saved first and never changes."""
DRAFT_AFTER = 400
"""Milliseconds after the first key that what was typed is given out to be kept."""

MoreChecks = Callable[[Record], Iterable[Finding]]


class RecordForm(QWidget):
    """The fields of one record.

    `previous(name)` gives the value of the record keyed before (F3); `more_checks`
    what a page knows beyond the rules (the headcount in 单位名录).
    """

    changed = Signal()
    field_left = Signal(str)
    focus_changed = Signal(object)
    draft_due = Signal(dict)
    picked = Signal(str, object)
    add_requested = Signal(str, str, str)
    reveal_requested = Signal(str)
    accepted = Signal(str, str)
    help_requested = Signal(object)
    block_offered = Signal(str, object)
    end_reached = Signal()

    def __init__(
        self,
        around: Surroundings,
        *,
        previous: Callable[[str], object] | None = None,
        more_checks: MoreChecks | None = None,
        layouts: Mapping[str, Layout] = LAYOUTS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._layouts = layouts
        self._previous = previous
        self._more_checks = more_checks
        self._type: type[Record] | None = None
        self._campaign: Campaign | None = None
        self._sheet = Sheet({}, frozenset())
        self._cells: dict[str, FormCell] = {}
        self._touched: set[str] = set()
        self._reasons: dict[str, str] = {}
        self._questions: dict[str, str] = {}
        self._told: dict[str, Message] = {}
        self._findings: list[Finding] = []
        self._made_elsewhere: list[Finding] = []
        self._quiet = False
        self._here = ""
        self.setStyleSheet(field_style())
        tell(self, SAME, ACCEPT, HELP)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self._canvas = Canvas()
        self._pasting = Pasting(self)
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_AFTER)
        self._draft.timeout.connect(lambda: self.draft_due.emit(self.typed()))

    # -- what is shown

    def begin(self, record_type: type[Record], campaign: Campaign | None = None) -> None:
        """Make the empty form of a record type with the fields its campaign adds."""
        self._type, self._campaign = record_type, campaign
        specs = fields_of(record_type, campaign)
        self._canvas = Canvas()
        groups = place(self._layouts.get(record_type.type_name), specs)
        for group in groups:
            self._canvas.add_group(group, [[self._cell(p) for p in line] for line in group.lines])
        self._cells = {cell.name: cell for cell in self._canvas.cells()}
        extra = frozenset(spec.name for spec in specs if spec.extra)
        self._sheet = Sheet({name: cell.editor for name, cell in self._cells.items()}, extra)
        self.area.setWidget(self._canvas)
        self._canvas.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        self.load({})

    def load(
        self, body: Mapping[str, Any], *, read_only: bool = False, masked: bool = False
    ) -> None:
        """Show a stored body; with `masked` what is sensitive waits to be revealed."""
        self._quiet = True
        for cell in self._cells.values():
            cell.editor.set_masked(False)
        self._sheet.load(body)
        for cell in self._cells.values():
            cell.editor.set_read_only(read_only or cell.name == _GIVEN)
            cell.editor.set_masked(masked and _is_sensitive(cell.spec) and cell.name in body)
        self._forget()
        self._quiet = False
        self._draft.stop()
        self._show()

    def _forget(self) -> None:
        self._touched, self._reasons, self._questions, self._told = set(), {}, {}, {}
        self._findings, self._made_elsewhere = [], []

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Show what a draft kept over what was loaded."""
        self._sheet.restore(typed)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put known values into fields that are empty (R51); nothing typed is replaced."""
        for name, value in values.items():
            cell = self._cells.get(name)
            if cell is not None and not cell.editor.typed():
                cell.editor.put(value)

    # -- what stands there

    def body(self) -> dict[str, Any]:
        """The record's body as it stands, composition included; `problems` say what is unread."""
        return self._sheet.body()

    @property
    def problems(self) -> list[Finding]:
        """What the last `body` could not read."""
        return self._sheet.problems

    def typed(self) -> dict[str, Any]:
        """What was typed so far, readable or not, for a draft or for saving a new record."""
        return self._sheet.typed()

    def changes(self) -> dict[str, Any]:
        """What to save of a record that was loaded: changed fields, None where one was emptied."""
        self._sheet.body()
        return self._sheet.changes()

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was loaded."""
        return bool(self._sheet.changes())

    def reasons(self) -> dict[str, str]:
        """The 提醒 accepted here, code to reason, as saving takes them."""
        return dict(self._reasons)

    def editor(self, name: str) -> FieldEditor:
        """The widget of a field."""
        return self._cells[name].editor

    def attachments(self) -> AttachmentsEditor:
        """The list of files, to connect what the page does with them."""
        editor = self.editor("attachments")
        assert isinstance(editor, AttachmentsEditor)
        return editor

    # -- checks

    def check(self) -> list[Finding]:
        """Everything the rules say of what stands here, 错误 first."""
        assert self._type is not None
        record = msgspec.convert(self.body(), self._type)
        found = checks.check(record, today=self._around.today(), campaign=self._campaign)
        found += self._more_checks(record) if self._more_checks else ()
        unread = {problem.field for problem in self.problems}
        rest = [f for f in found if not (f.code == "F01" and f.field in unread)]
        marked = [replace(f, accepted=self._reasons.get(f.code, f.accepted)) for f in rest]
        return sorted([*self.problems, *marked], key=lambda f: f.severity is Severity.NOTE)

    def check_all(self) -> list[Finding]:
        """Check and show every field, left yet or not (before saving)."""
        self._touched = set(self._cells)
        self._recheck()
        return self._findings

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show findings made elsewhere (a refused save) until their fields are changed."""
        self._made_elsewhere = list(findings)
        self._touched |= {finding.field for finding in self._made_elsewhere}
        self._recheck()

    def questions(self, asked: Mapping[str, str]) -> None:
        """Light up the fields of a returned record, each with its question."""
        self._questions = dict(asked)
        self._show()

    def messages(self, name: str) -> list[str]:
        """What stands under a field."""
        return self._cells[name].messages.texts()

    def jump_to(self, name: str) -> None:
        """Go to a field and show it with its messages."""
        cell = self._cells[name]
        self._canvas.arrange()
        cell.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._reveal_cell(cell)

    def jump_to_first_error(self) -> bool:
        """Go to the first 错误; False when there is none."""
        wrong = {f.field for f in self._findings if f.severity is Severity.ERROR}
        first = next((name for name in self._cells if name in wrong), None)
        if first is not None:
            self.jump_to(first)
        return first is not None

    def focus_first(self) -> None:
        """Go to the first field that is empty, else the first."""
        empty = (name for name, cell in self._cells.items() if not cell.editor.typed())
        self.jump_to(next(empty, next(iter(self._cells))))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deeds = {
            Qt.Key.Key_F1: self.show_help,
            Qt.Key.Key_F2: self.accept_note,
            Qt.Key.Key_F3: self.same_as_previous,
            Qt.Key.Key_F7: self.show_choices,
            Qt.Key.Key_F8: self.ask_reveal,
        }
        deed = deeds.get(Qt.Key(event.key()))
        if deed is not None and not event.modifiers():
            deed()
        elif not self._pasting.handled(event):
            super().keyPressEvent(event)

    def show_help(self) -> None:
        """F1: what this field is, under the field."""
        cell = self._cells.get(self._here)
        if cell is not None:
            self.help_requested.emit(cell.spec)
            self.tell(cell.name, Message("info", "说明", help_words(cell.spec)))

    def show_choices(self) -> None:
        """F7: the list of what may be chosen."""
        cell = self._cells.get(self._here)
        if cell is not None:
            cell.editor.show_choices()

    def same_as_previous(self) -> None:
        """F3: the value that the record before has in this field."""
        cell = self._cells.get(self._here)
        if cell is None or self._previous is None or cell.editor.read_only or cell.editor.masked:
            return
        value = self._previous(cell.name)
        if value in (None, "", [], ()):
            self.tell(cell.name, Message("info", "同上条", "上一条没有填写这一项。"))
        else:
            cell.editor.put(value)

    def ask_reveal(self) -> None:
        """F8: ask for the sensitive value of this field, or of the first that is hidden."""
        hidden = [name for name, cell in self._cells.items() if cell.editor.masked]
        if hidden:
            self.reveal_requested.emit(self._here if self._here in hidden else hidden[0])

    def reveal(self, name: str) -> None:
        """Show a sensitive value after it was asked for and logged."""
        self._cells[name].editor.set_masked(False)

    def accept_note(self) -> None:
        """F2: write down why a 提醒 may stand, in this field or in the first that has one."""
        open_notes = checks.open_notes(self._findings)
        here = [f for f in open_notes if f.field == self._here] or open_notes
        if not here:
            return
        finding = here[0]
        cell = self._cells[finding.field]
        line = cell.messages.ask_reason(finding.sentence, self._reasons.get(finding.code, ""))
        line.given.connect(lambda reason: self._accept(finding, reason))
        line.given_up.connect(lambda: self._give_up(cell))
        self._canvas.arrange()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._reveal_cell(cell)

    def _accept(self, finding: Finding, reason: str) -> None:
        self._reasons[finding.code] = reason
        cell = self._cells[finding.field]
        cell.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        cell.messages.show([])
        self.accepted.emit(finding.code, reason)
        self._recheck()
        self._go(cell, 1)

    def _give_up(self, cell: FormCell) -> None:
        cell.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        cell.messages.show([])
        self._show()

    # -- within

    def _cell(self, placed: Placed) -> FormCell:
        spec = placed.spec
        suggests, first = placed.cell.suggests, placed.cell.first
        editor = make_editor(spec, self._around, suggests=suggests, first=first)
        cell = FormCell(placed, editor, self._canvas)
        editor.changed.connect(lambda: self._on_changed(cell))
        editor.entered.connect(lambda: self._on_entered(cell))
        editor.left.connect(lambda: self._on_left(cell))
        editor.next_wanted.connect(lambda: self._go(cell, 1))
        editor.previous_wanted.connect(lambda: self._go(cell, -1))
        editor.picked.connect(lambda one: self._on_picked(cell, one))
        editor.add_wanted.connect(
            lambda links, text: self.add_requested.emit(spec.name, links, text)
        )
        editor.reveal_wanted.connect(lambda: self.reveal_requested.emit(spec.name))
        editor.block_pasted.connect(lambda block: self._pasting.offer(cell, block))
        return cell

    def _go(self, cell: FormCell, step: int) -> None:
        cells = list(self._cells.values())
        place = cells.index(cell) + step
        if 0 <= place < len(cells):
            cells[place].editor.setFocus(Qt.FocusReason.TabFocusReason)
        elif step > 0:
            self.end_reached.emit()

    def _on_changed(self, cell: FormCell) -> None:
        if self._quiet:
            return
        self._told.pop(cell.name, None)
        self._made_elsewhere = [f for f in self._made_elsewhere if f.field != cell.name]
        self.changed.emit()
        if not self._draft.isActive():
            self._draft.start()
        if cell.messages.lines and not cell.messages.asking:
            self._recheck()

    def _on_entered(self, cell: FormCell) -> None:
        self._here = cell.name
        self._reveal_cell(cell)
        self.focus_changed.emit(cell.spec)

    def _on_left(self, cell: FormCell) -> None:
        if self._quiet:
            return
        self._told.pop(cell.name, None)
        self._touched.add(cell.name)
        self._recheck()
        self.field_left.emit(cell.name)

    def _on_picked(self, cell: FormCell, one: Suggestion) -> None:
        fills = cell.placed.cell.fills
        if fills in self._cells:
            self._cells[fills].editor.put(one.key)
        self.picked.emit(cell.name, one)

    def tell(self, name: str, message: Message) -> None:
        """Say something under a field until it is changed or left."""
        self._told[name] = message
        self._show()

    def untell(self, name: str) -> None:
        """Take back what was said under a field."""
        if self._told.pop(name, None) is not None:
            self._show()

    def cells(self) -> dict[str, FormCell]:
        """The fields on the form by name, in the order one goes through them."""
        return self._cells

    def _recheck(self) -> None:
        own = self.check()
        known = {(finding.code, finding.field) for finding in own}
        self._findings = own + [f for f in self._made_elsewhere if (f.code, f.field) not in known]
        self._show()

    def _show(self) -> None:
        for name, cell in self._cells.items():
            if cell.messages.asking:
                continue
            found = [f for f in self._findings if f.field == name and name in self._touched]
            state, messages = shown_for(found, self._questions.get(name, ""))
            told = self._told.get(name)
            cell.editor.set_state(state)
            cell.messages.show([*messages, *([told] if told else [])])

    def _reveal_cell(self, cell: FormCell) -> None:
        rect = cell.rect()
        centre = rect.center()
        self.area.ensureVisible(
            centre.x(), centre.y(), rect.width() // 2, min(rect.height() // 2 + 12, 160)
        )


def _is_sensitive(spec: FieldSpec) -> bool:
    columns = spec.columns if spec.kind is Kind.ROWS else ()
    return spec.field.sensitive or any(column.field.sensitive for column in columns)


def help_words(spec: FieldSpec) -> str:
    """What a field is, in the words of its definition."""
    field = spec.field
    limit = f"最多{field.longest}字" if spec.kind in (Kind.TEXT, Kind.PROSE) else ""
    unit = f"单位：{field.unit}" if field.unit else ""
    parts = ("必填" if field.required else "", limit, unit, field.help)
    return f"{spec.label}。" + "；".join(filter(None, parts))
