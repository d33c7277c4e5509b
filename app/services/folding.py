"""From the log to the state rows: who owns a record, and what it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from app.domain import revision
from app.domain.fields import fields_of
from app.domain.merge import Folded, Node, Shape, fold, ready
from app.domain.overlay import Told, overlay
from app.domain.ownership import owner_of_root
from app.domain.records import TYPES, Review
from app.domain.revision import Revision
from database import revisions, states
from database.engine import Connection
from database.revisions import StoredRevision
from database.states import State


@cache
def shapes(type_name: str) -> Mapping[str, Shape]:
    """How the members of a type merge, those that are not one plain value."""
    specs = fields_of(TYPES[type_name])
    return {spec.name: spec.shape for spec in specs if spec.shape != "value"}


def decode(stored: Iterable[StoredRevision]) -> dict[str, Revision]:
    """The revisions by h, in the order given."""
    return {row.h: revision.read(row.raw) for row in stored}


def fold_decoded(type_name: str, decoded: Mapping[str, Revision]) -> Folded:
    """What these revisions of one record, whole in their ancestry, add up to."""
    nodes = [Node(h, tuple(r.parents), r.op, r.body) for h, r in decoded.items()]
    return fold(nodes, shapes(type_name))


def folded(connection: Connection, record: str, type_name: str) -> Folded | None:
    """The fold of a record's live revisions as its owner wrote them, or None."""
    decoded = decode(revisions.of_record(connection, record, status="live"))
    return fold_decoded(type_name, decoded) if decoded else None


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where the fold is looked at from: this office's station and the city's."""

    here: str
    city: str


def refold(
    connection: Connection, touched: Iterable[tuple[str, str]], standpoint: Standpoint
) -> None:
    """Make the state rows of these (type, id) pairs anew, and of what their reviews speak of."""
    todo = dict.fromkeys(touched)
    for type_name, record in list(todo):
        if type_name == Review.type_name:
            todo.update(dict.fromkeys(_spoken_of(connection, record)))
    for type_name, record in sorted(todo, key=lambda pair: pair[0] != Review.type_name):
        _refold_one(connection, type_name, record, standpoint)


def _spoken_of(connection: Connection, review: str) -> list[tuple[str, str]]:
    found = decode(revisions.of_record(connection, review)).values()
    return [(r.body["target_type"], r.body["target"]) for r in found if "target" in r.body]


def _refold_one(
    connection: Connection, type_name: str, record: str, standpoint: Standpoint
) -> None:
    stored = revisions.of_record(connection, record, status="live")
    if not stored:
        states.remove(connection, type_name, [record])
        return
    told = told_about(connection, record)
    states.put(connection, type_name, [state_of(type_name, stored, told, standpoint)])


def settle_waiting(connection: Connection, records: Iterable[str]) -> None:
    """Revisions wait while a parent is missing (or withdrawn) and are live once all are here."""
    for record in dict.fromkeys(records):
        usable = [r for r in revisions.of_record(connection, record) if r.status != "withdrawn"]
        complete, _ = ready(Node(row.h, row.parents, row.op, {}) for row in usable)
        whole = {node.h for node in complete}
        freed = [row.n for row in usable if row.status == "waiting" and row.h in whole]
        stuck = [row.n for row in usable if row.status == "live" and row.h not in whole]
        revisions.set_status(connection, freed, "live")
        revisions.set_status(connection, stuck, "waiting")


def told_about(connection: Connection, record: str) -> list[Told]:
    """What the office above was told by telephone about a record."""
    table = states.table(Review.type_name)
    found = states.find(
        connection,
        Review.type_name,
        table.c.target == record,
        table.c.verdict == "propose",
        table.c.void == 0,
    )
    return [told for state in found for told in _told(state)]


def _told(state: State) -> list[Told]:
    review = state.record
    assert isinstance(review, Review)
    return [
        Told(
            proposal.field,
            proposal.value,
            review.target_h,
            state.id,
            proposal.said_by,
            proposal.said_on.isoformat() if proposal.said_on else "",
            state.changed_at,
        )
        for proposal in review.proposals
    ]


def state_of(
    type_name: str, stored: Sequence[StoredRevision], told: Sequence[Told], standpoint: Standpoint
) -> State:
    """The state row of one record from its live revisions (at least one).

    The owner's own screen keeps the owner's values; others see what was told.
    """
    decoded = decode(stored)
    result = fold_decoded(type_name, decoded)
    root = next(r for r in decoded.values() if not r.parents)
    owner = owner_of_root(root.writer, root.body, standpoint.city)
    last = max((decoded[h] for h in result.heads), key=lambda r: (r.at, r.writer))
    heard = told if owner != standpoint.here else ()
    shown, pending = overlay(result.body, heard, {h: r.body for h, r in decoded.items()})
    return State(
        id=root.id,
        h=result.heads[0],
        changed_at=last.at,
        changed_by=last.by,
        writer=last.writer,
        void=result.void,
        record=msgspec.convert(shown | {"owner": owner}, TYPES[type_name]),
        conflicts={p: [[c.value, c.h] for c in cs] for p, cs in result.conflicts.items()},
        pending=pending,
    )


def rebuild(connection: Connection, standpoint: Standpoint) -> None:
    """Empty the state tables and make them again from the log alone (`check --rebuild`)."""
    states.clear(connection)
    pairs = sorted(revisions.live_records(connection), key=lambda pair: pair[0] != Review.type_name)
    for type_name, record in pairs:
        _refold_one(connection, type_name, record, standpoint)
