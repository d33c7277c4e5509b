"""Whose each record of the log is, which of its revisions count, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from app.domain.kernel.progress import Cancel
from app.domain.merging import revision
from app.domain.merging.merge import Node, ready
from app.domain.merging.ownership import (
    OWNER,
    Root,
    Standpoint,
    Title,
    owner_of_root,
    station_of,
    title,
)
from app.domain.merging.phone_corrections import Told
from app.domain.merging.written import read_record
from app.domain.records import Link, Record, Review
from app.services.records.record_folding import state_of
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state import states
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Settled:
    """What one record came to: its state, and the revisions that do not count.

    `waiting` lack a parent; `barred` were written by an office that does not own
    the record, or are all there are while nobody does. `state` is None while no
    revision counts.
    """

    type: str
    id: str
    state: State[Record] | None
    waiting: tuple[StoredRevision, ...]
    barred: tuple[Barred, ...]


class Barred(NamedTuple):
    """A revision that does not count, with the code (package format §5) and the reason."""

    row: StoredRevision
    code: str
    reason: str


LIGHT = 16 << 20
"""Bytes of revisions held at once; a hundred thousand of the usual length are less."""


def settled_by_log(
    connection: Connection,
    record_type: type[Record],
    ids: Iterable[str],
    standpoint: Standpoint,
    cancel: Cancel,
) -> Iterator[list[Settled]]:
    """What the log says of these records, many at a time; nothing is written.

    Reviews and links are believed as their rows stand. Raises `Cancelled`.
    """
    for chunk in revisions.chunks(ids):
        for some in revisions.light(connection, chunk, LIGHT):
            stored = revisions.of_records(connection, some)
            yield settled_together(
                connection, record_type, stored, ids=some, standpoint=standpoint, cancel=cancel
            )


def settled_together(
    connection: Connection,
    record_type: type[Record],
    stored: Mapping[str, Sequence[StoredRevision]],
    *,
    ids: Sequence[str],
    standpoint: Standpoint,
    cancel: Cancel,
) -> list[Settled]:
    """What these records come to, from those of their revisions that are `stored`."""
    told = told_about(connection, ids, cancel)
    settled = []
    for record in ids:
        cancel.check()
        rows, words = stored.get(record, []), told.get(record, ())
        plain = None if words else _plainly_settled(record_type, rows, standpoint)
        if plain is not None:
            settled.append(plain)
            continue
        known = _title(connection, record, rows, standpoint)
        settled.append(
            _settled(record_type, record, rows, known=known, told=words, standpoint=standpoint)
        )
    return settled


def _plainly_settled(
    record_type: type[Record], rows: Sequence[StoredRevision], standpoint: Standpoint
) -> Settled | None:
    """As `_settled`, for what nearly every record is: one office wrote it, change after change.

    Its last revision alone is read then. None for any other.
    """
    chain = _chain(rows)
    if not chain or any(row.type != record_type.type_name for row in chain):
        return None
    root, head = chain[0], chain[-1]
    station = station_of(root.writer)
    changed_by_others = any(station_of(row.writer) != station for row in chain)
    if changed_by_others or head.op == "merge" or (len(chain) > 1 and station == standpoint.city):
        return None
    record = read_record(record_type, head.raw)
    if record is None:
        return None
    owner = owner_of_root(root.writer, {"owner": record.owner}, standpoint.city)
    if record.owner != owner:
        record = msgspec.structs.replace(record, owner=owner)
    void = head.op == "void"
    state = State(root.id, head.h, head.at, head.by, head.writer, void, record, {}, {})
    return Settled(record_type.type_name, root.id, state, (), ())


def _chain(rows: Sequence[StoredRevision]) -> Sequence[StoredRevision] | None:
    """The revisions of a record from the first to the last; None unless each follows one other."""
    if len(rows) == 1:
        return None if rows[0].parents else rows
    after = {row.parents: row for row in rows}
    chain: list[StoredRevision] = []
    following = after.get(())
    while following is not None and len(chain) < len(rows):
        chain.append(following)
        following = after.get((following.h,))
    return chain if len(chain) == len(rows) else None


def _settled(
    record_type: type[Record],
    record: str,
    stored: Sequence[StoredRevision],
    *,
    known: Title | None,
    told: Sequence[Told],
    standpoint: Standpoint,
) -> Settled:
    """Judge the revisions of one record and type that are not withdrawn."""
    begun = any(not row.parents for row in stored)
    stored = [row for row in stored if row.type == record_type.type_name]
    barred = {row.n: fault for row in stored if begun if (fault := _barred(row, known, standpoint))}
    allowed = [row for row in stored if row.n not in barred]
    complete, _ = ready(Node(row.h, row.parents, row.op, {}) for row in allowed)
    whole = {node.h for node in complete}
    live = [row for row in allowed if row.h in whole]
    waiting = tuple(row for row in allowed if row.h not in whole)
    state = state_of(record_type, live, told, standpoint) if live else None
    return Settled(record_type.type_name, record, state, waiting, tuple(barred.values()))


def _title(
    connection: Connection, record: str, stored: Sequence[StoredRevision], standpoint: Standpoint
) -> Title | None:
    """What a record is and whose; None while nobody can say."""
    roots = [_root(row, standpoint) for row in stored if not row.parents]
    known = title(record, roots, standpoint.city)
    if known is None and roots:
        return title(record, roots, standpoint.city, _chosen(connection, record, standpoint))
    return known


def _root(row: StoredRevision, standpoint: Standpoint) -> Root:
    return Root(row.h, row.type, station_of(row.writer), _owner(row, standpoint))


def _owner(row: StoredRevision, standpoint: Standpoint) -> str:
    """Whose the record is that this first revision begins; only the city's own says it inside."""
    is_city = station_of(row.writer) == standpoint.city
    body = revision.read(row.raw).body if is_city else {}
    return owner_of_root(row.writer, body, standpoint.city)


