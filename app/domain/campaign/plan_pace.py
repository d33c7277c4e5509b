"""How far visits are against what is due, over the months and weeks of a campaign."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from app.domain.checking.state import concentrated_phases
from app.domain.records import Campaign

MOST_MONTHS = 24
"""A picture shows no more; of a longer campaign the last ones."""


class Month(msgspec.Struct, frozen=True):
    """A month by its first day: covered by its end (None while it has not begun), due by then."""

    first: dt.date
    covered: int | None
    due: int


def months_of(starts: dt.date, ends: dt.date) -> list[dt.date]:
    """The first days of the months from one day to another."""
    count = (ends.year - starts.year) * 12 + ends.month - starts.month + 1
    every = [_month_after(starts.replace(day=1), n) for n in range(max(count, 1))]
    return every[-MOST_MONTHS:]


def cumulated(
    months: Sequence[dt.date],
    covered: Iterable[dt.date | None],
    due: Iterable[dt.date],
    today: dt.date,
) -> Iterator[Month]:
    """Sum up, month by month; what has no day was covered from the beginning."""
    reached = sorted(day or dt.date.min for day in covered)
    wanted = sorted(due)
    for first in months:
        last = _month_after(first, 1) - dt.timedelta(days=1)
        so_far = bisect_right(reached, last) if first <= today else None
        yield Month(first, so_far, bisect_right(wanted, last))


def spread(campaign: Campaign, count: int) -> list[dt.date]:
    """So many days evenly over the phase of visits (集中走访阶段), else over the campaign."""
    phases = [p for p in concentrated_phases(campaign) if p.starts and p.ends]
    starts = min((p.starts for p in phases if p.starts), default=campaign.starts)
    ends = max((p.ends for p in phases if p.ends), default=campaign.ends)
    if starts is None or ends is None:
        return []
    length = (ends - starts).days + 1
    places = (max((n + 1) * length // count - 1, 0) for n in range(count))
    return [starts + dt.timedelta(days=place) for place in places]


def weeks_of(starts: dt.date, ends: dt.date) -> list[dt.date]:
    """The Mondays of the weeks from one day to another."""
    monday = starts - dt.timedelta(days=starts.weekday())
    count = (ends - monday).days // 7 + 1
    return [monday + dt.timedelta(weeks=n) for n in range(max(count, 1))]


def _month_after(first: dt.date, months: int) -> dt.date:
    whole = first.year * 12 + first.month - 1 + months
    return dt.date(whole // 12, whole % 12 + 1, 1)
