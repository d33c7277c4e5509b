from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.dues import (
    Expectation,
    Gap,
    How,
    Received,
    State,
    expectations,
    gaps,
    judge,
    received_documents,
    tally,
    unexpected,
)
from app.domain.records import Campaign, Document, Due, Group
from database.reference.preset import units
from tests.domain.city import GROUPS, city

RESOURCES = Path(__file__).parents[2] / "resources"
DUE = dt.date(2011, 12, 15)
SUMMARY = Expectation("511111", "沙湾区总工会", "summary", "总结", DUE, dt.date(2011, 12, 1))


def came(day: int, how: How = How.PACKAGE) -> Received:
    return Received("511111", "summary", dt.date(2011, 12, day), how)


def shipped() -> CampaignData:
    told = msgspec.json.decode((RESOURCES / "campaigns/2011-36.json").read_bytes())
    campaign = msgspec.convert(told["campaign"], Campaign)
    groups = {group["key"]: msgspec.convert(group, Group) for group in told["groups"]}
    return CampaignData(
        campaign=campaign, units={unit.code: unit for unit in units()}, groups=groups
    )


def test_17_research_reports_are_expected_six_of_city_groups_and_eleven_of_counties() -> None:
    reports = [one for one in expectations(shipped()) if one.item == "research"]
    assert len(reports) == 17
    assert Counter(bool(one.group) for one in reports) == {True: 6, False: 11}
    assert len({(one.unit, one.group) for one in reports}) == 17


def test_the_document_of_2011_asks_eleven_counties_for_summary_and_forms_by_15_december() -> None:
    due = [one for one in expectations(shipped()) if one.due == DUE]
    assert Counter(one.item for one in due) == {"summary": 11, "form": 11}
    assert [one.unit_name for one in due][:2] == ["市中区总工会", "沙湾区总工会"]


def test_what_is_due_the_15th_is_in_time_on_the_15th_and_late_on_the_16th() -> None:
    today = dt.date(2011, 12, 20)
    (on_time,) = judge([SUMMARY], [came(15)], today=today)
    (late,) = judge([SUMMARY], [came(16)], today=today)
    (missing,) = judge([SUMMARY], [], today=today)
    assert (on_time.state, on_time.days, on_time.words) == (State.RECEIVED, 0, "已收")
    assert (late.state, late.days, late.words) == (State.LATE, 1, "迟 1 天")
    assert (missing.state, missing.days, missing.words) == (State.MISSING, 5, "逾期 5 天")


def test_before_the_day_it_is_not_due_and_from_1_december_it_is_due_soon() -> None:
    november, first, day = (dt.date(2011, 11, 30), dt.date(2011, 12, 1), DUE)
    told = [judge([SUMMARY], [], today=today)[0] for today in (november, first, day)]
    assert [(one.state, one.words) for one in told] == [
        (State.NOT_DUE, "还有 15 天"),
        (State.SOON, "还有 14 天"),
        (State.SOON, "今天到期"),
    ]


def test_the_first_to_come_counts_and_paper_counts_too() -> None:
    (one,) = judge([SUMMARY], [came(20), came(10, How.PAPER)], today=DUE)
    assert one.state is State.RECEIVED
    assert one.received == came(10, How.PAPER)


def test_what_stands_how_says_of_which_expectation_it_speaks() -> None:
    endless = Expectation("511111", "沙湾区总工会", "news", "信息", None)
    today = dt.date(2011, 12, 20)
    told = judge([SUMMARY, endless], [], today=today)
    assert [(one.expectation, one.state, one.days) for one in told] == [
        (SUMMARY, State.MISSING, 5),
        (endless, State.ANY_TIME, None),
    ]
    (came_in,) = judge([endless], [Received("511111", "news", today, How.PAPER)], today=today)
    assert (came_in.state, came_in.days) == (State.RECEIVED, 0)


def test_a_document_counts_for_the_unit_it_names_and_says_how_it_came() -> None:
    documents = {
        "d1": Document(campaign="2011-36", kind="summary", unit="511102"),
        "d2": Document(campaign="2011-36", kind="summary"),
    }
    ground = city(owner_of=dict.fromkeys(documents, "511111"))
    assert received_documents(ground, documents, dict.fromkeys(documents, DUE)) == (
        Received("511102", "summary", DUE, How.PACKAGE, "", "d1"),
        Received("511111", "summary", DUE, How.PACKAGE, "", "d2"),
    )


def test_of_two_that_came_on_one_day_the_package_counts_and_then_the_first_record() -> None:
    on = dt.date(2011, 12, 10)
    paper, later, earlier = (
        Received("511111", "summary", on, how, record=record)
        for how, record in [(How.PAPER, "a"), (How.PACKAGE, "c"), (How.PACKAGE, "b")]
    )
    for order in ([paper, later, earlier], [earlier, later, paper]):
        (one,) = judge([SUMMARY], order, today=DUE)
        assert one.received == earlier
    (one,) = judge([SUMMARY], [later, paper], today=DUE)
    assert one.received == later


