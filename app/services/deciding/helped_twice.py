"""G04 of all aid at once: who was helped with another of the household in one year.

The same words as `Guards.aid` asks of one record, and the same households as `household_files`
finds for one person, which a test compares.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import msgspec

from app.domain.checking import guards as rules
from app.domain.checking.checks import Finding
from app.domain.checking.guards import Earlier
from app.domain.kernel.progress import Cancel
from app.domain.kernel.readable import readable
from app.domain.kernel.text import lookup_key
from app.domain.records import Aid, Case, Link, Person
from app.domain.records.base import Acceptance
from app.services.records.household_files import HOUSEHOLD, is_house
from app.services.records.link_resolving import Links
from app.services.reviewing.several import Target
from database.state import states

_PERSON = ("id", "name", "resident_id", "family", "registered_area", "address")
_AID = ("id", "number", "person", "case", "given_on", "money", "goods", "accepted", "owner")
_KINDS = (HOUSEHOLD, Person.type_name)
_EVERY = 5000
_READER = msgspec.json.Decoder(readable(tuple[Acceptance, ...]))


class _Home(NamedTuple):
    name: str
    number: str
    family: Sequence[str]
    area: str
    house: str


class _Given(NamedTuple):
    record: str
    person: str
    on: dt.date
    owner: str
    told: Earlier
    accepted: tuple[Acceptance, ...]


class HelpedTwice:
    """Reads persons, cases and aid once; of the aid of this office nothing is asked."""

    told_by = frozenset(one.type_name for one in (Aid, Case, Person, Link))
    """A change of these may end or begin what is found."""

    def __init__(self, links: Links, cancel: Cancel) -> None:
        self._connection, self._here = links.connection, links.office.identity.station
        connection, self._cancel = links.connection, cancel
        self._homes = dict(self._persons())
        self._linked: dict[str, list[str]] = defaultdict(list)
        for kind, one, other, same in states.rows(
            connection, Link, ("kind", "one", "other", "same")
        ):
            if same and kind in _KINDS:
                self._linked[one].append(other)
                self._linked[other].append(one)
        self._numbered, self._naming, self._houses = self._indexes()

    def found(self) -> Mapping[Target, tuple[Finding, ...]]:
        """By aid what speaks against it; raises `Cancelled`."""
        return {(Aid.type_name, record): findings for record, findings in self._found()}

    def _found(self) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        together: dict[tuple[str, int], list[_Given]] = defaultdict(list)
        every = list(self._aids())
        for one in every:
            together[one.person, one.on.year].append(one)
        for place, one in enumerate(every):
            if place % _EVERY == 0:
                self._cancel.check()
            if one.owner != self._here and (findings := self._of(one, together)):
                yield one.record, findings

    def _of(
        self, one: _Given, together: Mapping[tuple[str, int], Sequence[_Given]]
    ) -> tuple[Finding, ...]:
        others = [
            other
            for person in self._files(one.person)
            for other in together.get((person, one.on.year), ())
            if other.record != one.record and not _says(other, one.record)
        ]
        others.sort(key=lambda other: (other.told.number, other.record))
        others.sort(key=lambda other: abs(other.on - one.on))
        reasons = {row.check: row.reason for row in one.accepted}
        findings = rules.of_aid("given_on", one.on, [other.told for other in others])
        return tuple(replace(said, accepted=reasons.get(said.key, "")) for said in findings)

    def _files(self, person: str) -> Iterable[str]:
        """As `household_files.files_of`."""
        found = [person, *self._linked.get(person, ())]
        own = self._homes.get(person)
        if own is not None:
            for number in own.family:
                found += self._numbered.get(number, ())
            if own.area:
                naming = self._naming.get(own.number, ()) if own.number else ()
                found += [one for one in naming if self._homes[one].area == own.area]
                found += self._houses.get((own.area, own.house), ()) if own.house else ()
        return dict.fromkeys(found)

    def _persons(self) -> Iterator[tuple[str, _Home]]:
        for record, name, number, family, area, address in states.rows(
            self._connection, Person, _PERSON
        ):
            home = lookup_key(address or "")
            rows = msgspec.json.decode(family) if family else ()
            numbers = [row["resident_id"] for row in rows if row.get("resident_id")]
            house = home if is_house(home) else ""
            yield record, _Home(name or "", number or "", numbers, area or "", house)

    def _indexes(
        self,
    ) -> tuple[
        Mapping[str, list[str]], Mapping[str, list[str]], Mapping[tuple[str, str], list[str]]
    ]:
        """Who has a number, who names one in the family, who lives in a house."""
        numbered: dict[str, list[str]] = defaultdict(list)
        naming: dict[str, list[str]] = defaultdict(list)
        houses: dict[tuple[str, str], list[str]] = defaultdict(list)
        for record, home in self._homes.items():
            if home.number:
                numbered[home.number].append(record)
            for number in home.family:
                naming[number].append(record)
            if home.house:
                houses[home.area, home.house].append(record)
        return numbered, naming, houses

    def _aids(self) -> Iterator[_Given]:
        cases = dict(states.rows(self._connection, Case, ("id", "person")))
        for record, number, person, case, day, money, goods, accepted, owner in states.rows(
            self._connection, Aid, _AID
        ):
            at = person or cases.get(case or "", "")
            if day and at:
                on, home = dt.date.fromisoformat(day), self._homes.get(at)
                yuan = Decimal(money).scaleb(-2) if money else None
                what = rules.given_words(home.name if home else "", yuan, goods or "")
                told = Earlier(record, number or "", on, what)
                reasons = _READER.decode(accepted) if accepted else ()
                yield _Given(record, at, on, owner or "", told, reasons)


def _says(other: _Given, record: str) -> bool:
    return any(one.check.startswith("G04:") and record in one.check for one in other.accepted)
