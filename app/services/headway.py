"""How far the campaign is: the figures and the picture of 首页.

The engine counts; only the directory of enterprises is looked at one by one.
Numbers are the same as those of the coverage figures and of the 汇总表.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

import msgspec

from app.domain import coverage
from app.domain.figures import Item, Standing
from app.domain.firms import Directory
from app.domain.ground import Ground
from app.domain.pace import Month, cumulated, months_of, spread
from app.domain.records import TYPES, Campaign, Visit
from app.services import waiting
from app.services.grounds import campaign_of, counted
from app.services.linking import Links
from app.services.office import Office
from app.services.reach import reach_of
from app.services.waiting import Waiting
from database import tallies
from database.engine import Connection

TYPES_LOOKED_AT = frozenset(
    {"visit", "enterprise", "demand", "case", "aid", "plan", "link", "unit", "area", "campaign"}
)
"""What the figures are made from; other records do not change them."""


class Headway(msgspec.Struct, frozen=True):
    """The figures of a campaign at this office.

    `visited` 走访单位 (户), of the enterprises `wanted` (应走访) those `covered`, and
    `unknown` of which it is not known whether they are wanted; `workers` 走访职工 (人次)
    and of them in this month; `demands` (件); `persons` helped (人), `money` in yuan.
    `months` is the picture: covered so far and due by then; `planned` says that the
    latter comes from 工作安排, else it is spread evenly over the phase of visits.
    """

    campaign: str
    visited: int
    wanted: int
    covered: int
    unknown: int
    workers: int
    workers_this_month: int
    demands: int
    closed: int
    overdue: int
    persons: int
    money: Decimal
    months: tuple[Month, ...]
    planned: bool
    waiting: tuple[Waiting, ...]


def headway(office: Office) -> Headway:
    """The figures of today's campaign; raises `UserError` NO_CAMPAIGN."""
    with office.store.read() as connection:
        links = Links(office, connection)
        campaign = campaign_of(links, None)
        ground = _ground(connection, campaign)
        items = _mine(links, ground)
        wanted = [one for one in items if one.standing in (Standing.COVERED, Standing.UNCOVERED)]
        first = {one.id: ground.visits[one.visits[0]].visited_on for one in items if one.visits}
        due_days, planned = _due_days(connection, ground, wanted)
        window = window_of(campaign)
        days = tallies.visits_by_day(connection, campaign.code)
        month = f"{office.today():%Y-%m}"
        demands = tallies.demands(connection, campaign.code, window, office.today().isoformat())
        given = tallies.given(connection, campaign.code, window)
        covered = [one for one in wanted if one.standing is Standing.COVERED]
        months = months_of(*window_days(campaign, office.today()))
        return Headway(
            campaign.code,
            _visited(connection, ground),
            len(wanted),
            len(covered),
            sum(one.standing is Standing.UNKNOWN for one in items),
            sum(day.workers for day in days),
            sum(day.workers for day in days if day.day.startswith(month)),
            sum(one.raised for one in demands),
            sum(one.closed for one in demands),
            sum(one.overdue for one in demands),
            len({ground.same_person.one(one.person) for one in given}),
            Decimal(sum(one.money for one in given)) / 100,
            tuple(cumulated(months, [first[one.id] for one in covered], due_days, office.today())),
            planned,
            waiting.in_order(
                [
                    *_uncovered(ground, office.today(), wanted),
                    *_differing(office, connection),
                ]
            ),
        )


def window_of(campaign: Campaign) -> tuple[str, str]:
    """The first and the last day of a campaign, ISO 8601; open ends reach to any day."""
    starts, ends = campaign.starts or dt.date.min, campaign.ends or dt.date.max
    return starts.isoformat(), ends.isoformat()


def window_days(campaign: Campaign, today: dt.date) -> tuple[dt.date, dt.date]:
    """The same as days that a picture can span."""
    starts = campaign.starts or dt.date(today.year, 1, 1)
    return starts, campaign.ends or max(today, starts)


def _ground(connection: Connection, campaign: Campaign) -> Ground:
    """The directory, and of each enterprise's visits only the first."""
    found = counted(connection, ("units", "areas", "enterprises", "links"))
    first = tallies.first_visits(connection, campaign.code)
    visits = {
        f"first of {enterprise}": Visit(
            campaign=campaign.code,
            enterprise=enterprise,
            visited_on=dt.date.fromisoformat(day) if day else None,
        )
        for enterprise, day in first
        if enterprise
    }
    return Ground(campaign=campaign, visits=visits, **found)


def _visited(connection: Connection, ground: Ground) -> int:
    """走访单位, each once; a visit that names no enterprise of the directory counts as one."""
    named = {ground.same_enterprise.one(v.enterprise) for v in ground.visits.values()}
    return len(named) + tallies.without_enterprise(connection, ground.campaign.code)


def _mine(links: Links, ground: Ground) -> list[Item]:
    """What the figure R7 says of the enterprises of this office; the city's are all."""
    reach = reach_of(links)
    items = coverage.cadre_coverage(Directory(ground)).items
    return [one for one in items if reach.holds(one)]


def _due_days(
    connection: Connection, ground: Ground, wanted: Iterable[Item]
) -> tuple[list[dt.date], bool]:
    """By which day each enterprise is to be visited: as planned, else evenly over the phase.

    Where there is a plan, what it leaves out is due when the phase of visits ends.
    """
    wanted = list(wanted)
    planned: dict[str, dt.date] = {}
    of = {record: one.id for one in wanted for record in one.records}
    for enterprise, day in tallies.plans(connection, ground.campaign.code):
        if enterprise in of and day:
            date = dt.date.fromisoformat(day)
            planned[of[enterprise]] = min(date, planned.get(of[enterprise], date))
    even = spread(ground.campaign, len(wanted))
    if not planned:
        return even, False
    return [*planned.values(), *even[-1:] * (len(wanted) - len(planned))], True


def _uncovered(ground: Ground, today: dt.date, wanted: Iterable[Item]) -> Iterable[Waiting]:
    campaign = ground.campaign
    if waiting.is_over(campaign, today):
        return
    left = [one for one in wanted if one.standing is Standing.UNCOVERED]
    areas: Mapping[str, None] = dict.fromkeys(
        ground.area_by_code[one.area].name for one in left if one.area in ground.area_by_code
    )
    names = "、".join(list(areas)[:2])
    note = f"涉及{names}等 {len(areas)} 个乡镇、园区" if len(areas) > 2 else names
    ends = max((p.ends for p in campaign.phases if p.concentrated and p.ends), default=None)
    yield Waiting("uncovered", "规上企业还没走访", note, len(left), ends, "statistics")


def _differing(office: Office, connection: Connection) -> Iterable[Waiting]:
    for name, place in waiting.PLACES.items():
        count = tallies.differing(connection, name, office.identity.station)
        yield Waiting(f"differs/{name}", "两处填写不一致", TYPES[name].label, count, None, place)
