"""Which records may be other than they were at a mark of the store, with what speaks of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.merging.ownership import OWNER
from app.domain.records import Link, Review
from app.services.office.store_mark import StoreMark, Target, changed_since
from app.services.records.record_folding import decode
from database.log import revisions
from database.store.engine import Connection


def changed_records(connection: Connection, before: StoreMark) -> frozenset[Target]:
    """The records written, taken back or brought back since, and those shown otherwise by these.

    A review tells with 更正 how its record is shown, a link of the city whose a record is.
    """
    found = changed_since(connection, before)
    speaking = [one for kind, one in found if kind in (Review.type_name, Link.type_name)]
    owned: set[str] = set()
    spoken_of: set[Target] = set()
    for body in _said(connection, speaking):
        if body.get("proposals"):
            spoken_of.add((str(body.get("target_type")), str(body.get("target"))))
        elif body.get("kind") == OWNER:
            owned.add(str(body.get("one")))
    return found | spoken_of | frozenset(revisions.named(connection, owned))


def _said(connection: Connection, records: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """What every version of these says, also of one that counts no longer."""
    for record in records:
        yield from (one.body for one in decode(revisions.of_record(connection, record)).values())


def by_type(targets: frozenset[Target]) -> Mapping[str, list[str]]:
    """Ids of records by the name of their type, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, record in sorted(targets):
        found[kind].append(record)
    return found
