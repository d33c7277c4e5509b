"""逻辑检查: what was found, as it is kept in the store: each finding once, records name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from app.domain.checking.checks import Finding
from app.services.deciding.looked_again import Around
from app.services.office.store_mark import Target

Compared = Mapping[Target, tuple[Finding, ...]]


class Head(NamedTuple):
    """A record of which something was found: its version as it was looked at, 编号, whose it is."""

    h: str
    number: str
    owner: str


@dataclass(slots=True)
class Findings:
    """What was found: of each record alone, and by each comparison of several; how many are here.

    `heads` has every record of which anything was found.
    """

    around: Around | None = None
    records: int = 0
    heads: dict[Target, Head] = field(default_factory=dict)
    found: dict[Target, tuple[Finding, ...]] = field(default_factory=dict)
    compared: dict[str, Compared] = field(default_factory=dict)


class _Row(msgspec.Struct, frozen=True, array_like=True):
    """A record with the places of its findings among all: of it alone, then by each comparison."""

    type: str
    id: str
    head: tuple[str, str, str]
    found: tuple[int, ...]
    compared: tuple[tuple[int, ...], ...]


class KeptFindings(msgspec.Struct, frozen=True):
    """All of it, as it is written."""

    around: Around
    records: int
    by: tuple[str, ...]
    findings: tuple[Finding, ...]
    rows: tuple[_Row, ...]


def packed(known: Findings) -> KeptFindings:
    """As it is written; `known` was looked at."""
    assert known.around is not None
    places: dict[Finding, int] = {}

    def placed(some: Sequence[Finding]) -> tuple[int, ...]:
        return tuple(places.setdefault(one, len(places)) for one in some)

    rows = tuple(
        _Row(
            *target,
            head,
            placed(known.found.get(target, ())),
            tuple(placed(one.get(target, ())) for one in known.compared.values()),
        )
        for target, head in known.heads.items()
    )
    return KeptFindings(known.around, known.records, tuple(known.compared), tuple(places), rows)


def unpacked(kept: KeptFindings) -> Findings:
    """As it was found."""
    known = Findings(kept.around, kept.records)
    compared: dict[str, dict[Target, tuple[Finding, ...]]] = {name: {} for name in kept.by}
    all_of, by = kept.findings, tuple(compared.values())
    for row in kept.rows:
        target = row.type, row.id
        known.heads[target] = Head(*row.head)
        if row.found:
            known.found[target] = tuple(all_of[place] for place in row.found)
        for one, places in zip(by, row.compared, strict=True):
            if places:
                one[target] = tuple(all_of[place] for place in places)
    known.compared.update(compared)
    return known
