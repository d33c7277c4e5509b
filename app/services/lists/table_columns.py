"""The columns that a table of records may have, made from the fields of their type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.domain.kernel.fields import FieldSpec, Kind, by_name, fields_of
from app.domain.records import Campaign, Record
from app.services.records.city_papers import PAPERS

STANDING = "standing"
SAVED_AT, SAVED_BY = "changed_at", "changed_by"
CITY_PAPER = "city_paper"
"""What the city told of the signed paper of a record."""

Side = Literal["left", "right"]

ROOM = 1140
"""What the columns of a new table take at most: the page of a window of 1366 pixels."""

_CHARACTER = 14
_SIDES = 20
_ARROW = 32
_WIDTHS: dict[Kind, int] = {
    Kind.DATE: 104,
    Kind.TIME: 140,
    Kind.INTEGER: 72,
    Kind.MONEY: 96,
    Kind.FLAG: 64,
    Kind.NAMES: 132,
    Kind.LINK: 132,
    Kind.TEXT: 120,
    Kind.PROSE: 240,
    Kind.CODES: 132,
    Kind.LINKS: 160,
    Kind.ROWS: 160,
}
_NUMBERS = (Kind.INTEGER, Kind.MONEY)
_NUMBER_WIDTH = 168
_TITLE_WIDTH = 208
_LONG_CODE = 8
_FULL_ID = 18


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, how wide it is at first (logical pixels), and its field.

    `unit` is what its numbers are in. Without a field it is a column of every record.
    """

    name: str
    title: str
    width: int
    unit: str = ""
    side: Side = "left"
    spec: FieldSpec | None = None

    @property
    def heading(self) -> str:
        """What stands over it: 职工人数（人）."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


Titles = tuple[tuple[str, str], ...]
"""Fields that are called shorter on the screen than in full: (name, title)."""


@cache
def columns_of(
    record_type: type[Record], titles: Titles = (), added: tuple[FieldSpec, ...] = ()
) -> dict[str, TableColumn]:
    """Every column of a type by name, in the order they are offered; `added` by campaigns.

    What a record is called by has one, also where nobody types it.
    """
    short, called = dict(titles), record_type.facts.title
    every = (*fields_of(record_type), *added)
    seen = (s for s in every if not s.field.hidden or s.name in called)
    specs = (s for s in seen if s.kind is not Kind.OBJECT)
    fields = [_column(record_type, spec, short.get(spec.name, spec.label)) for spec in specs]
    columns = [
        TableColumn(STANDING, short.get(STANDING, "状态"), 104),
        *fields,
        *([TableColumn(CITY_PAPER, "纸质（市里）", 104)] * (record_type in PAPERS)),
        TableColumn(SAVED_AT, "最后保存", 140),
        TableColumn(SAVED_BY, "保存人", 96),
    ]
    return {column.name: column for column in columns}


@cache
def usual(
    record_type: type[Record], titles: Titles = (), *, several: bool = False
) -> tuple[str, ...]:
    """The columns of a table nobody has arranged yet: what a record is told by, as far as fits.

    Where `several` offices report, each record says whose it is.
    """
    columns = columns_of(record_type, titles)
    chosen: dict[str, None] = {}
    room = ROOM
    twice = _said_twice(record_type)
    for name in _ranked(record_type, several=several):
        column = columns.get(name)
        if column is None or name in chosen or name in twice or _hidden(column):
            continue
        if column.width <= room:
            chosen[name] = None
            room -= column.width
    leading = _leading(record_type, several=several)
    return tuple(sorted(chosen, key=lambda name: _place(name, leading, list(columns))))


def _hidden(column: TableColumn) -> bool:
    """Whether only stars would stand in a column."""
    spec = column.spec
    return spec is not None and spec.field.sensitive and spec.kind is not Kind.TEXT


def _said_twice(record_type: type[Record]) -> set[str]:
    """Links to what a record is called by in its own words already."""
    facts = record_type.facts
    own = {*facts.title, facts.who}
    return {one.link for one in facts.carried if own & one.fields.keys()} - own


def _place(name: str, leading: list[str], every: list[str]) -> tuple[bool, int]:
    """What a record is told by comes first, all else as in its form."""
    first = name in leading
    return not first, leading.index(name) if first else every.index(name)


def _leading(record_type: type[Record], *, several: bool) -> list[str]:
    facts, own = record_type.facts, ["unit"] if several else []
    return [STANDING, "number", *own, facts.day, *facts.title, facts.who]


def _ranked(record_type: type[Record], *, several: bool) -> Iterator[str]:
    """By what a record is told, the most telling first."""
    facts, specs = record_type.facts, by_name(record_type)
    yield from _leading(record_type, several=several)
    yield facts.progress
    yield from facts.moments
    yield from (told.partition(" ")[0] for told in facts.telling)
    yield from facts.summed
    yield from (spec.name for spec in specs.values() if spec.field.required and _telling(spec))
    yield from (facts.subject, *(name for name in facts.counted if _telling(specs[name])))
    yield from (spec.name for spec in specs.values() if _telling(spec))


def _telling(spec: FieldSpec) -> bool:
    """Whether it is short and differs from record to record: the campaign is that of all."""
    return spec.kind not in (Kind.PROSE, Kind.ROWS) and spec.field.links != Campaign.type_name


def _column(record_type: type[Record], spec: FieldSpec, title: str) -> TableColumn:
    number = spec.kind in _NUMBERS
    unit = spec.field.unit if number else ""
    heading = len(title) + (len(unit) + 2 if unit else 0)
    least = heading * (_CHARACTER - 2) + _SIDES + (_ARROW + 12 if unit else _ARROW)
    width = max(_width(record_type, spec), min(least, _TITLE_WIDTH))
    return TableColumn(spec.name, title, width, unit, "right" if number else "left", spec)


def _width(record_type: type[Record], spec: FieldSpec) -> int:
    if spec.name == "number":
        return _NUMBER_WIDTH
    if spec.name in record_type.facts.title[:1]:
        return 96 if spec.field.longest <= 50 else _TITLE_WIDTH
    if spec.field.codes is not None and spec.kind is Kind.CODE:
        longest = max((len(code.label) for code in spec.field.codes), default=4)
        return min(longest, _LONG_CODE) * _CHARACTER + _SIDES
    if spec.kind is Kind.TEXT and spec.field.longest == _FULL_ID:
        return 172
    return _WIDTHS.get(spec.kind, 120)
