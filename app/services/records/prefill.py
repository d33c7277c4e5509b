"""Nothing is typed twice (R51): what other records already say is carried over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from app.domain.campaign.campaign_data import LEVEL_OF_KIND, holding
from app.domain.campaign.record_campaign import of_several
from app.domain.checking.state import is_in_campaign
from app.domain.kernel.fields import value_of
from app.domain.records import Briefing, Record
from app.domain.records.facts import Carry
from app.domain.records.registry import linked_type
from app.services.records import briefing_numbers
from app.services.records.link_resolving import Links

Body = dict[str, Any]


def prefill(links: Links, record_type: type[Record], body: Body) -> Body:
    """The body with what can be known already; what was typed is never replaced."""
    facts = record_type.facts
    filled = {"unit": links.office.identity.station, **body}
    if record_type is Briefing:
        filled = _carry(filled, briefing_numbers.proposed(links, filled))
    if facts.campaign_of_day:
        filled = _carry(filled, {"campaign": campaign_on(links, filled.get(facts.day))})
    filled = _carry(filled, facts.implied(filled))
    for one in facts.carried:
        filled = _carried_over(links, record_type, one, filled)
    if facts.at_home:
        filled = _carry(filled, {facts.at_home: _township(links)})
    return filled


def _township(links: Links) -> str:
    """The code of the 乡镇（街道） whose office this is, "" for an office above."""
    own = links.own_unit
    return own.area if own and LEVEL_OF_KIND.get(own.kind) == "township" else ""


def _carry(body: Body, known: Mapping[str, Any]) -> Body:
    return {name: value for name, value in known.items() if value not in (None, "", [])} | body


def _carried_over(links: Links, record_type: type[Record], carry: Carry, body: Body) -> Body:
    """What the record linked says, or the one that is meant by its name."""
    key = _first(body.get(carry.link))
    if not key and not body.get(carry.named):
        return body
    record = links.linked(linked_type(record_type, carry.link), key) if key else None
    if record is None and carry.named:
        found = links.enterprise(body.get(carry.named, ""), body.get(carry.within, ""))
        if found is not None:
            body, record = body | {carry.link: found.id}, found.record
    if record is None:
        return body
    return _carry(body, {own: _plain(record, there) for own, there in carry.fields.items()})


def _first(link: Any) -> Any:
    """The one record that a link names, or the first of several."""
    return next(iter(link), None) if isinstance(link, list | tuple) else link


def _plain(record: Record, name: str) -> Any:
    return msgspec.to_builtins(value_of(record, name))


def campaign_on(links: Links, day: str | None) -> str:
    """The code of the campaign that holds a day (ISO text; today when none is known yet).

    Of several the one chosen to be looked at, else the one that began last. "" when none does: a
    person decides then: a visit counted in the wrong campaign makes the figures of both wrong.
    """
    when = dt.date.fromisoformat(day) if day else links.office.today()
    found = of_several(holding(links.campaigns.values(), when), links.chosen_campaign)
    return found.code if found else ""


def follow_day(
    links: Links, record_type: type[Record], before: Mapping[str, Any], body: Body
) -> Body:
    """A record whose day was changed goes to the campaign of that day, or to none.

    A campaign that holds the day keeps it, also one without days of its own.
    """
    day = body.get(record_type.facts.day)
    moved = day and day != before.get(record_type.facts.day)
    if not (record_type.facts.campaign_of_day and moved):
        return body
    held = links.campaigns.get(str(body.get("campaign", "")))
    if held is not None and is_in_campaign(held, dt.date.fromisoformat(str(day)[:10])):
        return body
    code = campaign_on(links, str(day)[:10])
    rest = {name: value for name, value in body.items() if name != "campaign"}
    return {**rest, "campaign": code} if code else rest


def relinked(links: Links, carry: Carry, before: Mapping[str, Any], body: Body) -> Body:
    """A record whose unit's name was corrected belongs to the unit of that name."""
    if body.get(carry.named) == before.get(carry.named):
        return body
    found = links.enterprise(body.get(carry.named, ""), body.get(carry.within, ""))
    linked = {carry.link: found.id} if found else {}
    return {name: value for name, value in body.items() if name != carry.link} | linked
