"""A sheet range pasted into one field: what can be done with it is offered, nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.domain.kernel.fields import Kind
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.messages import Message

if TYPE_CHECKING:
    from app.ui.forms.form_cell import FormCell

Block = list[list[str]]


class Pasting:
    """Holds the range that was pasted last until the person says what it is."""

    def __init__(self, form: EntryForm) -> None:
        self._form = form
        self._waiting: tuple[FormCell, Block] | None = None

    def offer(self, cell: FormCell, block: Block) -> None:
        """Offer what can be done; the same range pasted again is joined into one text."""
        if self._waiting is not None and self._waiting == (cell, block):
            self._join(cell, block)
            return
        self._waiting = (cell, block)
        size = f"{len(block)} 行 {max(map(len, block))} 列"
        keys = (("Ctrl+V", "合成一格"), ("Ctrl+Shift+V", "依次填入以下各栏"), ("Esc", "不粘贴"))
        message = Message("info", "粘贴", f"这是 {size}的表格，还没有填入。", keys)
        self._form.tell(cell.name, message)
        self._form.block_offered.emit(cell.name, block)

    def handled(self, event: QKeyEvent) -> bool:
        """Take the keys of an open offer."""
        if self._waiting is None:
            return False
        cell, block = self._waiting
        modifiers = event.modifiers()
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        elif event.key() == Qt.Key.Key_V and modifiers == both:
            self._spread(cell, block)
        else:
            return False
        return True

    def _end(self) -> None:
        if self._waiting is not None:
            self._form.untell(self._waiting[0].name)
        self._waiting = None

    def _join(self, cell: FormCell, block: Block) -> None:
        self._end()
        many = cell.spec.kind in (Kind.NAMES, Kind.CODES, Kind.LINKS)
        text = ("、" if many else " ").join(filter(None, _flat(block)))
        cell.editor.put(text)

    def _spread(self, cell: FormCell, block: Block) -> None:
        """One cell for each field from here on; when there are too few fields nothing is put in."""
        self._end()
        cells = list(self._form.cells().values())
        fields = [one for one in cells[cells.index(cell) :] if not one.editor.block]
        texts = _flat(block)
        if len(texts) > len(fields):
            sentence = f"有 {len(texts)} 格，从这一栏起只有 {len(fields)} 栏，没有填入。"
            self._form.tell(cell.name, Message("info", "粘贴", sentence))
            return
        for one, text in zip(fields, texts, strict=False):
            if text:
                one.editor.put(text)


def _flat(block: Block) -> list[str]:
    return [text.strip() for row in block for text in row]
