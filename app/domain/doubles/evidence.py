"""Pairs that may be one, each with its reasons; nothing is ever merged by the program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.domain.kernel.text import fold_digits
from app.domain.records import Aid, Enterprise, Person, Record, Visit

CROWD = 20
"""What more records than this share (an office's telephone) tells nothing about two of them."""

FEW = 3
_SHORTEST_TELEPHONE = 7
STRONG, FAIR, WEAK = 4, 2, 1
"""Weights of one reason; reasons add up."""


class Kind(StrEnum):
    """What a pair may be the same of; also the `kind` of the link record that decides it."""

    AID = Aid.type_name
    ENTERPRISE = Enterprise.type_name
    PERSON = Person.type_name
    HOUSEHOLD = "household"
    VISIT = Visit.type_name


TYPES_OF: Mapping[Kind, type[Record]] = {
    Kind.ENTERPRISE: Enterprise,
    Kind.PERSON: Person,
    Kind.HOUSEHOLD: Person,
    Kind.VISIT: Visit,
    Kind.AID: Aid,
}
"""The records that pair."""


class Strength(StrEnum):
    """How much speaks for it."""

    HIGH = "高"
    MEDIUM = "中"
    LOW = "低"


class Verdict(NamedTuple):
    """What speaks for two records being one and what against, the weightiest first."""

    strength: Strength
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    amount: int = 0
    """The money given a second time, in fen; 0 where it is not about money."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records (ids, the smaller first) that may be one; `against` are reasons why not."""

    kind: Kind
    one: str
    other: str
    strength: Strength
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many records share something; they were not compared on it."""

    kind: Kind
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates nobody has decided on, those decided to be the same, and crowds.

    `denied` are those decided not to be the same that would be found again.
    """

    open: tuple[Candidate, ...]
    settled: tuple[Candidate, ...]
    crowds: tuple[Crowd, ...] = ()
    denied: tuple[Candidate, ...] = ()


_KINDS = {kind: place for place, kind in enumerate(Kind)}
_ORDER = {strength: place for place, strength in enumerate(Strength)}


def in_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Aid first, by kind, the strongest, then the most money, then by id."""
    return tuple(
        sorted(
            candidates,
            key=lambda c: (_KINDS[c.kind], _ORDER[c.strength], -c.amount, c.one, c.other),
        )
    )


class Reasons:
    """Gathers what speaks for a pair and what against, and judges it together."""

    __slots__ = ("_against", "_said", "weight")

    def __init__(self) -> None:
        self._said: list[tuple[int, str]] = []
        self._against: list[str] = []
        self.weight = 0

    def add(self, words: str, weight: int) -> None:
        """One reason why the two may be one."""
        self._said.append((-weight, words))
        self.weight += weight

    def doubt(self, words: str) -> None:
        """One reason why not: what else speaks for the pair then makes it 低 at most."""
        self._against.append(words)

    def verdict(self, amount: int = 0) -> Verdict | None:
        """All of it judged, None where nothing speaks for it."""
        if not self._said:
            return None
        words = tuple(words for _, words in sorted(self._said))
        low = self._against or self.weight < FAIR
        strong = Strength.HIGH if self.weight >= STRONG else Strength.MEDIUM
        return Verdict(Strength.LOW if low else strong, words, tuple(self._against), amount)


def telephone_keys(*telephones: str) -> tuple[str, ...]:
    """The numbers in what was typed as a telephone, without +86, area code and extensions."""
    typed = "/".join(filter(None, telephones))
    if typed.isascii() and typed.isdigit():
        return (_local(typed),) if len(typed) >= _SHORTEST_TELEPHONE else ()
    plain = fold_digits(typed)
    parts = re.split("[/;,、，；和或 ]+", plain)
    numbers = (_local(re.sub("[^0-9]", "", part)) for part in parts)
    return tuple(number for number in numbers if len(number) >= _SHORTEST_TELEPHONE)


def _local(number: str) -> str:
    """Without 86 before a mobile number, and without the city's own area code."""
    if len(number) > 12:
        number = number.removeprefix("0086").removeprefix("86")
    short = number.removeprefix("0833")
    return short if len(short) == _SHORTEST_TELEPHONE else number
