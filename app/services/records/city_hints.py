"""提示 of the office above: whether another one has a person or a unit, not whom or where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from app.domain.doubles.hints import fingerprint, person_values, unit_values, unpacked
from app.domain.records import Enterprise, Notice, Person
from database.state import states
from database.state.filters import equal, live
from database.store.engine import Connection

_MOST_LISTS = 2_000
"""So many lists are read, whatever was sent: eight million fingerprints."""


class CityHints:
    """The hints for this office; read when first asked for, and then remembered."""

    def __init__(self, connection: Connection, station: str) -> None:
        self._connection, self._station = connection, station

    def persons(self, numbers: Iterable[str]) -> list[str]:
        """Which of these ID numbers others have, each by its fingerprint."""
        values = (value for number in numbers for value in person_values(number))
        return _found(self._of_persons, values)

    def units(self, names: Iterable[str], uscc: str = "") -> list[str]:
        """Which names or code of a unit others have, each by its fingerprint."""
        return _found(self._of_units, unit_values(names, uscc))

    @cached_property
    def _of_persons(self) -> Mapping[str, frozenset[bytes]]:
        return self._read(Person.type_name)

    @cached_property
    def _of_units(self) -> Mapping[str, frozenset[bytes]]:
        return self._read(Enterprise.type_name)

    def _read(self, kind: str) -> Mapping[str, frozenset[bytes]]:
        at = live(), equal("hint_of", kind), equal("station", self._station)
        found: dict[str, frozenset[bytes]] = {}
        for state in states.find(self._connection, Notice, *at, order=("id",), limit=_MOST_LISTS):
            key, prints = state.record.hint_key, unpacked(state.record.hints)
            found[key] = found.get(key, frozenset()) | prints
        return found


def _found(lists: Mapping[str, frozenset[bytes]], values: Iterable[str]) -> list[str]:
    told = list(values) if lists else []
    found: dict[str, None] = {}
    for key, prints in lists.items():
        for value in told if prints else ():
            mark = _mark(key, value)
            if mark in prints:
                found[mark.hex()] = None
    return list(found)


def _mark(key: str, value: str) -> bytes:
    """Under a key that is none nothing is ever told."""
    try:
        return fingerprint(key, value)
    except ValueError:
        return b""
