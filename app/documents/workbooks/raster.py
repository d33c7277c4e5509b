"""A sheet as rows of cells, whatever file it stood in, with what its values alone do not tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.documents.workbooks.source import too_large

ROWS, COLUMNS = 1_048_576, 16_384
"""What a sheet holds at most."""
_LARGEST_AREA = 12_000_000
"""Cells between A1 and the last one: a reader keeps them all, those without content too."""

Place = tuple[int, int]
"""Row and column, from 1."""


class Fault(StrEnum):
    """Why what a cell shows cannot be trusted."""

    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell whose value cannot be trusted: the fault, and what it shows (#N/A)."""

    fault: Fault
    shown: str = ""


@dataclass(slots=True)
class Remarks:
    """What the values alone do not tell of a sheet.

    `merged` holds ranges as (first row, first column, last row, last column).
    """

    spoilt: dict[Place, Spoilt] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    since_1904: bool = False
    last_row: int = 0
    last_column: int = 0

    def reach(self, row: int, column: int) -> None:
        """Note a cell with content; raises `UserError` WORKBOOK_LARGE outside of every sheet."""
        if row > ROWS or column > COLUMNS:
            raise too_large(f"第 {row:,} 行第 {column:,} 列超出了表格能有的行列数。")
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def bound(self) -> None:
        """Raises `UserError` WORKBOOK_LARGE where content lies too far from the rest."""
        if self.last_row * self.last_column > _LARGEST_AREA:
            raise too_large(
                f"内容一直到第 {self.last_row:,} 行、第 {self.last_column:,} 列，"
                "远处可能有多余的内容。"
            )


@dataclass(frozen=True, slots=True)
class Raster:
    """One sheet: `lines` gives its rows from row 1 on, each beginning in column `first_column`.

    `last` is its last row, perhaps without content.
    """

    title: str
    hidden: bool
    last: int
    first_column: int
    lines: Callable[[], Iterator[list[object]]]
    remarks: Remarks


Cells = Mapping[int, object]
"""The cells of a row that hold something, by column number."""
