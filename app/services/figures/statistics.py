"""统计: coverage, the 汇总表, what two levels both met, and the pictures, from one look."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import msgspec

from app.documents.drawing.target import Out
from app.documents.reports.totals_sheet import TotalsSheet, totals_sheet
from app.documents.workbooks.totals import write_totals
from app.domain.campaign import coverage
from app.domain.campaign.campaign_data import window_days, window_of
from app.domain.campaign.coverage_figures import Count, Figure
from app.domain.campaign.enterprise_groups import Directory
from app.domain.campaign.plan_pace import weeks_of
from app.domain.campaign.totals import Line, Summary, summary, summary_by_area
from app.domain.codes import DEMAND_CATEGORY
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import Campaign, Operator
from app.services.figures.coverage import FigureView, OverlapView, figure_view, overlap_views
from app.services.figures.figure_records import MEMBER_COUNT, FigureRecords
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from database.state import counts, states
from database.store.engine import Connection

Value = int | Decimal | str

COLUMNS = (
    ("走访单位", "户"),
    ("走访职工", "人次"),
    ("乡镇覆盖", "已／应"),
    ("规上覆盖", "已／应"),
    ("意见诉求", "件"),
    ("已办结", "件"),
    ("帮扶人数", "人"),
    ("慰问金", "元"),
    ("实物折价", "元"),
)
"""The columns of the 汇总表 and their units; 人次, 人 and 户 are never added to each other."""

TOTAL, DISTINCT = "合计", "合计（不重复）"


class Choice(msgspec.Struct, frozen=True):
    """A campaign to choose."""

    code: str
    title: str


class TotalsRow(msgspec.Struct, frozen=True):
    """One row of the 汇总表, its values in the order of `COLUMNS`."""

    code: str
    name: str
    values: tuple[Value, ...]


class TotalsTable(msgspec.Struct, frozen=True):
    """汇总表 by unit (or, at a county, by township); `distinct` only where it differs."""

    first: str
    rows: tuple[TotalsRow, ...]
    total: TotalsRow
    distinct: TotalsRow | None


class Week(msgspec.Struct, frozen=True):
    """A week by its Monday: visits (None while it has not begun), and how many were planned."""

    monday: dt.date
    visits: int | None
    planned: int


class Category(msgspec.Struct, frozen=True):
    """Demands of one category: how many, and how many of them are closed."""

    title: str
    raised: int
    closed: int


class Statistics(msgspec.Struct, frozen=True):
    """Everything 统计 shows of a campaign on a day; `office` is the unit's name.

    The `items` of the figures are those not covered and those not known.
    `empty` says that there is nothing yet to count. Rows are units where `by_unit`, else
    townships and zones.
    """

    campaign: str
    title: str
    as_of: dt.date
    office: str
    figures: tuple[FigureView, ...]
    table: TotalsTable
    overlaps: tuple[OverlapView, ...]
    weeks: tuple[Week, ...]
    categories: tuple[Category, ...]
    empty: bool
    by_unit: bool


def campaigns(office: Office) -> tuple[Choice, ...]:
    """The campaigns there are, the latest first."""
    with office.store.read() as connection:
        known = sorted(Links(office, connection).campaigns.values(), key=lambda c: c.code)[::-1]
    return tuple(Choice(one.code, one.short_title or one.title) for one in known)


def statistics(
    office: Office,
    campaign: str | None = None,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Statistics:
    """Count a campaign (a code or title, else the one of today) as of the office's today.

    Raises `UserError` NO_CAMPAIGN, `Cancelled`.
    """
    watch = _Watch(progress, cancel or Cancel())
    with office.store.read() as connection:
        gathered = FigureRecords(office, connection, campaign, watch=watch)
        links = Links(office, connection)
        reach, ground = reach_of(links), gathered.ground
        watch("走访覆盖")
        directory = Directory(ground)
        found = coverage.coverage(ground, directory)
        shown = (found.cadres, found.groups, found.townships, found.areas)
        parts = [_told(reach, reach.part_of(ground, figure)) for figure in shown]
        watch("重复交叉")
        overlaps = overlap_views(gathered, office.today(), directory)
        watch("汇总表")
        table = _table(directory, reach, found)
        return Statistics(
            ground.campaign.code,
            ground.campaign.short_title or ground.campaign.title,
            office.today(),
            name_of(connection, office.identity.station),
            tuple(figure_view(gathered, _open(part)) for part in parts),
            table,
            overlaps,
            _weeks(office, connection, ground.campaign),
            _categories(office, connection, ground.campaign),
            not (ground.campaign_visits or ground.demands or ground.aids or _wanted(parts)),
            reach.whole,
        )


def _told(reach: OfficeScope, figure: Figure) -> Figure:
    """What an office below cannot know: where the city's own groups went."""
    if reach.whole or figure.code not in ("groups", "areas"):
        return figure
    return replace(figure, basis=f"{figure.basis}市级走访以市总的数为准。")


