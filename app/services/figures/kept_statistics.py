"""统计 as it is kept: an amount of money says that it is one."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from msgspec.structs import asdict

from app.services.figures.kept_figures import Counted, Keeping
from app.services.figures.statistics_view import Shown, Statistics
from app.services.figures.totals_table import TotalsRow, TotalsTable, Value


class _Amount(msgspec.Struct, frozen=True):
    amount: str


_Cell = int | str | _Amount


class _Row(msgspec.Struct, frozen=True):
    code: str
    name: str
    values: tuple[_Cell, ...]
    more: tuple[_Cell, ...]


class _Table(msgspec.Struct, frozen=True):
    first: str
    rows: tuple[_Row, ...]
    total: _Row
    distinct: _Row | None


class KeptStatistics(msgspec.Struct, frozen=True):
    """The table, and all beside it."""

    shown: Shown
    table: _Table


def _kept(one: Statistics) -> KeptStatistics:
    table = one.table
    distinct = _row(table.distinct) if table.distinct else None
    rows = tuple(map(_row, table.rows))
    beside = {name: value for name, value in asdict(one).items() if name != "table"}
    return KeptStatistics(Shown(**beside), _Table(table.first, rows, _row(table.total), distinct))


def _told(one: KeptStatistics) -> Statistics:
    kept = one.table
    distinct = _row_of(kept.distinct) if kept.distinct else None
    rows = tuple(map(_row_of, kept.rows))
    table = TotalsTable(kept.first, rows, _row_of(kept.total), distinct)
    return Statistics(**asdict(one.shown), table=table)


def _row(row: TotalsRow) -> _Row:
    return _Row(row.code, row.name, tuple(map(_cell, row.values)), tuple(map(_cell, row.more)))


def _row_of(row: _Row) -> TotalsRow:
    values, more = tuple(map(_value, row.values)), tuple(map(_value, row.more))
    return TotalsRow(row.code, row.name, values, more)


def _cell(value: Value) -> _Cell:
    return _Amount(str(value)) if isinstance(value, Decimal) else value


def _value(cell: _Cell) -> Value:
    return Decimal(cell.amount) if isinstance(cell, _Amount) else cell


STATISTICS = Keeping("statistics", Counted[KeptStatistics], _kept, _told)
