"""What reading a sheet gives: its headings at once, then its rows as a record holds them.

This is the seam between a file and what becomes of its rows. On this side stands everything about
files, dialects, headings and cells; whoever takes the rows knows nothing of them:

    reading = open_sheet(path, Expected(…), choices=Choices(), progress=…, cancel=…)
    for row in reading.rows(progress, cancel):    # a stream; each call begins anew
        row.number, row.body, row.problems, row.hidden
    reading.skipped                               # whole once the rows have been read

`body` is what `read_body` makes of the same words typed: JSON-able, empty members left out, money
as 1500.00, dates as 2011-07-04, codes by value, links still as they were written, members a
campaign added under `extra`. A cell that is not understood is in `problems` and not in `body`.
A link is resolved, a record found and a check asked by whoever takes the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.documents.workbooks.headings import Headings
from app.domain.kernel.progress import Cancel, Progress


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided about a sheet before its rows are taken.

    `columns` says for the text over a column, or its letter, which field it holds, "" for none;
    `remembered` says the same for sheets seen before, by all of their headings (`heading_set`);
    `sheet` which one is meant where several hold records; with `guess` a row of words is taken
    for headings although none of them is known.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheet: str = ""
    guess: bool = False


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One cell that is not understood: its address (C7), its column's label, what to do."""

    address: str
    label: str
    sentence: str
    remedy: str = ""


class SheetRow:
    """One record: its row in the sheet, its body, its problems, whether it was hidden there."""

    __slots__ = ("_fields", "_typed", "body", "hidden", "number", "problems")

    def __init__(
        self,
        number: int,
        body: dict[str, Any],
        problems: tuple[CellProblem, ...],
        typed: Sequence[object] = (),
        fields: Mapping[str, int] | None = None,
        *,
        hidden: bool = False,
    ) -> None:
        self.number = number
        self.body = body
        self.problems = problems
        self.hidden = hidden
        self._typed = typed
        self._fields = fields or {}

    def typed(self, field_name: str) -> object:
        """What stood in the cell of a field before it was understood; None for nothing."""
        place = self._fields.get(field_name)
        return None if place is None else self._typed[place]


class Skip(StrEnum):
    """Why a row is no record; the value is what a person is told."""

    TOTAL = "合计"
    DITTO = "同上一类"
    EXAMPLE = "示例"
    SIGNATURE = "签名"
    NOTE = "说明"
    HEADING = "重复的列名"
    BLANK = "以下空白"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row left out on purpose: its number, why, and its first words."""

    number: int
    kind: Skip
    words: str


@dataclass(slots=True)
class SheetReading:
    """A sheet that is open. `last` is its last row with content, for progress and marks.

    `skipped` fills while the rows are read; `hidden` rows are those hidden or filtered away
    below the headings, `aside` the titles of hidden sheets that hold records and are not read.
    """

    headings: Headings
    last: int
    _stream: Callable[[SheetReading, Progress, Cancel], Iterator[SheetRow]]
    skipped: list[Skipped] = field(default_factory=list)
    hidden: tuple[int, ...] = ()
    filtered: bool = False
    aside: tuple[str, ...] = ()

    def rows(self, progress: Progress, cancel: Cancel) -> Iterator[SheetRow]:
        """The rows in order, read as they are asked for.

        Raises `Cancelled`, NO_HEADING_OVER and SECOND_HEADINGS.
        """
        self.skipped.clear()
        return self._stream(self, progress, cancel)
