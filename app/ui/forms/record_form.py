"""A record's form: made from fields and layout, filled by keyboard, checked as one goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypedDict

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.domain.campaign.campaign_data import definition_of
from app.domain.checking.checks import Finding
from app.domain.kernel.fields import by_name, fields_of
from app.domain.records import Campaign, Record
from app.domain.records.paper_mark import PAPER_MARKS
from app.domain.values.dates import Window
from app.ui.fields.attachments import AttachmentsEditor
from app.ui.fields.carried import carries_files
from app.ui.fields.editor import FieldEditor
from app.ui.fields.making import make_editor
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.applying import Applying
from app.ui.forms.checking import Checking, MoreChecks
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.form_body import FormBody, Kept
from app.ui.forms.form_cell import FormCell
from app.ui.forms.form_flow import FormFlow
from app.ui.forms.form_grid import FormGrid
from app.ui.forms.form_keys import FormKeys, Previous
from app.ui.forms.form_layout import Placed, place
from app.ui.forms.layouts import LAYOUTS, Layouts
from app.ui.forms.messages import Message
from app.ui.forms.paper_marking import PaperMarking
from app.ui.forms.pasting import Pasting
from app.ui.forms.picked_names import PickedNames
from app.ui.forms.words import is_sensitive
from app.ui.keys import ACCEPT, DISCARD, HELP, MARK, SAME, Key, tell

_GIVEN = "number"
"""编号 is given when a record is first saved and never changes."""
_OTHER = Qt.FocusReason.OtherFocusReason
_WRITING = (SAME, ACCEPT, MARK, DISCARD)
"""Keys that do nothing where nothing can be typed."""


class _How(TypedDict):
    """How a body was shown."""

    read_only: bool
    masked: bool
    bare: Collection[str]
    fixed: Collection[str]


class RecordForm(EntryForm):
    """The fields of one record.

    `previous(name)` gives the value of the record keyed before (F3); `more_checks`
    what a page knows beyond the rules (the headcount in 单位名录); without `marks` no field is
    marked as blank on the paper.
    """

    def __init__(
        self,
        around: Surroundings,
        *,
        previous: Previous | None = None,
        more_checks: MoreChecks | None = None,
        layouts: Layouts = LAYOUTS,
        marks: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._windows: Sequence[Window] = ()
        self._around = replace(around, windows=lambda: self._windows)
        self._layouts, self._marks = layouts, marks
        self._more_checks = more_checks
        self._cells: dict[str, FormCell] = {}
        self._pasting = Pasting(self)
        self.setAcceptDrops(True)
        self._deeds = FormKeys(self, previous)
        self._following = FormFlow(self)
        self._keys: Sequence[Key] = ()
        self.offer_keys(*((SAME,) if previous else ()), ACCEPT, HELP)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.area)

    def offer_keys(self, *keys: Key) -> None:
        """The keys told in the hint bar; while nothing can be typed, only those that read."""
        self._keys = keys
        tell(self, *(one for one in keys if one not in _WRITING or not self.read_only))

    # -- what is shown

    def begin(self, record_type: type[Record], campaign: Campaign | None = None) -> None:
        """Make the empty form of a record type with the fields its campaign adds."""
        self._following.quiet = True
        self._type, self.campaign = record_type, campaign
        specs = fields_of(record_type, campaign)
        self._placed = place(self._layouts.get(record_type), specs, campaign)
        canvas = FormGrid()
        for group in self._placed:
            lines = [[self._cell(one, canvas) for one in line] for line in group.lines]
            canvas.add_group(group, lines)
        self._cells = {cell.name: cell for cell in canvas.cells()}
        self._names = PickedNames(self._cells)
        self._applying = Applying(self._cells, canvas.arrange_soon)
        extra = frozenset(spec.name for spec in specs if spec.extra and not spec.removed)
        self.marks = PaperMarking(self._cells, self._following.touched)
        removed = {name: cell for name, cell in self._cells.items() if cell.spec.removed}
        kept: dict[str, Kept] = {
            name: cell.editor for name, cell in self._cells.items() if name not in removed
        }
        if self.takes_marks:
            kept[PAPER_MARKS] = self.marks
        shown = {name: cell.editor for name, cell in removed.items()}
        self._sheet = FormBody(kept, extra, shown)
        self._checking = Checking(
            record_type,
            campaign,
            self._sheet,
            self._cells,
            today=self._around.today,
            more=self._more_checks,
            beside=self.marks.message,
        )
        self._following.begin(self._names, self._checking)
        self.area.hold(canvas)
        self.load({})

    def become(self, campaign: Campaign | None) -> bool:
        """Have the fields of another campaign, with what was typed; whether they are others."""
        record_type = self._type
        specs = fields_of(record_type, campaign)
        if place(self._layouts.get(record_type), specs, campaign) == self._placed:
            self.check_against(campaign)
            return False
        typed, loaded, here = self.typed(), self._sheet.loaded, self.here
        how, earlier = self._how, self._checking
        self.begin(record_type, campaign)
        self.load(loaded, **how)
        self.restore(typed)
        self._checking.go_on_from(earlier)
        if here in self._cells:
            self.jump_to(here)
        return True

    def load(
        self,
        body: Mapping[str, Any],
        *,
        read_only: bool = False,
        masked: bool = False,
        bare: Collection[str] = (),
        fixed: Collection[str] = (),
    ) -> None:
        """Show a stored body, of which the `fixed` fields cannot be changed.

        With `masked` what is sensitive, but `bare`, waits to be revealed.
        """
        self._following.quiet, self.read_only = True, read_only
        self._how = _How(read_only=read_only, masked=masked, bare=bare, fixed=fixed)
        self.offer_keys(*self._keys)
        for cell in self._cells.values():
            cell.editor.set_masked(False)
        self._sheet.load(body)
        for cell in self._cells.values():
            held = cell.name == _GIVEN or cell.name in fixed or cell.spec.removed
            cell.editor.set_read_only(read_only or held)
            hidden = masked and cell.name in body and cell.name not in bare
            if hidden and is_sensitive(cell.spec):
                cell.editor.set_masked(True)
        self._names.know(body)
        self._applying.look()
        self._checking.forget()
        self._following.rest()

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Show what a draft kept over what was loaded."""
        self._names.know({})
        self._sheet.restore(typed)
        self._names.know(typed)
        self._applying.look()
        self._checking.show()

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put known values into fields that are empty (R51); nothing typed is replaced."""
        for name, value in values.items():
            cell = self._cells.get(name)
            if cell is not None and cell.editor.typed() in (None, "", []):
                cell.editor.put(value)

    def refill(self, name: str, value: Any) -> None:
        """Put another value, or none, where the program itself had put one."""
        cell = self._cells.get(name)
        if cell is not None and cell.editor.typed() != value:
            cell.editor.put(value)

    def add_below(self, widget: QWidget) -> None:
        """Put something under the fields that does not scroll with them."""
        self._column.addWidget(widget)

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
        """The 核对 and 提醒 accepted here, key to reason, as saving takes them."""
        return dict(self._checking.reasons)

    def editor(self, name: str) -> FieldEditor:
        """The widget of a field."""
        return self._cells[name].editor

    def cells(self) -> dict[str, FormCell]:
        """The fields on the form by name, in the order one goes through them."""
        return self._cells

    @property
    def canvas(self) -> FormGrid:
        """The surface that the fields lie on."""
        return self.area.canvas

    def attachments(self) -> AttachmentsEditor:
        """The list of files; `begin` makes a new one."""
        editor = self.editor("attachments")
        assert isinstance(editor, AttachmentsEditor)
        return editor

    # -- checks

    def check_all(self) -> list[Finding]:
        """Check and show every field, left yet or not (before saving); 错误 come first."""
        self._checking.show_all()
        return self._checking.findings

    def recheck(self) -> None:
        """Check again, and show what was shown before."""
        self._checking.recheck()

    def date_by(self, windows: Sequence[Window]) -> None:
        """Read days written without a year by the windows of these campaigns."""
        self._windows = windows

    def check_against(self, campaign: Campaign | None) -> None:
        """Check by the days of another campaign than the form was made for."""
        self._checking.campaign = self.campaign = campaign
        for cell in self._cells.values():
            self._tell(cell)
        self._checking.recheck()

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show findings made elsewhere (a refused save) until their fields are changed."""
        self._checking.show_also(findings)

    @property
    def stamp(self) -> int:
        """Another number after each change."""
        return self._checking.stamp

    def know(self, findings: Iterable[Finding], stamp: int) -> bool:
        """Show what other records said against the form as it stood at `stamp`.

        False when something later is known already.
        """
        return self._checking.know(findings, stamp)

    def questions(self, asked: Mapping[str, str]) -> None:
        """Light up the fields of a returned record, each with its question."""
        self._checking.ask(asked)

    def messages(self, name: str) -> list[str]:
        """What stands under a field."""
        return self._cells[name].messages.texts()

    def tell(self, name: str, message: Message) -> None:
        """Say something under a field until it is changed or left."""
        self._checking.tell(name, message)

    def untell(self, name: str) -> None:
        """Take back what was said under a field."""
        self._checking.untell(name)

    def jump_to(self, name: str) -> None:
        """Go to a field and show it with its messages."""
        cell = self._cells[name]
        cell.editor.setFocus(_OTHER)
        self.area.show_cell(cell)

    def blocking(self) -> list[Finding]:
        """What keeps the form from being saved, in the order of the fields: 错误 and open 核对."""
        return self._checking.blocking()

    def go_to(self, finding: Finding) -> None:
        """Go to what a finding is about, into the very cell of a table."""
        self.jump_to(finding.field)
        self._cells[finding.field].editor.go_to(finding.row, finding.column)

    def go_back_to(self, finding: Finding) -> None:
        """Go to what is to be mended, and mark what stands there."""
        self.go_to(finding)
        self._cells[finding.field].editor.select_text()

    def jump_to_first_error(self) -> bool:
        """Go to the first place that keeps the form from being saved; False when none does."""
        blocking = self._checking.blocking()
        if blocking:
            self.go_back_to(blocking[0])
        return bool(blocking)

    def focus_first(self) -> None:
        """Go to the first field that is empty, else the first.

        The field where one was before the record came is not looked at as if left empty.
        """
        before: QWidget | None = self.focusWidget()
        if before is not None:
            self._following.quiet = True
            before.clearFocus()
            self._following.quiet = False
        standing = {name: cell for name, cell in self._cells.items() if cell.stands}
        empty = (name for name, cell in standing.items() if not cell.editor.typed())
        self.jump_to(next(empty, next(iter(self._cells))))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deeds.of_key.get(Qt.Key(event.key()))
        if deed is not None and not event.modifiers():
            deed()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._takes_files:
            self.attachments().take(QApplication.clipboard().mimeData())
        elif not self._pasting.handled(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._takes_files and carries_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        self.attachments().take(event.mimeData())
        event.acceptProposedAction()

    @property
    def _takes_files(self) -> bool:
        return "attachments" in self._cells and not self.read_only

    def show_help(self) -> bool:
        """F1: what this field is, under the field; False when there is no more to say."""
        return self._deeds.show_help()

    def show_choices(self) -> None:
        """F7: the list of what may be chosen."""
        self._deeds.show_choices()

    def same_as_previous(self) -> None:
        """F3: the value that the record before has in this field."""
        self._deeds.same_as_previous()

    def ask_reveal(self) -> None:
        """F8: ask for the sensitive value of this field, or of the first that is hidden."""
        self._deeds.ask_reveal()

    def reveal(self, name: str) -> None:
        """Show a sensitive value after it was asked for and logged."""
        self._cells[name].editor.set_masked(False)

    @property
    def takes_marks(self) -> bool:
        """Whether the record is keyed from paper, of which fields may be marked."""
        return self._marks and PAPER_MARKS in by_name(self._type)

    def mark_paper(self) -> None:
        """F5: what the paper has where this field stays empty."""
        cell = self._cells.get(self.here)
        if cell is None or not self.takes_marks or cell.editor.read_only or cell.editor.masked:
            return
        if why := self.marks.turn(cell):
            self.tell(cell.name, Message("info", "不用标", why))

    def accept_note(self) -> None:
        """F2: write down why a 提醒 may stand, in this field or in the first that has one."""
        finding = self._checking.open_note(self.here)
        if finding is not None and not self.read_only:
            self._deeds.accept(finding, self._checking)

    def go(self, cell: FormCell, step: int) -> None:
        """Go to the next field, or one back."""
        self._following.go(cell, step)

    # -- within

    def _cell(self, placed: Placed, canvas: FormGrid) -> FormCell:
        lies = placed.cell
        editor = make_editor(
            placed.spec,
            self._around,
            suggests=lies.suggests,
            opens=lies.opens,
            first=lies.first,
        )
        cell = FormCell(placed, editor, canvas, canvas.arrange_soon)
        self._tell(cell)
        cell.label.asked.connect(partial(self._explain, cell.name))
        editor.block_pasted.connect(partial(self._pasting.offer, cell))
        self._following.connect(cell)
        return cell

    def _tell(self, cell: FormCell) -> None:
        cell.tell(definition_of(self.campaign, cell.name, cell.spec.label))

    def _explain(self, name: str) -> None:
        self.jump_to(name)
        self.show_help()
