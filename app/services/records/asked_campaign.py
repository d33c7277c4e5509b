"""The campaign that a record is of, looked up: by what it names, by its visit, by its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from app.domain.campaign import record_campaign as rule
from app.domain.campaign.record_campaign import Choosing, takes_added
from app.domain.kernel.added_values import said_in
from app.domain.kernel.fields import FieldSpec, added_to, by_name, fields_of, value_of
from app.domain.records import Campaign, Record, Visit
from app.domain.records.registry import linked_type
from app.services.records.link_resolving import Links
from database.state import states

Body = Mapping[str, Any]
_NAMED = Campaign.type_name


def campaign_of(
    links: Links, record_type: type[Record], body: Body, typed: Collection[str] = ()
) -> Campaign | None:
    """The campaign a record names, else that of its visit, else the one of its day.

    Of several on its day the one that has added fields which are filled in or `typed`.
    """
    if _NAMED in by_name(record_type):
        return links.campaigns.get(str(body.get(_NAMED) or ""))
    visit = _visit_of(links, record_type, body)
    said = said_in(body) | {*typed}
    return rule.belonging(_choosing(links), record_type, visit, _day_of(record_type, body), said)


def asked_of(
    links: Links,
    record_type: type[Record],
    body: Body,
    *,
    typed: Collection[str] = (),
    beside: Collection[str] = (),
) -> Campaign | None:
    """The campaign by which a record is keyed and checked, with every added field that it has.

    `typed` as in `campaign_of`; `beside` are added fields that it has although it says nothing in
    them, whosever they are.
    """
    hanging = _NAMED not in by_name(record_type)
    if hanging and not _is_added_to(links, record_type):
        return None
    mine = campaign_of(links, record_type, body, typed)
    here = hanging and mine is None and _visit_of(links, record_type, body) is None
    said = said_in(body) | {*beside}
    return rule.asking(_choosing(links), record_type, mine, said, here=here)


def asked_fields(links: Links, record_type: type[Record], body: Body) -> tuple[FieldSpec, ...]:
    """All fields of one record: its own, and those that campaigns add to it."""
    return fields_of(record_type, asked_of(links, record_type, body))


def telling(record_type: type[Record], *, named: bool) -> tuple[str, ...]:
    """The fields that tell of which campaign a record is; `named` where it says so itself."""
    known, facts = by_name(record_type), record_type.facts
    names = (_NAMED,) if named and _NAMED in known else (facts.came_by, facts.day)
    return tuple(name for name in names if name in known)


def _is_added_to(links: Links, record_type: type[Record]) -> bool:
    known = links.campaigns.values()
    return takes_added(record_type) and bool(added_to(record_type, known))


def _choosing(links: Links) -> Choosing:
    known = tuple(links.campaigns.values())
    return Choosing(known, links.chosen_campaign, links.office.today())


def _visit_of(links: Links, record_type: type[Record], body: Body) -> Visit | None:
    """The visit that led to a record, over what it came from; one that is 作废 does not count."""
    link = record_type.facts.came_by
    key = str(body.get(link) or "") if link else ""
    if not key:
        return None
    kind = linked_type(record_type, link)
    if kind is Visit:
        visit = states.get(links.connection, Visit, key)
        return visit.record if visit is not None and not visit.void else None
    state, onward = states.get(links.connection, kind, key), kind.facts.came_by
    if state is None or state.void:
        return None
    return _visit_of(links, kind, {onward: value_of(state.record, onward)}) if onward else None


def _day_of(record_type: type[Record], body: Body) -> dt.date | None:
    day = body.get(record_type.facts.day)
    return dt.date.fromisoformat(str(day)[:10]) if day else None
