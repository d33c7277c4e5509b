"""空白, 看不清, 横线: what the paper has where a field stays empty, shown under the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.domain.codes import PAPER_MARK
from app.domain.records.paper_mark import NOT_ON_PAPER
from app.ui.forms.form_cell import FormCell
from app.ui.forms.messages import Message
from app.ui.keys import MARK

_EMPTY: tuple[object, ...] = (None, "", [], ())
_TURNS = ("", *(code.value for code in PAPER_MARK))


class PaperMarking:
    """The marks of one form. To `FormBody` it is one field more, with a row for each mark.

    `told` is called when the mark of a field came or went.
    """

    def __init__(self, cells: Mapping[str, FormCell], told: Callable[[FormCell], None]) -> None:
        self._cells = cells
        self._told = told
        self._rows: dict[str, dict[str, Any]] = {}
        for cell in cells.values():
            cell.editor.changed.connect(partial(self._typed, cell))

    def load(self, value: Any) -> None:
        """Take the stored rows."""
        self._rows = {str(row.get("id", "")): dict(row) for row in value or ()}

    put = load

    def typed(self) -> list[dict[str, Any]]:
        """The rows as they stand, in the order of the form; of other fields as they were."""
        names = dict.fromkeys([*self._cells, *self._rows])
        return [self._rows[name] for name in names if name in self._rows]

    def value(self) -> list[dict[str, Any]]:
        """As `typed`: a mark can always be read."""
        return self.typed()

    def commit(self) -> None:
        """Nothing waits in an input method."""

    def turn(self, cell: FormCell) -> str:
        """The next mark, after the last none; why not, "" where it was turned."""
        if cell.name in NOT_ON_PAPER:
            return "这一栏不是照纸面填的，不用标。"
        if cell.editor.typed() not in _EMPTY:
            return "这一栏填了内容。只有空着的栏才标空白、看不清或横线。"
        now = str(self._rows.get(cell.name, {}).get("mark", ""))
        place = _TURNS.index(now) + 1 if now in _TURNS else 0
        mark = _TURNS[place % len(_TURNS)]
        if mark:
            self._rows[cell.name] = {"id": cell.name, "field": cell.spec.label, "mark": mark}
        else:
            self._rows.pop(cell.name, None)
        self._told(cell)
        return ""

    @property
    def count(self) -> int:
        """How many fields are marked."""
        return len(self._rows)

    def message(self, name: str) -> Message | None:
        """What stands under a field, None where it has no mark."""
        row = self._rows.get(name)
        if row is None:
            return None
        keys = ((MARK.shown, "换一种"),)
        return Message("info", "纸上", PAPER_MARK.label_of(str(row.get("mark", ""))), keys)

    def _typed(self, cell: FormCell) -> None:
        """What is typed was on the paper."""
        if cell.name in self._rows and cell.editor.typed() not in _EMPTY:
            del self._rows[cell.name]
            self._told(cell)
