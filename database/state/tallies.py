"""Counts of records parted by one or two things, and the filter that lets through just those.

A number and the list behind it are one question: the same joins, the same conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.domain.records import Record
from database.state.added_parts import added_part, added_sum, is_added
from database.state.filters import Filter, live
from database.state.states import table_of
from database.state.tally_sources import Part, Scope, Source, source_of
from database.store.dialect import each_in, each_of, member_of, pairs_of, run, text_in

Numbers = tuple[int | None, ...]

RECORDS, PERSONS = "records", "persons"
"""What may be counted besides the sums and the narrowed counts of a source."""


class Wanted(msgspec.Struct, frozen=True, omit_defaults=True):
    """The values of a part that a cell holds; of `outside` all but these."""

    part: str
    keys: tuple[str, ...]
    outside: bool = False


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """One number as a question to the store; `only` names what its records are narrowed to."""

    scope: Scope
    wanted: tuple[Wanted, ...] = ()
    only: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted of a type: by which parts (none, one, two), and which measures.

    `folds` put values of a part together: by part, under which other value one is counted.
    `same` says which persons are one.
    """

    record_type: type[Record]
    scope: Scope
    measures: tuple[str, ...]
    folds: Mapping[str, Mapping[str, str]]
    same: Mapping[str, str]


def count(
    connection: Connection, question: Question, by: Sequence[str] = ()
) -> dict[tuple[str, ...], Numbers]:
    """By the values of the parts the measures, in their order; money in 分.

    A sum is None where there are records and none of them has a number: that is not 0.

    A record with several values of a part counts under each of them, once.
    """
    source = source_of(question.record_type, question.scope)
    select = _Select(question.record_type, source)
    keys = [_key(select, part, n, question.folds.get(part)) for n, part in enumerate(by)]
    told = [_measure(select, one, question.same) for one in question.measures]
    meets = (live(), *_scoped(select, question.scope))
    columns = [*keys, *told]
    sql = f"SELECT {', '.join(one.sql for one in columns)} {select.tables}"
    sql += " WHERE " + " AND ".join(one.sql for one in meets)
    if keys:
        sql += " GROUP BY " + ", ".join(str(n) for n in range(1, len(keys) + 1))
    values = (*_values(columns), *select.values, *_values(meets))
    return {row[: len(keys)]: row[len(keys) :] for row in run(connection, sql, values)}


def behind(record_type: type[Record], cell: Cell) -> Filter:
    """Lets through the records of one cell."""
    source = source_of(record_type, cell.scope)
    select = _Select(record_type, source)
    meets = [live(), *_scoped(select, cell.scope)]
    for n, wanted in enumerate(cell.wanted):
        key = _key(select, wanted.part, n, None)
        table, listed = each_of(wanted.keys)
        word = "NOT IN" if wanted.outside else "IN"
        meets.append(Filter(f"{key.sql} {word} (SELECT value FROM {table})", (*key.values, listed)))
    if cell.only:
        meets.append(source.only[cell.only])
    where = " AND ".join(one.sql for one in meets)
    inner = f"SELECT s.id {select.tables} WHERE {where}"
    return Filter(f"s.id IN ({inner})", (*select.values, *_values(meets)))


class _Select:
    """The tables of a question: the type's own, and the joins that were asked for."""

    def __init__(self, record_type: type[Record], source: Source) -> None:
        self.source = source
        self._table = table_of(record_type)
        self._needed: set[str] = set()
        self._more: list[Filter] = []
        self.repeats = False
        """Whether one record may come twice under one key: rows of a list may say the same."""

    def need(self, aliases: Iterable[str]) -> None:
        """These joins too."""
        self._needed |= set(aliases)

    def join(self, one: Filter) -> None:
        """A join of its own, behind those of the source."""
        self._more.append(one)

    @property
    def tables(self) -> str:
        """FROM with all of them."""
        joins = [sql for alias, sql in self.source.joins.items() if alias in self._needed]
        return " ".join([f"FROM {self._table} s", *joins, *(one.sql for one in self._more)])

    @property
    def values(self) -> tuple[Any, ...]:
        """What stands in the joins."""
        return _values(self._more)


def _key(select: _Select, name: str, n: int, fold: Mapping[str, str] | None) -> Filter:
    """The value of a part as a column, "" where there is none."""
    part = added_part(name) if is_added(name) else select.source.parts[name]
    select.need(part.needs)
    value = _each(select, part, f"j{n}") if part.each else part.value
    if not fold:
        return Filter(f"coalesce({value.sql}, '')", value.values)
    table, listed = pairs_of(fold)
    on = f"f{n}.key = {value.sql}"
    select.join(Filter(f"LEFT JOIN {table} f{n} ON {on}", (listed, *value.values)))
    return Filter(f"coalesce(f{n}.value, {value.sql}, '')", value.values)


def _each(select: _Select, part: Part, alias: str) -> Filter:
    column, values = part.value.sql, part.value.values
    select.repeats = select.repeats or part.each not in ("value", "text")
    select.join(Filter(f"LEFT JOIN {each_in(column)} {alias} ON TRUE", values))
    one = text_in(alias) if part.each == "text" else f"{alias}.value"
    if part.each in ("value", "text"):
        return Filter(one)
    return Filter(member_of(one, part.each))


def _measure(select: _Select, name: str, same: Mapping[str, str]) -> Filter:
    source = select.source
    if name == RECORDS:
        return Filter("count(DISTINCT s.id)" if select.repeats else "count(*)")
    if name == PERSONS:
        select.need(source.person_needs)
        return _persons(select, source.person, same)
    if name in source.sums or is_added(name):
        summed = added_sum(name) if is_added(name) else source.sums[name]
        return Filter(f"CASE WHEN count(*) = 0 THEN 0 ELSE sum({summed}) END")
    only = source.only[name]
    return Filter(f"count(DISTINCT CASE WHEN {only.sql} THEN s.id END)", only.values)


def _persons(select: _Select, person: str, same: Mapping[str, str]) -> Filter:
    if not same:
        return Filter(f"count(DISTINCT {person})")
    table, listed = pairs_of(same)
    select.join(Filter(f"LEFT JOIN {table} one ON one.key = {person}", (listed,)))
    return Filter(f"count(DISTINCT coalesce(one.value, {person}))")


def _scoped(select: _Select, scope: Scope) -> list[Filter]:
    """Of the campaign, and of the days counted."""
    source, day = select.source, select.source.day
    if source.visit:
        select.need(("c", source.visit) if "c" in source.joins else (source.visit,))
        visit, inside = source.visit, f"coalesce({day}, ?) BETWEEN ? AND ?"
        sql = f"CASE WHEN {visit}.id IS NULL THEN {inside} ELSE {visit}.campaign = ? END"
        meets = [Filter(sql, (scope.first, scope.first, scope.last, scope.campaign))]
    else:
        meets = [Filter("s.campaign = ?", (scope.campaign,))] if source.of_campaign else []
    if scope.until:
        meets.append(Filter(f"coalesce({day}, '') <= ?", (scope.until,)))
    if scope.since:
        meets.append(Filter(f"{day} >= ?", (scope.since,)))
    return meets


def _values(some: Iterable[Filter]) -> tuple[Any, ...]:
    return tuple(value for one in some for value in one.values)
