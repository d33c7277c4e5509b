"""统计: coverage, the 汇总表, what two levels both met, and the pictures, from one look."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import msgspec

from app.domain.campaign import coverage
from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage_figures import Figure
from app.domain.campaign.enterprise_groups import Directory
from app.domain.kernel.collecting import uncollected
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.services.figures.coverage import (
    FigureView,
    figure_view,
    numbers_view,
    overlap_views,
)
from app.services.figures.coverage_behind import AREAS
from app.services.figures.figure_records import (
    MEMBER_COUNT,
    FigureRecords,
    campaign_of,
    counted_members,
)
from app.services.figures.kept_figures import counted_once
from app.services.figures.kept_statistics import STATISTICS
from app.services.figures.large_firms import MEMBERS, large_firms
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.figures.pictures import Category, Week, categories, weeks
from app.services.figures.statistics_view import Statistics
from app.services.figures.totals_table import totals_table
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.units import name_of

__all__ = ["Choice", "FirstLook", "Statistics", "campaigns", "first_look", "statistics"]


class Choice(msgspec.Struct, frozen=True):
    """A campaign to choose."""

    code: str
    title: str


class FirstLook(msgspec.Struct, frozen=True):
    """What the city's 统计 shows while the rest is counted: one figure's numbers, the pictures."""

    figures: tuple[FigureView, ...]
    weeks: tuple[Week, ...]
    categories: tuple[Category, ...]

    @property
    def tells(self) -> bool:
        """Whether there is anything to see; where not, only the whole look can say so."""
        visits = any(week.visits for week in self.weeks)
        return visits and any(one.total.denominator for one in self.figures)


def campaigns(office: Office) -> tuple[Choice, ...]:
    """The campaigns there are, the latest first."""
    with office.store.read() as connection:
        known = sorted(Links(office, connection).campaigns.values(), key=lambda c: c.code)[::-1]
    return tuple(Choice(one.code, one.short_title or one.title) for one in known)


def first_look(office: Office, campaign: str | None = None) -> FirstLook | None:
    """As far as the engine counts by itself: the same numbers as of `statistics`.

    None below the city, where all of it comes as soon. Raises `UserError` NO_CAMPAIGN.
    """
    if not office.is_city:
        return None
    with office.store.read() as connection:
        chosen = campaign_of(Links(office, connection), campaign)
        ground = CampaignData(campaign=chosen, **counted_members(connection, MEMBERS))
        firms = large_firms(connection, ground).alike
        return FirstLook(
            (numbers_view(coverage.cadre_counts(ground, firms)),),
            weeks(connection, chosen, office.today()),
            categories(connection, chosen, office.today()),
        )


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
    cancel = cancel or Cancel()
    work = partial(_count, office, campaign, cancel)
    return counted_once(office, STATISTICS, campaign, work, progress=progress, cancel=cancel)


def _count(office: Office, campaign: str | None, cancel: Cancel, progress: Progress) -> Statistics:
    watch = _Watch(progress, cancel)
    with uncollected(), office.store.read() as connection:
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
        table = totals_table(directory, reach, found)
        return Statistics(
            campaign=ground.campaign.code,
            title=ground.campaign.short_title or ground.campaign.title,
            as_of=office.today(),
            office=name_of(connection, office.identity.station),
            figures=tuple(_shown(gathered, part) for part in parts),
            overlaps=overlaps,
            weeks=weeks(connection, ground.campaign, office.today(), _days(ground)),
            categories=categories(connection, ground.campaign, office.today()),
            empty=not (ground.campaign_visits or ground.demands or ground.aids or _wanted(parts)),
            by_unit=reach.whole,
            extra_fields=ground.campaign.extra_fields,
            table=table,
        )


def _days(ground: CampaignData) -> Iterable[tuple[dt.date, int]]:
    visits = ground.campaign_visits.values()
    return Counter(one.visited_on for one in visits if one.visited_on).items()


def _told(reach: OfficeScope, figure: Figure) -> Figure:
    """What an office below cannot know: where the city's own groups went."""
    if reach.whole or figure.code not in ("groups", "areas"):
        return figure
    return replace(figure, basis=f"{figure.basis}市级走访以市总的数为准。")


def _shown(gathered: FigureRecords, figure: Figure) -> FigureView:
    """Of what a figure looked at only what is not covered: nobody reads the rest here.

    Whose number it is that is covered is kept, for its list; of places the visits to them.
    """
    view = figure_view(gathered, replace(figure, covered=(), left_out=()))
    covered = tuple((one.id, one.unit, one.area) for one in figure.covered)
    if figure.code != AREAS:
        return msgspec.structs.replace(view, areas=(), covered=covered)
    touched = tuple((v, one.unit, one.area) for one in figure.covered for v in one.visits)
    return msgspec.structs.replace(view, areas=(), covered=covered, touched=touched)


def _wanted(figures: Iterable[Figure]) -> int:
    """How many enterprises anyone is to visit, or may be."""
    firms = [figure.count for figure in figures if figure.code != "areas"]
    return sum(count.denominator + count.unknown for count in firms)


class _Watch:
    """Says what is being looked at, and stops where one is asked to."""

    STEPS = MEMBER_COUNT + 3

    def __init__(self, progress: Progress, cancel: Cancel) -> None:
        self._progress, self._cancel, self._done = progress, cancel, 0

    def __call__(self, label: str) -> None:
        self._cancel.check()
        self._progress(Step(f"正在统计：{label}", self._done, self.STEPS))
        self._done += 1
