"""Putting one revision into the log and its record's row into the state table.

Everything a person saves comes through here, inside the caller's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.kernel.errors import UserError
from app.domain.merging.revision import Op, Revision, seal
from app.domain.records import Record
from app.services.office.office import Office
from app.services.records.record_folding import decode, fold_decoded, state_of
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state import states
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Past:
    """What a record was before this save: its live revisions, heads and body."""

    stored: Sequence[StoredRevision]
    heads: tuple[str, ...]
    body: dict[str, Any]
    conflicts: dict[str, Any]


def past_of(connection: Connection, record_type: type[Record], record: str) -> Past:
    """The past of an existing record; raises `UserError` NOT_FOUND."""
    stored = revisions.of_record(connection, record, status="live")
    if not stored or stored[0].type != record_type.type_name:
        label = record_type.label
        raise UserError("NOT_FOUND", f"没有找到这条{label}。", remedy="请刷新列表后再试。")
    result = fold_decoded(record_type, decode(stored))
    return Past(stored, result.heads, dict(result.body), dict(result.conflicts))


def require_owner(office: Office, state: State[Record]) -> None:
    """Only the owner's office writes a record's body; others review it."""
    if state.owner != office.identity.station:
        raise UserError(
            "NOT_OWNER",
            "这条记录属于别的单位，不能在这里修改。",
            remedy="可以退回，或登记电话更正。",
        )


def write(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    record: str,
    body: dict[str, Any],
    *,
    op: Op,
    past: Past | None = None,
    why: str | None = None,
) -> State[Record]:
    """Append one revision by the operator at work and return the record's new state."""
    revision = Revision(
        id=record,
        type=record_type.type_name,
        schema=record_type.schema,
        parents=tuple(sorted(past.heads)) if past else (),
        writer=office.identity.writer,
        at=office.now(),
        by=office.operator,
        op=op,
        why=why or None,
        body={name: value for name, value in body.items() if name != "owner" or office.is_city},
    )
    stored = _append(connection, revision)
    earlier = past.stored if past else ()
    # Only one's own records are written, and those show no word of the office above.
    state = state_of(record_type, [*earlier, stored], (), office.standpoint)
    states.put(connection, record_type, [state])
    return state


def _append(connection: Connection, revision: Revision) -> StoredRevision:
    revision, h, raw = _sealed(connection, revision)
    stored = StoredRevision(
        revisions.next_n(connection),
        h,
        revision.id,
        revision.type,
        revision.parents,
        revision.writer,
        revision.at,
        revision.by,
        revision.op,
        raw,
        "live",
    )
    revisions.append(connection, [stored])
    return stored


def _sealed(connection: Connection, revision: Revision) -> tuple[Revision, str, bytes]:
    """The revision with a name of its own, and its bytes.

    What was taken back is still in the log; saved again within the second it is told as of the
    next.
    """
    here = revisions.known(connection, [revision.id]).get(revision.id, {})
    h, raw = seal(revision)
    while h in here:
        later = dt.datetime.fromisoformat(revision.at) + dt.timedelta(seconds=1)
        revision = msgspec.structs.replace(revision, at=later.isoformat())
        h, raw = seal(revision)
    return revision, h, raw
