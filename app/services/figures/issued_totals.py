"""汇总表 with chosen columns, kept under a name; issued as 定稿 and held against later numbers.

Besides its own columns a table may have those of the tallies, named `six:visit` (kind:code).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

import msgspec

from app.documents.reports.list_content import NONE
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import MONEY_PATTERN, HasExtraFields, value_of
from app.domain.kernel.readable import readable
from app.domain.records import Operator
from app.services.figures import tallies
from app.services.figures.added_kinds import column_title, kinds_of
from app.services.figures.figure_records import campaign_of
from app.services.figures.issued_board import Board, board_of
from app.services.figures.statistics import Statistics
from app.services.figures.tallies import Asked, Number
from app.services.figures.totals_table import COLUMNS, DISTINCT, MORE, TOTAL, TotalsRow, Value
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.office.seen_base import require_seen
from app.services.records.link_resolving import Links
from database.books import issued_totals, totals_layouts
from database.books.issued_totals import IssuedTotals
from database.books.totals_layouts import TotalsLayout
from database.state import states

LONGEST_NAME = 30
_OWN = (*COLUMNS, *MORE)


@dataclass(frozen=True, slots=True)
class TotalsColumn:
    """A column that may be chosen."""

    name: str
    title: str
    unit: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A 汇总表 as it is shown: its columns (title, unit), its rows by code, its sums.

    `basis` says which 定稿 it is, nothing of the numbers of now.
    """

    campaign: str
    title: str
    office: str
    as_of: dt.date
    first: str
    names: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    sums: tuple[tuple[Value, ...], ...]
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A 定稿: its number, when it was frozen and by whom, and the table.

    `board` is what its page for leaders shows besides, None where it was not kept.
    """

    n: int
    name: str
    at: str
    by: str
    table: Shown
    board: Board | None = None

    @property
    def words(self) -> str:
        """定稿 2011-12-20 李经办."""
        return f"定稿 {self.at[:10]} {self.by}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is another number now; `column` counts from 0, behind the name."""

    row: str
    column: int
    then: Value
    now: Value


USUAL = tuple(str(n) for n in range(len(COLUMNS)))
"""The columns where nobody chose others."""


def offered(campaign: HasExtraFields) -> Mapping[str, TotalsColumn]:
    """Every column by name, in the order they are offered; those of what it adds come last."""
    own = [TotalsColumn(str(n), title, unit) for n, (title, unit) in enumerate(_OWN)]
    more = [
        TotalsColumn(
            f"{kind.name}:{code.value}",
            column_title(kind, code),
            kind.measures[0].unit,
            kind.record_type.label if kind.field else kind.title,
        )
        for kind in kinds_of(campaign)
        if not kind.of_directory
        for code in kind.codes
    ]
    return {one.name: one for one in (*own, *more)}


def is_counted_already(names: Sequence[str]) -> bool:
    """Whether a table of these columns is made of what 统计 has counted, without the store."""
    return all(name.isdigit() for name in names)


def shown(office: Office, seen: Statistics, names: Sequence[str] = USUAL) -> Shown:
    """The 汇总表 that was counted, with these columns; those nobody knows are left out."""
    known = offered(seen)
    chosen = tuple(name for name in names if name in known) or USUAL
    counted = {} if is_counted_already(chosen) else _tallied(office, seen, chosen)
    table = seen.table
    sums = [table.total, *([table.distinct] if table.distinct else ())]

    def line(row: TotalsRow) -> tuple[Value, ...]:
        own = (*row.values, *row.more)
        return (row.name, *(own[int(n)] if n.isdigit() else counted[n].get(_key(row), 0)
                            for n in chosen))  # fmt: skip

    return Shown(
        seen.campaign,
        seen.title,
        seen.office,
        seen.as_of,
        table.first,
        chosen,
        tuple((known[name].title, known[name].unit) for name in chosen),
        tuple(row.code for row in table.rows),
        tuple(map(line, table.rows)),
        tuple(map(line, sums)),
    )


def _key(row: TotalsRow) -> str:
    return TOTAL if row.name in (TOTAL, DISTINCT) and not row.code else row.code


def _tallied(office: Office, seen: Statistics, names: Sequence[str]) -> dict[str, dict[str, Value]]:
    """The columns that come from the tallies, by name and row; — for a sum nobody said."""
    found: dict[str, dict[str, Value]] = {}
    kinds = dict.fromkeys(name.partition(":")[0] for name in names if not name.isdigit())
    across = "unit" if seen.by_unit else "area"
    for kind in kinds:
        view = tallies.look(office, Asked(kind, across, campaign=seen.campaign))
        for n, head in enumerate(view.heads):
            total, *rest = view.lines
            column = {line.key: _value(line.numbers[n]) for line in rest}
            found[f"{kind}:{head.key}"] = {**column, TOTAL: _value(total.numbers[n])}
    return {name: found.get(name, {}) for name in names}


def _value(number: Number) -> Value:
    return NONE if number is None else number


# -- columns under a name


def layouts(office: Office) -> dict[str, tuple[str, ...]]:
    """The columns kept, by name."""
    with office.store.read() as connection:
        kept = totals_layouts.every(connection)
    return {one.name: msgspec.json.decode(one.columns, type=tuple[str, ...]) for one in kept}


