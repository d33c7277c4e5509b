"""图: the records behind each bar and point of its pictures."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from app.domain.records import Demand, Plan, Visit
from app.services.figures.figure_records import campaign_of
from app.services.figures.pictures import Category
from app.services.figures.tallies import scope_of
from app.services.figures.totals_behind import Found
from app.services.lists.chips import behind_figure, of_these
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.state import states
from database.state.filters import equal, live
from database.state.tallies import Cell, Wanted
from database.state.tally_sources import Scope

_WEEK = dt.timedelta(days=6)


def behind_week(
    office: Office, campaign: str | None, monday: dt.date, *, planned: bool = False
) -> Found:
    """The visits of a week of a campaign (the one of today without a code), or its plans."""
    first, last = monday.isoformat(), (monday + _WEEK).isoformat()
    words = f"{'安排走访' if planned else '每周走访'} · {first} 至 {last}"
    if planned:
        return Plan, of_these(_planned(office, campaign, first, last), words)
    scope = replace(_scope(office, campaign), since=first, until=last)
    return Visit, behind_figure(Cell(scope), words)


def _planned(office: Office, campaign: str | None, first: str, last: str) -> list[str]:
    """The plans of a campaign from one day to another."""
    with office.store.read() as connection:
        code = campaign_of(Links(office, connection), campaign).code
        of_it = (live(), equal("campaign", code))
        found = states.pick(connection, Plan, ("id", "planned"), *of_it)
    return [id for id, day in found if day and first <= day <= last]


def behind_category(
    office: Office, campaign: str | None, one: Category, *, closed: bool = False
) -> Found:
    """The demands of a category, or those of them that are closed."""
    only = "closed" if closed else ""
    cell = Cell(_scope(office, campaign), (Wanted("category", (one.code,)),), only)
    words = f"意见诉求 · {one.title}{' · 已办结' if closed else ''}"
    return Demand, behind_figure(cell, words)


def _scope(office: Office, campaign: str | None) -> Scope:
    """Everything of a campaign, of any day."""
    with office.store.read() as connection:
        chosen = campaign_of(Links(office, connection), campaign)
    return replace(scope_of(chosen, office.today()), until="")
