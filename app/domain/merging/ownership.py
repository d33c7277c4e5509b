"""Who may write a record (package format §4, "Who may write")."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from app.domain.kernel.uuid7 import uuid7

_SEAL = 8
"""Hex digits at the end of a record's id that tell the station which made it."""

OWNER = "owner"
"""The kind of link by which the city decides whose a contested record is."""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where the fold is looked at from: this office's station and the city's."""

    here: str
    city: str


class Root(NamedTuple):
    """A revision without parents: the name, type, writing station and owner of what it begins."""

    h: str
    type: str
    station: str
    owner: str


class Title(NamedTuple):
    """What a record is, and whose."""

    type: str
    owner: str


@lru_cache(maxsize=1024)
def station_of(writer: str) -> str:
    """The station of a writer name `<station>-<8 hex digits>`."""
    return writer.rpartition("-")[0]


def owner_of_root(writer: str, body: Mapping[str, Any], city: str) -> str:
    """The owner of the record that this first revision creates.

    Only the city may create a record for another office (a preset enterprise);
    anyone else owns what they make, whatever the body says.
    """
    station = station_of(writer)
    named = body.get("owner")
    return named if station == city and isinstance(named, str) and named else station


def new_record_id(now_ms: int, random: bytes, station: str) -> str:
    """A fresh UUIDv7 that is bound to the station which makes it.

    42 bits stay chance; the last 32 are taken from a sha256 over the station and
    the rest, so that another station cannot claim the id. Raises as `uuid7`.
    """
    free = uuid7(now_ms, random)
    return free[:-_SEAL] + _seal(free, station)


def is_bound(record: str, station: str) -> bool:
    """Whether this id was made by the station."""
    return record[-_SEAL:] == _seal(record, station)


def _seal(record: str, station: str) -> str:
    text = f"zoufang record {station} {record[:-_SEAL]}"
    return hashlib.sha256(text.encode()).hexdigest()[:_SEAL]


def title(
    record: str, roots: Sequence[Root], city: str, chosen: Iterable[str] = ()
) -> Title | None:
    """What a record is and whose, from its first revisions alone, in whatever order they came.

    Roots of the station that the id is bound to count before all others, those of
    the city before those of other stations. When the best still differ in type or
    owner, nobody owns the record until the city names one of them: `chosen` are
    the h's it named, the last word first. None then, and without roots.
    """
    if not roots:
        return None
    ranks = {root.h: _rank(record, root.station, city) for root in roots}
    best = min(ranks.values())
    first = {root.h: Title(root.type, root.owner) for root in roots if ranks[root.h] == best}
    titles = set(first.values())
    if len(titles) == 1:
        return titles.pop()
    return next((first[h] for h in chosen if h in first), None)


def _rank(record: str, station: str, city: str) -> int:
    if is_bound(record, station):
        return 0
    return 1 if station == city else 2
