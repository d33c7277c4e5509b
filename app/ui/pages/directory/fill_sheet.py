"""A sheet of units to type in: the name at the left, a field of each in every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.services.records.filling import Lacking
from app.ui.fields.editor import ROW, FieldEditor, State
from app.ui.fields.making import make_cell
from app.ui.fields.suggestion import Surroundings
from app.ui.parts.elided import Elided
from app.ui.parts.label import label
from app.ui.theme import LIGHT

_WIDTHS = {Kind.LINK: 168, Kind.CODE: 120, Kind.FLAG: 116, Kind.INTEGER: 72, Kind.DATE: 100}
_NAME_LEAST = 136


@dataclass(slots=True)
class _Line:
    """One row of widgets and the unit that stands in it."""

    name: Elided
    cells: dict[str, FieldEditor]
    unit: Lacking | None = None
    loaded: dict[str, Any] = field(default_factory=dict)


class FillSheet(QScrollArea):
    """Rows of units to fill in; `ended` when one goes on behind the last cell, `typed` on a key."""

    ended = Signal()
    typed = Signal()

    def __init__(self, specs: Sequence[FieldSpec], around: Surroundings, rows: int) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName("补填")
        self._specs = specs
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._grid.addWidget(label("单位", "note"), 0, 0)
        for place, spec in enumerate(specs, 1):
            unit = f"（{spec.field.unit}）" if spec.field.unit else ""
            self._grid.addWidget(label(f"{short(spec)}{unit}", "note"), 0, place)
        self._lines = [self._line(number, around) for number in range(1, rows + 1)]
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

    def show_units(self, units: Sequence[Lacking]) -> None:
        """Show these, at most as many as there are lines."""
        for number, line in enumerate(self._lines):
            unit = units[number] if number < len(units) else None
            line.unit = unit
            line.name.say(unit.name if unit else "")
            for name, cell in line.cells.items():
                cell.setVisible(unit is not None)
                cell.set_state(State.PLAIN)
                cell.load(unit.values.get(name) if unit else None)
            line.name.setVisible(unit is not None)
            line.loaded = {name: cell.typed() for name, cell in line.cells.items()}
        self.verticalScrollBar().setValue(0)

    def commit(self) -> None:
        """Take what an input method still holds."""
        for line in self._lines:
            for cell in line.cells.values():
                cell.commit()

    @property
    def changed(self) -> list[tuple[Lacking, dict[str, Any]]]:
        """Each unit in which something was typed, and what."""
        found = []
        for line in self._lines:
            if line.unit is not None:
                now = {name: cell.typed() for name, cell in line.cells.items()}
                typed = {name: now[name] for name in now if now[name] != line.loaded[name]}
                if typed:
                    found.append((line.unit, typed))
        return found

    def values_of(self, unit: Lacking) -> dict[str, Any]:
        """What stands in a unit's line now, as it is kept."""
        line = next(
            line for line in self._lines if line.unit is not None and line.unit.id == unit.id
        )
        return {name: cell.value() for name, cell in line.cells.items()}

    def keep_loaded(self, units: Mapping[str, Lacking]) -> None:
        """Take what was saved as what stands there: the units as they are now, by id."""
        for line in self._lines:
            known = units.get(line.unit.id) if line.unit else None
            if line.unit is not None and known is not None and known.h != line.unit.h:
                line.unit = known
                line.loaded = {name: cell.typed() for name, cell in line.cells.items()}
                for cell in line.cells.values():
                    cell.set_state(State.PLAIN)

    def mark(self, refused: Mapping[str, UserError]) -> None:
        """Colour the cells of the rows that were not saved, and go to the first."""
        first: FieldEditor | None = None
        for line in self._lines:
            error = refused.get(line.unit.id) if line.unit else None
            for cell in self._blamed(line, error) if error else ():
                cell.set_state(State.ERROR)
                first = first or cell
        if first is not None and self.isVisible():
            self._go_to(first)

    def go_to_first(self) -> None:
        """Go to the first gap."""
        for line in self._lines:
            for name, cell in line.cells.items():
                if line.unit is not None and line.loaded[name] in (None, ""):
                    self._go_to(cell)
                    return

    def same_as_above(self) -> bool:
        """同上: the cell one is in says what the one above it says; False in none."""
        for number, line in enumerate(self._lines):
            for name, cell in line.cells.items():
                if cell.isAncestorOf(self.focusWidget() or self):
                    if number:
                        cell.put(self._lines[number - 1].cells[name].typed())
                        self._next(line, name)
                    return True
        return False

    def _blamed(self, line: _Line, error: UserError) -> list[FieldEditor]:
        """The cells a refusal speaks of, else those that were typed in."""
        named = [line.cells[s.name] for s in self._specs if s.label in str(error)]
        now = {name: cell.typed() for name, cell in line.cells.items()}
        return named or [line.cells[name] for name in now if now[name] != line.loaded[name]]

    def _line(self, number: int, around: Surroundings) -> _Line:
        name = Elided()
        name.setMinimumWidth(_NAME_LEAST)
        self._grid.addWidget(name, number, 0)
        cells = {spec.name: make_cell(spec, around) for spec in self._specs}
        made = _Line(name, cells)
        for place, (field_name, cell) in enumerate(cells.items(), 1):
            cell.setFixedSize(_WIDTHS.get(cell.spec.kind, 120), ROW)
            cell.next_wanted.connect(partial(self._next, made, field_name))
            cell.entered.connect(partial(self.ensureWidgetVisible, cell))
            cell.changed.connect(self.typed)
            self._grid.addWidget(cell, number, place, Qt.AlignmentFlag.AlignVCenter)
        return made

    def _next(self, line: _Line, name: str) -> None:
        """Enter: the next gap of this unit, else the first of the next one, else on."""
        places = [(one, column) for one in self._lines if one.unit for column in one.cells]
        at = next(n for n, (one, column) in enumerate(places) if one is line and column == name)
        for one, column in places[at + 1 :]:
            cell = one.cells[column]
            if one.loaded[column] in (None, "") or cell.state is State.ERROR:
                self._go_to(cell)
                return
        self.ended.emit()

    def _go_to(self, cell: FieldEditor) -> None:
        cell.setFocus(Qt.FocusReason.OtherFocusReason)
        cell.select_text()
        self.ensureWidgetVisible(cell)


def short(spec: FieldSpec) -> str:
    """A label that fits over a narrow column."""
    return _SHORT.get(spec.name, spec.label)


_SHORT = {
    "area": "所在地",
    "headcount": "职工人数",
    "members": "会员人数",
    "wage_contract": "工资集体合同",
    "wage_contract_from": "期限起",
    "wage_contract_to": "期限止",
    "workers_congress": "职代会",
}
