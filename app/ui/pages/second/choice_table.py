"""二次录入: the fields that two read differently, beside each other, and which of them is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from app.services.records.second_comparison import Difference
from app.ui.keys import UP_DOWN, Action, Key, key, tell
from app.ui.parts.table import Cell, Column, Table

_FIRST_RIGHT, _SECOND_RIGHT = key("1", "原来录的对"), key("2", "这次录的对")
_COLUMNS = (Column("项目", 200), Column("原来录的"), Column("这次录的"), Column("哪个对", 120))
_WORDS = ("请定", "原来录的", "这次录的")
FIRST, SECOND = 1, 2


class ChoiceTable(Table):
    """A row for each field; 1, 2 or Enter choose and go on to the next."""

    def __init__(self, label_of: Callable[[str], str]) -> None:
        super().__init__("不一样的栏", _COLUMNS)
        self._label_of = label_of
        self._found: Sequence[Difference] = ()
        self._chosen: dict[str, int] = {}
        self.first = Action(_FIRST_RIGHT, partial(self.choose, FIRST), self)
        self.second = Action(_SECOND_RIGHT, partial(self.choose, SECOND), self)
        tell(self, UP_DOWN, _FIRST_RIGHT, _SECOND_RIGHT, Key("Enter", "这次录的对"))
        self.entered_row.connect(lambda row: self.choose(SECOND))

    def begin(self, found: Sequence[Difference]) -> None:
        """Show these; nothing is chosen yet."""
        self._found, self._chosen = found, {}
        self._show(0)

    def choose(self, which: int) -> None:
        """The first or the second is right in the row where one is."""
        row = self.row
        if 0 <= row < len(self._found):
            self._chosen[self._found[row].field] = which
            self._show(min(row + 1, len(self._found) - 1))

    def go_to_open(self) -> int:
        """Go to the first row that is not decided; how many there are."""
        open_ = [n for n, one in enumerate(self._found) if one.field not in self._chosen]
        if open_:
            self.selectRow(open_[0])
        return len(open_)

    @property
    def second_right(self) -> tuple[str, ...]:
        """The fields of which the second is right."""
        return tuple(name for name, which in self._chosen.items() if which == SECOND)

    def _show(self, row: int) -> None:
        self.set_rows([self._row(one) for one in self._found])
        self.selectRow(row)

    def _row(self, one: Difference) -> list[Cell | str]:
        which = self._chosen.get(one.field, 0)
        return [
            self._label_of(one.field),
            Cell(one.first or "（空）", bold=which == FIRST),
            Cell(one.second or "（空）", bold=which == SECOND),
            Cell(_WORDS[which]),
        ]
