"""What a list (台账) holds, whichever file it becomes: its sheet and its paper say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from typing import Literal

from app.domain.kernel.progress import Cancel, Progress, Step

Value = str | int | float | Decimal | dt.date | dt.datetime | None
Side = Literal["left", "middle", "right"]
Figures = Literal["#,##0", "#,##0.00", "0"]
"""How numbers are written: whole, as yuan, or as a year."""

SIGNERS = ("单位负责人：", "审核：", "填表人：", "日期：")
"""Who signs below a list."""

SUM = "合计"
PLACE = "序号"
MEASURED = 300
"""Rows looked at for the width of a column."""

_WRITTEN: dict[Figures, str] = {"#,##0": "{:,}", "#,##0.00": "{:,.2f}", "0": "{}"}
_STEP = 500
_NARROWEST, _WIDEST = 6, 40


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading, and how wide it would like to be.

    The width is in figures (a Chinese character takes two), 0 for as wide as its texts are;
    what is `summed` is added up in the line 合计.
    """

    heading: str
    width: float = 0
    side: Side = "left"
    summed: bool = False
    figures: Figures = "#,##0"


@dataclass(frozen=True, slots=True)
class ListContent:
    """A list as it is to be written.

    `rows` is asked once for each file and gives a value for each column; numbers and days stay
    such in a sheet, all else is text. `count` is how many rows come, for the progress;
    `conditions` says what the list is narrowed to and how it is ordered. Without `numbered`
    the rows get no 序号.
    """

    title: str
    office: str
    made_on: dt.date
    columns: tuple[ListColumn, ...]
    rows: Callable[[], Iterable[Sequence[Value]]]
    count: int = 0
    conditions: str = ""
    signers: tuple[str, ...] = SIGNERS
    numbered: bool = True

    @property
    def above(self) -> tuple[str, str]:
        """What stands over the table, left and right."""
        return f"填报单位：{self.office}", f"截至 {self.made_on:%Y-%m-%d}"


NONE = "—"
"""The sum of a column in which nothing was filled in: that is not 0."""


class Sums:
    """Adds the columns that are summed while the rows go by."""

    def __init__(self, columns: Sequence[ListColumn]) -> None:
        self._sums: dict[int, Value] = {n: NONE for n, one in enumerate(columns) if one.summed}

    def take(self, row: Sequence[Value]) -> None:
        """Add a row."""
        for n in self._sums:
            value = row[n]
            if isinstance(value, int | float | Decimal):
                before = self._sums[n]
                sum_ = before if isinstance(before, Decimal) else Decimal(0)
                self._sums[n] = sum_ + Decimal(str(value) if isinstance(value, float) else value)

    def line(self, columns: int) -> tuple[Value, ...]:
        """The values of 合计: None for a column that is not summed, `NONE` without values."""
        return tuple(self._sums.get(n) for n in range(columns))


def watched(
    content: ListContent, progress: Progress, cancel: Cancel | None, words: str = "正在生成"
) -> Iterator[Sequence[Value]]:
    """The rows, saying how far they are; raises `Cancelled`."""
    for done, row in enumerate(content.rows()):
        if done % _STEP == 0:
            if cancel is not None:
                cancel.check()
            progress(Step(f"{words}{content.title}", done, max(content.count, done)))
        yield row


def measured(
    columns: Sequence[ListColumn], rows: Iterator[Sequence[Value]]
) -> tuple[list[float], Iterator[Sequence[Value]]]:
    """How wide the columns are, by what they wish or by their first rows; and all the rows."""
    first = list(islice(rows, MEASURED)) if any(not one.width for one in columns) else []
    widths = [one.width or _width(one, n, first) for n, one in enumerate(columns)]
    return widths, chain(first, rows)


def _width(column: ListColumn, place: int, rows: Iterable[Sequence[Value]]) -> float:
    texts = (words(row[place], column.figures) for row in rows)
    wanted = max(map(width_of, texts), default=0)
    return min(max(wanted, width_of(column.heading), _NARROWEST) + 2, _WIDEST)


def width_of(text: str) -> int:
    """The width of the longest line in figures: a Chinese character takes two."""
    lines = text.split("\n")
    return max(sum(1 + (char > "\u2e80") for char in line) for line in lines)


def words(value: Value, figures: Figures = "#,##0") -> str:
    """A value as it is read on paper."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, int | float | Decimal):
        return _WRITTEN[figures].format(value)
    return str(value)
