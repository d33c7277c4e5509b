"""One field on a form: its label, count, editor and messages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from app.ui.fields.editor import FieldEditor
from app.ui.forms.field_label import FieldLabel
from app.ui.forms.form_layout import Placed
from app.ui.forms.messages import Messages
from app.ui.parts.label import label

_LABEL_MOST = 132


class FormCell:
    """The widgets of one field, children of the canvas that places them."""

    def __init__(
        self,
        placed: Placed,
        editor: FieldEditor,
        canvas: QWidget,
        arrange_soon: Callable[[], None],
    ) -> None:
        self.placed = placed
        self.spec = placed.spec
        self.editor = editor
        star = " *" if placed.spec.field.required else ""
        role = "strong" if editor.block else "label"
        self.label = FieldLabel(f"{placed.label}{star}", role, canvas)
        self.label.tell(placed.spec.label, "")
        self.note = label("", "note", canvas)
        side = Qt.AlignmentFlag.AlignLeft if editor.block else Qt.AlignmentFlag.AlignRight
        self.label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.note.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.label.setBuddy(editor)
        self.messages = Messages(canvas, arrange_soon)
        self._arrange_soon = arrange_soon
        self.applies = True
        """Whether the field says anything of this record (`Applying`)."""
        editor.setParent(canvas)
        editor.note_changed.connect(self._count)
        editor.height_changed.connect(arrange_soon)
        self._count(editor.note())

    @property
    def name(self) -> str:
        """The field's name."""
        return self.spec.name

    @property
    def stands(self) -> bool:
        """Whether it has a place on the form: it applies, or something is said of it."""
        return self.applies or bool(self.messages.lines)

    def tell(self, told: str) -> None:
        """How the campaign wants the field counted (口径), "" where it says nothing of it."""
        if told != self.label.told:
            self.label.tell(self.spec.label, told)
            self._arrange_soon()

    def show_standing(self) -> None:
        """Show its widgets, or put them out of the way."""
        self.label.setVisible(self.stands)
        self.editor.setVisible(self.stands)
        if not self.stands:
            self.note.hide()

    def _count(self, text: str) -> None:
        if len(text) != len(self.note.text()):
            self._arrange_soon()
        self.note.setText(text)
        self.note.setProperty("message", "error" if text.startswith("多") else "")
        self.note.style().polish(self.note)

    def label_width(self) -> int:
        """The width the label wants, at most that of nine characters."""
        return min(self.label.wanted_width(), _LABEL_MOST)

    def rect(self) -> QRect:
        """Everything that belongs to the field."""
        parts = [self.label.geometry(), self.editor.geometry()]
        parts += [line.geometry() for line in self.messages.lines]
        whole = QRect()
        for part in parts:
            whole = whole.united(part)
        return whole
