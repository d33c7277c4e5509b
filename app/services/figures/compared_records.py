"""The records that 疑似重复 compares, read as little and as fast as that needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from app.domain.doubles import Changed, Told
from app.domain.doubles.aids import AidFace
from app.domain.doubles.enterprises import FirmFace
from app.domain.doubles.faces import AidTold, Faces, FirmTold, PersonTold, VisitTold
from app.domain.doubles.persons import PersonFace
from app.domain.records import Aid, Case, Enterprise, Person, Record, Visit
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, live
from database.store.engine import Connection

Row = Sequence[Any]


class Label(NamedTuple):
    """How a person finds a record, and whose it is; an aid goes by the person it helped."""

    number: str
    name: str
    owner: str


_HEAD = ("id", "number", "unit", "owner")
_FIRM = (
    "name",
    "aliases",
    "uscc",
    "area",
    "address",
    "headcount",
    "management_telephone",
    "union_telephone",
    "management_contact",
    "union_contact",
)
_PERSON = (
    "name",
    "resident_id",
    "born",
    "registered_area",
    "enterprise",
    "workplace",
    "address",
    "telephone",
    "other_contact",
    "bank_card",
    "family",
)
_VISIT = (
    "campaign",
    "enterprise",
    "enterprise_name",
    "visited_on",
    "group",
    "level",
    "area",
    "leaders",
    "workers_met",
    "opinions",
)
_AID = ("person", "given_on", "type", "money", "goods_value", "goods", "fund", "case")
FIELDS: Mapping[type[Record], tuple[str, ...]] = {
    Enterprise: _FIRM,
    Person: _PERSON,
    Visit: _VISIT,
    Aid: _AID,
}
"""The fields of each type that are compared."""

COMPARED = frozenset((*(kind.type_name for kind in FIELDS), Case.type_name))
"""The types whose change has doubles looked at again."""


@dataclass(slots=True)
class Read:
    """What was read: faces by type, and the label of every record."""

    enterprises: dict[str, FirmFace | None] = field(default_factory=dict)
    persons: dict[str, PersonFace | None] = field(default_factory=dict)
    visits: dict[str, Told | None] = field(default_factory=dict)
    aids: dict[str, AidFace | None] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)

    @property
    def changed(self) -> Changed:
        """As the comparison takes it."""
        return Changed(self.enterprises, self.persons, self.visits, self.aids)

    def take(self, other: Read) -> None:
        """Hold what was read later instead."""
        for mine, theirs in zip(self._held, other._held, strict=True):
            mine.update(theirs)
        self.labels.update(other.labels)

    def differing(self, other: Read) -> Read:
        """What is new, other or gone in `other`, which holds every record."""
        found = Read(labels=other.labels)
        for mine, theirs, out in zip(self._held, other._held, found._held, strict=True):
            out.update((one, face) for one, face in theirs.items() if mine.get(one) != face)
            out.update(dict.fromkeys(one for one in mine if one not in theirs))
        return found

    @property
    def _held(self) -> tuple[dict[str, Any], ...]:
        return self.enterprises, self.persons, self.visits, self.aids


def read_all(connection: Connection, faces: Faces) -> Read:
    """Every record that is not void."""
    persons = dict(states.rows(connection, Case, ("id", "person")))
    read = Read()
    for kind, names in FIELDS.items():
        _take(read, faces, kind, states.rows(connection, kind, (*_HEAD, *names)), persons)
    return read


def read_some(connection: Connection, faces: Faces, changed: Iterable[tuple[str, str]]) -> Read:
    """Those of these (type, id); one that is gone or void has no face."""
    ids: dict[str, list[str]] = {}
    for name, record in changed:
        ids.setdefault(name, []).append(record)
    cases = ids.get(Case.type_name, [])
    aids = dict.fromkeys((*ids.get(Aid.type_name, ()), *_under(connection, cases)))
    ids[Aid.type_name] = list(aids)
    read = Read()
    for kind, names in FIELDS.items():
        wanted = ids.get(kind.type_name, [])
        _gone(read, kind, wanted)
        rows = [
            row
            for some in chunks(wanted)
            for row in states.pick(connection, kind, (*_HEAD, *names), live(), among("id", some))
        ]
        _take(read, faces, kind, rows, _persons_of(connection, rows) if kind is Aid else {})
    return read


def _under(connection: Connection, cases: Sequence[str]) -> list[str]:
    return states.pointing_at(connection, Aid, "case", cases) if cases else []


def _persons_of(connection: Connection, rows: Sequence[Row]) -> dict[str, str]:
    """The person of each case under which these aids were given."""
    wanted = sorted({row[-1] for row in rows if row[-1]})
    found: dict[str, str] = {}
    for some in chunks(wanted):
        found.update(states.pick(connection, Case, ("id", "person"), live(), among("id", some)))
    return found


def _gone(read: Read, kind: type[Record], ids: Iterable[str]) -> None:
    held: dict[type[Record], dict[str, Any]] = {
        Enterprise: read.enterprises,
        Person: read.persons,
        Visit: read.visits,
        Aid: read.aids,
    }
    held[kind].update(dict.fromkeys(ids))


def _take(
    read: Read, faces: Faces, kind: type[Record], rows: Iterable[Row], cases: Mapping[str, str]
) -> None:
    makers: dict[type[Record], Callable[[], None]] = {
        Enterprise: lambda: read.enterprises.update(_firms(read, faces, rows)),
        Person: lambda: read.persons.update(_persons(read, faces, rows)),
        Visit: lambda: read.visits.update(_visits(read, faces, rows)),
        Aid: lambda: read.aids.update(_aids(read, faces, rows, cases)),
    }
    makers[kind]()


def _firms(read: Read, faces: Faces, rows: Iterable[Row]) -> Iterator[tuple[str, FirmFace]]:
    for record, number, unit, owner, name, aliases, uscc, area, address, heads, *contacts in rows:
        read.labels[record] = Label(number or "", name or "", owner or "")
        first, second, third, fourth = _texts(contacts)
        told = FirmTold(
            name or "",
            tuple(msgspec.json.decode(aliases)) if aliases else (),
            uscc or "",
            area or "",
            address or "",
            heads,
            first,
            second,
            third,
            fourth,
        )
        yield record, faces.firm(unit or owner or "", told)


def _persons(read: Read, faces: Faces, rows: Iterable[Row]) -> Iterator[tuple[str, PersonFace]]:
    for record, number, unit, owner, name, *rest in rows:
        read.labels[record] = Label(number or "", name or "", owner or "")
        *plain, family = rest
        told = PersonTold._make((name or "", *_texts(plain), _family(family) if family else ()))
        yield record, faces.person(unit or owner or "", told)


def _family(text: str) -> tuple[tuple[str, str], ...]:
    rows: list[dict[str, Any]] = msgspec.json.decode(text)
    return tuple((row.get("name", ""), row.get("resident_id", "")) for row in rows)


def _visits(read: Read, faces: Faces, rows: Iterable[Row]) -> Iterator[tuple[str, Told | None]]:
    for record, number, unit, owner, *rest in rows:
        read.labels[record] = Label(number or "", rest[2] or "", owner or "")
        *plain, met, opinions = rest
        told = VisitTold._make((*_texts(plain), met, opinions or ""))
        yield record, faces.visit(unit or owner or "", told)


def _aids(
    read: Read, faces: Faces, rows: Iterable[Row], cases: Mapping[str, str]
) -> Iterator[tuple[str, AidFace | None]]:
    for record, number, unit, owner, person, day, kind, money, value, goods, fund, case in rows:
        helped = person or cases.get(case) or ""
        read.labels[record] = Label(number or "", helped, owner or "")
        gift = (kind or "", money or 0, value or 0, goods or "", fund or "")
        yield record, faces.aid(unit or owner or "", AidTold(case or "", helped, day or "", *gift))


def _texts(values: Iterable[str | None]) -> list[str]:
    return [value or "" for value in values]
