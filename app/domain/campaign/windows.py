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
    `today`, else of all that have a first and a last day. None where the chosen one
    has no such days: nothing but the clock tells the year then.
    """
    known = list(campaigns)
    likely = [chosen] if chosen else holding(known, today) or known
    return tuple((one.starts, one.ends) for one in likely if one.starts and one.ends)
