"""What a record says in fields that its campaign added once and asks no more.

The names of these fields are known from what the campaign was before: the log has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from app.domain.campaign import record_campaign as rule
from app.domain.kernel.added_values import said_in
from app.domain.kernel.fields import FieldSpec, added_to, by_name, fields_of
from app.domain.records import Campaign, Record
from app.services.records.asked_campaign import asked_of
from app.services.records.link_resolving import Links
from app.services.records.record_folding import decode, typed
from database.log import revisions
from database.log.revisions import chunks
from database.state import states
from database.state.filters import live
from database.store.engine import Connection

Body = Mapping[str, Any]


def shown_with(
    links: Links, record_type: type[Record], body: Body, *, beside: Collection[str] = ()
) -> Campaign | None:
    """The campaign by which a record is shown: as `asked_of`, with the fields that are gone.

    These are shown and not keyed, so nothing checks them.
    """
    asked = asked_of(links, record_type, body, beside=beside)
    known = added_to(record_type, (asked,) if asked else ())
    left = {*said_in(body), *beside} - {spec.name for spec in known}
    return rule.with_removed(record_type, asked, left, _before(links)) if left else asked


def shown_fields(links: Links, record_type: type[Record], body: Body) -> tuple[FieldSpec, ...]:
    """All fields of one record: its own, those added to it, and those that are gone."""
    return fields_of(record_type, shown_with(links, record_type, body))


def removed_fields(
    links: Links, record_type: type[Record], named: Collection[str]
) -> tuple[FieldSpec, ...]:
    """Those of these names that a campaign had once, as the latest called them."""
    asked = rule.with_removed(record_type, None, named, _before(links))
    return added_to(record_type, (asked,) if asked else ())


def any_removed(connection: Connection, record_type: type[Record], names: Iterable[str]) -> bool:
    """Whether one of these is no field any more: its owner can only answer elsewhere."""
    left = {*names} - by_name(record_type).keys()
    if not left:
        return False
    campaigns = [state.record for state in states.find(connection, Campaign, live())]
    return not left <= {spec.name for spec in added_to(record_type, campaigns)}


def _before(links: Links) -> Iterator[Campaign]:
    """What every campaign was, the latest first."""
    ids = [record for (record,) in states.pick(links.connection, Campaign, ("id",))]
    for chunk in chunks(ids):
        logged = revisions.of_records(links.connection, chunk).values()
        rows = sorted((row for one in logged for row in one), key=lambda row: -row.n)
        for row in rows:
            found = typed(Campaign, decode([row])[row.h].body)
            if isinstance(found, Campaign):
                yield found
