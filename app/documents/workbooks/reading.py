"""Read a filled sheet: every row as a body, every cell that is not understood as a problem."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.documents.workbooks.cell_values import template_specs
from app.documents.workbooks.heading_problems import (
    hidden_sheet,
    missing_columns,
    no_headings,
    several_sheets,
)
from app.documents.workbooks.headings import SEARCHED_ROWS, Headings, find_headings
from app.documents.workbooks.known_words import Known, known_words
from app.documents.workbooks.leaves import Leaf
from app.documents.workbooks.opening import open_leaves
from app.documents.workbooks.raster import Cells, Raster
from app.documents.workbooks.sheet_rows import (
    Choices,
    SheetReading,
    SheetRow,
)
from app.documents.workbooks.source import Source, read_bytes
from app.documents.workbooks.taking import Expected, Taker, cells_of
from app.documents.workbooks.template import HELP_SHEET, OPTIONS_SHEET
from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.progress import Cancel, Progress, Step, silent

_BATCH = 500
"""Rows between two looks at 取消."""
_OWN_SHEETS = (HELP_SHEET, OPTIONS_SHEET)


def open_sheet(
    path: Source,
    expected: Expected,
    *,
    choices: Choices | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> SheetReading:
    """Open the one sheet of records in a workbook.

    Whether required cells are filled is for the checks of the records. Raises `UserError`
    WORKBOOK_… for files that cannot be read, …_HEADING(S), SHEET_… or SEVERAL_SHEETS for sheets
    that cannot be understood, and `Cancelled`.
    """
    reading = look_at(path, expected, choices=choices, progress=progress, cancel=cancel)
    if reading.headings.lacking:
        raise missing_columns(reading.headings)
    return reading


def look_at(
    path: Source,
    expected: Expected,
    *,
    choices: Choices | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> SheetReading:
    """As `open_sheet`, also where required columns are still to be named by a person."""
    wanted = choices or Choices()
    watch = cancel or Cancel()
    progress(Step("打开表格"))
    watch.check()
    known = known_words(template_specs(expected.specs))
    finder = _Finder(known, wanted, expected.optional, watch)
    raster, headings, aside = finder.find(open_leaves(read_bytes(path), path.name, watch))
    remarks = raster.remarks
    hidden = tuple(sorted(row for row in remarks.hidden_rows if headings.row < row <= raster.last))
    stream = _Stream(raster, expected, known.specs)
    return SheetReading(
        headings, raster.last, stream, hidden=hidden, filtered=remarks.filtered, aside=aside
    )


def heading_set(headings: Headings) -> str:
    """All headings of a sheet as one text, by which what a person decided about it is kept."""
    return "\n".join(sorted(column.text for column in headings.all if not column.bare))


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the one sheet of records among those of a workbook."""

    known: Known
    choices: Choices
    optional: Collection[str]
    cancel: Cancel

    def find(self, leaves: Sequence[Leaf]) -> tuple[Raster, Headings, tuple[str, ...]]:
        """The sheet, its headings, and the titles of hidden sheets with records."""
        mine = [leaf for leaf in leaves if leaf.title not in _OWN_SHEETS]
        if self.choices.sheet:
            mine = [leaf for leaf in mine if leaf.title == self.choices.sheet] or mine
        looked = [self._look(leaf) for leaf in mine]
        found = [(raster, headings) for raster, headings, _ in looked if headings]
        seen = [one for one in found if not one[0].hidden or self.choices.sheet]
        seen = [one for one in seen if not one[1].lacking] or seen[:1]
        aside = tuple(raster.title for raster, _ in found if raster.hidden)
        if len(seen) > 1:
            raise several_sheets([raster.title for raster, _ in seen])
        if not seen and aside:
            raise hidden_sheet(aside)
        if not seen:
            shown = [lines for raster, _, lines in looked if not raster.hidden]
            raise no_headings(max(shown, key=len, default=[]), self.known)
        raster, headings = seen[0]
        return raster, headings, () if raster.hidden else aside

    def _look(self, leaf: Leaf) -> tuple[Raster, Headings | None, list[tuple[int, Cells]]]:
        raster = leaf.read(self.cancel)
        first = [
            (number, cells)
            for number, line in enumerate(islice(raster.lines(), SEARCHED_ROWS), 1)
            if (cells := cells_of(line, raster.first_column))
        ]
        guess, given, remembered = self.choices.guess, self.choices.columns, self.choices.remembered
        headings = self._headings(raster, first, given, guess=guess)
        like = headings or (
            self._headings(raster, first, given, guess=True) if remembered else None
        )
        if like and (kept := remembered.get(heading_set(like))):
            headings = self._headings(raster, first, {**kept, **given}, guess=guess)
        return raster, headings, first

    def _headings(
        self,
        raster: Raster,
        first: Sequence[tuple[int, Cells]],
        given: Mapping[str, str],
        *,
        guess: bool,
    ) -> Headings | None:
        return find_headings(
            raster.title,
            first,
            self.known,
            given=given,
            merged=raster.remarks.merged,
            hidden=raster.remarks.hidden_columns,
            optional=self.optional,
            guess=guess,
        )


@dataclass(frozen=True, slots=True)
class _Stream:
    """The rows of one sheet as they are asked for."""

    raster: Raster
    expected: Expected
    specs: Sequence[FieldSpec]

    def __call__(
        self, reading: SheetReading, progress: Progress, cancel: Cancel
    ) -> Iterator[SheetRow]:
        headings = reading.headings
        taker = Taker(self.raster, headings, self.expected, self.specs)
        lines = islice(self.raster.lines(), headings.row, None)
        number = headings.row + 1
        while batch := list(islice(lines, _BATCH)):
            cancel.check()
            progress(Step("读取表格", number, max(number, reading.last)))
            rows, skipped = taker.take(number, batch)
            reading.skipped += skipped
            yield from rows
            number += len(batch)
