"""Taking one save back, later on: what it changed goes back where nobody changed it since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from app.domain.merging.merge import changed_fields
from app.domain.records import Record
from app.services.office.office import Office
from app.services.records.append_revision import Past, past_of, write
from app.services.records.record_folding import decode, fold_decoded
from database.log.revisions import StoredRevision
from database.state.states import State
from database.store.engine import Connection


class Said(NamedTuple):
    """A version of a record, and the reason given for it."""

    h: str
    why: str


def last_said(past: Past, means: Callable[[str], bool]) -> Said | None:
    """The newest version whose reason means this."""
    decoded = decode(past.stored).items()
    said = [Said(h, one.why) for h, one in decoded if one.why and means(one.why)]
    return said[-1] if said else None


def take_save_back(
    office: Office, connection: Connection, state: State[Record], h: str, why: str
) -> State[Record] | None:
    """Write what a record says without its version h; None where that changes nothing."""
    record_type = type(state.record)
    past = past_of(connection, record_type, state.id)
    body = _without(record_type, past, h)
    if body == past.body:
        return None
    return write(office, connection, record_type, state.id, body, op="restore", past=past, why=why)


def _without(record_type: type[Record], past: Past, h: str) -> dict[str, Any]:
    """The body with every field that h changed, and that says so still, as it was before h."""
    place = next(n for n, row in enumerate(past.stored) if row.h == h)
    before = _body(record_type, past.stored[:place])
    after = _body(record_type, past.stored[: place + 1])
    undone = changed_fields(before, after)
    still = {name for name in undone if past.body.get(name) == after.get(name)}
    kept = {name: value for name, value in past.body.items() if name not in still}
    return kept | {name: before[name] for name in still if name in before}


def _body(record_type: type[Record], stored: Sequence[StoredRevision]) -> dict[str, Any]:
    return dict(fold_decoded(record_type, decode(stored)).body) if stored else {}
