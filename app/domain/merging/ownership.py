"""Who may write a record (package format §4, "Who may write")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where the fold is looked at from: this office's station and the city's."""

    here: str
    city: str


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
