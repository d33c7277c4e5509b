"""The files of one household here: those decided to be one, and those that name one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.kernel.text import lookup_key
from app.domain.records import Link, Person
from database.state import states
from database.state.filters import among, equal, live
from database.store.engine import Connection

HOUSEHOLD = "household"
"""What a decision says that two files are of one household, not of one person."""


def linked(connection: Connection, record: str, kind: str) -> Iterator[str]:
    """What was decided to be the same as a record (of a household: to belong to it)."""
    either = equal("one", record) | equal("other", record)
    same = equal("kind", kind), equal("same", True), either
    for state in states.find(connection, Link, live(), *same):
        yield state.record.other if state.record.one == record else state.record.one


def is_decided(connection: Connection, record: str, *kinds: str) -> bool:
    """Whether somebody decided what a record is the same as, or what it is not."""
    either = equal("one", record) | equal("other", record)
    return states.first(connection, Link, live(), among("kind", kinds), either) is not None


def files_of(connection: Connection, person: str) -> list[str]:
    """The person's own file and those of the household: an ID number or an address in both."""
    found = [
        person,
        *linked(connection, person, HOUSEHOLD),
        *linked(connection, person, Person.type_name),
    ]
    state = states.get(connection, Person, person)
    if state is None:
        return found
    own = state.record
    numbers = {row.resident_id for row in own.family if row.resident_id}
    if numbers:
        at = among("resident_id", sorted(numbers))
        found += [one for (one,) in states.pick(connection, Person, ("id",), live(), at)]
    found += _neighbours(connection, own)
    return list(dict.fromkeys(found))


def _neighbours(connection: Connection, own: Person) -> Iterable[str]:
    """Of the same 户口所在地 (that is indexed) those who name the person, or live there."""
    if not own.registered_area:
        return
    at = equal("registered_area", own.registered_area)
    home = lookup_key(own.address)
    columns = ("id", "address", "family")
    for record, address, family in states.pick(connection, Person, columns, live(), at):
        named = own.resident_id and own.resident_id in (family or "")
        lives = is_house(home) and lookup_key(address or "") == home
        if named or lives:
            yield record


def is_house(address: str) -> bool:
    """Whether an address leads to one house: with a number in it."""
    return any(char.isdigit() for char in address)