def test_news_without_a_due_date_is_never_missing() -> None:
    campaign = Campaign(code="2011-36", dues=(Due(item="news", kinds=("county",)),))
    told = judge(expectations(city(campaign=campaign)), [], today=dt.date(2030, 1, 1))
    assert tally(told)[State.ANY_TIME] == 2
    assert tally(told)[State.MISSING] == 0


def test_news_with_a_day_of_its_own_is_waited_for_like_all_else() -> None:
    due = Due(item="news", kinds=("county",), due=DUE)
    campaign = Campaign(code="2011-36", dues=(due, Due(item="plan", kinds=("county",))))
    told = judge(expectations(city(campaign=campaign)), [], today=dt.date(2011, 12, 20))
    assert tally(told)[State.MISSING] == 2
    assert tally(told)[State.OPEN] == 2, "a plan without a day is not told at any time"


def test_a_report_without_one_of_its_four_parts_is_told_so() -> None:
    """R17: 有情况、有分析、有建议、有对策."""
    due = Due(item="research", kinds=("county",), due=DUE)
    ground = city(campaign=Campaign(code="2011-36", dues=(due,)), owner_of={"d1": "511111"})
    report = Document(
        campaign="2011-36", kind="research", situation="一", analysis="二", advice="三"
    )
    for document, words in (
        (report, "已收，缺对策"),
        (msgspec.structs.replace(report, measures="四"), "已收"),
    ):
        came = received_documents(ground, {"d1": document}, {"d1": DUE})
        told = judge(expectations(ground), came, today=DUE)
        assert words in {one.words for one in told}


def test_results_are_news_too() -> None:
    """R46: 活动动态、工作成效 are asked for in one line of the matrix."""
    due = Due(item="news", kinds=("county",))
    ground = city(campaign=Campaign(code="2011-36", dues=(due,)), owner_of={"d1": "511111"})
    came = received_documents(
        ground, {"d1": Document(campaign="2011-36", kind="results")}, {"d1": DUE}
    )
    told = judge(expectations(ground), came, today=DUE)
    assert tally(told)[State.RECEIVED] == 1


def test_a_report_of_a_group_answers_for_that_group_only() -> None:
    campaign = Campaign(
        code="2011-36", dues=(Due(item="research", kinds=("city", "county"), due=DUE),)
    )
    ground = city(campaign=campaign, groups=GROUPS, owner_of={"d1": "511100", "d2": "511102"})
    documents = {
        "d1": Document(campaign="2011-36", kind="research", group="g1"),
        "d2": Document(campaign="2011-36", kind="research"),
        "d3": Document(campaign="2012-55", kind="research", unit="511111"),
        "d4": Document(campaign="2011-36", kind="media", unit="511111"),
    }
    arrived = received_documents(ground, documents, dict.fromkeys(documents, DUE))
    expected = expectations(ground)
    assert {
        one.expectation.unit_name: one.state for one in judge(expected, arrived, today=DUE)
    } == {
        "乐山市总工会第一组": State.RECEIVED,
        "市中区总工会": State.RECEIVED,
        "沙湾区总工会": State.SOON,
    }
    assert [one.record for one in unexpected(expected, arrived)] == ["d4"]


def test_the_exact_missing_numbers_are_named() -> None:
    gap = gaps([5, 1, 2, 7, 8, 13, 2])
    assert (gap.contiguous, gap.highest) == (2, 13)
    assert gap.missing == (3, 4, 6, 9, 10, 11, 12)
    assert gap.words == "缺第3至4次、第6次、第9至12次报送"
    assert gaps([]).words == gaps([1, 2]).words == ""
    assert gaps([3]).ranges == ((1, 2),)


def test_what_was_sent_before_an_office_joined_is_not_missing() -> None:
    assert gaps([3, 8, 10], baseline=7).missing == (9,)
    assert gaps([], baseline=7) == Gap(7, 7, ())
    assert gaps([7, 8], baseline=7) == Gap(8, 8, ())
    assert gaps([3, 9], baseline=7) == Gap(7, 9, ((8, 8),))


def test_a_wild_number_costs_nothing() -> None:
    assert gaps([1, 10**12]).ranges == ((2, 10**12 - 1),)


@given(st.sets(st.integers(1, 60)))
def test_missing_and_received_make_up_all_numbers(seqs: set[int]) -> None:
    gap = gaps(seqs)
    assert set(gap.missing) == set(range(1, gap.highest + 1)) - seqs
    assert gap.contiguous == min({*gap.missing, gap.highest + 1}) - 1
