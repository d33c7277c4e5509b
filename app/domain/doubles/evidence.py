"""Pairs that may be one, each with its reasons; nothing is ever merged by the program."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from app.domain.kernel.text import fold_digits
from app.domain.merging.link_decisions import Pair, Sameness, pair
from app.domain.records import Aid, Enterprise, Person, Record, Visit

CROWD = 20
"""What more records than this share (an office's telephone) tells nothing about two of them."""

FEW = 3
_SHORTEST_TELEPHONE = 7
STRONG, FAIR, WEAK = 4, 2, 1
"""Weights of one reason; reasons add up."""


class Kind(StrEnum):
    """What a pair may be the same of; also the `kind` of the link record that decides it."""

    ENTERPRISE = Enterprise.type_name
    PERSON = Person.type_name
    HOUSEHOLD = "household"
    VISIT = Visit.type_name
    AID = Aid.type_name


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


_ORDER = {strength: place for place, strength in enumerate(Strength)}
_KINDS = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records (ids, the smaller first) that may be one; `against` are reasons why not."""

    kind: Kind
    one: str
    other: str
    strength: Strength
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crowd:
    """Records that share something too many share; they were not compared on it."""

    kind: Kind
    what: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates nobody has decided on, those decided to be the same, and crowds.

    What was decided not to be the same is not found again.
    """

    open: tuple[Candidate, ...]
    settled: tuple[Candidate, ...]
    crowds: tuple[Crowd, ...] = ()

    def __add__(self, other: Found) -> Found:
        return Found(
            in_order(self.open + other.open),
            in_order(self.settled + other.settled),
            self.crowds + other.crowds,
        )


def in_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """By kind, the strongest first, then by id."""
    return tuple(
        sorted(candidates, key=lambda c: (_KINDS[c.kind], _ORDER[c.strength], c.one, c.other))
    )


class Evidence:
    """Gathers reasons by pair, and judges them together."""

    def __init__(self, kind: Kind, same: Sameness) -> None:
        self.kind = kind
        self._same = same
        self._reasons: dict[Pair, dict[str, int]] = defaultdict(dict)
        self._against: dict[Pair, dict[str, None]] = defaultdict(dict)
        self._crowds: list[Crowd] = []

    def __contains__(self, both: Pair) -> bool:
        return both in self._reasons

    def add(self, both: Pair, reason: str, weight: int) -> None:
        """One reason why a pair may be the same."""
        if not self._same.different(*both):
            self._reasons[both][reason] = weight

    def doubt(self, both: Pair, reason: str) -> None:
        """One reason why not: what else speaks for the pair then makes it 低 at most."""
        self._against[both][reason] = None

    def crowded(self, what: str, records: Iterable[str]) -> None:
        """Say that these were not compared, since too many share it."""
        self._crowds.append(Crowd(self.kind, what, tuple(sorted(records))))

    def pairs(self, what: str, blocks: Mapping[Hashable, Sequence[str]]) -> Iterator[Pair]:
        """All pairs of records that share a key; crowds are named and passed over."""
        for members in blocks.values():
            if len(members) > CROWD:
                self.crowded(what, members)
            elif len(members) > 1:
                yield from (pair(a, b) for a, b in combinations(members, 2))

    def found(self) -> Found:
        """Everything gathered, judged."""
        made = [self._candidate(both, reasons) for both, reasons in self._reasons.items()]
        settled = [c for c in made if self._same.same(c.one, c.other)]
        still = [c for c in made if not self._same.same(c.one, c.other)]
        crowds = sorted(self._crowds, key=lambda c: (c.what, c.records))
        return Found(in_order(still), in_order(settled), tuple(crowds))

    def _candidate(self, both: Pair, reasons: Mapping[str, int]) -> Candidate:
        against = tuple(self._against.get(both, ()))
        weight = sum(reasons.values())
        strength = Strength.MEDIUM if weight >= FAIR else Strength.LOW
        if weight >= STRONG:
            strength = Strength.HIGH
        by_weight = sorted(reasons, key=lambda reason: (-reasons[reason], reason))
        return Candidate(
            self.kind, *both, Strength.LOW if against else strength, tuple(by_weight), against
        )


def blocks_of(
    records: Iterable[str], keys: Callable[[str], Iterable[Hashable]]
) -> dict[Hashable, list[str]]:
    """Record ids by each key that two or more of them have, in order of id."""
    first: dict[Hashable, str] = {}
    shared: dict[Hashable, set[str]] = {}
    for record in records:
        for key in keys(record):
            earlier = first.setdefault(key, record)
            if earlier is not record:
                shared.setdefault(key, {earlier}).add(record)
    return {key: sorted(members) for key, members in shared.items()}


def telephone_keys(*telephones: str) -> tuple[str, ...]:
    """The numbers in what was typed as a telephone, without area code marks and extensions."""
    typed = "/".join(filter(None, telephones))
    if typed.isascii() and typed.isdigit():
        return (typed,) if len(typed) >= _SHORTEST_TELEPHONE else ()
    plain = fold_digits(typed)
    numbers = (re.sub("[^0-9]", "", part) for part in re.split("[/;,、，；和或 ]+", plain))
    return tuple(number for number in numbers if len(number) >= _SHORTEST_TELEPHONE)
