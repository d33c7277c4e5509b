"""分类统计: records counted by their kinds, and by unit, township, group or month (R8, R9, R65).

Behind every number stands the question (`Line.cells`) whose list has just that many records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.documents.reports.list_content import NONE
from app.domain.campaign.campaign_data import window_of
from app.domain.kernel.progress import Cancel
from app.domain.records import Campaign, Link, Person, Record
from app.services.figures.added_kinds import kind_of, kinds_of
from app.services.figures.figure_records import FigureRecords, campaign_of
from app.services.figures.office_scope import reach_of
from app.services.figures.tally_kinds import ACROSS, Measure, TallyKind
from app.services.figures.tally_rows import TallyRows, rows_by
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from database.state import tallies
from database.state.added_parts import FILLED
from database.state.tallies import Cell, Numbers, Question, Wanted
from database.state.tally_sources import Scope
from database.store.engine import Connection

Number = int | Decimal | None
"""None of a sum that no record says anything to."""

TOTAL = "合计"
_MEMBERS = ("units", "areas", "groups", "links")
EVERY_FILE = "困难职工档案不分活动，全部计入。"
SEVERAL = "一条可以归几类，各类相加不一定等于合计。"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which table: its name, by what else, which measure, of which campaign, against which."""

    kind: str
    across: str = ""
    measure: str = ""
    campaign: str | None = None
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title and unit; `key` is the kind that stands in it; whether it is `money`."""

    title: str
    unit: str
    key: str = ""
    money: bool = False

    @property
    def heading(self) -> str:
        """走访（次）."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its name, a number for each column, and what stands behind each.

    That is a question to the store, or the ids of the records; None where there is no list.

    `key` is the unit, township, group, month or kind that it is.
    """

    name: str
    numbers: tuple[Number, ...]
    cells: tuple[Cell | tuple[str, ...] | None, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class TallyView:
    """A table as it is shown; 合计 is the first of its lines. `note` says how to read it.

    `kinds` are all the tables that its campaign has.
    """

    kind: TallyKind
    title: str
    office: str
    as_of: dt.date
    first: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    note: str
    kinds: tuple[TallyKind, ...]

    @property
    def record_type(self) -> type[Record]:
        """Of what the numbers are."""
        return self.kind.record_type

    def said(self, row: int, column: int) -> str:
        """What one number is, in words: 六个到位 · 沙湾区总工会 · 困难帮扶."""
        parts = (self.kind.title, self.lines[row].name, self.heads[column].title)
        return " · ".join(parts)


def look(office: Office, asked: Asked, *, cancel: Cancel | None = None) -> TallyView:
    """Count a table as of the office's today; raises `UserError` NO_CAMPAIGN, `Cancelled`."""
    with office.store.read() as connection:
        gathered = FigureRecords(office, connection, asked.campaign, members=_MEMBERS)
        counting = _Counting(office, connection, gathered, asked, cancel or Cancel())
        return counting.view()


_Table = tuple[list[Head], list[Line], list[str]]
"""Columns, lines, and the key of each line."""


