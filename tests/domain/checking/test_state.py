"""Where a record stands: each rule once, with its edges."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.checking import state as rules
from app.domain.records import Aid, Campaign, Case, Demand, Hazard, Phase

TODAY = dt.date(2011, 8, 1)
YESTERDAY, TOMORROW = dt.date(2011, 7, 31), dt.date(2011, 8, 2)


@pytest.mark.parametrize(
    ("demand", "closed", "overdue"),
    [
        (Demand(due=YESTERDAY), False, True),
        (Demand(due=TODAY), False, False),
        (Demand(), False, False),
        (Demand(due=YESTERDAY, state="working"), False, True),
        (Demand(due=YESTERDAY, state="closed"), True, False),
        (Demand(due=YESTERDAY, closed_on=TODAY), True, False),
        (Demand(due=YESTERDAY, state="closed", closed_on=TODAY), True, False),
        (Demand(due=YESTERDAY, state="unresolved"), False, True),
        (Demand(due=YESTERDAY, state="working", closed_on=TODAY), True, False),
    ],
)
def test_a_demand_is_closed_by_its_word_or_its_day(
    demand: Demand, closed: bool, overdue: bool
) -> None:
    assert rules.is_closed(demand) is closed
    assert rules.is_overdue(demand, TODAY) is overdue


@pytest.mark.parametrize(
    ("case", "revisit", "near"),
    [
        (Case(), False, False),
        (Case(aided_on=YESTERDAY), True, False),
        (Case(follow_up_due=TODAY + rules.SOON), True, True),
        (Case(follow_up_due=TODAY + rules.SOON + dt.timedelta(days=1)), True, False),
        (Case(follow_up_due=YESTERDAY, followed_up_on=TODAY), False, False),
        (Case(follow_up_due=YESTERDAY, stage="followed"), False, False),
        (Case(follow_up_due=YESTERDAY, stage="aided"), True, True),
        (Case(follow_up_due=YESTERDAY, stage="closed"), False, False),
        (Case(follow_up_due=YESTERDAY, closed_on=TODAY), False, False),
    ],
)
def test_who_was_helped_is_visited_again_until_it_is_done_or_closed(
    case: Case, revisit: bool, near: bool
) -> None:
    assert rules.is_to_revisit(case) is revisit
    assert rules.is_revisit_near(case, TODAY) is near


def test_a_hazard_is_reported_when_both_were_told() -> None:
    told = Hazard(reported_to_party=True, reported_to_union=True)
    assert rules.is_reported(told)
    assert rules.is_open(told)
    assert not rules.is_to_report(told)
    assert rules.is_to_report(Hazard(reported_to_party=True, reported_to_union=False))
    assert not rules.is_to_report(Hazard(closed_on=TODAY))
    assert rules.is_grave(Hazard(level="critical"))
    assert not rules.is_grave(Hazard(level="critical", closed_on=TODAY))
    assert not rules.is_grave(Hazard())


def test_money_and_goods_together_make_a_large_sum() -> None:
    assert not rules.is_large(Aid(money="50000"))
    assert rules.is_large(Aid(money="50000", goods_value="0.01"))
    assert rules.is_large(Aid(goods_value="50000.01"))


PHASES = (
    Phase(title="动员", starts=dt.date(2011, 6, 1), ends=dt.date(2011, 6, 30)),
    Phase(starts=dt.date(2011, 7, 1), ends=YESTERDAY, concentrated=True),
)


@pytest.mark.parametrize(
    ("phases", "day", "inside", "outside"),
    [
        (PHASES, YESTERDAY, True, False),
        (PHASES, TODAY, False, True),
        (PHASES, dt.date(2011, 6, 30), False, True),
        (PHASES, dt.date(2011, 5, 31), False, False),
        ((), TODAY, True, False),
        ((), dt.date(2012, 1, 1), False, False),
    ],
)
def test_a_day_is_in_the_phase_of_visits_or_in_the_campaign_where_none_is_set(
    phases: tuple[Phase, ...], day: dt.date, inside: bool, outside: bool
) -> None:
    campaign = Campaign(starts=dt.date(2011, 6, 1), ends=dt.date(2011, 12, 31), phases=phases)
    assert rules.is_in_concentrated_phase(campaign, day) is inside
    assert rules.is_outside_concentrated_phase(campaign, day) is outside


def test_an_open_end_reaches_to_any_day() -> None:
    assert rules.is_in_campaign(Campaign(), TODAY)
    assert not rules.is_in_campaign(Campaign(starts=TOMORROW), TODAY)
    assert not rules.is_in_campaign(Campaign(ends=YESTERDAY), TODAY)


def test_a_campaign_is_over_sixty_days_after_its_end() -> None:
    assert not rules.is_over(Campaign(), TODAY)
    assert not rules.is_over(Campaign(ends=TODAY - rules.OVER), TODAY)
    assert rules.is_over(Campaign(ends=TODAY - rules.OVER - dt.timedelta(days=1)), TODAY)


@pytest.mark.parametrize(
    ("demand", "lacks", "against"),
    [
        (Demand(), False, False),
        (Demand(state="closed"), True, False),
        (Demand(state="closed", closed_on=TODAY), False, False),
        (Demand(state="working"), False, False),
        (Demand(state="working", closed_on=TODAY), False, True),
        (Demand(closed_on=TODAY), False, False),
    ],
)
def test_a_word_without_its_day_and_a_day_against_its_word_are_told(
    demand: Demand, lacks: bool, against: bool
) -> None:
    assert rules.lacks_closing_day(demand) is lacks
    assert rules.is_closed_against_word(demand) is against
