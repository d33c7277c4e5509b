"""首页: the records behind its four figures, and behind the months of its picture."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage import cadre_coverage, township_coverage
from app.domain.campaign.coverage_figures import Item, Standing
from app.domain.campaign.enterprise_groups import Directory
from app.domain.campaign.plan_pace import spread
from app.domain.records import Demand, Enterprise, Person, Record, Visit
from app.services.figures.figure_records import counted
from app.services.figures.large_firms import MEMBERS
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.figures.tallies import scope_of
from app.services.figures.totals_behind import Found, enterprises_of, persons_of
from app.services.lists.chips import behind_figure, of_these
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.todo.campaign_progress import WANTED, CampaignProgress, planned_days, plans_of
from database.state import states
from database.state.filters import live, named
from database.state.tallies import Cell
from database.store.engine import Connection


class Number(StrEnum):
    """The four figures, as they are called."""

    VISITED = "走访单位"
    WORKERS = "走访职工"
    DEMANDS = "意见诉求"
    PERSONS = "困难帮扶"


def behind(office: Office, seen: CampaignProgress, number: Number) -> Found:
    """The list behind a figure.

    What names no unit or nobody is counted and has no line in it: that is said in its chip.
    """
    with office.store.read() as connection:
        ground = _ground(office, connection, seen, MEMBERS)
        whole = scope_of(ground.campaign, office.today())
        cell = Cell(msgspec.structs.replace(whole, until=""))
        if number == Number.WORKERS:
            return Visit, behind_figure(cell, number)
        if number == Number.DEMANDS:
            return Demand, behind_figure(cell, number)
        if number == Number.PERSONS:
            ids = _here(connection, Person, persons_of(connection, ground, cell))
            return Person, of_these(ids, _words(number, seen.persons - len(ids), "人没有档案"))
        ids = _here(connection, Enterprise, enterprises_of(connection, ground, cell))
        lacking = _words(number, seen.visited - len(ids), "户不在单位名录里")
        return Enterprise, of_these(ids, lacking)


def _here(connection: Connection, record_type: type[Record], ids: Iterable[str]) -> tuple[str, ...]:
    """Those of them that a list can show."""
    found = states.pick(connection, record_type, ("id",), live(), named(tuple(ids)))
    return tuple(one for (one,) in found)


def _words(what: str, more: int, lacking: str) -> str:
    """What the list is, and how many more are counted that it cannot show."""
    return f"{what}（另有 {more:,} {lacking}）" if more > 0 else what


def behind_month(office: Office, seen: CampaignProgress, place: int, *, due: bool) -> Found:
    """The units covered by the end of a month of the picture, or those that were `due` by then.

    Spread evenly over the days, what is due names no unit: then it is all that are to be visited.
    """
    first = seen.months[place].first
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    with office.store.read() as connection:
        ground = _ground(office, connection, seen, (*MEMBERS, "enterprises", "visits", "groups"))
        items = _items(ground, reach_of(Links(office, connection)))
        if due:
            return _due(ground, items, plans_of(connection, ground.campaign), last)
    covered = [one for one in items if one.standing == Standing.COVERED]
    ids = [one.id for one in covered if (_first(ground, one) or dt.date.min) <= last]
    return Enterprise, of_these(ids, f"走访进度 · 到 {last.month}月底已走访")


def _ground(
    office: Office, connection: Connection, seen: CampaignProgress, members: Iterable[str]
) -> CampaignData:
    campaign = Links(office, connection).campaigns[seen.campaign]
    return CampaignData(campaign=campaign, **counted(connection, members))


def _items(ground: CampaignData, reach: OfficeScope) -> list[Item]:
    """The units that an office looks after, as its picture counts them."""
    coverage = township_coverage if reach.area else cadre_coverage
    return [one for one in coverage(Directory(ground)).items if reach.holds(one)]


def _first(ground: CampaignData, one: Item) -> dt.date | None:
    return ground.visits[one.visits[0]].visited_on


def _due(
    ground: CampaignData,
    items: Sequence[Item],
    plans: Iterable[tuple[str, dt.date]],
    last: dt.date,
) -> Found:
    wanted = [one for one in items if one.standing in WANTED]
    planned = planned_days(items, plans)
    if not planned:
        words = "走访进度 · 应走访（应完成的户数按天数平均，没有定到哪一户）"
        return Enterprise, of_these((one.id for one in wanted), words)
    end = spread(ground.campaign, len(wanted))[-1:]
    rest = end[0] if end else dt.date.max
    ids = (one.id for one in wanted if planned.get(one.id, rest) <= last)
    return Enterprise, of_these(ids, f"走访进度 · 到 {last.month}月底应完成")
