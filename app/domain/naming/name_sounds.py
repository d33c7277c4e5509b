"""Names by their sound, to find the same person or firm under another character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, product

from app.domain.kernel.text import lookup_key
from app.domain.naming.pinyin_table import readings as known_readings

UNREAD = "*"
"""Stands for a character without a known reading, or one that could not be typed."""

_PLACEHOLDERS = str.maketrans(dict.fromkeys("?？□■＊*○〓�", UNREAD))
_PLAIN = re.compile("[\u4e00-\u9fa5]+")
_PARTS = re.compile("[a-z0-9]+|.", re.DOTALL)
_ENDING = re.compile("(?<=[ei])ng$")
_LOCAL = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}


@cache
def readings(char: str) -> tuple[str, ...]:
    """The toneless readings of a character, commonest first; letters and figures are their own."""
    return (char,) if char.isascii() else known_readings(char) or (UNREAD,)


def sounds(name: str, *, limit: int = 4) -> tuple[str, ...]:
    """How a name may sound, at most `limit` ways: 曾勇 is ("cengyong", "zengyong").

    石yan and 石嬿 sound alike: a character that could not be typed is often put so.
    """
    parts = [readings(part) for part in _parts(name)]
    return tuple("".join(one) for one in islice(product(*parts), limit))


def rough_sounds(name: str, *, limit: int = 4) -> tuple[str, ...]:
    """As `sounds`, without what local speech does not keep apart: zh z, n l, eng en, ing in."""
    parts = [_rough_readings(part) for part in _parts(name)]
    return tuple("".join(one) for one in islice(product(*parts), limit))


def has_gap(name: str) -> bool:
    """Tell whether a name holds a character that could not be typed (王□)."""
    return UNREAD in name.translate(_PLACEHOLDERS)


def fits(name: str, other: str) -> bool:
    """Tell whether two names are alike but for characters that could not be typed."""
    one, two = list(_parts(name)), list(_parts(other))
    return len(one) == len(two) and all(
        a == b or UNREAD in (a, b) or not set(readings(a)).isdisjoint(readings(b))
        for a, b in zip(one, two, strict=True)
    )


def _parts(name: str) -> Iterable[str]:
    return name if _PLAIN.fullmatch(name) else _pieces(name)


def _pieces(name: str) -> Iterator[str]:
    for piece in re.split("([*])", name.translate(_PLACEHOLDERS)):
        if piece:
            yield from (UNREAD,) if piece == UNREAD else _PARTS.findall(lookup_key(piece))


@cache
def _rough_readings(part: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_rough(reading) for reading in readings(part)))


def _rough(reading: str) -> str:
    for initial, plain in _LOCAL.items():
        if reading.startswith(initial):
            reading = plain + reading[len(initial) :]
            break
    return _ENDING.sub("n", reading)
