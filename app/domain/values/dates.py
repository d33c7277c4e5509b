"""Dates as clerks write them: 2026.7.4, 20260704, 7月4日, 0704, 704, 二〇二六年七月四日."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date

from app.domain.kernel.errors import UserError
from app.domain.kernel.text import fold_digits

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_FIGURES = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_CHINESE = re.compile(
    "[〇零○oO0-9]*[一二三四五六七八九十廿卅][〇零○oO0-9一二三四五六七八九十廿卅]*"
)
_HOUR = re.compile(
    r"(?:(?<=[0-9日号]) +|(?<=[0-9])t)(?:[01]?[0-9]|2[0-3])"
    r":[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$",
    re.IGNORECASE,
)
"""The hour of a day: programs write it beside every day they export."""
_CAPITALS = str.maketrans("零壹贰叁肆伍陆柒捌玖拾", "零一二三四五六七八九十")
_WEEKDAY = re.compile("[ (（]*(?:星期|周|礼拜)[一二三四五六日天][)）]?$")
_MARK = r"[./,。、·~～\\-]"
_PARTED = re.compile(
    rf"(?:公元 *)?(?:([0-9]{{4}})(?: *(?:年|{_MARK}) *| +))?"
    rf"([0-9]{{1,2}})(?: *(?:月|{_MARK}) *| +)([0-9]{{1,2}}) *[日号]?"
)
_SOLID = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_SHORT = re.compile("(0?[1-9]|1[0-2])([0-3][0-9])")
_TWO_WAYS = re.compile("1[0-2][1-9]")
"""Three figures that are two days: 112 is 1月12日 and 11月2日."""

Window = tuple[date, date]
"""The first and the last day of a campaign."""


def parse_date(text: str, *, today: date | None = None, windows: Sequence[Window] = ()) -> date:
    """Return the date meant; 7.12, 0712 and 712 are days of the year that fits.

    `windows` are those of the campaigns that the day may belong to
    (`campaign.windows.windows_for`): one when the campaign is known, several when it is
    not. A day without a year takes the year in which a window holds it; with one window
    that holds it in no year, the year that brings it nearest to the window. Where no
    window tells, it is of the year of `today`.

    Raises UserError DATE_UNREADABLE, DATE_IMPOSSIBLE, DATE_TWO_WAYS (112), DATE_WHICH_YEAR
    when several campaigns hold the day in different years, or DATE_NO_YEAR when the
    year is left out and neither `today` nor `windows` is given.
    """
    year, month, day = _figures_of(text)
    if year is None:
        year = _fitting_year(text, month, day, today, windows)
    return _date(text, year, month, day)


def has_year(text: str) -> bool:
    """Tell whether a date is written with its year; raises as `parse_date`."""
    return _figures_of(text)[0] is not None


def _figures_of(text: str) -> tuple[int | None, int, int]:
    """Year, if written, month and day as they stand in the text."""
    plain = _HOUR.sub("", fold_digits(text).strip()).translate(_CAPITALS)
    plain = _WEEKDAY.sub("", plain).rstrip(" .。")
    if len(plain) == 3 and _TWO_WAYS.fullmatch(plain):
        raise UserError(
            "DATE_TWO_WAYS",
            f"“{plain}”可以是{plain[0]}月{plain[1:]}日，也可以是{plain[:2]}月{plain[2]}日。",
            remedy=f"请写成 0{plain} 或 {plain[:2]}0{plain[2]}。",
        )
    if short := _SHORT.fullmatch(plain):
        return None, int(short[1]), int(short[2])
    plain = _CHINESE.sub(lambda found: _figures(found[0]), plain)
    match = _SOLID.fullmatch(plain) or _PARTED.fullmatch(plain)
    if match is None:
        raise UserError(
            "DATE_UNREADABLE",
            f"“{text.strip()}”看不出是哪一天。",
            remedy="请写成 2026-7-4 或 2026年7月4日 这样，年份写四位。",
        )
    year, month, day = match.groups()
    return int(year) if year else None, int(month), int(day)


def format_date(day: date) -> str:
    """Return 2026年7月4日: Arabic figures, no leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _figures(run: str) -> str:
    """Read Chinese figures: 二〇二六 place by place, 二十四 by tens; else leave them."""
    tens, ten, ones = run.replace("廿", "二十").replace("卅", "三十").partition("十")
    tens, ones = tens.translate(_FIGURES), ones.translate(_FIGURES)
    if not ten:
        return tens
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return run
    return (tens or "1") + (ones or "0")


def _fitting_year(
    text: str, month: int, day: int, today: date | None, windows: Sequence[Window]
) -> int:
    """The year of a day written without one: what the windows say, else that of `today`."""
    if not windows:
        if today is None:
            raise UserError("DATE_NO_YEAR", "日期里没有年份。", remedy="请写上四位的年份。")
        return today.year
    inside = [one for window in windows for one in _days(month, day, window)]
    if len(windows) == 1:
        return _of_one(month, day, inside, windows[0], today)
    years = sorted({one.year for one in inside})
    if len(years) > 1:
        named = "、".join(f"{year}年" for year in years)
        raise UserError(
            "DATE_WHICH_YEAR",
            f"“{text.strip()}”看不出是哪一年，可以是{named}。",
            remedy="请写上四位的年份。",
        )
    return years[0] if years else (today or windows[-1][1]).year


def _of_one(month: int, day: int, inside: list[date], window: Window, today: date | None) -> int:
    """Within a window of several years the last time it was that day, else the nearest year."""
    past = [one for one in inside if today is None or one <= today]
    if inside:
        return past[-1].year if past else inside[0].year
    starts, ends = window
    wide = _days(month, day, (date(starts.year - 8, 1, 1), date(ends.year + 8, 12, 31)))
    near = min(wide, key=lambda one: max(starts - one, one - ends), default=starts)
    return near.year


def _days(month: int, day: int, window: Window) -> Iterator[date]:
    """Every day of the window that is this day of this month, the earliest first."""
    starts, ends = window
    for year in range(starts.year, ends.year + 1):
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            one = date(year, month, day)
            if starts <= one <= ends:
                yield one


def _date(text: str, year: int, month: int, day: int) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        why = f"年份是 {year}。"
    elif not 1 <= month <= 12:
        why = f"没有 {month} 月。"
    elif not 1 <= day <= (days := calendar.monthrange(year, month)[1]):
        why = f"{year}年{month}月只有 {days} 天。" if day else "没有 0 日。"
    else:
        return date(year, month, day)
    raise UserError(
        "DATE_IMPOSSIBLE", f"“{text.strip()}”这个日期不对。", why=why, remedy="请改正日期。"
    )
