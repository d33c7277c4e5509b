"""A record of any type, made of its fields: what must be filled in, and what it is told by."""

from __future__ import annotations

from typing import Any

from app.domain.kernel.fields import FieldSpec, Kind, by_name, value_of
from app.domain.records import TYPES, Record
from app.domain.records.told import key_field
from app.services.office.office import Office
from app.services.records import saving
from database.state import states
from database.state.filters import live

VALUES: dict[Kind, Any] = {
    Kind.TEXT: "甲乙丙厂",
    Kind.PROSE: "一是希望加强技能培训。",
    Kind.INTEGER: 25,
    Kind.MONEY: "300.00",
    Kind.DATE: "2011-07-20",
    Kind.TIME: "2011-07-20T14:30:00+08:00",
    Kind.FLAG: True,
    Kind.NAMES: ["李明书"],
}
"""A sound value of each kind."""

_READ = {
    "year": 2011,
    "resident_id": "110101199003077774",
    "uscc": "91350100M000100Y43",
    "indicator": "T7",
    "code": "511199",
}


def typed_of(office: Office, record_type: type[Record]) -> dict[str, Any]:
    """What is typed for one record; those that it must point at are made."""
    facts, specs = record_type.facts, by_name(record_type)
    wanted = {name for name, spec in specs.items() if spec.field.required}
    wanted |= {name for name in (*facts.title, facts.who, facts.day, facts.progress) if name}
    wanted |= {group[0] for group in facts.certain}
    wanted |= {told.partition(" ")[0] for told in facts.telling}
    return {name: _value(office, specs[name]) for name in specs if name in wanted}


def make(office: Office, record_type: type[Record]) -> str:
    """Save one; its id."""
    return saving.save(office, record_type, typed_of(office, record_type)).id


def _value(office: Office, spec: FieldSpec) -> Any:
    if spec.field.links:
        key = _key(office, TYPES[spec.field.links])
        return key if spec.kind is Kind.LINK else [key]
    if spec.field.codes is not None:
        first = next(iter(spec.field.codes)).value
        return first if spec.kind is Kind.CODE else [first]
    return _READ.get(spec.name, VALUES[spec.kind])


def _key(office: Office, kind: type[Record]) -> str:
    """A record to point at: one that is there, else a new one."""
    with office.store.read() as connection:
        known = states.find(connection, kind, live(), limit=1)
    if not known:
        return make(office, kind)
    return known[0].id if key_field(kind) == "id" else str(value_of(known[0].record, "code"))
