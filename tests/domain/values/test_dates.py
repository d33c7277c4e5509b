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
