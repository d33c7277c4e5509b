"""Chinese texts in the order of their pinyin, as dictionaries and other programs have it."""

from __future__ import annotations

from functools import cache

from app.domain.naming.pinyin_table import by_reading

_FIRST = 0x10000
"""Behind every mark, letter and figure."""
UNKNOWN = 0x30000
"""Behind every character that has a reading."""


class _Ranks(dict[int, int]):
    """From a character to another one that sorts as its pinyin does; looked up by `translate`."""

    def __missing__(self, point: int) -> int:
        # Other characters of the CJK blocks have no known reading and come last.
        far = 0x3400 <= point <= 0x9FFF or 0x20000 <= point <= 0x3FFFF
        self[point] = found = point + UNKNOWN if far else point
        return found


def order_key(text: str) -> str:
    """Return what is compared: figures, letters (small as capital), then characters by pinyin.

    A character counts with its commonest reading; those of one reading keep the order of the
    table. The keys of two texts compare, code point by code point, as the texts are to stand.
    """
    return text.lower().translate(_ranks())


@cache
def _ranks() -> _Ranks:
    return _Ranks({ord(char): _FIRST + place for place, char in enumerate(by_reading())})
