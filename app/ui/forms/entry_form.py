"""What a form shows to those who work on its fields: the fields, the signals, a word below one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.records import Campaign
from app.ui.forms.form_cell import FormCell
from app.ui.forms.form_scroll import FormArea
from app.ui.forms.messages import Message


class EntryForm(QWidget):
    """The fields of one record, as the keys, the flow and the pasting of a form see them.

    `campaign` is the one whose fields and 口径 the form has; `here` is the field one is in, or was
    last; "" before the first.

    Signals: `changed`; `field_left(name)`; `focus_changed(FieldSpec)`;
    `draft_due(typed)`; `picked(name, Suggestion)`; `add_requested(name, record type,
    text)`; `reveal_requested(name)`; `accepted(code, reason)`; `help_requested(FieldSpec)`;
    `block_offered(name, cells)` for a pasted sheet range; `end_reached` after the last field.
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.read_only = False
        self.here = ""
        self.campaign: Campaign | None = None
        self.area = FormArea()

    def cells(self) -> dict[str, FormCell]:
        """The fields on the form by name, in the order one goes through them."""
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        """What was typed so far, readable or not, for a draft or for saving a new record."""
        raise NotImplementedError

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was loaded."""
        raise NotImplementedError

    def tell(self, name: str, message: Message) -> None:
        """Say something under a field until it is changed or left."""
        raise NotImplementedError

    def untell(self, name: str) -> None:
        """Take back what was said under a field."""
        raise NotImplementedError

    def accept_note(self) -> None:
        """Write down why a 提醒 may stand, in this field or in the first that has one."""
        raise NotImplementedError

    def mark_paper(self) -> None:
        """Say what the paper has where the field one is in stays empty."""
        raise NotImplementedError

    def go(self, cell: FormCell, step: int) -> None:
        """Go to the next field, or one back."""
        raise NotImplementedError
