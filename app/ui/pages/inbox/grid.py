"""A table whose rows are told by keys; ← and → go to the tab beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.parts.table import Cell, Column, Table

__all__ = ["Cell", "Column", "Grid", "Line", "quiet"]

_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


@dataclass(frozen=True, slots=True)
class Line:
    """A row by its key."""

    key: str
    cells: tuple[Cell, ...]


def quiet(text: str) -> Cell:
    """A cell in grey."""
    return Cell(note=text)


class Grid(Table):
    """`moved(key)` when another row is chosen; `entered_line(key)` for Enter or a double click.

    `sideways(step)` for ← and →, which choose no cell here.
    """

    moved = Signal(str)
    entered_line = Signal(str)
    sideways = Signal(int)

    def __init__(self, columns: Sequence[Column], name: str) -> None:
        self._keys: list[str] = []
        self._still = False
        super().__init__(name, columns)
        self.chosen_row.connect(self._moved)
        self.entered_row.connect(lambda row: self.entered_line.emit(self._keys[row]))

    @property
    def key(self) -> str:
        """The key of the chosen row, "" when there is none."""
        return self._keys[self.row] if 0 <= self.row < len(self._keys) else ""

    def show_lines(self, lines: Sequence[Line], chosen: str = "") -> None:
        """Show these; the chosen row stays, else the row at its place is chosen."""
        top = self.verticalScrollBar().value()
        self._still = True
        self._keys = [line.key for line in lines]
        self.set_rows([line.cells for line in lines])
        self.choose(chosen)
        self.verticalScrollBar().setValue(top)
        self._still = False

    def choose(self, key: str) -> bool:
        """Go to a row; says whether it is here."""
        if key in self._keys:
            self.setCurrentIndex(self.model().index(self._keys.index(key), 0))
        return key in self._keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() in _PLAIN and key in _SIDES:
            self.sideways.emit(_SIDES[key])
        else:
            super().keyPressEvent(event)

    def set_width(self, column: int, width: int) -> None:
        """Give a column of fixed width another one; 0 hides it."""
        self.setColumnHidden(column, width == 0)
        if width:
            self.horizontalHeader().resizeSection(column, width)

    def _moved(self, row: int) -> None:
        if not self._still and row >= 0:
            self.moved.emit(self.key)
