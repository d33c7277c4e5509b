"""The offices: who stands above whom, what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name, value_of
from app.domain.records import Contact, Record, Unit
from database.state import states
from database.state.filters import equal, live
from database.store.engine import Connection


def unit_of(connection: Connection, code: str) -> Unit | None:
    """The reporting unit of a station code, or None."""
    found = states.of_code(connection, Unit, code)
    return found.record if found else None


def reached(connection: Connection, code: str) -> Unit | None:
    """As `unit_of`, with whom to ring up there: as the office says, if it said so last."""
    unit = unit_of(connection, code)
    return _overlaid(unit, contacts(connection).get(code)) if unit else None


def contacts(connection: Connection) -> Mapping[str, Contact]:
    """By the code of a unit what its office says of itself, where that is newer than its entry."""
    own: dict[str, tuple[str, Contact]] = {}
    for state in states.iterate(connection, Contact, live(), order=states.AS_LOGGED):
        own[state.owner] = state.changed_at, state.record
    written = dict(states.pick(connection, Unit, ("code", "changed_at"), live()))
    newer = {code: told for code, told in own.items() if told[0] > written.get(code, "")}
    return {code: record for code, (_, record) in newer.items()}


def with_contacts(connection: Connection, units: Iterable[Unit]) -> list[Unit]:
    """These units with whom to ring up there."""
    known = contacts(connection)
    return [_overlaid(unit, known.get(unit.code)) for unit in units]


TOLD = tuple(name for name in by_name(Contact) if name not in by_name(Record))
"""What an office says of itself."""


def _overlaid(unit: Unit, contact: Contact | None) -> Unit:
    told = {name: value_of(contact, name) for name in TOLD} if contact else {}
    return msgspec.structs.replace(unit, **{name: value for name, value in told.items() if value})


def require_unit(connection: Connection, code: str) -> Unit:
    """As `unit_of`; raises `UserError` UNKNOWN_UNIT."""
    unit = unit_of(connection, code)
    if unit is None:
        raise UserError("UNKNOWN_UNIT", f"没有代码为“{code}”的单位。", remedy="请核对单位代码。")
    return unit


def name_of(connection: Connection, code: str) -> str:
    """The unit's name, or its code where it is not known."""
    unit = unit_of(connection, code)
    return unit.name if unit else code


def superiors(connection: Connection, code: str) -> list[str]:
    """The stations above one, nearest first."""
    found: list[str] = []
    unit = unit_of(connection, code)
    while unit is not None and unit.parent and unit.parent not in found:
        found.append(unit.parent)
        unit = unit_of(connection, unit.parent)
    return found


def subordinates(connection: Connection, code: str) -> list[Unit]:
    """The units directly below one, in official order."""
    found = states.find(connection, Unit, equal("parent", code), live(), order=("order", "code"))
    return [state.record for state in found]


def everyone(connection: Connection) -> list[Unit]:
    """All units in official order."""
    found = states.find(connection, Unit, live(), order=("order", "code"))
    return [state.record for state in found]
