"""覆盖: whom the visits cover, and what two levels both met (R6, R7, R36, R37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from app.domain.campaign import coverage as figures
from app.domain.campaign.coverage_figures import Count, Figure, Item, Row
from app.domain.campaign.enterprise_groups import Directory
from app.domain.campaign.overlap import Overlap, Stop, enterprise_overlaps, person_overlaps
from app.domain.kernel.collecting import uncollected
from app.domain.kernel.progress import Cancel, Progress
from app.domain.records import Enterprise, Person, Record, Visit
from app.services.figures.figure_records import FigureRecords
from app.services.figures.kept_figures import Counted, Keeping, counted_once
from app.services.office.office import Office


class RowView(msgspec.Struct, frozen=True):
    """One unit's, township's or the whole's count."""

    code: str
    name: str
    numerator: int
    denominator: int
    percent: str
    unknown: int


class ItemView(msgspec.Struct, frozen=True):
    """One enterprise or area, where it stands in a figure and why; `visits` are 编号."""

    id: str
    number: str
    name: str
    unit: str
    unit_name: str
    area: str
    area_name: str
    standing: str
    why: str
    visits: tuple[str, ...]


class FigureView(msgspec.Struct, frozen=True):
    """One figure with its words, its rows by unit and by area, and everything it looked at.

    `unplaced` are the 编号 of visits that could not be counted anywhere, `uncounted` their ids.
    `covered` are those
    covered as (id, unit, area), also where `items` leaves them out; `touched` of places the visits
    that reached them, in the same way. Of one that is not `listed` only the numbers are known so
    far, and not by area.
    """

    code: str
    title: str
    basis: str
    total: RowView
    rows: tuple[RowView, ...]
    areas: tuple[RowView, ...]
    items: tuple[ItemView, ...]
    unplaced: tuple[str, ...]
    covered: tuple[tuple[str, str, str], ...] = ()
    listed: bool = True
    touched: tuple[tuple[str, str, str], ...] = ()
    uncounted: tuple[str, ...] = ()


class StopView(msgspec.Struct, frozen=True):
    """One plan, roster, visit, case or aid of an overlap; `ahead` when it is still to come."""

    type: str
    number: str
    unit: str
    unit_name: str
    level: str
    day: str
    ahead: bool = False


class OverlapView(msgspec.Struct, frozen=True):
    """An enterprise or worker met by more than one level (R37).

    `flagged` when the city and a county are two of them; a township beside them is only
    shown. `ahead` can still be put right before somebody drives out, on `next` at first
    (empty without a day). `id` is a record of it that is here.
    """

    type: str
    name: str
    flagged: bool
    ahead: bool
    stops: tuple[StopView, ...]
    id: str = ""
    next: str = ""


class CoverageView(msgspec.Struct, frozen=True):
    """The coverage figures of a campaign, side by side, and what two levels both met."""

    campaign: str
    title: str
    figures: tuple[FigureView, ...]
    overlaps: tuple[OverlapView, ...]


COVERAGE = Keeping("coverage", Counted[CoverageView], lambda view: view, lambda view: view)


def coverage(office: Office, campaign: str | None = None) -> CoverageView:
    """Who and where was visited; `campaign` is a code or title, else the one of today."""

    def count(_: Progress) -> CoverageView:
        return _count(office, campaign)

    return counted_once(office, COVERAGE, campaign, count, cancel=Cancel())


def _count(office: Office, campaign: str | None) -> CoverageView:
    with uncollected(), office.store.read() as connection:
        gathered = FigureRecords(office, connection, campaign)
    ground = gathered.ground
    found = figures.coverage(ground)
    shown = (found.cadres, found.groups, found.townships, found.areas)
    return CoverageView(
        ground.campaign.code,
        ground.campaign.title,
        tuple(figure_view(gathered, figure) for figure in shown),
        overlap_views(gathered, office.today()),
    )


def overlap_views(
    gathered: FigureRecords, today: dt.date, directory: Directory | None = None
) -> tuple[OverlapView, ...]:
    """不重复、不交叉: what two levels met or are to meet; what is still ahead first, by day."""
    ground = gathered.ground
    directory = directory or Directory(ground)
    return (
        *(_overlap(gathered, Enterprise, o) for o in enterprise_overlaps(directory, today)),
        *(_overlap(gathered, Person, o) for o in person_overlaps(ground)),
    )


def _overlap(gathered: FigureRecords, record_type: type[Record], overlap: Overlap) -> OverlapView:
    stops = tuple(_stop(gathered, stop) for stop in overlap.stops)
    return OverlapView(
        record_type.type_name,
        overlap.name,
        overlap.flagged,
        overlap.ahead,
        stops,
        overlap.records[0],
        overlap.next.isoformat() if overlap.next else "",
    )


def _stop(gathered: FigureRecords, stop: Stop) -> StopView:
    day = stop.day.isoformat() if stop.day else ""
    return StopView(
        stop.kind.type_name,
        gathered.number(stop.kind, stop.id),
        stop.unit,
        gathered.unit_name(stop.unit),
        stop.level,
        day,
        stop.ahead,
    )


def figure_view(gathered: FigureRecords, figure: Figure) -> FigureView:
    """A figure as it is shown, with the names and 编号 of everything in it."""
    return FigureView(
        figure.code,
        figure.title,
        figure.basis,
        _row("", "合计", figure.count),
        _rows(figure.rows),
        _rows(figures.by_area(gathered.ground, figure)),
        tuple(_item(gathered, item) for item in figure.items),
        tuple(gathered.number(Visit, one) for one in figure.unplaced),
        uncounted=figure.unplaced,
    )


def numbers_view(figure: Figure) -> FigureView:
    """The numbers of a figure that was counted without its lists."""
    return FigureView(
        figure.code,
        figure.title,
        figure.basis,
        _row("", "合计", figure.count),
        _rows(figure.rows),
        (),
        (),
        (),
        listed=False,
    )


def _rows(rows: Iterable[Row]) -> tuple[RowView, ...]:
    return tuple(_row(row.code, row.name, row.count) for row in rows)


def _row(code: str, name: str, count: Count) -> RowView:
    return RowView(code, name, count.numerator, count.denominator, count.percent, count.unknown)


def _item(gathered: FigureRecords, item: Item) -> ItemView:
    return ItemView(
        item.id,
        gathered.number(Enterprise, item.id),
        item.name,
        item.unit,
        gathered.unit_name(item.unit),
        item.area,
        gathered.area_name(item.area),
        item.standing,
        item.why,
        tuple(gathered.number(Visit, one) for one in item.visits),
    )
