"""How far the campaign is: the figures and the picture of 首页.

The engine counts; only the directory of enterprises is looked at one by one.
Numbers are the same as those of the coverage figures and of the 汇总表.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from app.domain.campaign import coverage
from app.domain.campaign.campaign_data import CampaignData, window_days, window_of
from app.domain.campaign.coverage_figures import Alike, Item, Standing
from app.domain.campaign.enterprise_groups import Directory
from app.domain.campaign.plan_pace import Month, cumulated, months_of, spread
from app.domain.checking.state import concentrated_phases, is_over
from app.domain.records import (
    Aid,
    Area,
    Campaign,
    Case,
    Demand,
    Enterprise,
    Link,
    Notice,
    Plan,
    Unit,
    Visit,
)
from app.domain.records.registry import shown
from app.services.figures.figure_records import campaign_of, counted, counted_members
from app.services.figures.large_firms import MEMBERS, large_firms
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.todo import todo_office
from app.services.todo.todo_office import Waiting
from database.state import counts
from database.store.engine import Connection

TYPES_LOOKED_AT = frozenset(
    one.type_name
    for one in (Visit, Enterprise, Demand, Case, Aid, Plan, Link, Unit, Area, Campaign, Notice)
)
"""What the figures are made from; other records do not change them."""


class CampaignProgress(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a campaign at this office.

    `visited` 走访单位 (户), of the enterprises `wanted` (应走访) those `covered`, and
    `unknown` of which it is not known whether they are wanted: 规上 (R7), at a township
    `all_firms` of it (R36). `workers` 走访职工 (人次) and of them in this month; `demands`
    (件); `persons` helped (人), `money` in yuan. `months` is the picture: covered so far and
    due by then; `planned` says that the latter comes from 工作安排, else it is spread
    evenly over the phase of visits.
    """

    campaign: str
    all_firms: bool
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


def headway(office: Office) -> CampaignProgress:
    """The figures of today's campaign; raises `UserError` NO_CAMPAIGN."""
    with office.store.read() as connection:
        links = Links(office, connection)
        reach = reach_of(links)
        gathered = _of_township if reach.area else _of_office
        gathering = gathered(connection, campaign_of(links, None), reach)
        campaign, ground = gathering.ground.campaign, gathering.ground
        firms = gathering.firms
        months, planned = _months(office, connection, gathering)
        lines = _uncovered(ground, office.today(), firms, all_firms=bool(reach.area))
        return CampaignProgress(
            campaign=campaign.code,
            all_firms=bool(reach.area),
            visited=_visited(connection, ground),
            wanted=_number(firms, *WANTED),
            covered=_number(firms, Standing.COVERED),
            unknown=_number(firms, Standing.UNKNOWN),
            months=months,
            planned=planned,
            waiting=todo_office.in_order([*lines, *_differing(office, connection)]),
            **_done(office, connection, ground),
        )


def _done(office: Office, connection: Connection, ground: CampaignData) -> dict[str, Any]:
    """Workers met, demands and help, as the engine counts them."""
    campaign, today = ground.campaign, office.today()
    window = window_of(campaign)
    days = counts.visits_by_day(connection, campaign.code)
    demands = counts.demands(connection, campaign.code, window, today)
    given = counts.given(connection, campaign.code, window)
    return {
        "workers": sum(day.workers for day in days),
        "workers_this_month": sum(d.workers for d in days if d.day.startswith(f"{today:%Y-%m}")),
        "demands": sum(one.raised for one in demands),
        "closed": sum(one.closed for one in demands),
        "overdue": sum(one.overdue for one in demands),
        "persons": len({ground.same_person.one(one.person) for one in given}),
        "money": Decimal(sum(one.money for one in given)) / 100,
    }


