"""Many records written at once: the log and the state rows that a save of each would leave."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

import msgspec

from app.domain.merging.ownership import owner_of_root
from app.domain.merging.revision import Op, Revision, seal
from app.domain.records import TYPES, Record
from app.services.office.office import Office
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state import bulk, states
from database.store.engine import Connection


class Planned(msgspec.Struct, frozen=True, array_like=True):
    """One record to be written: a new one, or over the versions `parents`; its body as JSON."""

    type: str
    id: str
    parents: tuple[str, ...]
    body: msgspec.Raw


class BulkWriter:
    """Writes checked records within the caller's transaction, all of one moment."""

    def __init__(self, office: Office, connection: Connection) -> None:
        self._office = office
        self._connection = connection
        self._next = self.first = revisions.next_n(connection)
        self._at = office.now()

    @property
    def last(self) -> int:
        """The arrival number of the last revision written, less than `first` for none."""
        return self._next - 1

    def write(self, planned: Sequence[Planned]) -> None:
        """Append a revision for each, and put the state rows in."""
        rows: list[StoredRevision] = []
        new: dict[type[Record], list[states.Row]] = {}
        changed: dict[type[Record], list[states.Row]] = {}
        for one in planned:
            record_type = TYPES[one.type]
            stored = self._stored(one, record_type)
            rows.append(stored)
            group = changed if one.parents else new
            group.setdefault(record_type, []).append(self._row(stored, record_type, one.body))
        bulk.add(self._connection, rows, new)
        for record_type, written in changed.items():
            states.put_rows(self._connection, record_type, written)

    def _row(
        self, stored: StoredRevision, record_type: type[Record], body: msgspec.Raw
    ) -> states.Row:
        record = _decoder(record_type).decode(body)
        owner = owner_of_root(stored.writer, {"owner": record.owner}, self._office.identity.city)
        if record.owner != owner:
            record = msgspec.structs.replace(record, owner=owner)
        return states.first_row(stored.id, stored.h, (stored.at, stored.by, stored.writer), record)

    def _stored(self, one: Planned, record_type: type[Record]) -> StoredRevision:
        op: Op = "edit" if one.parents else "create"
        revision = Revision(
            id=one.id,
            type=one.type,
            schema=record_type.schema,
            parents=one.parents,
            writer=self._office.identity.writer,
            at=self._at,
            by=self._office.operator,
            op=op,
            # JSON goes in as it is: decoded and encoded again it would be the same bytes.
            body=cast("dict[str, Any]", one.body),
        )
        h, raw = seal(revision)
        n, self._next = self._next, self._next + 1
        writer, by = revision.writer, revision.by
        return StoredRevision(
            n, h, one.id, one.type, one.parents, writer, self._at, by, op, raw, "live"
        )


@cache
def _decoder(record_type: type[Record]) -> msgspec.json.Decoder[Record]:
    return msgspec.json.Decoder(record_type)