def _chosen(connection: Connection, record: str, standpoint: Standpoint) -> list[str]:
    """The first revisions that the city named for a contested record, its last word first."""
    found = []
    for link in sorted(states.pointing_at(connection, Link, "one", [record]), reverse=True):
        state = states.get(connection, Link, link)
        if state and state.owner == standpoint.city and state.record.kind == OWNER:
            found.append(state.record.other)
    return found


def _barred(row: StoredRevision, known: Title | None, standpoint: Standpoint) -> Barred | None:
    """Why a revision of a record that was begun does not count, or None."""
    if known is None:
        return Barred(row, "REV_FORBIDDEN", "有别的单位的记录用了同一个内部号，等市总工会认定")
    if row.type != known.type:
        return Barred(row, "RECORD_INVALID", "记录的类型与已有的不一致")
    station = station_of(row.writer)
    owner = station if row.parents else _owner(row, standpoint)
    if owner == known.owner:
        return None
    return Barred(row, "REV_FORBIDDEN", f"记录不归 {station} 所有")


def told_about(
    connection: Connection, records: Sequence[str], cancel: Cancel | None = None
) -> dict[str, list[Told]]:
    """What the office above was told by telephone about each of these records."""
    cancel = cancel or Cancel()
    told: dict[str, list[Told]] = {}
    for one in states.pointing_at(connection, Review, "target", records):
        cancel.check()
        state = states.get(connection, Review, one)
        if state is not None:
            told.setdefault(state.record.target, []).extend(_told(state, state.record))
    return told


def _told(state: State[Record], review: Review) -> Iterator[Told]:
    for proposal in review.proposals:
        yield Told(
            proposal.field,
            proposal.value,
            review.target_h,
            state.id,
            proposal.said_by,
            proposal.said_on.isoformat() if proposal.said_on else "",
            state.changed_at,
            review.station,
        )