def layout_name(typed: str) -> str:
    """A name as it is kept."""
    return " ".join(typed.split())[:LONGEST_NAME]


def keep_layout(
    office: Office, name: str, columns: Sequence[str], *, base: Sequence[str] | None = None
) -> str:
    """Keep columns under a name, in place of what it named.

    `base`, here and below, are the columns it was seen to name, none where it named none.
    Raises `UserError` NAME, CHANGED_MEANWHILE.
    """
    plain = layout_name(name)
    if not plain:
        raise UserError("NAME", "没有写名称。", remedy="请写一个名称，如“给市委的表”。")
    written = msgspec.json.encode(tuple(columns)).decode()
    with office.store.write() as connection:
        _require_seen(office, plain, base)
        totals_layouts.put(connection, TotalsLayout(plain, written, office.now(), office.operator))
    return plain


def _require_seen(office: Office, name: str, base: Sequence[str] | None) -> None:
    seen = None if base is None else tuple(base)
    require_seen(layouts(office).get(name, ()), seen, f"栏目“{name}”")


def drop_layout(office: Office, name: str, *, base: Sequence[str] | None = None) -> None:
    """Forget what was kept under a name; raises `UserError` CHANGED_MEANWHILE."""
    with office.store.write() as connection:
        _require_seen(office, name, base)
        totals_layouts.remove(connection, name)


# -- 定稿


@needs("prepare")
def issue(office: Office, table: Shown, seen: Statistics | None = None) -> Issued:
    """Freeze a table as it is shown, with the day and who, and what was counted beside it.

    Raises `UserError` NOT_YOUR_DUTY.
    """
    board = board_of(office, seen) if seen is not None else None
    with office.store.write() as connection:
        who = states.get(connection, Operator, office.operator)
        at, by = office.now(), who.record.name if who else ""
        line = IssuedTotals(
            table.campaign,
            table.title,
            table.as_of.isoformat(),
            at,
            by,
            _frozen(table, board),
        )
        n = issued_totals.add(connection, line)
    return _issued(n, line)


def issued(office: Office, campaign: str | None) -> tuple[Issued, ...]:
    """The tables of a campaign (a code or title, else today's) that were issued, newest first.

    Raises `UserError` NO_CAMPAIGN.
    """
    with office.store.read() as connection:
        code = campaign_of(Links(office, connection), campaign).code
        found = issued_totals.of(connection, code)
    return tuple(_issued(n, one) for n, one in found)


def issued_one(office: Office, n: int) -> Issued:
    """A 定稿 by its number; raises `UserError` NOT_FOUND."""
    with office.store.read() as connection:
        found = issued_totals.get(connection, n)
    if found is None:
        raise UserError("NOT_FOUND", f"没有第{n}号定稿。", remedy="请在“统计”的“汇总表”里核对。")
    return _issued(n, found)


def _issued(n: int, one: IssuedTotals) -> Issued:
    table, board = _thawed(one.table)
    basis = f"定稿第{n}号（{one.at[:10]}，{one.by}）"
    return Issued(n, one.name, one.at, one.by, replace(table, basis=basis), board)


class _Kept(msgspec.Struct, frozen=True):
    """A table as it is written down: amounts of money are texts."""

    campaign: str
    title: str
    office: str
    as_of: dt.date
    first: str
    names: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]
    rows: tuple[tuple[int | str, ...], ...]
    sums: tuple[tuple[int | str, ...], ...]
    board: Board | None = None


def _frozen(table: Shown, board: Board | None) -> str:
    kept = msgspec.to_builtins(table)
    return msgspec.json.encode({name: kept[name] for name in _TABLE} | {"board": board}).decode()


_TABLE = tuple(one.name for one in fields(Shown) if one.name != "basis")


def _thawed(written: str) -> tuple[Shown, Board | None]:
    kept = msgspec.json.decode(written, type=readable(_Kept))
    told = {name: value_of(kept, name) for name in _TABLE}
    for lines in ("rows", "sums"):
        told[lines] = tuple(map(_with_money, told[lines]))
    return Shown(**told), kept.board


def _with_money(line: Sequence[int | str]) -> tuple[Value, ...]:
    name, *numbers = line
    return (name, *(Decimal(one) if _is_amount(one) else one for one in numbers))


def _is_amount(value: int | str) -> bool:
    return isinstance(value, str) and re.fullmatch(MONEY_PATTERN, value, re.ASCII) is not None


def differences(then: Shown, now: Shown) -> tuple[Difference, ...]:
    """The cells that are others now; both tables with the same columns.

    A row that is only in one of them is empty in the other. 合计 is compared too.
    """
    before, after = _by_name(then), _by_name(now)
    empty = ("",) * len(then.columns)
    return tuple(
        Difference(row, column, old, new)
        for row in dict.fromkeys((*before, *after))
        for column, (old, new) in enumerate(
            zip(before.get(row, empty), after.get(row, empty), strict=True)
        )
        if _plain(old) != _plain(new)
    )


def _by_name(table: Shown) -> dict[str, tuple[Value, ...]]:
    return {str(row[0]): row[1:] for row in (*table.sums, *table.rows)}


def _plain(value: Value) -> str:
    """What JSON made a text of is the same amount as before."""
    try:
        return str(Decimal(str(value)).normalize())
    except ArithmeticError:
        return str(value)
