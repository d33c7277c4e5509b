"""一年内重复帮扶: a household that was given aid twice or more within one calendar year.

A household is one person's files and those that surely belong to it: decided to be one person or
one household, or with an ID number that stands in both. What only may be one household is not
added up; 疑似重复 asks about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from app.domain.doubles.evidence import CROWD
from app.domain.doubles.persons import resident_number
from app.domain.merging.link_decisions import Sameness

Decision = tuple[str, str, bool]


class Given(NamedTuple):
    """One aid: to whose file, on which day, by which unit, in yuan."""

    aid: str
    person: str
    day: str
    unit: str
    money: Decimal
    goods: Decimal

    @property
    def sum(self) -> Decimal:
        """Money and what the goods are worth."""
        return self.money + self.goods


class AidedTwice(NamedTuple):
    """All aid of one household in one year, by day; two or more."""

    year: int
    given: tuple[Given, ...]

    @property
    def persons(self) -> tuple[str, ...]:
        """The files that were given aid, each once."""
        return tuple(dict.fromkeys(one.person for one in self.given))

    @property
    def units(self) -> tuple[str, ...]:
        """The units that gave it, each once."""
        return tuple(dict.fromkeys(one.unit for one in self.given))

    @property
    def money(self) -> Decimal:
        """All money of the year."""
        return sum((one.money for one in self.given), Decimal(0))

    @property
    def goods(self) -> Decimal:
        """What all goods of the year are worth."""
        return sum((one.goods for one in self.given), Decimal(0))

    @property
    def beyond(self) -> Decimal:
        """Money and goods besides the largest single aid."""
        return self.money + self.goods - max(one.sum for one in self.given)


def households(
    numbers: Mapping[str, Iterable[str]],
    persons: Iterable[Decision] = (),
    homes: Iterable[Decision] = (),
) -> Sameness:
    """Which files are of one household.

    `numbers` are the ID numbers in every file, its own and those of the family; `persons` and
    `homes` what was decided, in the order it was: that holds against a number in both.
    """
    same = [one for one in persons if one[2]]
    return Sameness((*_sharing(numbers), *same, *homes))


def _sharing(numbers: Mapping[str, Iterable[str]]) -> Iterator[Decision]:
    files: dict[str, set[str]] = defaultdict(set)
    for file, told in numbers.items():
        for number in told:
            if plain := resident_number(number):
                files[plain].add(file)
    for several in files.values():
        if 1 < len(several) <= CROWD:
            first, *others = sorted(several)
            yield from ((first, other, True) for other in others)


def aided_twice(
    given: Iterable[Given], home: Sameness, *, by_two: bool = False
) -> list[AidedTwice]:
    """What households were given twice or more in a year, the most money first.

    With `by_two` only where two units gave. Aid without a day or a file counts for nobody.
    """
    held: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for one in given:
        if one.person and one.day:
            held[home.one(one.person), one.day[:4]].append(one)
    found = [
        AidedTwice(int(year), tuple(sorted(some, key=lambda one: (one.day, one.aid))))
        for (_, year), some in held.items()
        if len(some) > 1
    ]
    told = (one for one in found if len(one.units) > 1 or not by_two)
    return sorted(told, key=lambda one: (-one.year, -one.beyond, one.given[0].aid))
