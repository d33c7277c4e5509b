"""What the pictures of 统计 show, as the engine counts it: weeks of visits, kinds of demands."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from app.domain.campaign.campaign_data import window_days, window_of
from app.domain.campaign.plan_pace import weeks_of
from app.domain.codes import DEMAND_CATEGORY
from app.domain.records import Campaign
from database.state import counts
from database.store.engine import Connection


class Week(msgspec.Struct, frozen=True):
    """A week by its Monday: visits (None while it has not begun), and how many were planned."""

    monday: dt.date
    visits: int | None
    planned: int


class Category(msgspec.Struct, frozen=True):
    """Demands of one category (its code): how many, and how many of them are closed."""

    title: str
    raised: int
    closed: int
    code: str = ""


def weeks(
    connection: Connection,
    campaign: Campaign,
    today: dt.date,
    visits: Iterable[tuple[dt.date, int]] | None = None,
) -> tuple[Week, ...]:
    """Every week of a campaign, with its visits up to `today`.

    `visits` are days and how many on each; where they are not known the engine counts them.
    """
    starts, ends = window_days(campaign, today)
    made: Counter[dt.date] = Counter()
    for day, number in _days(connection, campaign.code) if visits is None else visits:
        made[_monday(day)] += number
    planned = Counter(
        _monday(dt.date.fromisoformat(day))
        for _, day in counts.plans(connection, campaign.code)
        if day
    )
    return tuple(
        Week(monday, made[monday] if monday <= today else None, planned[monday])
        for monday in weeks_of(starts, ends)
    )


def _days(connection: Connection, campaign: str) -> Iterator[tuple[dt.date, int]]:
    for day in counts.visits_by_day(connection, campaign):
        if day.day:
            yield dt.date.fromisoformat(day.day), day.visits


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def categories(connection: Connection, campaign: Campaign, today: dt.date) -> tuple[Category, ...]:
    """Every category of demands, with those of a campaign as they stand `today`."""
    found = counts.demands(connection, campaign.code, window_of(campaign), today)
    by_code = {one.category: one for one in found}
    short = {code.value: min((code.label, *code.aliases), key=len) for code in DEMAND_CATEGORY}
    every = [*short, *(code for code in by_code if code not in short)]
    return tuple(
        Category(
            short.get(code, code) or "没有填",
            by_code[code].raised if code in by_code else 0,
            by_code[code].closed if code in by_code else 0,
            code,
        )
        for code in every
    )
