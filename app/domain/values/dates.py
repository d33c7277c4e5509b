"""Dates as clerks write them: 2026.7.4, 20260704, 7月4日, 二〇二六年七月四日."""

from __future__ import annotations

import calendar
import re
from datetime import date

from app.domain.kernel.errors import UserError
from app.domain.kernel.text import fold_digits

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_FIGURES = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_CHINESE = re.compile(
    "[〇零○oO0-9]*[一二三四五六七八九十廿卅][〇零○oO0-9一二三四五六七八九十廿卅]*"
)
_MIDNIGHT = re.compile("[ t]+0?0:00(:00(\\.0+)?)?$", re.IGNORECASE)
_PARTED = re.compile(
    "(?:([0-9]{4})(?: *[年./,。、-] *| +))?([0-9]{1,2})(?: *[月./,。、-] *| +)([0-9]{1,2}) *[日号]?"
)
_SOLID = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")


def parse_date(text: str, *, today: date | None = None) -> date:
    """Return the date meant; one without a year is of the year of `today`.

    Raises UserError DATE_UNREADABLE, DATE_IMPOSSIBLE, or DATE_NO_YEAR when the
    year is left out and `today` is not given.
    """
    plain = _MIDNIGHT.sub("", fold_digits(text).strip())
    plain = _CHINESE.sub(lambda found: _figures(found[0]), plain)
    match = _SOLID.fullmatch(plain) or _PARTED.fullmatch(plain)
    if match is None:
        raise UserError(
            "DATE_UNREADABLE",
            f"“{text.strip()}”看不出是哪一天。",
            remedy="请写成 2026-7-4 或 2026年7月4日 这样，年份写四位。",
        )
    year, month, day = match.groups()
    return _date(text, _year(year, today), int(month), int(day))


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


def _year(year: str | None, today: date | None) -> int:
    if year is not None:
        return int(year)
    if today is None:
        raise UserError("DATE_NO_YEAR", "日期里没有年份。", remedy="请写上四位的年份。")
    return today.year


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
