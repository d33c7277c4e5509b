"""What a text is found by: short pieces of it, and of the initials of its pinyin.

An index keeps the pieces of every text; a search looks up those that whatever answers it
must have, and `Sought.meets` judges what they led to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from operator import add

from app.domain.kernel.text import lookup_key
from app.domain.naming.pinyin import initials_key, letters, matcher

VERSION = 2
"""One more whenever the same text comes to other pieces: what was kept is then made anew."""

_LETTERS = 3
"""So many letters or figures are a piece; of characters two are enough."""
_MANY = 6
"""From so many pieces of one run on, those that overlap are left out: they tell no more."""
_MOST = 40
"""Pieces looked up for one question, however much was pasted."""


_characters = re.compile("[^\x00-\x7f]+").findall
_runs = re.compile("[^\x00-\x7f]+|[\x00-\x7f]+").findall


def pieces(text: str) -> list[str]:
    """The pieces of one value, some of them perhaps twice.

    Two neighbouring characters, three neighbouring letters or figures (a character counts
    with the first letter of each of its readings), and what is left at the end.
    """
    key = lookup_key(text)
    slices = [key[n : n + _LETTERS] for n in range(len(key))]
    if key.isascii():
        return slices
    found: list[str] = []
    for run in _characters(key):
        found += map(add, run, run[1:])
        found.append(run[-1])
    for part in slices:
        found += _read(part)
    return found


def text_pieces(text: str) -> set[str]:
    """The pieces of a long text, which is found by what stands in it and not by initials."""
    found: set[str] = set()
    for run in _runs(lookup_key(text)):
        if run.isascii():
            found.update(map("".join, zip(run, run[1:], run[2:], strict=False)))
        else:
            found.update(map(add, run, run[1:]))
    return found


@lru_cache(maxsize=1 << 16)
def _read(part: str) -> tuple[str, ...]:
    """Every string of initials for these characters, up to the first without a reading."""
    readings = []
    for char in part:
        if not letters(char):
            break
        readings.append(letters(char))
    return tuple(map("".join, product(*readings))) if readings else ()


@dataclass(frozen=True, slots=True)
class Piece:
    """What a text must have among its pieces; unless `whole`, one that begins with it."""

    text: str
    whole: bool


class Sought:
    """What somebody typed to find something: words, each of which a record must have somewhere.

    A word is found in the middle of a text too, by characters, by initials or by both
    (曾y). Without any letter or figure nothing is sought.
    """

    def __init__(self, text: str) -> None:
        keys = (lookup_key(part) for part in text.split())
        self.words = tuple(dict.fromkeys(key for key in keys if any(map(str.isalnum, key))))
        self._tests = tuple(map(matcher, self.words))
        self._begins = matcher("".join(self.words), first=True)

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What every text that answers has; beginnings only where there is nothing whole."""
        found = dict.fromkeys(piece for word in self.words for piece in _wanted(word))
        whole = tuple(piece for piece in found if piece.whole)
        wide = tuple(piece for piece in found if not piece.text.isascii())
        return (whole or wide or tuple(found))[:_MOST]

    @property
    def exact(self) -> bool:
        """Whether whatever has the pieces answers, so that nothing is left to be judged."""
        return len(self.words) == 1 == sum(1 for _ in _wanted(self.words[0]))

    @property
    def broad(self) -> bool:
        """Whether only beginnings of pieces are known: then a great deal may answer."""
        return not any(piece.whole for piece in self.pieces)

    def meets(self, values: Iterable[str], texts: Iterable[str] = ()) -> bool:
        """Whether a record with these values answers: every word is in one of them.

        In long `texts` a word is found as it is written only.
        """
        known = [initials_key(value) for value in values if value]
        said = [lookup_key(text) for text in texts]
        return all(
            any(map(test, known)) or any(word in text for text in said)
            for word, test in zip(self.words, self._tests, strict=True)
        )

    def begins(self, value: str) -> bool:
        """Whether a value begins with all that was typed."""
        return self._begins(initials_key(value))


def _wanted(word: str) -> Iterator[Piece]:
    for run in _runs(word):
        size = _LETTERS if run.isascii() else 2
        if len(run) < size:
            yield Piece(run, whole=False)
        last = len(run) - size
        step = size if size == _LETTERS and last > _MANY else 1
        for start in (*range(0, last, step), *((last,) if last >= 0 else ())):
            yield Piece(run[start : start + size], whole=True)
