"""How far the campaign is: the figures and the picture of 首页.

The engine counts; only the directory of enterprises is looked at one by one.
Numbers are the same as those of the coverage figures and of the 汇总表.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import msgspec

from app.domain.campaign import coverage
from app.domain.campaign.campaign_data import CampaignData, window_days, window_of
from app.domain.campaign.coverage_figures import Item, Standing
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
    Plan,
    Unit,
    Visit,
)
from app.domain.records.registry import shown
from app.services.figures.figure_records import campaign_of, counted
from app.services.figures.first_visits import MEMBERS, first_visits
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.todo import todo_office
from app.services.todo.todo_office import Waiting
from database.state import counts
from database.store.engine import Connection

TYPES_LOOKED_AT = frozenset(
    one.type_name
    for one in (Visit, Enterprise, Demand, Case, Aid, Plan, Link, Unit, Area, Campaign)
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
        campaign = campaign_of(links, None)
        reach = reach_of(links)
        ground = _ground(connection, campaign, every_visit=bool(reach.area))
        items = _mine(reach, ground)
        wanted = [one for one in items if one.standing in (Standing.COVERED, Standing.UNCOVERED)]
        months, planned = _months(office, connection, ground, wanted)
        lines = _uncovered(ground, office.today(), wanted, all_firms=bool(reach.area))
        return CampaignProgress(
            campaign=campaign.code,
            all_firms=bool(reach.area),
            visited=_visited(connection, ground),
            wanted=len(wanted),
            covered=sum(one.standing is Standing.COVERED for one in wanted),
            unknown=sum(one.standing is Standing.UNKNOWN for one in items),
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


def _months(
    office: Office, connection: Connection, ground: CampaignData, wanted: Sequence[Item]
) -> tuple[tuple[Month, ...], bool]:
    """The picture, and whether what is due in it was planned."""
    first = [ground.visits[one.visits[0]].visited_on for one in wanted if one.visits]
    due, planned = _due_days(connection, ground, wanted)
    months = months_of(*window_days(ground.campaign, office.today()))
    return tuple(cumulated(months, first, due, office.today())), planned


def _ground(connection: Connection, campaign: Campaign, *, every_visit: bool) -> CampaignData:
    """The directory, and of each enterprise's visits only the first where that is enough."""
    if every_visit:
        found = counted(connection, (*MEMBERS, "visits", "groups"))
        return CampaignData(campaign=campaign, **found)
    ground = CampaignData(campaign=campaign, **counted(connection, MEMBERS))
    return replace(ground, visits=first_visits(connection, ground))


def _visited(connection: Connection, ground: CampaignData) -> int:
    """走访单位, each once; a visit that names no enterprise of the directory counts as one."""
    visits = ground.campaign_visits.values()
    named = {ground.same_enterprise.one(v.enterprise) for v in visits if v.enterprise}
    return len(named) + counts.without_enterprise(connection, ground.campaign.code)


def _mine(reach: OfficeScope, ground: CampaignData) -> list[Item]:
    """Which enterprises this office looks after: 规上, at a township all of it."""
    figure = coverage.township_coverage if reach.area else coverage.cadre_coverage
    return [one for one in figure(Directory(ground)).items if reach.holds(one)]


def _due_days(
    connection: Connection, ground: CampaignData, wanted: Sequence[Item]
) -> tuple[list[dt.date], bool]:
    """By which day each enterprise is to be visited: as planned, else evenly over the phase.

    Where there is a plan, what it leaves out is due when the phase of visits ends.
    """
    planned: dict[str, dt.date] = {}
    of = {record: one.id for one in wanted for record in one.records}
    for enterprise, day in counts.plans(connection, ground.campaign.code):
        if enterprise in of and day:
            date = dt.date.fromisoformat(day)
            planned[of[enterprise]] = min(date, planned.get(of[enterprise], date))
    even = spread(ground.campaign, len(wanted))
    if not planned:
        return even, False
    return [*planned.values(), *even[-1:] * (len(wanted) - len(planned))], True


def _uncovered(
    ground: CampaignData, today: dt.date, wanted: Sequence[Item], *, all_firms: bool
) -> Iterable[Waiting]:
    campaign = ground.campaign
    if is_over(campaign, today):
        return
    left = [one for one in wanted if one.standing is Standing.UNCOVERED]
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
        len(left),
        ends,
        "statistics",
    )


def _differing(office: Office, connection: Connection) -> Iterable[Waiting]:
    for kind in shown():
        count = counts.differing(connection, kind, office.identity.station)
        place = kind.facts.place.name if kind.facts.place else ""
        name = f"differs/{kind.type_name}"
        yield Waiting(name, "两处填写不一致", kind.label, count, None, place)
