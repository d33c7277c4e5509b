"""Rows that are a tick and a few words: which of the 六个到位 were done, and the evidence (R9)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.kernel.fields import FieldSpec, Kind
from app.ui.fields.boxes import Boxes
from app.ui.fields.editor import ROW, FieldEditor, State, paint_state
from app.ui.fields.line import has_focus_within
from app.ui.fields.suggestion import Surroundings
from app.ui.fields.text import LineEditor
from app.ui.parts.label import label

_PITCH = 36
_LABEL = 72


def fits(spec: FieldSpec) -> bool:
    """Whether the rows are one code and one text, so that they can be ticked."""
    visible = [one for one in spec.columns if not one.field.hidden]
    kinds = [one.kind for one in visible]
    return kinds == [Kind.CODE, Kind.TEXT] and len(visible[0].field.codes or ()) <= 8


class TickedRowsEditor(FieldEditor):
    """A box per code; behind each tick a line for the words that go with it."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._code, self._words = [one for one in spec.columns if not one.field.hidden]
        codes = self._code.field.codes
        assert codes is not None
        self._label_of = codes.label_of
        self._loaded: Any = None
        self._kept: dict[str, dict[str, Any]] = {}
        self._twice: list[dict[str, Any]] = []
        self._lines: dict[str, tuple[QLabel, LineEditor]] = {}
        self.boxes = Boxes([(code.value, code.label) for code in codes])
        self.boxes.setParent(self)
        self.setFocusProxy(self.boxes)
        self.boxes.changed.connect(self._on_tick)
        self.boxes.entered.connect(self.entered)
        self.boxes.left.connect(self._leave)
        self.boxes.next_wanted.connect(lambda: self._next(""))

    def load(self, value: Any) -> None:
        self._loaded = value
        self._show(value or ())

    def put(self, typed: Any) -> None:
        self._show(typed if isinstance(typed, list | tuple) else ())

    def _show(self, rows: Any) -> None:
        read = [dict(row) for row in rows if isinstance(row, dict)]
        self._kept = {}
        self._twice = []
        for row in read:
            if self._kept.setdefault(str(row.get(self._code.name, "")), row) is not row:
                self._twice.append(row)
        for value in {**self._lines, **self._kept}:
            self._line(value).load(self._kept.get(value, {}).get(self._words.name))
        self.boxes.tick(self._kept)

    def _line(self, value: str) -> LineEditor:
        if value not in self._lines:
            name = label(self._label_of(value), "note", self)
            line = LineEditor(self._words, self.around)
            line.setParent(self)
            line.line.setPlaceholderText(self._words.label)
            line.changed.connect(self.changed)
            line.entered.connect(self.entered)
            line.left.connect(self._leave)
            line.next_wanted.connect(lambda: self._next(value))
            line.block_pasted.connect(self.block_pasted)
            self._lines[value] = (name, line)
        return self._lines[value][1]

    def _on_tick(self) -> None:
        for value in self.boxes.ticked():
            self._line(value)
        self._arrange()
        self.changed.emit()
        self.height_changed.emit()

    def _next(self, after: str) -> None:
        ticked = self.boxes.ticked()
        place = ticked.index(after) + 1 if after in ticked else 0
        if place < len(ticked):
            self._line(ticked[place]).setFocus()
        else:
            self.next_wanted.emit()

    def stops(self) -> list[QWidget]:
        lines = [self._line(value) for value in self.boxes.ticked()]
        return [*super().stops(), *(stop for line in lines for stop in line.stops())]

    def _leave(self) -> None:
        if not has_focus_within(self):
            self.left.emit()

    def value(self) -> Any:
        rows = [self._row(value, self._line(value).value()) for value in self.boxes.ticked()]
        rows += self._still_twice()
        return self._loaded if self._same(rows) else rows or None

    def _still_twice(self) -> list[dict[str, Any]]:
        """A second row of one code, made elsewhere, stays as long as its box is ticked."""
        ticked = self.boxes.ticked()
        return [row for row in self._twice if str(row.get(self._code.name, "")) in ticked]

    def _same(self, rows: list[dict[str, Any]]) -> bool:
        if self._loaded is None:
            return False
        loaded = [dict(row) for row in self._loaded]
        return len(loaded) == len(rows) and all(row in rows for row in loaded)

    def typed(self) -> Any:
        rows = [self._row(value, self._line(value).typed()) for value in self.boxes.ticked()]
        return [*rows, *self._still_twice()] or None

    def _row(self, value: str, words: Any) -> dict[str, Any]:
        """The row of one tick; its id is the code, so that two computers tick the same row."""
        kept = self._kept.get(value, {"id": value})
        row = {**kept, self._code.name: value, self._words.name: words}
        return {name: member for name, member in row.items() if member not in (None, "")}

    def commit(self) -> None:
        for _, line in self._lines.values():
            line.commit()

    def height_for(self, width: int) -> int:
        return self.boxes.height_for(width) + _PITCH * len(self.boxes.ticked())

    def sizeHint(self) -> QSize:
        return QSize(240, self.height_for(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = self.width()
        top = self.boxes.height_for(width)
        self.boxes.setGeometry(0, 0, width, top)
        ticked = self.boxes.ticked()
        for value, (name, line) in self._lines.items():
            name.setVisible(value in ticked)
            line.setVisible(value in ticked)
            if value in ticked:
                wide = max(name.sizeHint().width() + 8, _LABEL)
                name.setGeometry(0, top, wide, ROW)
                line.setGeometry(wide, top, width - wide, ROW)
                top += _PITCH

    def set_state(self, state: State) -> None:
        super().set_state(state)
        self.boxes.indent(6 if state else 0)

    def _restyle(self) -> None:
        paint_state(self.boxes, self._look())

    def set_read_only(self, locked: bool) -> None:
        super().set_read_only(locked)
        self.boxes.lock(locked)
        for _, line in self._lines.values():
            line.set_read_only(locked)
