"""Records that tell another office something of one's own, kept saying what is so now.

Such a record is made by the program whenever an answer is written; what changed since, or is no
longer to be told, is told anew, and what did not change is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from app.domain.merging.revision import Op
from app.domain.records import Record, body_of
from app.services.office.office import Office
from app.services.records.append_revision import past_of, write
from database.state.states import State
from database.store.engine import Connection

R = TypeVar("R", bound=Record)


def keep_told(
    office: Office,
    connection: Connection,
    record_type: type[R],
    state: State[R] | None,
    wanted: R | None,
    *,
    last: Mapping[str, object] | None = None,
) -> None:
    """Begin, change, void or restore the record that tells; `wanted` None tells it no more.

    `last` are members that it has from then on where it is told no more.
    """
    if state is None:
        if wanted is not None:
            write(office, connection, record_type, office.new_id(), body_of(wanted), op="create")
        return
    said = body_of(msgspec.structs.replace(state.record, owner=""))
    body = {**said, **(last or {})} if wanted is None else body_of(wanted)
    if state.void == (wanted is None) and body == said:
        return
    op: Op = "void" if wanted is None else "restore" if state.void else "edit"
    past = past_of(connection, record_type, state.id)
    write(office, connection, record_type, state.id, body, op=op, past=past)
