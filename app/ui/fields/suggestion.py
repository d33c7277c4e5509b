"""What a look-up offers, and where it looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.domain.kernel.codelist import CodeList
from app.domain.kernel.text import lookup_key
from app.domain.naming.pinyin import initials_key, matcher
from app.domain.values.dates import Window


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing found: `key` is stored (record id or code), `title` shown in the field.

    `detail` stands grey behind the title (编号, place); `words` are other spellings
    it is found by.
    """

    key: str
    title: str
    detail: str = ""
    words: tuple[str, ...] = ()


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


@cache
def code_index(codes: CodeList) -> Index:
    """The codes of a list, found by label, initials, stored value and alias."""
    return Index(Suggestion(code.value, code.label, words=code.aliases) for code in codes)


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
