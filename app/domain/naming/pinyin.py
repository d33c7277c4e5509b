"""Finding by pinyin initials: every reading of every character, one by one.

Within a phrase a character has one reading (解放), but not as a surname, whose own
reading (单 shàn) is not its commonest either; so characters are looked up singly.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import islice, product

from app.domain.kernel.text import lookup_key
from app.domain.naming.pinyin_table import readings


@cache
def letters(char: str) -> str:
    """Return the first letters of a character's readings, commonest first: 曾 is "cz".

    A letter or figure is its own; a character without a known reading gives "".
    """
    if char.isascii():
        return char
    return "".join(dict.fromkeys(reading[0] for reading in readings(char)))


def initials(text: str, *, limit: int = 32) -> tuple[str, ...]:
    """Return up to `limit` strings of initials a text may have: 曾勇 is ("cy", "zy").

    Marks and spaces do not count. Where there are too many, the first characters
    (the surname) keep all their readings.
    """
    choices = [letters(char) or char for char in reversed(lookup_key(text))]
    return tuple("".join(reversed(one)) for one in islice(product(*choices), limit))


def initials_key(text: str) -> str:
    """Return what `matcher` searches, to be made once per name: 曾勇 is "曾cz 勇y"."""
    return " ".join(map(_unit, lookup_key(text)))


@cache
def _unit(char: str) -> str:
    return char if char.isascii() else char + letters(char)


def matcher(query: str, *, first: bool = False) -> Callable[[str], bool]:
    """Return a test of an `initials_key`: do neighbouring characters answer the query?

    A query may mix characters and initials (曾y) and may begin anywhere in the text, or
    only with its first character; an empty query finds everything.
    """
    pattern = re.compile("\\S*" + "\\S* \\S*".join(map(re.escape, lookup_key(query))))
    search = pattern.match if first else pattern.search
    return lambda key: search(key) is not None


def matches(query: str, text: str) -> bool:
    """Tell whether a text is found by the query; for many texts keep their keys."""
    return matcher(query)(initials_key(text))
