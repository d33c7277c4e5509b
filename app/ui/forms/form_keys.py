"""What the keys of a form do in the field one is in: F1, F2, F3, F5, F7, F8."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.ui.fields.suggestion import Suggestion
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.messages import ACCEPTING, Message
from app.ui.forms.words import help_words

if TYPE_CHECKING:
    from app.domain.checking.checks import Finding
    from app.ui.forms.checking import Checking
    from app.ui.forms.form_cell import FormCell

Previous = Callable[[str], object]
_OTHER = Qt.FocusReason.OtherFocusReason


class FormKeys:
    """Works on the fields of one form; `previous` gives the values of the record before."""

    def __init__(self, form: EntryForm, previous: Previous | None) -> None:
        self._form = form
        self._previous = previous
        self.of_key = {
            Qt.Key.Key_F1: self.show_help,
            Qt.Key.Key_F2: form.accept_note,
            Qt.Key.Key_F3: self.same_as_previous,
            Qt.Key.Key_F5: form.mark_paper,
            Qt.Key.Key_F7: self.show_choices,
            Qt.Key.Key_F8: self.ask_reveal,
        }

    def _here(self) -> FormCell | None:
        return self._form.cells().get(self._form.here)

    def show_help(self) -> bool:
        """What this field is, under the field; False when that stands there already."""
        cell = self._here()
        if cell is None:
            return False
        told = Message("info", "说明", help_words(cell.spec, self._form.campaign))
        if told.sentence in " ".join(cell.messages.texts()):
            return False
        self._form.help_requested.emit(cell.spec)
        self._form.tell(cell.name, told)
        return True

    def show_choices(self) -> None:
        """The list of what may be chosen."""
        cell = self._here()
        if cell is not None:
            cell.editor.show_choices()

    def same_as_previous(self) -> None:
        """The value that the record before has in this field; a whole table is never meant."""
        cell = self._here()
        if cell is None or self._previous is None:
            return
        if cell.editor.block or cell.editor.read_only or cell.editor.masked:
            return
        value = self._previous(cell.name)
        if value in (None, "", [], ()):
            said = Message("info", "同上条", "上一条没有填写这一项。")
            self._form.tell(cell.name, said)
        else:
            cell.editor.put(value)
            self._take_key(cell, str(value), self._previous)

    def _take_key(self, cell: FormCell, name: str, previous: Previous) -> None:
        """A name that was picked before is picked now: its record comes with it."""
        fills = cell.placed.cell.fills
        key = previous(fills) if fills in self._form.cells() else None
        if key:
            cell.editor.picked.emit(Suggestion(str(key), name))

    def ask_reveal(self) -> None:
        """Ask for the sensitive value of this field, or of the first that is hidden."""
        hidden = [name for name, cell in self._form.cells().items() if cell.editor.masked]
        if hidden:
            here = self._form.here
            self._form.reveal_requested.emit(here if here in hidden else hidden[0])

    def accept(self, finding: Finding, checking: Checking) -> None:
        """Ask in place for the reason why a 提醒 may stand."""
        cell = self._form.cells()[finding.field]
        note = Message("warning", finding.severity.value, finding.sentence)
        line = cell.messages.ask_reason(note, ACCEPTING, checking.reasons.get(finding.key, ""))

        def end() -> None:
            cell.editor.setFocus(_OTHER)
            cell.messages.show([])
            checking.recheck()

        def give(reason: str) -> None:
            checking.reasons[finding.key] = reason
            end()
            self._form.accepted.emit(finding.key, reason)
            self._form.go(cell, 1)

        line.given.connect(give)
        line.given_up.connect(end)
        line.setFocus(_OTHER)
        self._form.area.show_cell(cell)
