"""Whether a record says otherwise than the form of it that was printed."""

from __future__ import annotations

from app.domain.merging.merge import changed_fields
from app.domain.records import Record
from app.services.records.record_folding import decode
from database.log import revisions
from database.state.states import State
from database.store.engine import Connection

_NOT_PRINTED = frozenset({"attachments", "accepted", "remarks", "paper_marks"})
"""Members that a form does not show: a change of them leaves the paper as good as it was."""


def changed_since(connection: Connection, version: str, state: State[Record]) -> bool:
    """Whether the record says otherwise than the version (first digits of its h) on the paper."""
    if state.h.startswith(version):
        return False
    stored = {row.h: row for row in revisions.of_record(connection, state.id)}
    printed = next((row for h, row in stored.items() if h.startswith(version)), None)
    if printed is None or state.h not in stored:
        return True
    then, now = decode([printed, stored[state.h]]).values()
    return bool(set(changed_fields(then.body, now.body)) - _NOT_PRINTED)