def _open(figure: Figure) -> Figure:
    """Of what a figure looked at only what is not covered: nobody reads the rest here."""
    return replace(figure, covered=(), left_out=())


def _wanted(figures: Iterable[Figure]) -> int:
    """How many enterprises anyone is to visit, or may be."""
    firms = [figure.count for figure in figures if figure.code != "areas"]
    return sum(count.denominator + count.unknown for count in firms)


def write_workbook(office: Office, seen: Statistics, out: Path) -> Path:
    """The 汇总表 as a workbook that prints well; raises `EnvironmentProblem`."""
    write_totals(out, _sheet(office, seen))
    return out


def write_paper(office: Office, seen: Statistics, out: Out) -> int:
    """The 汇总表 as a PDF to sign; answers its pages.

    Raises `EnvironmentProblem`.
    """
    return totals_sheet(_sheet(office, seen), out)


def file_name(seen: Statistics, suffix: str) -> str:
    """汇总表_沙湾区总工会_2011-12-03.xlsx."""
    return f"汇总表_{seen.office}_{seen.as_of}{suffix}"


def _sheet(office: Office, seen: Statistics) -> TotalsSheet:
    table = seen.table
    sums = [table.total, *([table.distinct] if table.distinct else ())]
    return TotalsSheet(
        title=f"{seen.title}汇总表",
        office=seen.office,
        as_of=seen.as_of,
        columns=((table.first, ""), *COLUMNS),
        rows=tuple((row.name, *row.values) for row in table.rows),
        sums=tuple((row.name, *row.values) for row in sums),
        filler=_operator(office),
    )


def _operator(office: Office) -> str:
    with office.store.read() as connection:
        found = states.get(connection, Operator, office.operator)
    return found.record.name if found else ""


def _table(directory: Directory, reach: OfficeScope, covered: coverage.Coverage) -> TotalsTable:
    ground = directory.ground
    if reach.whole:
        made = summary(ground, directory=directory, covered=covered)
    else:
        areas = reach.areas(ground)
        made = summary_by_area(ground, areas, directory=directory, covered=covered)
    distinct = _row("", DISTINCT, made.distinct) if _repeats(made) else None
    return TotalsTable(
        "单位" if reach.whole else "乡镇（街道）、园区",
        tuple(_row(row.code, row.name, row.line) for row in made.rows),
        _row("", TOTAL, made.total),
        distinct,
    )


def _repeats(made: Summary) -> bool:
    """Whether an enterprise or person stands in two rows."""
    return (made.total.enterprises, made.total.persons) != (
        made.distinct.enterprises,
        made.distinct.persons,
    )


def _row(code: str, name: str, line: Line) -> TotalsRow:
    return TotalsRow(
        code,
        name,
        (
            line.enterprises,
            line.workers_met,
            _ratio(line.areas),
            _ratio(line.above_scale),
            line.demands,
            line.closed,
            line.persons,
            line.money,
            line.goods_value,
        ),
    )


def _ratio(count: Count) -> str:
    return f"{count.numerator}／{count.denominator}" if count.denominator else "—"


def _weeks(office: Office, connection: Connection, campaign: Campaign) -> tuple[Week, ...]:
    starts, ends = window_days(campaign, office.today())
    made: Counter[dt.date] = Counter()
    for day in counts.visits_by_day(connection, campaign.code):
        if day.day:
            made[_monday(dt.date.fromisoformat(day.day))] += day.visits
    planned = Counter(
        _monday(dt.date.fromisoformat(day))
        for _, day in counts.plans(connection, campaign.code)
        if day
    )
    return tuple(
        Week(monday, made[monday] if monday <= office.today() else None, planned[monday])
        for monday in weeks_of(starts, ends)
    )


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _categories(office: Office, connection: Connection, campaign: Campaign) -> tuple[Category, ...]:
    found = counts.demands(connection, campaign.code, window_of(campaign), office.today())
    by_code = {one.category: one for one in found}
    short = {code.value: min((code.label, *code.aliases), key=len) for code in DEMAND_CATEGORY}
    every = [*short, *(code for code in by_code if code not in short)]
    return tuple(
        Category(
            short.get(code, code) or "没有填",
            by_code[code].raised if code in by_code else 0,
            by_code[code].closed if code in by_code else 0,
        )
        for code in every
    )


class _Watch:
    """Says what is being looked at, and stops where one is asked to."""

    STEPS = MEMBER_COUNT + 3

    def __init__(self, progress: Progress, cancel: Cancel) -> None:
        self._progress, self._cancel, self._done = progress, cancel, 0

    def __call__(self, label: str) -> None:
        self._cancel.check()
        self._progress(Step(f"正在统计：{label}", self._done, self.STEPS))
        self._done += 1
