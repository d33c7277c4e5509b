"""From the log to the state rows: records judged and folded anew, and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.domain.kernel.progress import Cancel
from app.domain.merging.ownership import (
    OWNER,
    Standpoint,
)
from app.domain.records import TYPES, Link, Record, Review
from app.services.records.record_folding import decode
from app.services.records.record_settling import LIGHT, Settled, settled_together
from database.books import worked_out
from database.log import packages, revisions
from database.log.revisions import StoredRevision
from database.state import states
from database.store.engine import Connection


def refold(
    connection: Connection,
    touched: Iterable[tuple[str, str]],
    standpoint: Standpoint,
    cancel: Cancel | None = None,
) -> list[Settled]:
    """Judge and fold these (type, id) records anew, and those that their reviews speak of.

    Revisions wait while a parent is missing or withdrawn and are live once all
    are here; the state rows are written, and what does not count is set aside in
    the packages that brought it. Reviews and links come first, since the others
    are shown with what was said of them. Raises `Cancelled` between two records.
    """
    cancel = cancel or Cancel()
    pairs = dict.fromkeys(touched)
    pairs.update(dict.fromkeys(revisions.named(connection, {record for _, record in pairs})))
    settled: list[Settled] = []
    for name in SPEAKING:
        speaking = [record for type_name, record in pairs if type_name == name]
        settled += _refold_type(connection, TYPES[name], speaking, standpoint, cancel)
        pairs.update(dict.fromkeys(_spoken_of(connection, speaking)))
    for name in TYPES:
        if name not in SPEAKING:
            ids = [record for type_name, record in pairs if type_name == name]
            settled += _refold_type(connection, TYPES[name], ids, standpoint, cancel)
    return settled


SPEAKING = (Review.type_name, Link.type_name)
"""The types whose records say something of others."""


def _spoken_of(connection: Connection, speaking: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The records that any version of these speaks of: one that went may have left its mark."""
    owned: set[str] = set()
    for chunk in revisions.chunks(speaking):
        for stored in revisions.of_records(connection, chunk, withdrawn=True).values():
            for said in decode(stored).values():
                if "target" in said.body:
                    yield str(said.body.get("target_type")), str(said.body["target"])
                elif said.body.get("kind") == OWNER:
                    owned.add(str(said.body.get("one")))
    yield from revisions.named(connection, owned)


def _refold_type(
    connection: Connection,
    record_type: type[Record],
    ids: Sequence[str],
    standpoint: Standpoint,
    cancel: Cancel,
) -> list[Settled]:
    settled: list[Settled] = []
    for chunk in revisions.chunks(ids):
        for some in revisions.light(connection, chunk, LIGHT):
            settled += _refold_chunk(connection, record_type, some, standpoint, cancel)
    return settled


def _refold_chunk(
    connection: Connection,
    record_type: type[Record],
    ids: Sequence[str],
    standpoint: Standpoint,
    cancel: Cancel,
) -> list[Settled]:
    stored = revisions.of_records(connection, ids)
    settled = settled_together(
        connection, record_type, stored, ids=ids, standpoint=standpoint, cancel=cancel
    )
    _keep_statuses(connection, record_type, settled, stored)
    states.put(connection, record_type, [one.state for one in settled if one.state])
    states.remove(connection, record_type, [one.id for one in settled if one.state is None])
    return settled


def _keep_statuses(
    connection: Connection,
    record_type: type[Record],
    settled: Sequence[Settled],
    stored: Mapping[str, Sequence[StoredRevision]],
) -> None:
    rows = (row for found in stored.values() for row in found)
    before = {row.n: row.status for row in rows if row.type == record_type.type_name}
    now: dict[int, revisions.Status] = dict.fromkeys(before, "live")
    for one in settled:
        now.update((row.n, "waiting") for row in one.waiting)
        now.update((barred.row.n, "barred") for barred in one.barred)
    statuses: tuple[revisions.Status, ...] = ("live", "waiting", "barred")
    for status in statuses:
        changed = [n for n in now if now[n] == status != before[n]]
        revisions.set_status(connection, changed, status)
    for n, status in before.items():
        if status == "barred" != now[n]:
            packages.unpark_revision(connection, n)
    for one in settled:
        for row, code, reason in one.barred:
            packages.park_where_delivered(connection, row.n, code, reason)


def rebuild(connection: Connection, standpoint: Standpoint) -> None:
    """Empty the state tables and make them again from the log alone (`check --rebuild`)."""
    states.clear(connection)
    worked_out.forget(connection)
    refold(connection, revisions.records_in_log(connection), standpoint)