class _Counting:
    """One table on its way."""

    def __init__(
        self,
        office: Office,
        connection: Connection,
        gathered: FigureRecords,
        asked: Asked,
        cancel: Cancel,
    ) -> None:
        self._office, self._connection = office, connection
        self._asked, self._cancel = asked, cancel
        self._ground = gathered.ground
        self._kind = kind_of(asked.kind, self._ground.campaign)
        self._links = Links(office, connection)
        known = {one.name: one for one in self._kind.measures}
        self._measure = known.get(asked.measure, self._kind.measures[0])
        self._same = _same_persons(self._ground.links, self._ground.same_person.one)
        self._scope = scope_of(self._ground.campaign, office.today())
        self._other = campaign_of(self._links, asked.against) if asked.against is not None else None

    def view(self) -> TallyView:
        """The whole table."""
        rows = (
            rows_by(self._asked.across, self._ground, reach_of(self._links), self._office.today())
            if self._asked.across
            else self._kinds()
        )
        heads, lines, keys = self._crossed(rows) if self._asked.across else self._plain(rows)
        if self._other is not None:
            heads, lines = self._compared(self._other, heads, lines, keys, rows)
        campaign = self._ground.campaign
        return TallyView(
            self._kind,
            title_of(campaign, self._kind),
            name_of(self._connection, self._office.identity.station),
            self._office.today(),
            ACROSS[self._asked.across] if self._asked.across else self._kind.codes.label,
            tuple(heads),
            tuple(lines),
            self._note(),
            kinds_of(campaign),
        )

    def _kinds(self) -> TallyRows:
        """The kinds as rows, every one of them always."""
        names = {code.value: code.label for code in self._kind.codes}
        return TallyRows(self._kind.part, names, "没有填", names)

    def _plain(self, rows: TallyRows) -> _Table:
        """Kinds in rows, measures in columns."""
        measures = self._kind.measures
        counted = self._count(self._scope, measures, (rows.part,))
        names = rows.shown(key for (key,) in counted)
        wanted: list[tuple[Wanted, ...]] = [(), *((rows.wanted(key),) for key in names)]
        whole = self._count(self._scope, measures)[()]
        numbers = [whole, *(counted.get((key,), _nothing_of(whole)) for key in names)]
        lines = [
            Line(
                name,
                tuple(map(_number, told, measures)),
                tuple(self._cell(parts, one) for one in measures),
            )
            for name, told, parts in zip((TOTAL, *names.values()), numbers, wanted, strict=True)
        ]
        heads = [Head(one.title, one.unit, money=one.money) for one in measures]
        return heads, _with_keys(lines, names), ["", *names]

    def _crossed(self, rows: TallyRows) -> _Table:
        """Units, townships, groups or months in rows, kinds in columns, one measure."""
        part, measure = self._kind.part, (self._measure,)
        by_row = self._count(self._scope, measure, (rows.part,), rows)
        by_kind = self._count(self._scope, measure, (part,))
        both = self._count(self._scope, measure, (rows.part, part), rows)
        names = rows.shown(key for (key,) in by_row)
        kinds = self._kinds().shown(key for (key,) in by_kind)
        columns: list[tuple[Wanted, ...]] = [(), *((Wanted(part, (key,)),) for key in kinds)]
        total = self._count(self._scope, measure)[()]
        of_all = [by_kind.get((key,), _nothing_of(total)) for key in kinds]
        lines = [self._line(TOTAL, [total, *of_all], (), columns)]
        for key, name in names.items():
            whole = by_row.get((key,), (0,))
            numbers = [whole, *(both.get((key, kind), _nothing_of(whole)) for kind in kinds)]
            lines.append(self._line(name, numbers, (rows.wanted(key),), columns))
        unit, money = self._measure.unit, self._measure.money
        named = [("", TOTAL), *kinds.items()]
        heads = [Head(title, unit, key, money) for key, title in named]
        return heads, _with_keys(lines, names), ["", *names]

    def _line(
        self,
        name: str,
        numbers: Sequence[Numbers],
        row: tuple[Wanted, ...],
        columns: Sequence[tuple[Wanted, ...]],
    ) -> Line:
        return Line(
            name,
            tuple(_number(n, self._measure) for (n,) in numbers),
            tuple(self._cell((*row, *column), self._measure) for column in columns),
        )

    def _compared(
        self,
        other: Campaign,
        heads: list[Head],
        lines: list[Line],
        keys: Sequence[str],
        rows: TallyRows,
    ) -> tuple[list[Head], list[Line]]:
        """With the same of another campaign, and how much more or less it is now."""
        scope = self._other_scope(other)
        counted = self._count(scope, (self._measure,), (rows.part,), rows)
        total = self._count(scope, (self._measure,))[()]
        at = 0 if self._asked.across else self._kind.measures.index(self._measure)
        told = []
        for n, (line, key) in enumerate(zip(lines, keys, strict=True)):
            there = self._key_there(other, rows, key)
            (before,) = counted.get((there,), _nothing_of(total)) if n else total
            number = _number(before, self._measure)
            cell = self._cell((rows.wanted(there),) if n else (), self._measure, scope)
            told.append(
                replace(
                    line,
                    numbers=(*line.numbers, number, _more(line.numbers[at], number)),
                    cells=(*line.cells, cell, None),
                )
            )
        short = (other.short_title or other.title).strip("“”")[:8]
        unit, money = self._measure.unit, self._measure.money
        more = [Head(title, unit, money=money) for title in (f"对比 {short}", "增减")]
        return [*heads, *more], told

    def _key_there(self, other: Campaign, rows: TallyRows, key: str) -> str:
        """What stands there in a row's place: of a month that of the other campaign's year."""
        mine = self._ground.campaign
        if rows.part != "month" or not key or mine.starts is None or other.starts is None:
            return key
        return f"{int(key[:4]) + other.starts.year - mine.starts.year:04d}{key[4:]}"

    def _other_scope(self, other: Campaign) -> Scope:
        """The same number of days from its beginning, or all of it when this one is over."""
        today, mine = self._office.today(), self._ground.campaign
        whole = scope_of(other, today)
        if mine.starts is None or other.starts is None or (mine.ends and today > mine.ends):
            return whole
        until = other.starts + (today - mine.starts)
        return scope_of(other, today, until)

    def _count(
        self,
        scope: Scope,
        measures: Sequence[Measure],
        by: Sequence[str] = (),
        rows: TallyRows | None = None,
    ) -> dict[tuple[str, ...], Numbers]:
        self._cancel.check()
        fold = rows.fold if rows is not None else None
        moved = {raw: row for raw, row in fold.items() if raw != row} if fold else {}
        # What adds up is put together afterwards: the engine takes long over a fold.
        distinct = any(one.name == tallies.PERSONS for one in measures)
        folds = {rows.part: moved} if rows is not None and moved and distinct else {}
        names = tuple(one.name for one in measures)
        question = Question(self._kind.record_type, scope, names, folds, self._same)
        counted = tallies.count(self._connection, question, by)
        return counted if fold is None else _folded(counted, fold)

    def _cell(
        self, wanted: tuple[Wanted, ...], measure: Measure, scope: Scope | None = None
    ) -> Cell:
        only = measure.name if measure.only else ""
        if measure.name == self._kind.part:
            # A number that a campaign adds: behind its sum are those that say it.
            wanted = (*wanted, Wanted(measure.name, (FILLED,)))
        return Cell(scope or self._scope, wanted, only)

    def _note(self) -> str:
        words = [SEVERAL] if self._kind.several else []
        if self._kind.record_type is Person:
            words.append(EVERY_FILE)
        if self._other is not None:
            scope = self._other_scope(self._other)
            words.append(f"对比的活动算到 {scope.until}。")
        return "".join(words)


