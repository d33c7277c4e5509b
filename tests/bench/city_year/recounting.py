"""What the city's desk shows of a year, beside what was counted again from the raw JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from app.domain.merging.ownership import station_of
from app.services.figures.coverage import FigureView
from app.services.figures.statistics import Statistics
from app.services.figures.totals_table import TotalsRow, TotalsTable
from app.services.office.office import Office
from database.log import revisions
from tests.bench.city_year import recount
from tests.bench.city_year.recount import Kinds
from tests.bench.city_year.recount_covers import Covers, Rows, whole


class Beside(NamedTuple):
    """One figure or row: what it is called, what the desk shows, what was counted again."""

    name: str
    shown: object
    again: object

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.shown == self.again


def read(office: Office, packages: Iterable[Path]) -> Kinds:
    """What all offices said last: by their packages, and for the city by its own log."""
    with office.store.read() as connection:
        city = office.identity.station
        rows = revisions.in_order(connection)
        own = [row.raw for row in rows if station_of(row.writer) == city]
    assert office.secrets
    sent = recount.lines_of(sorted(packages), office.secrets.age_identity)
    return recount.newest([*sent, *own])


def compared(shown: Statistics, found: Kinds) -> Iterator[Beside]:
    """Every figure of 走访覆盖 in all its rows, and every row of the 汇总表 in all its columns."""
    covers = Covers(found, shown.campaign).figures()
    for figure in shown.figures:
        yield from _figure(figure, covers[figure.code])
    yield from _table(shown.table, found, covers)


def _figure(figure: FigureView, again: Rows) -> Iterator[Beside]:
    told = {row.code: (row.numerator, row.denominator) for row in figure.rows if row.denominator}
    yield Beside(f"{figure.title}, by unit", told, dict(again))
    total = figure.total.numerator, figure.total.denominator
    yield Beside(figure.title, total, whole(again))


def _table(table: TotalsTable, found: Kinds, covers: Mapping[str, Rows]) -> Iterator[Beside]:
    pairs = [covers["areas"], covers["cadres"]]
    for row in table.rows:
        counts = recount.row_of(found, row.code)
        both = [_ratio(rows.get(row.code, (0, 0))) for rows in pairs]
        yield Beside(f"汇总表, {row.name}", _values(row), (*counts[:2], *both, *counts[2:]))
    counts = recount.row_of(found, *(row.code for row in table.rows))
    once = (*counts[:2], *(_ratio(whole(rows)) for rows in pairs), *counts[2:])
    yield Beside("汇总表, 不重复", _values(table.distinct or table.total), once)


def _values(row: TotalsRow) -> tuple[object, ...]:
    return (*row.values, *row.more)


def _ratio(pair: tuple[int, int]) -> str:
    return f"{pair[0]}／{pair[1]}" if pair[1] else "—"
