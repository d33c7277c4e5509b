"""The trays of a county: what the office above said of its records, and what still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.kernel.added_values import flat
from app.domain.merging.merge import field_of
from app.domain.records import (
    TYPES,
    Record,
    Review,
    body_of,
)
from app.services.office.office import Office
from app.services.records import record_folding
from app.services.records.removed_fields import any_removed
from app.services.reviewing.standing_refusals import refusals_of
from database.log import revisions
from database.state import states
from database.state.filters import equal, live
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class TrayItem:
    """One record in a tray: what the office above said, and whether it still stands.

    `open` until the owner has changed the record (or the proposed fields) since, or refused it.
    """

    review: State[Review]
    record: State[Record]
    type: str
    open: bool


def tray(office: Office, verdict: str) -> list[TrayItem]:
    """退回 (return), 更正建议 (propose) or 通过 (accept) on records of this office."""
    with office.store.read() as connection:
        found = states.find(
            connection,
            Review,
            equal("verdict", verdict),
            equal("station", office.identity.station),
            live(),
            order=states.AS_LOGGED,
        )
        refused = refusals_of(connection, found).keys()
        return [item for one in found if (item := _item(connection, one, one.id in refused))]


def _item(connection: Connection, state: State[Review], refused: bool) -> TrayItem | None:
    review = state.record
    record_type = TYPES.get(review.target_type)
    record = states.get(connection, record_type, review.target) if record_type else None
    if record is None:
        return None
    still = not refused and still_stands(connection, record, review)
    return TrayItem(state, record, review.target_type, still)


def still_stands(connection: Connection, record: State[Record], review: Review) -> bool:
    """Whether the owner has left what was spoken about as it was."""
    fields = [*(q.field for q in review.questions), *(p.field for p in review.proposals)]
    spoken = revisions.get(connection, review.target_h)
    if not fields:
        return record.h == review.target_h
    if spoken is None:
        # Of two computers of this office, the other's version: it is not here yet.
        return review.verdict == "return" or record.h == review.target_h
    if any(name in fields for name in map(field_of, record.conflicts)):
        return True
    before = flat(record_folding.decode([spoken])[spoken.h].body)
    now = flat(body_of(record.record))
    if any_removed(connection, type(record.record), fields) and record.h != review.target_h:
        return False
    same = all(_plain(before.get(name)) == _plain(now.get(name)) for name in fields)
    return same and not _chosen(connection, record.id, review.target_h, fields)


def _chosen(connection: Connection, record: str, spoken: str, fields: Sequence[str]) -> bool:
    """Whether what was spoken about stood against another version, and the owner chose since."""
    rows = revisions.of_record(connection, record)
    joined = [row.parents for row in rows if len(row.parents) > 1 and spoken in row.parents]
    if not joined:
        return False
    bodies = {h: flat(one.body) for h, one in record_folding.decode(rows).items()}
    return any(
        all(any(_differs(bodies, spoken, other, name) for other in parents) for name in fields)
        for parents in joined
    )


def _differs(bodies: Mapping[str, Mapping[str, Any]], one: str, other: str, name: str) -> bool:
    there = one in bodies and other in bodies
    return there and _plain(bodies[one].get(name)) != _plain(bodies[other].get(name))


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def open_items(items: Sequence[TrayItem]) -> list[TrayItem]:
    """Those the owner has still to look at."""
    return [item for item in items if item.open]
