"""Nothing is typed twice (R51): what other records already say is carried over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from app.domain.campaign.campaign_data import holding
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import value_of
from app.domain.kernel.text import match_key
from app.domain.records import Enterprise, Record
from app.domain.records.facts import Carry
from app.domain.records.registry import linked_type
from app.domain.records.told import key_field
from app.services.records.link_resolving import Links
from database.state import states
from database.state.filters import equal, live, naming
from database.store.engine import Connection

Body = dict[str, Any]

R = TypeVar("R", bound=Record)


def prefill(links: Links, record_type: type[Record], body: Body) -> Body:
    """The body with what can be known already; what was typed is never replaced."""
    facts = record_type.facts
    filled = {"unit": links.office.identity.station, **body}
    if facts.campaign_of_day:
        filled = _carry(filled, {"campaign": campaign_on(links, filled.get(facts.day))})
    filled = _carry(filled, facts.implied(filled))
    for one in facts.carried:
        filled = _carried_over(links.connection, record_type, one, filled)
    return filled


def _carry(body: Body, known: Mapping[str, Any]) -> Body:
    return {name: value for name, value in known.items() if value not in (None, "", [])} | body


def _carried_over(
    connection: Connection, record_type: type[Record], carry: Carry, body: Body
) -> Body:
    """What the record linked says, or the one that is meant by its name."""
    record = _linked(connection, linked_type(record_type, carry.link), body.get(carry.link))
    if record is None and carry.named:
        named = body.get(carry.named, ""), body.get(carry.within, "")
        found = enterprise_named(connection, *named)
        if found is not None:
            body, record = body | {carry.link: found.id}, found.record
    if record is None:
        return body
    return _carry(body, {own: _plain(record, there) for own, there in carry.fields.items()})


def _plain(record: Record, name: str) -> Any:
    return msgspec.to_builtins(value_of(record, name))


def _linked(connection: Connection, kind: type[R], key: Any) -> R | None:
    find = states.of_code if key_field(kind) == "code" else states.get
    state = find(connection, kind, key) if key else None
    return state.record if state else None


def campaign_on(links: Links, day: str | None) -> str:
    """The code of the campaign that holds a day (ISO text; today when none is known yet).

    Of several the one that began last. "" when none does: a person decides then, since a
    visit counted in the wrong campaign makes the figures of both wrong.
    """
    when = dt.date.fromisoformat(day) if day else links.office.today()
    found = holding(links.campaigns.values(), when)
    return found[-1].code if found else ""


def enterprise_named(
    connection: Connection, name: str, area: str = ""
) -> states.State[Enterprise] | None:
    """The one enterprise of this name or alias, spelling forgiven; None when there is none.

    Of several with one name the one in `area` is meant; raises `UserError`
    WHICH_ENTERPRISE when that does not tell either.
    """
    if not name:
        return None
    exact = states.find(connection, Enterprise, live(), equal("name", name), order=(), limit=100)
    exact = [s for s in exact if area and s.record.area == area] or exact
    if len(exact) > 1:
        raise _which(name, exact)
    if exact:
        return exact[0]
    near = states.find(connection, Enterprise, naming("aliases", name), live())
    same = [s for s in near if match_key(name) in map(match_key, s.record.aliases)]
    return same[0] if len(same) == 1 else None


def _which(name: str, found: list[states.State[Enterprise]]) -> UserError:
    numbers = "、".join(state.record.number or state.id for state in found[:5])
    return UserError(
        "WHICH_ENTERPRISE",
        f"名录里有{len(found)}个“{name}”，看不出走访的是哪一个。",
        remedy=f"请在“名录中的单位”填写编号：{numbers}。",
    )


def relinked(connection: Connection, carry: Carry, before: Mapping[str, Any], body: Body) -> Body:
    """A record whose unit's name was corrected belongs to the unit of that name."""
    if body.get(carry.named) == before.get(carry.named):
        return body
    found = enterprise_named(connection, body.get(carry.named, ""), body.get(carry.within, ""))
    linked = {carry.link: found.id} if found else {}
    return {name: value for name, value in body.items() if name != carry.link} | linked
