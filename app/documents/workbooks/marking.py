"""A copy of a workbook with the bad cells marked, to be mended there and imported again."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.workbooks.headings import RESULT_HEADING
from app.documents.workbooks.opening import open_leaves
from app.documents.workbooks.saving import put, save, sheet_title
from app.documents.workbooks.sheet_rows import CellProblem, SheetReading
from app.documents.workbooks.source import Kind, Source, kind_of, read_bytes
from app.documents.workbooks.style import FONT, TEXT_FORMAT
from app.domain.kernel.progress import Cancel

_NOT_KEPT = (
    zipfile.BadZipFile,
    ElementTree.ParseError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)
"""What the library raises on dialects it does not know; only bytes in memory are read there."""
_AUTHOR = "导入检查"
_SIGN = "【检查】"
"""Parts what a note says of a problem from what somebody wrote there before."""
_COLOUR = "FFFFC7CE"
_MARK = PatternFill("solid", fgColor=_COLOUR)
_PLAIN = PatternFill()
_WORDS = Font(name=FONT, size=11, color="9C0006")
_WIDTH = 48


def mark_problems(
    source: Source,
    out: Path,
    reading: SheetReading,
    problems: Iterable[CellProblem | tuple[int, str]],
) -> None:
    """Copy `source` to `out` with every problem of a cell or of a row (number, sentence) marked.

    `reading` is the sheet as `open_sheet` opened it. Bad cells are filled and carry a note,
    and become text so that digits typed anew stay; the column 检查结果 says all about a
    row. Marks of an earlier check are taken away. What is no .xlsx, or a dialect of it that
    cannot be changed in place, becomes a plain .xlsx with the same cells. Raises as
    `open_sheet` and `save` do.
    """
    data = read_bytes(source)
    with quiet_library():
        sheet = _in_place(data, reading) or _plain_copy(data, source.name, reading)
        _Marker(sheet, reading).mark(list(problems))
        workbook = cast(Workbook, sheet.parent)
        workbook.active = workbook.index(sheet)
        save(workbook, out)


@contextmanager
def quiet_library() -> Iterator[None]:
    """The library warns of every extension WPS adds; none of them concerns the values."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"openpyxl\b")
        yield


def _in_place(data: bytes, reading: SheetReading) -> Worksheet | None:
    """The sheet with all its looks; None where the library cannot keep them."""
    if kind_of(data) is not Kind.XLSX:
        return None
    try:
        return cast(Worksheet, load_workbook(io.BytesIO(data))[reading.headings.sheet])
    except _NOT_KEPT:
        return None


def _plain_copy(data: bytes, name: str, reading: SheetReading) -> Worksheet:
    title = reading.headings.sheet
    cancel = Cancel()
    leaves = open_leaves(data, name, cancel)
    raster = next(leaf for leaf in leaves if leaf.title == title).read(cancel)
    sheet = cast(Worksheet, Workbook().active)
    sheet.title = sheet_title(title)
    for row, line in enumerate(raster.lines(), 1):
        for column, value in enumerate(line, raster.first_column):
            if isinstance(value, str) and value:
                cell = cast(Cell, sheet.cell(row, column))
                cell.number_format = TEXT_FORMAT
                put(cell, value)
            elif value != "":
                sheet.cell(row, column, cast(Any, value))
    return sheet


class _Marker:
    """Marks one sheet."""

    def __init__(self, sheet: Worksheet, reading: SheetReading) -> None:
        self._sheet = sheet
        self._reading = reading
        self._column = reading.headings.result_column

    def mark(self, problems: list[CellProblem | tuple[int, str]]) -> None:
        """Take old marks away, then mark."""
        self._clear()
        said: dict[int, list[str]] = {}
        for problem in problems:
            row, words = self._one(problem)
            said.setdefault(row, []).append(words)
        self._head()
        for row, sentences in said.items():
            self._say(row, "\n".join(dict.fromkeys(sentences)))

    def _one(self, problem: CellProblem | tuple[int, str]) -> tuple[int, str]:
        if isinstance(problem, tuple):
            return problem
        cell = self._sheet[problem.address]
        words = problem.sentence + problem.remedy
        _mark_cell(self._anchor(cell), words)
        return cell.row, words

    def _anchor(self, cell: Cell | MergedCell) -> Cell:
        """The cell itself, or the first of its merged range: the others show nothing."""
        if isinstance(cell, MergedCell):
            areas = self._sheet.merged_cells.ranges
            area = next(area for area in areas if cell.coordinate in area)
            cell = self._sheet.cell(area.min_row, area.min_col)
        return cast(Cell, cell)

    def _clear(self) -> None:
        """Only a sheet with 检查结果 was marked before."""
        headings = self._reading.headings
        if RESULT_HEADING not in headings.ignored:
            return
        last = max(self._reading.last, headings.row)
        for line in self._sheet.iter_rows(headings.row + 1, last, 1, self._column):
            for cell in line:
                if isinstance(cell, Cell):
                    _clear_cell(cell)
            if isinstance(line[-1], Cell):
                line[-1].value = None

    def _head(self) -> None:
        cell = self._sheet.cell(self._reading.headings.row, self._column)
        put(cell, RESULT_HEADING)
        cell.font = Font(name=FONT, size=11, bold=True)
        self._sheet.column_dimensions[get_column_letter(self._column)].width = _WIDTH

    def _say(self, row: int, words: str) -> None:
        cell = self._sheet.cell(row, self._column)
        put(cell, words)
        cell.font = _WORDS
        cell.fill = _MARK
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def _mark_cell(cell: Cell, words: str) -> None:
    earlier = cell.comment
    text = f"{earlier.text}\n{_SIGN}{words}" if earlier else _SIGN + words
    author = earlier.author if earlier else _AUTHOR
    cell.comment = Comment(text, author, width=280, height=110)
    cell.fill = _MARK
    if not cell.is_date:
        cell.number_format = TEXT_FORMAT


def _clear_cell(cell: Cell) -> None:
    if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == _COLOUR:
        cell.fill = _PLAIN
    if cell.comment and _SIGN in cell.comment.text:
        own = cell.comment.text.partition(_SIGN)[0].rstrip()
        cell.comment = Comment(own, cell.comment.author) if own else None
