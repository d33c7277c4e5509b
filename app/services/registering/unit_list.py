"""设置 → 报送单位: the offices that report; the city keeps them, each says how to reach it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.kernel.changes import Changes
from app.domain.records import Contact, Unit, body_of
from app.services.office.duties import needs, require_saving
from app.services.office.office import Office
from app.services.office.seen_base import require_seen
from app.services.records import saving
from app.services.records.saving import Saved
from app.services.records.units import TOLD, contacts, with_contacts
from database.state import states
from database.state.filters import live, owned_by
from database.state.states import State
from database.store.engine import Connection

_FIRST_ORDER, _LAST_ORDER = 14, 100
"""The places in the official order that are left for what the city adds."""


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit with whom to ring up there; `told` says that the office itself said so.

    `kept` is the city's own entry.
    """

    id: str
    h: str
    unit: Unit
    kept: Unit
    told: bool
    in_force: bool


def listed(office: Office) -> list[ListedUnit]:
    """All units in official order, township unions last."""
    with office.store.read() as connection:
        found = states.find(connection, Unit, live(), order=("order", "code"))
        shown = with_contacts(connection, [state.record for state in found])
        told = contacts(connection)
    today = office.today()
    return [
        ListedUnit(s.id, s.h, unit, s.record, unit.code in told, _in_force(unit, today))
        for s, unit in zip(found, shown, strict=True)
    ]


def _in_force(unit: Unit, day: dt.date) -> bool:
    return (unit.valid_from or day) <= day <= (unit.valid_to or day)


def proposed(office: Office) -> dict[str, Any]:
    """What a new unit of the city begins with: a free code, a place in the order, its superior."""
    with office.store.read() as connection:
        known = [(s.record.code, s.record.order) for s in states.find(connection, Unit)]
    city = office.identity.city
    codes = {code for code, _ in known}
    free = next(n for n in range(1, 1000) if f"{city}{n:03d}" not in codes)
    orders = [order for _, order in known if order and _FIRST_ORDER <= order <= _LAST_ORDER]
    return {
        "code": f"{city}{free:03d}",
        "parent": city,
        "kind": "system",
        "order": max(orders, default=_FIRST_ORDER - 1) + 1,
        "valid_from": office.today().isoformat(),
    }


def save_unit(
    office: Office, typed: Mapping[str, Any], record: str | None, base: str | None
) -> Saved:
    """Save the city's entry of a unit, new or changed.

    What its office said of itself since stays with it: a changed entry is the later one.
    """
    whole = dict(typed)
    if record is not None:
        shown = next(one for one in listed(office) if one.id == record)
        said = {name: body_of(shown.unit).get(name) for name in TOLD}
        whole = {name: value for name, value in said.items() if value} | whole
    return saving.save(office, Unit, whole, record=record, base=base)


def own_contact(office: Office) -> Mapping[str, Any]:
    """What this office says of itself, else what the city's entry says."""
    with office.store.read() as connection:
        mine = _contact(office, connection)
        unit = states.of_code(connection, Unit, office.identity.station)
    shown = body_of(mine.record) if mine else body_of(unit.record) if unit else {}
    return {name: shown[name] for name in TOLD if name in shown}


@needs("key")
def save_contact(
    office: Office, typed: Mapping[str, Any], *, base: Mapping[str, Any] | None = None
) -> Changes:
    """Keep how this office is reached; it goes up with the next report.

    `typed` maps each of `TOLD` to what was typed, None for what is left empty; `base` is what
    `own_contact` said before. Raises `UserError` CHANGED_MEANWHILE and as `saving.save`.
    """
    require_saving(office, Contact)
    with office.store.write() as connection:
        require_seen(own_contact(office), base, "本单位的联系方式")
        mine = _contact(office, connection)
        record = mine.id if mine else None
        given = typed if mine else {name: value for name, value in typed.items() if value}
        return saving.save_within(office, connection, Contact, given, record=record).changes


def _contact(office: Office, connection: Connection) -> State[Contact] | None:
    return states.first(connection, Contact, live(), owned_by(office.identity.station))