WANTED = (Standing.COVERED, Standing.UNCOVERED)
"""What is to be visited (应走访)."""


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The enterprises that an office looks after, as they count, and those planned one by one.

    `plans` are the enterprise and the day of every plan that has one.
    """

    ground: CampaignData
    firms: Sequence[Alike]
    singly: Sequence[Item]
    plans: Sequence[tuple[str, dt.date]]


def _number(firms: Iterable[Alike], *standings: Standing) -> int:
    return sum(one.times for one in firms if one.standing in standings)


def _of_office(connection: Connection, campaign: Campaign, reach: OfficeScope) -> _Gathered:
    """规上 of the city or a county: the engine counts them."""
    ground = CampaignData(campaign=campaign, **counted_members(connection, MEMBERS))
    plans = plans_of(connection, campaign)
    found = large_firms(connection, ground, (enterprise for enterprise, _ in plans))
    firms = [one for one in found.alike if reach.holds(one)]
    return _Gathered(ground, firms, [one for one in found.singly if reach.holds(one)], plans)


def _of_township(connection: Connection, campaign: Campaign, reach: OfficeScope) -> _Gathered:
    """Every enterprise of a township, with each of its visits."""
    members = (*MEMBERS, "enterprises", "visits", "groups")
    ground = CampaignData(campaign=campaign, **counted(connection, members))
    figure = coverage.township_coverage(Directory(ground))
    items = [one for one in figure.items if reach.holds(one)]
    firsts = (ground.visits[one.visits[0]].visited_on if one.visits else None for one in items)
    firms = [
        Alike(one.unit, one.area, one.standing, day) for one, day in zip(items, firsts, strict=True)
    ]
    return _Gathered(ground, firms, items, plans_of(connection, campaign))


def plans_of(connection: Connection, campaign: Campaign) -> list[tuple[str, dt.date]]:
    """The enterprise and the day of every plan of a campaign that has one."""
    planned = counts.plans(connection, campaign.code)
    return [(enterprise, dt.date.fromisoformat(day)) for enterprise, day in planned if day]


def _months(
    office: Office, connection: Connection, gathered: _Gathered
) -> tuple[tuple[Month, ...], bool]:
    """The picture, and whether what is due in it was planned."""
    covered = (one for one in gathered.firms if one.standing is Standing.COVERED)
    first = [day for one in covered for day in [one.first] * one.times]
    due, planned = _due_days(gathered)
    months = months_of(*window_days(gathered.ground.campaign, office.today()))
    return tuple(cumulated(months, first, due, office.today())), planned


def _visited(connection: Connection, ground: CampaignData) -> int:
    """走访单位, each once; a visit that names no enterprise of the directory counts as one."""
    campaign, same = ground.campaign.code, ground.same_enterprise
    joined = counts.visited_of(connection, campaign, sorted(same.joined))
    twice = len(joined) - len({same.one(enterprise) for enterprise in joined})
    visited = counts.enterprises_visited(connection, campaign)
    return visited - twice + counts.without_enterprise(connection, campaign)


def _due_days(gathered: _Gathered) -> tuple[list[dt.date], bool]:
    """By which day each enterprise is to be visited: as planned, else evenly over the phase.

    Where there is a plan, what it leaves out is due when the phase of visits ends.
    """
    planned = planned_days(gathered.singly, gathered.plans)
    number = _number(gathered.firms, *WANTED)
    even = spread(gathered.ground.campaign, number)
    if not planned:
        return even, False
    return [*planned.values(), *even[-1:] * (number - len(planned))], True


def planned_days(
    singly: Iterable[Item], plans: Iterable[tuple[str, dt.date]]
) -> Mapping[str, dt.date]:
    """By its id the first day on which each of these that is to be visited is planned."""
    planned: dict[str, dt.date] = {}
    of = {record: one.id for one in singly if one.standing in WANTED for record in one.records}
    for enterprise, day in plans:
        if enterprise in of:
            planned[of[enterprise]] = min(day, planned.get(of[enterprise], day))
    return planned


def _uncovered(
    ground: CampaignData, today: dt.date, firms: Sequence[Alike], *, all_firms: bool
) -> Iterable[Waiting]:
    campaign = ground.campaign
    if is_over(campaign, today):
        return
    left = [one for one in firms if one.standing is Standing.UNCOVERED]
    areas: Mapping[str, None] = dict.fromkeys(
        ground.area_by_code[one.area].name for one in left if one.area in ground.area_by_code
    )
    names = "、".join(list(areas)[:2])
    note = f"涉及{names}等 {len(areas)} 个乡镇、园区" if len(areas) > 2 else names
    ends = max((p.ends for p in concentrated_phases(campaign) if p.ends), default=None)
    yield Waiting(
        "uncovered",
        "企业还没走访" if all_firms else "规上企业还没走访",
        note,
        _number(left, Standing.UNCOVERED),
        ends,
        "statistics",
    )


def _differing(office: Office, connection: Connection) -> Iterable[Waiting]:
    for kind in shown():
        count = counts.differing(connection, kind, office.identity.station)
        place = kind.facts.place.name if kind.facts.place else ""
        name = f"differs/{kind.type_name}"
        yield Waiting(name, "两处填写不一致", kind.label, count, None, place)