def _with_keys(lines: Sequence[Line], keys: Iterable[str]) -> list[Line]:
    """The lines behind the first, 合计, named by their keys."""
    first, *rest = lines
    return [first, *(replace(line, key=key) for line, key in zip(rest, keys, strict=True))]


def _folded(
    counted: Mapping[tuple[str, ...], Numbers], fold: Mapping[str, str]
) -> dict[tuple[str, ...], Numbers]:
    """Units in the row that they stand in; those that nobody knows together under ""."""
    found: dict[tuple[str, ...], Numbers] = {}
    for (row, *rest), numbers in counted.items():
        key = (fold.get(row, ""), *rest)
        found[key] = tuple(map(_sum, found.get(key, (None,) * len(numbers)), numbers))
    return found


def _sum(one: int | None, other: int | None) -> int | None:
    """None where neither says anything."""
    return other if one is None else one + (other or 0)


def _nothing_of(whole: Numbers) -> Numbers:
    """What stands where there are no records: nought, but of a sum that nobody said none."""
    return tuple(None if one is None else 0 for one in whole)


def _more(now: Number, before: Number) -> Number:
    return None if now is None or before is None else now - before


def words(number: Number) -> str:
    """A number as it is read: 1,234 or 1,234.50; — for none."""
    if number is None:
        return NONE
    return f"{number:,.2f}" if isinstance(number, Decimal) else f"{number:,}"


def title_of(campaign: Campaign, kind: TallyKind) -> str:
    """“进千户企业、访万名职工”实践活动　六个到位."""
    return f"{campaign.short_title or campaign.title}　{kind.title}"


def scope_of(campaign: Campaign, today: dt.date, until: dt.date | None = None) -> Scope:
    """What counts of a campaign up to a day, today where none is said."""
    first, last = window_of(campaign)
    return Scope(campaign.code, first, last, (until or today).isoformat(), today.isoformat())


def _number(value: int | None, measure: Measure) -> Number:
    return Decimal(value).scaleb(-2) if measure.money and value is not None else value


def _same_persons(links: Mapping[str, Link], one: Callable[[str], str]) -> dict[str, str]:
    """Of the persons that were decided about, which record stands for each."""
    told = (link for link in links.values() if link.kind == Person.type_name)
    return {record: one(record) for link in told for record in (link.one, link.other)}
