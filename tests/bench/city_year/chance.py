"""What the makers of a year share: one source of chance, ids in order of time, and the truth."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from app.domain.kernel.uuid7 import uuid7
from app.domain.records import Record
from database.reference import preset

T = TypeVar("T")

CAMPAIGN = "2011-36"
FIRST, LAST = dt.date(2011, 7, 4), dt.date(2011, 12, 8)
CITY = preset.CITY
CHINA = dt.timezone(dt.timedelta(hours=8))
OFFICE_KINDS = ("county", "hitech", "scenic")


class Written(NamedTuple):
    """One record as an office writes it down."""

    id: str
    station: str
    at: dt.datetime
    record: Record


class Truth(NamedTuple):
    """Two records that are one, and how the second came about (`flavour`)."""

    kind: str
    flavour: str
    one: str
    other: str


class Clash(NamedTuple):
    """Two records by which the city and a county both went to one unit or worker."""

    rule: str
    flavour: str
    county: str
    city: str


@dataclass(slots=True)
class Office:
    """One office with its townships: codes, the name as it stands before a firm's, its leaders."""

    code: str
    short: str
    area: str
    towns: tuple[tuple[str, str], ...]
    leaders: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(slots=True)
class Book:
    """Everything made so far."""

    chance: random.Random
    offices: list[Office] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)
    traps: list[Truth] = field(default_factory=list)
    """Pairs that look alike and are two; a rule that shows them is wrong."""
    clashes: list[Clash] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, office: Office | None, mark: str) -> str:
        """The next 编号 of an office, or of the city."""
        short = office.short if office else "市总"
        place = self._numbers[short + mark] = self._numbers.get(short + mark, 0) + 1
        return f"{short}-{mark}2011-{place:05d}"

    def write(self, station: str, on: dt.date, record: Record) -> str:
        """Put a record down on a day at some minute of office hours; its id."""
        minute = self.chance.randrange(480 * 60)
        at = dt.datetime(on.year, on.month, on.day, 9, tzinfo=CHINA) + dt.timedelta(seconds=minute)
        made = uuid7(int(at.timestamp() * 1000), self.chance.randbytes(10))
        self.written.append(Written(made, station, at, record))
        return made

    def same(self, kind: str, flavour: str, one: str, other: str) -> None:
        """Note that two records are one."""
        self.truth.append(Truth(kind, flavour, *sorted((one, other))))

    def trap(self, kind: str, flavour: str, one: str, other: str) -> None:
        """Note that two records look alike and are not one."""
        self.traps.append(Truth(kind, flavour, *sorted((one, other))))

    def clash(self, rule: str, flavour: str, county: str, city: str) -> None:
        """Note that two levels went to one unit or worker."""
        self.clashes.append(Clash(rule, flavour, county, city))

    def day(self, first: dt.date = FIRST, last: dt.date = LAST) -> dt.date:
        """A day of the campaign, mostly a working day."""
        day = first + dt.timedelta(days=self.chance.randrange((last - first).days + 1))
        while day.weekday() > 4 and day < last and self.chance.random() < 0.9:
            day += dt.timedelta(days=1)
        return day

    def telephone(self) -> str:
        """A mobile number."""
        first = self.chance.choice(("138", "139", "136", "158", "189", "182", "135", "151"))
        return f"{first}{self.chance.randrange(10**8):08d}"

    def one_of(self, choices: Sequence[T]) -> T:
        """Any of them."""
        return self.chance.choice(choices)


def offices(chance: random.Random) -> list[Office]:
    """The thirteen offices below the city, each with its townships and leaders."""
    units = preset.units()
    made = []
    for unit in units:
        if unit.kind in OFFICE_KINDS:
            towns = [(u.area, u.name.removesuffix("工会")) for u in units if u.parent == unit.code]
            short = unit.short_name
            made.append(Office(unit.code, short, unit.area, tuple(towns or [(unit.area, short)])))
    for office in made:
        office.weight = len(office.towns) ** 0.7 * chance.uniform(0.8, 1.3)
    return made
