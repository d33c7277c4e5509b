"""What a look-up offers, and where it looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.domain.kernel.codelist import CodeList
from app.domain.kernel.text import fold_digits, lookup_key
from app.domain.naming.pinyin import initials_key, matcher
from app.domain.values.dates import Window


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing found: `key` is stored (record id or code), `title` shown in the field.

    `detail` stands grey behind the title (编号, place); `words` are other spellings
    it is found by. `number` stands before what is chosen by figures (a code list).
    """

    key: str
    title: str
    detail: str = ""
    words: tuple[str, ...] = ()
    number: str = ""

    @property
    def shown(self) -> str:
        """The title behind its number."""
        return f"{self.number} {self.title}" if self.number else self.title


Search = Callable[[str], list[Suggestion]]
"""Find by characters, 编号, pinyin initials or a part of a code, best first."""

Reader = Callable[[Callable[[], Any], Callable[[Any], None]], None]
"""Run a read beside the window and give what it returns to the second, on the main thread."""


class Index:
    """Suggestions that are all in memory, found by title, detail, key and other words."""

    def __init__(self, suggestions: Iterable[Suggestion]) -> None:
        self._entries = [(one, _keys(one)) for one in suggestions]

    def __call__(self, text: str, limit: int = 50) -> list[Suggestion]:
        """The suggestions that answer, those that begin with the text first."""
        wanted = lookup_key(text)
        answers = matcher(text)
        found = [
            (min(_rank(key, wanted) for key in keys if answers(key)), one)
            for one, keys in self._entries
            if any(map(answers, keys))
        ]
        found.sort(key=lambda pair: pair[0])
        return [one for _, one in found[:limit]]


def _keys(one: Suggestion) -> tuple[str, ...]:
    return tuple(initials_key(word) for word in (one.title, one.key, one.detail, *one.words))


def _rank(key: str, wanted: str) -> int:
    """0 for the whole, 1 for a beginning, 2 for a part."""
    parts = key.split()
    whole = len(parts) == len(wanted)
    begins = all(char in part for char, part in zip(wanted, parts, strict=False))
    return 0 if begins and whole else 1 if begins else 2


class CodeIndex(Index):
    """The codes of a list, found by label, initials and alias, or by the number before each.

    Figures mean that number and nothing else, in every list alike, whatever the codes of a
    standard are; of more than nine codes the numbers have two figures (01, 02, …).
    """

    def __init__(self, codes: CodeList) -> None:
        self.every = [
            Suggestion(code.value, code.label, words=code.aliases, number=number)
            for number, code in zip(numbers(len(codes)), codes, strict=True)
        ]
        super().__init__(self.every)

    def __call__(self, text: str, limit: int = 50) -> list[Suggestion]:
        """The suggestions that answer, the one of this very number first."""
        figures = fold_digits(text).strip()
        if not (figures.isascii() and figures.isdigit()):
            return super().__call__(text, limit)
        meant = self.numbered(figures)
        begun = [one for one in self.every if one.number.startswith(figures) and one != meant]
        return [*([meant] if meant else []), *begun]

    def numbered(self, text: str) -> Suggestion | None:
        """The code of this number; None when the text is no number before a code."""
        figures = fold_digits(text).strip()
        if not (figures.isascii() and figures.isdigit() and len(figures) < _LONG):
            return None
        place = int(figures)
        return self.every[place - 1] if 1 <= place <= len(self.every) else None


_LONG = 9
"""Figures that are no number of a list any more."""


def numbers(count: int) -> list[str]:
    """What stands before each of so many choices: 1 to 9, or 01 to 10 and so on."""
    return [str(place).zfill(len(str(count))) for place in range(1, count + 1)]


@cache
def code_index(codes: CodeList) -> CodeIndex:
    """The one index of a code list."""
    return CodeIndex(codes)


def at_once(job: Callable[[], Any], done: Callable[[Any], None]) -> None:
    """The reader of a place without a worker: read now."""
    done(job())


def _nothing(record_type: str, text: str) -> list[Suggestion]:
    return []


def _key_itself(record_type: str, key: str) -> str:
    return key


@dataclass(frozen=True, slots=True)
class Lookups:
    """How links are found: `find(record type, text)`, `title(record type, key)`, both by `read`.

    `title` gives "" for a key that nothing has. `adds` are the record types for which
    添加新的…… stands at the end of a list.
    """

    find: Callable[[str, str], list[Suggestion]] = _nothing
    title: Callable[[str, str], str] = _key_itself
    read: Reader = at_once
    adds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an editor may know beside its field: the day and where to look things up.

    `windows` are those of the campaigns that a day without a year may belong to.
    """

    today: Callable[[], dt.date]
    lookups: Lookups = Lookups()
    windows: Callable[[], Sequence[Window]] = tuple
