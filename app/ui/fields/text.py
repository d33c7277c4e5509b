"""Fields that are one line of text: text, numbers, money, dates, times, names, anything."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.values.money import format_money
from app.ui.fields.editor import paint_state
from app.ui.fields.line import Line
from app.ui.fields.suggestion import Surroundings
from app.ui.fields.typed_text import TypedText
from app.ui.icons import icon
from app.ui.parts.label import label

_FIXED_WIDTHS = {Kind.INTEGER: 84, Kind.MONEY: 124, Kind.DATE: 118, Kind.TIME: 160}
_GAP = 8
_SHORT, _FIGURE, _EDGES = 20, 9, 32


class LineEditor(TypedText):
    """A field typed into one line; left, it shows what was understood."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.line = self._make_line()
        self.line.setAccessibleName(spec.label)
        self._lock = QAction(icon("lock-simple"), "", self)
        self._lock.triggered.connect(self.reveal_wanted)
        self.unit = label(spec.field.unit)
        self.unit.setObjectName("unit")
        self._lay_out()
        self._connect()

    def _make_line(self) -> Line:
        return Line()

    def give_line_all_room(self) -> None:
        """Let the line be as wide as the widget, as in a table."""
        self.line.setProperty("part", "cell")
        self._row.setStretchFactor(self.line, 100)

    def _lay_out(self) -> None:
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self.line)
        width = _FIXED_WIDTHS.get(self.spec.kind)
        if width is not None:
            self.line.setFixedWidth(width)
        if self.spec.kind in (Kind.INTEGER, Kind.MONEY):
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if self.spec.field.unit:
            layout.addWidget(self.unit)
        if width is not None:
            layout.addStretch(1)
        self.setFocusProxy(self.line)

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_text)
        self.line.next_wanted.connect(self.next_wanted)
        self.line.entered.connect(self.entered)
        self.line.left.connect(self._leave)
        self.line.block_pasted.connect(self.block_pasted)

    def _standing(self) -> str:
        return self.line.text()

    def _show(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _uncover(self, text: str) -> None:
        blocked = self.line.blockSignals(True)
        self.line.setText(text)
        self.line.blockSignals(blocked)

    def _leave(self) -> None:
        self._tidy()
        self.left.emit()

    def _tidy(self) -> None:
        """Show what was understood: １２３ as 123, 20110720 as 2011-07-20."""
        try:
            value = self.value()
        except UserError:
            return
        text = "" if value is None else self.shown(value)
        if not self.masked and text != self.line.text():
            self.line.setText(text)

    def commit(self) -> None:
        self.line.commit()

    def natural_width(self) -> int | None:
        width = _FIXED_WIDTHS.get(self.spec.kind)
        if width is None:
            return self._width_of_short()
        unit = self.unit.sizeHint().width() + _GAP if self.spec.field.unit else 0
        return width + unit

    def _width_of_short(self) -> int | None:
        """What is short by its definition (身份证号, 邮政编码) says so by its width."""
        short = self.spec.kind is Kind.TEXT and self.spec.field.longest <= _SHORT
        return self.spec.field.longest * _FIGURE + _EDGES if short else None

    def note(self) -> str:
        over = len(self.text()) - self.spec.field.longest
        counted = self.spec.kind is Kind.TEXT and over > 0
        return f"多{over}字" if counted else ""

    def _restyle(self) -> None:
        self.line.setReadOnly(self.read_only or self.masked)
        in_table = self.line.property("part") == "cell"
        self.line.show_action(self._lock, self.masked and not in_table)
        paint_state(self.line, self._look())


class MoneyEditor(LineEditor):
    """An amount in yuan; 1.5万 is understood, 15,000.00 shown."""

    def shown(self, value: Any) -> str:
        return format_money(Decimal(value))


class NamesEditor(LineEditor):
    """Several names in one line, parted by 、."""

    def shown(self, value: Any) -> str:
        return "、".join(value)

    def _readable(self, text: str) -> object:
        """Keep a loaded name whole although a separator stands in it."""
        whole = [name for name in self._loaded or () if not self._is_one(name)]
        if not whole:
            return text
        names: list[str] = []
        for place, name in _cut_at(text, whole):
            names += [name] if place else self._parts(name)
        return names

    def _is_one(self, name: str) -> bool:
        try:
            return self._parts(name) == [name]
        except UserError:
            return False

    def _parts(self, text: str) -> list[str]:
        return list(self._read(text) or ())


def _cut_at(text: str, names: Iterable[str]) -> list[tuple[bool, str]]:
    """The text cut where one of the names stands: (is a name, piece)."""
    pieces = [(False, text)]
    for name in names:
        cut: list[tuple[bool, str]] = []
        for is_name, piece in pieces:
            before, found, after = piece.partition(name)
            whole = is_name or not found
            cut += [(is_name, piece)] if whole else [(False, before), (True, name), (False, after)]
        pieces = cut
    return [(is_name, piece) for is_name, piece in pieces if piece.strip()]


class AnythingEditor(LineEditor):
    """A value of any JSON kind, shown as it is written."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._meant: dict[str, Any] = {}

    def shown(self, value: Any) -> str:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def put(self, typed: Any) -> None:
        text = "" if typed is None else self.shown(typed)
        self._meant[text] = typed
        self._set_text(text)

    def load(self, value: Any) -> None:
        self.put(value)

    def value(self) -> Any:
        text = self.text().strip()
        return self._meant.get(text, text) if text else None
