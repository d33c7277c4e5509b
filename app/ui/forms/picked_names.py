"""A name and the record it was picked from: the one does not hold without the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.fields.suggestion import Suggestion
    from app.ui.forms.form_cell import FormCell


class PickedNames:
    """The texts of a form that stand for a picked record, by field.

    The layout says which field takes the key (`fills`): 走访单位 fills 名录中的单位.
    """

    def __init__(self, cells: Mapping[str, FormCell]) -> None:
        self._cells = cells
        self._titles: dict[str, Any] = {}

    def know(self, values: Mapping[str, Any]) -> None:
        """Take what was loaded: a name with a key beside it was picked."""
        cells = self._cells.values()
        self._titles = {
            c.name: values.get(c.name) for c in cells if values.get(c.placed.cell.fills)
        }

    def picked(self, cell: FormCell, one: Suggestion) -> None:
        """Fill in the key of what was picked."""
        fills = self._cells.get(cell.placed.cell.fills)
        if fills is not None:
            fills.editor.put(one.key)
            self._titles[cell.name] = one.title

    def changed(self, cell: FormCell) -> None:
        """Another name is another unit: the key picked with the first no longer holds."""
        fills = self._cells.get(cell.placed.cell.fills)
        title = self._titles.get(cell.name)
        if fills is not None and title is not None and cell.editor.typed() != title:
            del self._titles[cell.name]
            fills.editor.put(None)
