"""Which campaigns a day written without a year may belong to (走访日期 7.12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from app.domain.campaign.campaign_data import holding
from app.domain.records import Campaign
from app.domain.values.dates import Window


def windows_for(
    campaigns: Iterable[Campaign], today: dt.date, chosen: Campaign | None = None
) -> tuple[Window, ...]:
    """The windows to hand to `parse_date`, `read_value` and `read_body`.

    That of the campaign chosen; while none is, those of the campaigns that hold
    `today`. While none of them runs, those of all that have a first and a last day, and
    this year beside them: a day of it is never taken for one of a campaign that is over.
    None where the chosen one has no such days: nothing but the clock tells the year then.
    """
    known = list(campaigns)
    running = [chosen] if chosen else holding(known, today)
    windows = tuple((one.starts, one.ends) for one in running or known if one.starts and one.ends)
    return windows if running else (*windows, this_year(today))


def this_year(today: dt.date) -> Window:
    """From 1 January to 31 December."""
    return dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)
