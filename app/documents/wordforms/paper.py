"""What every kind of Word file is read into: lines of text, and grids of cells with spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from app.documents.wordforms.bounds import CELLS, too_big


class Mark(StrEnum):
    """What is to be told of a text beside its words; the value is the code of the doubt."""

    TRACKED = "TRACKED"
    HIDDEN = "HIDDEN"
    TEXTBOX = "TEXTBOX"
    PAGE_FOOTER = "PAGE_FOOTER"
    STRUCK = "STRUCK"
    PALE = "PALE"
    AUTO_DATE = "AUTO_DATE"
    NUMBERED = "NUMBERED"
    TURNED = "TURNED"


Marks = frozenset[Mark]
PLAIN: Marks = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, or a part of it up to a line break; a tab stays a tab."""

    text: str
    marks: Marks = PLAIN

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read."""
        return not self.text.strip()


class Break(Enum):
    """Where a page ends."""

    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its place in the grid, with the rows and columns it spans."""

    row: int
    column: int
    rows: int
    columns: int
    content: tuple[Block, ...]
    marks: Marks = PLAIN

    @property
    def lines(self) -> list[Line]:
        """Its text, a row of a table inside it in one line."""
        lines = lines_of(self.content)
        return [Line(one.text, one.marks | self.marks) for one in lines] if self.marks else [*lines]

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read in it."""
        return all(line.blank for line in self.lines)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells in reading order."""

    cells: tuple[Cell, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)


Block = Line | Grid | Break


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole file: its body in order, text boxes whose place is not known, page heads and feet."""

    body: tuple[Block, ...]
    boxes: tuple[Block, ...] = ()
    feet: tuple[Block, ...] = ()


_NUMBERED = re.compile(r"\s*[（(]?[0-9０-９一二三四五六七八九十]+[)）]?[、.．:：)）]?\s*")


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines of blocks; a grid gives one for each of its rows."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        elif isinstance(block, Grid):
            yield from _row_lines(block)


def _row_lines(grid: Grid) -> Iterator[Line]:
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    for row in sorted(rows):
        text, marks = "", PLAIN
        for cell in rows[row]:
            inside = cell.lines
            words = "\n".join(line.text for line in inside if not line.blank)
            if words:
                numbered = not text or _NUMBERED.fullmatch(text) is not None
                text = f"{text.strip()}{words}" if numbered else f"{text} {words}"
            marks = marks.union(cell.marks, *(line.marks for line in inside))
        yield from (Line(part, marks) for part in text.split("\n"))


@dataclass(slots=True)
class CellDraft:
    """A cell while its table is read: where it begins, how wide it is, whether it goes on."""

    column: int
    columns: int
    content: list[Block]
    goes_on: bool = False
    rows: int = 1
    marks: set[Mark] = field(default_factory=set)


def grid_of(rows: Sequence[Sequence[CellDraft]]) -> Grid:
    """The grid of rows of cells; one that `goes_on` belongs to the cell above it.

    Raises `UserError` TOO_BIG.
    """
    cells: list[Cell] = []
    open_cells: dict[int, tuple[int, CellDraft]] = {}
    done: list[tuple[int, CellDraft]] = []
    count = 0
    for number, row in enumerate(rows):
        for draft in row:
            above = open_cells.get(draft.column) if draft.goes_on else None
            count += draft.columns
            if above is not None and above[1].columns == draft.columns:
                above[1].rows = number - above[0] + 1
                above[1].content += draft.content
                above[1].marks |= draft.marks
            else:
                open_cells[draft.column] = number, draft
                done.append((number, draft))
        if count > CELLS:
            raise too_big()
    area = 0
    for number, draft in done:
        height = min(draft.rows, len(rows) - number)
        area += height * draft.columns
        if area > CELLS:
            raise too_big()
        place = number, draft.column, height, draft.columns
        cells.append(Cell(*place, tuple(draft.content), frozenset(draft.marks)))
    return Grid(tuple(cells))
