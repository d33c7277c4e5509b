"""A copy of a workbook with the bad cells marked, to be mended there and imported again."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.workbooks.headings import RESULT_HEADING
from app.documents.workbooks.opening import Source, damage_as_words, quiet_library, read_bytes
from app.documents.workbooks.saving import put, save
from app.documents.workbooks.sheet_rows import CellProblem, SheetReading
from app.documents.workbooks.style import FONT, TEXT_FORMAT

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
    row. Marks of an earlier check are taken away. Raises as `open_sheet` and `save` do.
    """
    data = read_bytes(source)
    with quiet_library():
        with damage_as_words():
            workbook = load_workbook(io.BytesIO(data))
            sheet = workbook[reading.headings.sheet]
        _Marker(sheet, reading).mark(list(problems))
        workbook.active = workbook.index(sheet)
        save(workbook, out)


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
