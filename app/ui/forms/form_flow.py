"""Follows what a person does in the fields of a form: typed, left, picked, on to the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from app.ui.fields.suggestion import Suggestion
    from app.ui.forms.checking import Checking
    from app.ui.forms.entry_form import EntryForm
    from app.ui.forms.form_cell import FormCell
    from app.ui.forms.picked_names import PickedNames

DRAFT_AFTER = 400
"""Milliseconds after the first key that what was typed is given out to be kept."""


class FormFlow:
    """Tells the form's signals; while `quiet` a record is put in and nobody types."""

    def __init__(self, form: EntryForm) -> None:
        self._form = form
        self.quiet = False
        self._draft = QTimer(form)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_AFTER)
        self._draft.timeout.connect(lambda: form.draft_due.emit(form.typed()))

    def begin(self, names: PickedNames, checking: Checking) -> None:
        """Follow other fields from now on."""
        self._names, self._checking = names, checking
        self._form.here = ""

    def rest(self) -> None:
        """Forget what was typed into the record before."""
        self._draft.stop()
        self.quiet = False

    def connect(self, cell: FormCell) -> None:
        """Follow one field."""
        form, editor = self._form, cell.editor
        editor.changed.connect(partial(self._changed, cell))
        editor.entered.connect(partial(self._entered, cell))
        editor.left.connect(partial(self._left, cell))
        editor.next_wanted.connect(partial(self.go, cell, 1))
        editor.previous_wanted.connect(partial(self.go, cell, -1))
        editor.picked.connect(partial(self._picked, cell))
        editor.add_wanted.connect(partial(form.add_requested.emit, cell.name))
        editor.reveal_wanted.connect(partial(form.reveal_requested.emit, cell.name))

    def go(self, cell: FormCell, step: int) -> None:
        """Go to the next field, or one back."""
        cells = [one for one in self._form.cells().values() if one.stands or one is cell]
        target = cells.index(cell) + step
        if 0 <= target < len(cells):
            cells[target].editor.setFocus(Qt.FocusReason.TabFocusReason)
        elif step > 0:
            self._form.end_reached.emit()

    def touched(self, cell: FormCell) -> None:
        """The mark of a field came or went, which is work to be kept as well."""
        if not self.quiet:
            self._form.changed.emit()
            if not self._draft.isActive():
                self._draft.start()
            self._checking.recheck()

    def _changed(self, cell: FormCell) -> None:
        if self.quiet:
            return
        self._names.changed(cell)
        self._form.changed.emit()
        if not self._draft.isActive():
            self._draft.start()
        self._checking.changed(cell)

    def _entered(self, cell: FormCell) -> None:
        if not self.quiet:
            self._form.here = cell.name
            self._form.area.show_cell(cell)
            self._form.focus_changed.emit(cell.spec)

    def _left(self, cell: FormCell) -> None:
        if self.quiet or self._form.read_only:
            return
        if self._form.dirty or self._is_within():
            self._checking.left(cell)
        self._form.field_left.emit(cell.name)

    def _is_within(self) -> bool:
        """Whether the keyboard is still on the form."""
        here: QWidget | None = QApplication.focusWidget()
        return here is not None and self._form.isAncestorOf(here)

    def _picked(self, cell: FormCell, one: Suggestion) -> None:
        self._names.picked(cell, one)
        self._form.picked.emit(cell.name, one)
