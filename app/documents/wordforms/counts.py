"""The numbers in the words of a blank: figures, and Chinese numbers where they mean one number."""

from __future__ import annotations

import re
import unicodedata

_SMALL = ("<super>", "<sub>", "<circle>")
_NOTE = "※"
_FIGURES = "零一二三四五六七八九"
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]{1,16}")
_CAPITAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟两〇", "一二三四五六七八九十百千二零")
_ONES = "[一二三四五六七八九]"
_TENS = f"(?:{_ONES}?十{_ONES}?)"
_HUNDREDS = f"(?:{_ONES}百(?:零{_ONES}|零?{_TENS})?)"
_THOUSANDS = f"(?:{_ONES}千(?:零{_ONES}|零{_TENS}|零?{_HUNDREDS})?)"
_BELOW = f"(?:{_THOUSANDS}|{_HUNDREDS}|{_TENS}|{_ONES})"
_MEANT = re.compile(f"{_BELOW}(?:万(?:零{_BELOW}|{_THOUSANDS})?)?")
"""A number as it is written out; 两千三, 一二百 and 百二十 are not, and mean what they mean."""
_SCALE = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile(r"[0-9]+(?:[,，'][0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?")


def flat(text: str) -> str:
    """A text with full-width figures made plain; the small ones of a note (236①, 236²) are none."""
    kept = (_NOTE if unicodedata.decomposition(one).startswith(_SMALL) else one for one in text)
    return unicodedata.normalize("NFKC", "".join(kept))


def numbers_in(text: str) -> tuple[list[float], str]:
    """The numbers in a text in order, and the text without them; what is unclear stays in it."""
    found: list[tuple[int, float]] = []

    def figure(match: re.Match[str]) -> str:
        found.append((match.start(), float(re.sub("[,，']", "", match[0]))))
        return " " * len(match[0])

    rest = _NUMBER.sub(figure, text)
    for match in _CHINESE.finditer(rest):
        value = _chinese(match[0])
        if value is not None:
            found.append((match.start(), value))
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    return [value for _, value in sorted(found)], rest


def _chinese(run: str) -> float | None:
    """二百三十六, 一千零八十五, 二三六; None for what may mean two numbers, and for 千, 万."""
    plain = run.translate(_CAPITAL)
    if all(one in _FIGURES for one in plain):
        return float("".join(str(_FIGURES.index(one)) for one in plain))
    if not _MEANT.fullmatch(plain):
        return None
    total = section = digit = 0
    for one in plain:
        if one in _FIGURES:
            digit = _FIGURES.index(one)
        elif one in _SCALE:
            section += (digit or 1) * _SCALE[one]
            digit = 0
        else:
            total, section, digit = (section + digit) * 10_000, 0, 0
    return float(total + section + digit)
