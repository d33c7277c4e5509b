"""The shape of a coverage figure: its count, its rows, and each thing with its reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import ClassVar, TypeVar


class Standing(StrEnum):
    """Where one enterprise or area stands in a figure."""

    COVERED = "已覆盖"
    UNCOVERED = "未覆盖"
    UNKNOWN = "情况不明"
    LEFT_OUT = "不计"


@dataclass(frozen=True, slots=True)
class Item:
    """One enterprise (`id` is a record id) or area (`id` is its code), and why it stands so.

    `unit` is the row it is counted in, `area` its township or zone, `visits` the
    visits that count, in order of date; `records` all records of one enterprise.
    """

    id: str
    name: str
    unit: str
    area: str
    standing: Standing
    why: str
    visits: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    times: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Alike:
    """Enterprises that count in one way: so many (`times`), first visited on this day (`first`).

    `unit` and `area` as of an `Item`; where nobody was there, or on no known day, `first` is None.
    """

    unit: str
    area: str
    standing: Standing
    first: dt.date | None = None
    times: int = 1


Counted = TypeVar("Counted", bound=Item | Alike)
"""What the rows of a figure are added up from."""


@dataclass(frozen=True, slots=True)
class Count:
    """分子 and 分母, and apart from both what is not known (情况不明)."""

    numerator: int = 0
    denominator: int = 0
    unknown: int = 0

    @property
    def uncovered(self) -> int:
        """How many are still to be visited."""
        return self.denominator - self.numerator

    @property
    def percent(self) -> str:
        """One decimal, never 100.0% while one is missing; — where there is nothing to cover."""
        if not self.denominator:
            return "—"
        share = Decimal(self.numerator * 100) / self.denominator
        share = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{min(share, Decimal('99.9')) if self.uncovered else share}%"

    def times(self, number: int) -> Count:
        """So many of the same."""
        return Count(self.numerator * number, self.denominator * number, self.unknown * number)

    def __add__(self, other: Count) -> Count:
        return Count(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.unknown + other.unknown,
        )


def unsaid(blank: int, asked: int) -> str:
    """未填 2／5: of how many how many did not say."""
    return f"未填 {blank:,}／{asked:,}"


@dataclass(frozen=True, slots=True)
class Row:
    """The count of one unit or area; `code` is empty for what belongs to none."""

    code: str
    name: str
    count: Count


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its words, its count, rows in official order that add up to it, and lists.

    `unplaced` are visits of the campaign that could not be counted anywhere,
    since they name no enterprise of the directory (or no township or zone).
    """

    code: str
    title: str
    basis: str
    count: Count
    rows: tuple[Row, ...]
    covered: tuple[Item, ...] = ()
    uncovered: tuple[Item, ...] = ()
    unknown: tuple[Item, ...] = ()
    left_out: tuple[Item, ...] = ()
    unplaced: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything the figure looked at."""
        return self.covered + self.uncovered + self.unknown + self.left_out


_ONE: Mapping[Standing, Count] = {
    Standing.COVERED: Count(1, 1),
    Standing.UNCOVERED: Count(0, 1),
    Standing.UNKNOWN: Count(0, 0, 1),
    Standing.LEFT_OUT: Count(),
}


def sum_counts(counts: Iterable[Count]) -> Count:
    """Add counts up."""
    return sum(counts, Count())


def rows_of(
    items: Iterable[Counted],
    key: Callable[[Counted], str],
    names: Mapping[str, str],
    nowhere: str,
) -> tuple[Row, ...]:
    """One row for each of `names`, in their order, and one for what has no place among them."""
    found: Counter[tuple[str, Standing]] = Counter()
    for item in items:
        found[key(item), item.standing] += item.times
    counts: dict[str, Count] = defaultdict(Count)
    for (code, standing), times in found.items():
        counts[code if code in names else ""] += _ONE[standing].times(times)
    rows = tuple(Row(code, name, counts[code]) for code, name in names.items())
    return rows if counts[""] == Count() else (*rows, Row("", nowhere, counts[""]))


def make_figure(
    words: tuple[str, str, str],
    items: Iterable[Item],
    names: Mapping[str, str],
    *,
    always: frozenset[str],
    unplaced: tuple[str, ...],
) -> Figure:
    """Put a figure together; of the units in `names` those in `always` have a row at zero too."""
    found = sorted(items, key=lambda i: (i.unit, i.area, i.name, i.id))
    parts: dict[Standing, list[Item]] = {one: [] for one in Standing}
    for item in found:
        parts[item.standing].append(item)
    return replace(
        counted_figure(words, found, names, always=always),
        covered=tuple(parts[Standing.COVERED]),
        uncovered=tuple(parts[Standing.UNCOVERED]),
        unknown=tuple(parts[Standing.UNKNOWN]),
        left_out=tuple(parts[Standing.LEFT_OUT]),
        unplaced=unplaced,
    )


def counted_figure(
    words: tuple[str, str, str],
    counted: Iterable[Counted],
    names: Mapping[str, str],
    *,
    always: frozenset[str],
) -> Figure:
    """As `make_figure`, the numbers alone: its lists are empty."""
    rows = rows_of(counted, lambda one: one.unit, names, "未分到单位")
    return Figure(
        *words,
        count=sum_counts(row.count for row in rows),
        rows=tuple(row for row in rows if row.code in always or row.count != Count()),
    )
