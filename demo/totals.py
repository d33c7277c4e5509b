"""Totals of what one office wrote, as some store holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from app.domain.kernel.fields import value_of
from app.domain.records import TYPES, Aid, Case, Person, Record, Visit
from app.domain.records.told import text_of
from app.services.office.office import Office
from database.state import states
from database.state.filters import owned_by
from database.state.states import State

SUMS = {"aid.money": "money", "aid.goods_value": "goods_value", "visit.workers_met": "workers_met"}
"""What covers add up (package format §7), by the field it stands in."""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of one office: money in yuan as decimal strings, `goods` how many gifts."""

    unit: str
    name: str
    visits: int
    workers_met: int
    persons: int
    cases: int
    aids: int
    aid_money: str
    goods: int
    goods_value: str
    records: dict[str, int]


def owned(office: Office, station: str | None) -> dict[str, list[State[Record]]]:
    """The records of a station (None: of all) this office holds, by type; 作废 ones too."""
    found: dict[str, list[State[Record]]] = {}
    with office.store.read() as connection:
        for name, kind in TYPES.items():
            mine = [] if station is None else [owned_by(station)]
            if kept := states.find(connection, kind, *mine, order=("id",)):
                found[name] = kept
    return found


def totals_of(name: str, station: str, found: dict[str, list[State[Record]]]) -> Totals:
    """The totals of one station's records."""
    aids = _live(found.get(Aid.type_name, ()))
    return Totals(
        unit=station,
        name=name,
        visits=len(_live(found.get(Visit.type_name, ()))),
        workers_met=int(added(found, "visit.workers_met")),
        persons=len(_live(found.get(Person.type_name, ()))),
        cases=len(_live(found.get(Case.type_name, ()))),
        aids=len(aids),
        aid_money=format(added(found, "aid.money"), "f"),
        goods=sum(bool(text_of(state.record, "goods")) for state in aids),
        goods_value=format(added(found, "aid.goods_value"), "f"),
        records=dict(Counter({kind: len(_live(kept)) for kind, kept in found.items()})),
    )


def added(found: dict[str, list[State[Record]]], name: str) -> Decimal:
    """One of the `SUMS` over the records that stand."""
    kind, field = name.split(".", maxsplit=1)[0], SUMS[name]
    values = (value_of(state.record, field) for state in _live(found.get(kind, ())))
    return sum((Decimal(value) for value in values if value is not None), Decimal(0))


def _live(kept: Iterable[State[Record]]) -> list[State[Record]]:
    return [state for state in kept if not state.void]


def add_up(parts: Sequence[Totals]) -> dict[str, Decimal]:
    """The sum of several totals, by the names of their numbers."""
    names = ("visits", "workers_met", "persons", "cases", "aids", "goods")
    money = ("aid_money", "goods_value")
    return {
        name: sum((Decimal(getattr(one, name)) for one in parts), Decimal(0))
        for name in (*names, *money)
    }
