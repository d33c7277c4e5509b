"""What stands in place of a sensitive value (R71): the first 6 and last 2 of an ID number."""

from __future__ import annotations

import re

_STARS = "******"
_GAP = r"[ \u3000\-－—]?"
_NUMBERS = re.compile(
    "|".join(
        (
            rf"(?<!\d)(?:\d{_GAP}){{17}}[\dXxＸｘ](?!\d)",
            rf"(?<!\d)(?:\d{_GAP}){{14}}\d(?!\d)",
            rf"(?<!\d)[1１]\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)",
            rf"(?<!\d)[(（]?[0０]\d{{2,3}}[)）]?{_GAP}\d{{7,8}}(?!\d)",
            r"(?<=电话)[:：]?\d{7,8}(?!\d)",
            rf"(?<!\d)\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?!\d)",
        )
    )
)
"""In a text: identity cards of 18 and 15 digits, mobile and other telephones, bank cards."""

_TWO = frozenset(
    "欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 东方 南宫 长孙 宇文 端木".split()
)
"""Surnames of two characters."""


def masked(text: str) -> str:
    """Return the mask of a shown text: long numbers keep their ends, all else is stars.

    511102**********19 for an ID number, 139******07 for a telephone; an empty
    text stays empty, so that one sees that nothing was filled in.
    """
    if not text:
        return ""
    digits = text.isascii() and sum(map(str.isdigit, text)) >= len(text) - 1
    if digits and len(text) >= 15:
        return f"{text[:6]}{'*' * (len(text) - 8)}{text[-2:]}"
    if digits and len(text) == 11:
        return f"{text[:3]}******{text[-2:]}"
    return _STARS


def without_numbers(text: str) -> str:
    """A text for others to read: no number of an identity card, a telephone or a bank card."""
    return _NUMBERS.sub("（号码略）", text)


def veiled(name: str) -> str:
    """A worker in a report: the surname and 某某 (王某某, 欧阳某某), "某某" without a name."""
    plain = "".join(name.split())
    surname = plain[:2] if plain[:2] in _TWO and len(plain) > 2 else plain[:1]
    return f"{surname}某某"
