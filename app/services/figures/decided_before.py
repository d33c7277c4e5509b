"""Pairs that were decided on, and of which what was compared has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.doubles import Candidate, Kind, Strength
from app.domain.doubles.evidence import TYPES_OF
from app.domain.kernel.fields import fields_of
from app.domain.merging.link_decisions import pair
from app.domain.merging.merge import changed_fields
from app.domain.records import Link, Record
from app.services.figures.compared_records import FIELDS
from app.services.records.record_folding import decode, fold_decoded
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state import states
from database.state.filters import live
from database.store.engine import Connection

PairKey = tuple[str, str, str]
"""The kind and both ids, the smaller first."""

_NAMED = 3
_NAMES = ("kind", "one", "other", "id", "same", "changed_at")


class Before(NamedTuple):
    """The decision that holds about a pair: its link record, what it says, and when it came."""

    link: str
    same: bool
    at: str


def decisions(connection: Connection) -> dict[PairKey, Before]:
    """The last decision about every pair that was itself decided on."""
    return {
        (kind, *pair(one, other)): Before(link, bool(same), at)
        for kind, one, other, link, same, at in states.pick(connection, Link, _NAMES, live())
        if same is not None
    }


def asked_again(
    connection: Connection, candidates: Iterable[Candidate]
) -> dict[Candidate, tuple[str, str]]:
    """Those of which what is compared of one record is other than when they were decided on.

    What was decided to be the same is asked again only where little speaks for it now. With each
    the link record of the former decision, and what to say of it. What an office was told by
    telephone changes no revision, and asks nothing again.
    """
    known = decisions(connection)
    held: dict[Candidate, Before] = {}
    for one in candidates:
        before = known.get((one.kind, one.one, one.other))
        if before and not (before.same and one.strength is not Strength.LOW):
            held[one] = before
    arrived = revisions.last_arrivals(
        connection,
        {record for one, before in held.items() for record in (one.one, one.other, before.link)},
    )
    later = {
        one: before
        for one, before in held.items()
        if max(arrived.get(one.one, 0), arrived.get(one.other, 0)) > arrived.get(before.link, 0)
    }
    log = _log(connection, {record for one in later for record in (one.one, one.other)})
    found = {}
    for one, before in later.items():
        labels = tuple(_changed(one, log, arrived[before.link]))
        if labels:
            found[one] = before.link, _words(before, labels)
    return found


def _log(connection: Connection, records: Iterable[str]) -> Mapping[str, Sequence[StoredRevision]]:
    found: dict[str, list[StoredRevision]] = {}
    for chunk in revisions.chunks(sorted(records)):
        found |= revisions.of_records(connection, chunk)
    return found


def _changed(
    one: Candidate, log: Mapping[str, Sequence[StoredRevision]], decided: int
) -> Iterator[str]:
    """The labels of the fields that are other than at this arrival, each once."""
    record_type = TYPES_OF[Kind(one.kind)]
    names = {
        name
        for record in (one.one, one.other)
        for name in _of_one(record_type, log.get(record, ()), decided)
    }
    yield from (spec.label for spec in fields_of(record_type) if spec.name in names)


def _of_one(
    record_type: type[Record], rows: Sequence[StoredRevision], decided: int
) -> Iterator[str]:
    counted = [row for row in rows if row.status == "live"]
    before = _whole([row for row in counted if row.n < decided])
    if not before or len(before) == len(counted):
        return
    then, now = (fold_decoded(record_type, decode(some)).body for some in (before, counted))
    yield from set(changed_fields(then, now)).intersection(FIELDS[record_type])


def _whole(rows: Sequence[StoredRevision]) -> list[StoredRevision]:
    """Without those whose parents came later."""
    found: dict[str, StoredRevision] = {}
    for row in rows:
        if all(parent in found for parent in row.parents):
            found[row.h] = row
    return list(found.values())


def _words(before: Before, labels: Sequence[str]) -> str:
    verdict = "是" if before.same else "不是"
    some = "、".join(labels[:_NAMED])
    more = f"等 {len(labels)} 项" if len(labels) > _NAMED else ""
    return f"{before.at[:10]} 认定为“{verdict}”，之后改过{some}{more}。"
