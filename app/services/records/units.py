"""The offices: who stands above whom, what they are called."""

from __future__ import annotations

from app.domain.kernel.errors import UserError
from app.domain.records import Unit
from database.state import states
from database.state.filters import equal, live
from database.store.engine import Connection


def unit_of(connection: Connection, code: str) -> Unit | None:
    """The reporting unit of a station code, or None."""
    found = states.of_code(connection, Unit, code)
    return found.record if found else None


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
