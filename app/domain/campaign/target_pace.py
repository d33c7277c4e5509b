"""Who keeps up with a target and who lags behind, and which way it goes (R60, R62).

A number keeps up while its 完成率 is at least the part of the year that is over; a rate lags as
long as it is below its target.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from app.domain.campaign.indicators import Amount, is_rate, year_of
from app.domain.records import Campaign, Indicator


class Pace(StrEnum):
    """Where one unit stands with one target, in words."""

    REACHED = "已完成"
    ON = "跟得上"
    BEHIND = "落后"
    UNSAID = "没有报数"
    NONE = "没有目标"


def elapsed(campaign: Campaign, today: dt.date) -> Decimal:
    """The part of the year of a campaign's targets that is over, its day among it; 0 to 1."""
    year = year_of(campaign)
    if year is None:
        return Decimal(1)
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    days = (last - first).days + 1
    return Decimal(min(max((today - first).days + 1, 0), days)) / days


def pace(indicator: Indicator, amount: Amount | None, target: int | None, over: Decimal) -> Pace:
    """Where an amount stands against its target while so much of the year is over."""
    if not target:
        return Pace.NONE
    if amount is None or amount.unsaid or (is_rate(indicator) and not amount.whole):
        return Pace.UNSAID
    reached = attained(indicator, amount, target)
    if reached >= 1:
        return Pace.REACHED
    return Pace.BEHIND if is_rate(indicator) or reached < over else Pace.ON


def attained(indicator: Indicator, amount: Amount, target: int) -> Decimal:
    """The part of its target that was reached: 1 is all of it."""
    if is_rate(indicator):
        return Decimal(amount.part * 100) / (amount.whole * target) if amount.whole else Decimal(0)
    return Decimal(amount.value) / target


def trend(indicator: Indicator, months: Mapping[str, Amount]) -> str:
    """The newest month beside the one before it: ↑ 9月 320（8月 280）; "" for fewer than two.

    A number says what was new in each month, a rate how it stood at its end.
    """
    if len(months) < 2:
        return ""
    before, last = sorted(months)[-2:]
    old, new = (_level(indicator, months[month]) for month in (before, last))
    sign = "↑" if new > old else "↓" if new < old else "→"
    was, now = (_said(indicator, level) for level in (old, new))
    return f"{sign} {int(last[5:])}月 {now}（{int(before[5:])}月 {was}）"


def _level(indicator: Indicator, amount: Amount) -> Decimal:
    if is_rate(indicator):
        return Decimal(amount.part * 100) / amount.whole if amount.whole else Decimal(0)
    return Decimal(amount.value)


def _said(indicator: Indicator, level: Decimal) -> str:
    return f"{level:.1f}%" if is_rate(indicator) else f"{level:,.0f}"
