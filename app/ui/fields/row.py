"""One row of a table, and how wide its columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.ui.fields.editor import FieldEditor, State

_HEADING = re.compile(r"[（(][^（()）]*[)）]|[ *＊]")
"""What a heading has beside the label: the unit, the star."""
_WIDTHS = {
    Kind.DATE: 96,
    Kind.TIME: 136,
    Kind.MONEY: 84,
    Kind.INTEGER: 72,
    Kind.FLAG: 136,
    Kind.PROSE: 280,
    Kind.NAMES: 180,
    Kind.CODES: 220,
}


def width_of(spec: FieldSpec) -> int:
    """The width of a column in pixels: enough for what is usual."""
    if spec.field.codes is not None and spec.kind is Kind.CODE:
        longest = max((len(code.label) for code in spec.field.codes), default=4)
        return max(60, min(longest * 14 + 16, 88))
    if spec.field.longest == 18:
        return 160
    return _WIDTHS.get(spec.kind, 96 if spec.field.longest <= 50 else 104)


class Row:
    """The editors of one row; `kept` are the members that nobody types (its id)."""

    def __init__(self, kept: dict[str, Any], cells: dict[str, FieldEditor]) -> None:
        self.kept = kept
        self.cells = cells

    def clear(self) -> None:
        """Make it an empty row without mask or mark."""
        self.kept = {}
        self.unmark()
        for cell in self.cells.values():
            cell.load(None)

    def unmark(self) -> None:
        """Take mask and mark off."""
        for cell in self.cells.values():
            cell.set_masked(False)
            cell.set_state(State.PLAIN)

    def values(self) -> dict[str, Any]:
        """What can be read; raises `UserError`."""
        read = {name: cell.value() for name, cell in self.cells.items()}
        return {name: value for name, value in read.items() if value is not None}

    def mark(self) -> tuple[str, str] | None:
        """Colour the cells that cannot be read; the first of them (its name), and why."""
        told = None
        for name, cell in self.cells.items():
            said = _refusal(cell)
            cell.set_state(State.ERROR if said else State.PLAIN)
            told = told or ((name, said) if said else None)
        return told

    def typed(self) -> dict[str, Any]:
        """What was typed, readable or not."""
        read = {name: cell.typed() for name, cell in self.cells.items()}
        return {name: value for name, value in read.items() if value not in (None, "", [])}


def _refusal(cell: FieldEditor) -> str:
    """Why what stands in a cell cannot be read; empty when it can."""
    try:
        cell.value()
    except UserError as error:
        return str(error)
    return ""


def columns_for(
    block: list[list[str]], columns: Sequence[FieldSpec], start: int
) -> tuple[list[FieldSpec], list[list[str]]] | None:
    """Which column each pasted cell goes to, and the rows to put in.

    By the headings when the first row has them, else from column `start` on; None
    when there are more cells than columns.
    """
    labels = {spec.label: spec for spec in columns}
    heads = [labels.get(_HEADING.sub("", text.strip())) for text in block[0]]
    named = [spec for spec in heads if spec is not None]
    if len(named) == len(heads) == len(set(block[0])):
        return named, block[1:]
    wanted = list(columns[start : start + max(map(len, block))])
    return (wanted, block) if max(map(len, block)) <= len(wanted) else None
