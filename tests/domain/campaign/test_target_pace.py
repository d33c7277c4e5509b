"""Who keeps up with a target, who lags, and which way it goes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from app.domain.campaign.indicators import Amount, total
from app.domain.campaign.target_pace import Pace, attained, elapsed, pace, trend
from app.domain.records import Campaign, Indicator

NUMBER, RATE = Indicator(id="1", code="T6", measure="item"), Indicator(id="2", measure="percent")
HALF = Decimal("0.5")


def test_the_year_of_the_targets_goes_by() -> None:
    campaign = Campaign(code="2012-55")
    assert elapsed(campaign, dt.date(2012, 12, 31)) == 1
    assert elapsed(campaign, dt.date(2013, 5, 1)) == 1
    assert elapsed(campaign, dt.date(2011, 5, 1)) == 0
    assert elapsed(campaign, dt.date(2012, 7, 1)) == Decimal(183) / 366


@pytest.mark.parametrize(
    ("indicator", "amount", "target", "expected"),
    [
        (NUMBER, Amount(100), 100, Pace.REACHED),
        (NUMBER, Amount(50), 100, Pace.ON),
        (NUMBER, Amount(49), 100, Pace.BEHIND),
        (NUMBER, Amount(0), 100, Pace.BEHIND),
        (NUMBER, None, 100, Pace.UNSAID),
        (NUMBER, Amount(49), None, Pace.NONE),
        (RATE, Amount(0, 89, 100), 90, Pace.BEHIND),
        (RATE, Amount(0, 90, 100), 90, Pace.REACHED),
        (RATE, Amount(0, 0, 0), 90, Pace.UNSAID),
        (RATE, Amount(0, 5, 10, blank=3, asked=3), 90, Pace.UNSAID),
    ],
)
def test_where_one_stands(
    indicator: Indicator, amount: Amount | None, target: int | None, expected: Pace
) -> None:
    assert pace(indicator, amount, target, HALF) is expected


def test_how_much_was_reached() -> None:
    assert attained(NUMBER, Amount(25), 100) == Decimal("0.25")
    assert attained(RATE, Amount(0, 45, 100), 90) == HALF
    assert attained(RATE, Amount(0, 0, 0), 90) == 0


def test_which_way_it_goes() -> None:
    months = {"2012-08": Amount(280), "2012-09": Amount(320), "2012-07": Amount(900)}
    assert trend(NUMBER, months) == "↑ 9月 320（8月 280）"
    assert trend(NUMBER, {"2012-08": Amount(280)}) == ""
    rates = {"2012-08": Amount(0, 90, 100), "2012-09": Amount(0, 45, 50)}
    assert trend(RATE, rates) == "→ 9月 90.0%（8月 90.0%）"
    assert trend(RATE, rates | {"2012-10": Amount(0, 1, 2)}) == "↓ 10月 50.0%（9月 90.0%）"


def test_what_one_said_is_not_lost_because_another_said_nothing() -> None:
    silent = Amount(0, 0, 0, blank=25, asked=25)
    together = total([Amount(0, 95, 100), silent])
    assert together is not None
    assert not together.unsaid
    assert (together.part, together.whole) == (95, 100)
    both = total([silent, silent])
    assert both is not None
    assert both.unsaid
