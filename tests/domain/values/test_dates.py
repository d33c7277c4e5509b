"""Dates come in every spelling a desk knows; impossible ones get a sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.errors import UserError
from app.domain.values.dates import format_date, parse_date

TODAY = date(2026, 9, 1)
DAY = date(2026, 7, 4)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
CAMPAIGN_DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))
WIDE = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-07-04",
        "2026.7.4",
        "2026/7/4",
        "2026/07/04 00:00:00",
        "2026-07-04T00:00:00",
        "20260704",
        "2026年7月4日",
        "2026 年 7 月 4 日",
        " 2026年07月04号 ",
        "２０２６．７．４",
        "２０２６年７月４日",
        "2026。7。4",
        "2026 7 4",
        "2026、7、4",
        "二〇二六年七月四日",
        "二○二六年七月四日",
        "二零二六年七月四日",
        "二０二六年七月四日",
        "2026年七月四日",
        "七月四日",
        "7月4日",
        "7.4",
        "7-4",
        "07/04",
        "2026/7/4 星期六",
        "2026年7月4日（星期六）",
        "7月4日 周六",
        "2026.07.04.",
        "2026\\7\\4",
        "2026~7~4",
        "2026—7—4",
        "公元2026年7月4日",
        "贰零贰陆年柒月肆日",
    ],
)
def test_every_spelling_means_the_same_day(typed: str) -> None:
    assert parse_date(typed, today=TODAY) == DAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("十二月三十一日", date(2026, 12, 31)),
        ("十月十日", date(2026, 10, 10)),
        ("十一月二十日", date(2026, 11, 20)),
        ("二〇二五年十一月廿四日", date(2025, 11, 24)),
        ("一九九〇年一月卅日", date(1990, 1, 30)),
        ("2024.2.29", date(2024, 2, 29)),
    ],
)
def test_chinese_figures_by_tens_and_by_places(typed: str, day: date) -> None:
    assert parse_date(typed, today=TODAY) == day


@given(DAYS, st.sampled_from(["{0:%Y}-{1}-{2}", "{0:%Y}.{1}.{2}", "{0:%Y%m%d}", "{0:%Y}/{1}/{2}"]))
def test_what_is_written_is_read_again(day: date, pattern: str) -> None:
    written = pattern.format(day, day.month, day.day)
    assert parse_date(written) == day
    assert parse_date(written.translate(WIDE)) == day
    assert parse_date(format_date(day)) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026.13.4", "没有 13 月"),
        ("2026-2-30", "2026年2月只有 28 天"),
        ("20260631", "2026年6月只有 30 天"),
        ("2026.7.0", "没有 0 日"),
        ("2026.0.4", "没有 0 月"),
        ("0206-7-4", "年份是 206"),
        ("二月三十日", "2026年2月只有 28 天"),
    ],
)
def test_an_impossible_day_is_refused_with_its_reason(typed: str, why: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_date(typed, today=TODAY)
    assert refused.value.code == "DATE_IMPOSSIBLE"
    assert why in refused.value.why


@pytest.mark.parametrize(
    "typed", ["", "昨天", "26.7.4", "2026.7", "202607", "2026年", "7", "十十月四日", "2026-7-4-5"]
)
def test_what_cannot_be_read_is_not_guessed(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_date(typed, today=TODAY)
    assert refused.value.code == "DATE_UNREADABLE"
    assert "2026年7月4日" in refused.value.remedy


def test_without_a_calendar_the_year_is_asked_for() -> None:
    with pytest.raises(UserError) as refused:
        parse_date("7月4日")
    assert refused.value.code == "DATE_NO_YEAR"


@given(st.text(alphabet="0123456789年月日.-/ 〇一二十廿oO０", max_size=14))
def test_whatever_is_typed_gives_a_day_or_a_sentence(typed: str) -> None:
    day: date | None = None
    with suppress(UserError):
        day = parse_date(typed, today=TODAY)
    assert day is None or parse_date(format_date(day)) == day


def test_a_day_is_written_without_leading_zeros() -> None:
    assert format_date(date(2026, 7, 4)) == "2026年7月4日"


SUMMER = (date(2011, 7, 4), date(2011, 12, 31))
AUTUMN = (date(2012, 9, 1), date(2013, 3, 31))


@pytest.mark.parametrize(
    "typed", ["0712", "712", "7.12", "07-12", "7月12日", "７１２", "七月十二日"]
)
def test_a_day_without_a_year_is_of_the_campaign_and_not_of_the_clock(typed: str) -> None:
    assert parse_date(typed, today=TODAY, windows=[SUMMER]) == date(2011, 7, 12)


@pytest.mark.parametrize(
    ("typed", "windows", "day"),
    [
        ("0815", [SUMMER], date(2011, 8, 15)),
        ("815", [], date(2026, 8, 15)),
        ("1015", [SUMMER], date(2011, 10, 15)),
        ("130", [AUTUMN], date(2013, 1, 30)),
        ("9.5", [AUTUMN], date(2012, 9, 5)),
        ("2.10", [AUTUMN], date(2013, 2, 10)),
        ("7.1", [SUMMER], date(2011, 7, 1)),
        ("1.5", [SUMMER], date(2012, 1, 5)),
        ("2.29", [SUMMER], date(2012, 2, 29)),
        ("7.12", [SUMMER, AUTUMN], date(2011, 7, 12)),
        ("2.10", [SUMMER, AUTUMN], date(2013, 2, 10)),
        ("5.1", [SUMMER, AUTUMN], date(2026, 5, 1)),
        ("2012.7.12", [SUMMER], date(2012, 7, 12)),
    ],
)
def test_the_year_that_a_campaign_holds_the_day_in(
    typed: str, windows: list[tuple[date, date]], day: date
) -> None:
    assert parse_date(typed, today=TODAY, windows=windows) == day


def test_a_day_of_several_campaigns_is_asked_for() -> None:
    with pytest.raises(UserError) as refused:
        parse_date("10.10", today=TODAY, windows=[SUMMER, AUTUMN])
    assert refused.value.code == "DATE_WHICH_YEAR"
    assert "2011年、2012年" in refused.value.what


def test_within_a_campaign_of_years_it_is_the_last_time_it_was_that_day() -> None:
    years = [(date(2024, 1, 1), date(2027, 12, 31))]
    assert parse_date("8.31", today=TODAY, windows=years) == date(2026, 8, 31)
    assert parse_date("9.2", today=TODAY, windows=years) == date(2025, 9, 2)


@pytest.mark.parametrize("typed", ["112", "121", "101"])
def test_three_figures_that_are_two_days_are_asked_for(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_date(typed, today=TODAY)
    assert refused.value.code == "DATE_TWO_WAYS"
    assert parse_date(refused.value.remedy[4:8], today=TODAY)


@pytest.mark.parametrize("typed", ["2012", "1949", "1300", "40728", "12", "000", "0000"])
def test_other_short_figures_are_no_day(typed: str) -> None:
    with pytest.raises(UserError):
        parse_date(typed, today=TODAY, windows=[SUMMER])


@given(
    DAYS,
    st.integers(0, 365),
    st.sampled_from(["{1}.{2}", "{1:02}{2:02}", "{1}月{2}日", "{1}/{2}"]),
)
def test_every_day_of_a_year_long_campaign_is_read_as_it_was(
    begins: date, length: int, pattern: str
) -> None:
    starts = min(begins, date(2198, 12, 31))
    day = date.fromordinal(starts.toordinal() + length % 365)
    window = (starts, date.fromordinal(starts.toordinal() + 364))
    typed = pattern.format(day, day.month, day.day)
    assert parse_date(typed, today=TODAY, windows=[window]) == day


@given(CAMPAIGN_DAYS, CAMPAIGN_DAYS, st.integers(1, 12), st.integers(1, 28))
def test_outside_its_campaign_a_day_is_the_nearest(
    one: date, other: date, month: int, day: int
) -> None:
    window = (min(one, other), max(one, other))
    read = parse_date(f"{month}.{day}", today=TODAY, windows=[window])
    assert (read.month, read.day) == (month, day)

    def away(at: date) -> int:
        return max((window[0] - at).days, (at - window[1]).days, 0)

    assert away(read) <= min(away(read.replace(year=read.year + step)) for step in (-1, 1))
