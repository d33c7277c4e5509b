"""Fields that are ticked: 是 / 否, and the choice of some of a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.ui.fields.boxes import Boxes
from app.ui.fields.editor import FieldEditor, paint_state
from app.ui.fields.suggestion import Surroundings

_HIDDEN = "******"


class BoxesEditor(FieldEditor):
    """A field shown as tick boxes; a mask unticks and locks them."""

    def __init__(
        self,
        spec: FieldSpec,
        around: Surroundings,
        options: Sequence[tuple[str, str]],
        *,
        single: bool = False,
    ) -> None:
        super().__init__(spec, around)
        self.boxes = Boxes(options, single=single)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.boxes)
        self.setFocusProxy(self.boxes)
        self._loaded: Any = None
        self._covered: list[str] | None = None
        self.boxes.changed.connect(self._on_change)
        self.boxes.entered.connect(self.entered)
        self.boxes.left.connect(self.left)
        self.boxes.next_wanted.connect(self.next_wanted)

    def _on_change(self) -> None:
        if self._covered is None:
            self.changed.emit()

    def ticked(self) -> list[str]:
        """The values ticked, under a mask too."""
        return self.boxes.ticked() if self._covered is None else self._covered

    def show_ticks(self, values: list[str]) -> None:
        """Tick these, or keep them under the mask."""
        if self._covered is None:
            self.boxes.tick(values)
        else:
            self._covered = values

    def raw(self) -> Any:
        return self.ticked()

    def height_for(self, width: int) -> int:
        return self.boxes.height_for(width)

    def set_masked(self, hide: bool) -> None:
        if hide and self._covered is None:
            ticked = self.boxes.ticked()
            self._covered = ticked
            self.boxes.tick([])
        elif not hide and self._covered is not None:
            values, self._covered = self._covered, None
            blocked = self.blockSignals(True)
            self.boxes.tick(values)
            self.blockSignals(blocked)
        super().set_masked(hide)

    def _restyle(self) -> None:
        self.boxes.lock(self.read_only or self.masked)
        paint_state(self.boxes, self._look())
        self.boxes.indent(6 if self.state else 0)


class CodesEditor(BoxesEditor):
    """Some of a few codes (六个到位, 四个在一线)."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        assert spec.field.codes is not None
        super().__init__(spec, around, [(code.value, code.label) for code in spec.field.codes])

    def load(self, value: Any) -> None:
        self._loaded = value
        self.show_ticks(list(value or ()))

    def put(self, typed: Any) -> None:
        try:
            self.show_ticks(self._read(typed) or [])
        except UserError:
            self.show_ticks([part for part in typed if isinstance(part, str)])

    def value(self) -> Any:
        ticked = self.ticked()
        if self._loaded is not None and sorted(ticked) == sorted(self._loaded):
            return self._loaded
        return ticked or None


_WORDS = {"1": True, "0": False}
_LETTERS = {"y": "1", "s": "1", "n": "0", "f": "0", "2": "0"}
"""是 and 否 by their initials, in pinyin and in English; 否 is the second choice."""


class FlagEditor(BoxesEditor):
    """是 / 否 / not said; 1, S or Y says 是, 2, F or N says 否, Backspace takes it back."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around, [("1", "是"), ("0", "否")], single=True)
        for box in self.boxes.boxes.values():
            box.installEventFilter(self)

    def load(self, value: Any) -> None:
        self._loaded = value
        self.show_ticks([] if value is None else ["1" if value else "0"])

    def put(self, typed: Any) -> None:
        try:
            value = self._read(typed)
        except UserError:
            value = None
        self.show_ticks([] if value is None else ["1" if value else "0"])

    def value(self) -> Any:
        ticked = self.ticked()
        return _WORDS[ticked[0]] if ticked else None

    def natural_width(self) -> int | None:
        return 136

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._said(event)
        return super().eventFilter(watched, event)

    def _said(self, event: QKeyEvent) -> bool:
        if self.boxes.locked or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        word = event.text().lower()
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.boxes.tick([])
        elif word in _WORDS or word in _LETTERS:
            self.boxes.tick([_LETTERS.get(word, word)])
        else:
            return False
        return True
