"""What an indicator is called where a record keeps its code: by the campaign of that record.

T7 is one thing in the campaign of 2012 and may be another in that of the next year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.naming.search_pieces import Sought
from app.domain.records import Indicator, Record
from app.services.records.link_resolving import Links


def in_words(links: Links, record_type: type[Record], body: Mapping[str, Any]) -> dict[str, Any]:
    """The body with the name of its indicator in place of the code, where that is known."""
    named = _named(links, record_type, body)
    return {**body, record_type.facts.indicator: named.words} if named else dict(body)


def as_code(links: Links, record_type: type[Record], body: Mapping[str, Any]) -> dict[str, Any]:
    """The body with the code of the indicator that it names; what names none stands as it is."""
    named = _named(links, record_type, body)
    return {**body, record_type.facts.indicator: named.code} if named else dict(body)


def meant(links: Links, sought: Sought) -> list[tuple[str, list[str]]]:
    """The campaigns, by code, with the codes of their indicators whose names answer."""
    found = [
        (code, [one.code for one in campaign.indicators if sought.meets((one.words,))])
        for code, campaign in links.campaigns.items()
    ]
    return [(code, codes) for code, codes in found if codes]


def _named(links: Links, record_type: type[Record], body: Mapping[str, Any]) -> Indicator | None:
    name = record_type.facts.indicator
    campaign = links.campaigns.get(str(body.get("campaign") or "")) if name else None
    return campaign.indicator_named(str(body.get(name) or "")) if campaign else None
