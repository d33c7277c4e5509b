"""Visits against what is due, month by month."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.domain.campaign.plan_pace import Month, cumulated, months_of, spread, weeks_of
from app.domain.records import Campaign, Phase

DAYS = st.dates(dt.date(2011, 7, 1), dt.date(2011, 12, 31))
MONTHS = months_of(dt.date(2011, 7, 4), dt.date(2011, 12, 31))


def test_the_months_of_a_campaign() -> None:
    assert [month.month for month in MONTHS] == [7, 8, 9, 10, 11, 12]
    assert months_of(dt.date(2011, 11, 30), dt.date(2012, 2, 1))[-1] == dt.date(2012, 2, 1)
    assert len(months_of(dt.date(2000, 1, 1), dt.date(2011, 1, 1))) == 24


def test_weeks_begin_on_monday() -> None:
    weeks = weeks_of(dt.date(2011, 7, 6), dt.date(2011, 7, 18))
    assert weeks == [dt.date(2011, 7, 4), dt.date(2011, 7, 11), dt.date(2011, 7, 18)]


@given(st.lists(DAYS), st.lists(DAYS), DAYS)
def test_what_was_covered_never_shrinks_and_comes_to_all(
    covered: list[dt.date], due: list[dt.date], today: dt.date
) -> None:
    months = list(cumulated(MONTHS, covered, due, today))
    told = [month.covered for month in months if month.covered is not None]
    assert told == sorted(told)
    assert [month.due for month in months] == sorted(month.due for month in months)
    assert months[-1].due == len(due)
    assert len(told) == today.month - 6
    assert told[-1] == sum(day.month <= today.month for day in covered)


@given(st.integers(0, 300))
def test_even_days_lie_in_the_phase_of_visits_and_end_with_it(count: int) -> None:
    phase = Phase(starts=dt.date(2011, 7, 1), ends=dt.date(2011, 11, 30), concentrated=True)
    days = spread(Campaign(phases=(phase,), ends=dt.date(2011, 12, 31)), count)
    assert len(days) == count
    assert days == sorted(days)
    assert not days or days[-1] == phase.ends
    assert all(phase.starts <= day <= phase.ends for day in days if phase.starts and phase.ends)


def test_without_dates_nothing_is_spread() -> None:
    assert spread(Campaign(), 5) == []


def test_a_month_says_which_it_is_what_was_covered_by_its_end_and_what_was_due() -> None:
    day = dt.date
    months = list(
        cumulated(
            [day(2011, 7, 1), day(2011, 8, 1), day(2011, 9, 1)],
            [None, day(2011, 7, 31), day(2011, 8, 1)],
            [day(2011, 8, 31), day(2011, 9, 1)],
            day(2011, 8, 1),
        )
    )
    assert months == [
        Month(day(2011, 7, 1), 2, 0),
        Month(day(2011, 8, 1), 3, 1),
        Month(day(2011, 9, 1), None, 2),
    ]


def test_months_and_weeks_of_a_single_day() -> None:
    day = dt.date(2011, 7, 20)
    assert months_of(day, day) == [dt.date(2011, 7, 1)]
    assert weeks_of(day, day) == [dt.date(2011, 7, 18)]
    assert months_of(day, dt.date(2011, 5, 1)) == [dt.date(2011, 7, 1)]
    assert weeks_of(day, dt.date(2011, 5, 1)) == [dt.date(2011, 7, 18)]


def test_days_are_spread_over_the_campaign_where_no_phase_of_visits_has_both_ends() -> None:
    begin, end = dt.date(2011, 7, 1), dt.date(2011, 7, 10)
    half = Phase(starts=dt.date(2011, 1, 1), concentrated=True)
    campaign = Campaign(starts=begin, ends=end, phases=(half,))
    assert spread(campaign, 2) == [dt.date(2011, 7, 5), end]
    assert spread(campaign, 20)[0] == begin
    assert spread(Campaign(starts=begin), 2) == []
    assert spread(Campaign(ends=end), 2) == []
