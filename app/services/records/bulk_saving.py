"""Many records written at once: the log and the state rows that a save of each would leave."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

import msgspec

from app.domain.kernel.readable import readable
from app.domain.merging.ownership import owner_of_root
from app.domain.merging.revision import Op, Revision, seal
from app.domain.records import TYPES, Record
from app.services.office.office import Office
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state import bulk, states
from database.state.record_rows import First, first_rows
from database.store.engine import Connection


class Planned(msgspec.Struct, frozen=True, array_like=True):
    """One record to be written: a new one, or over the versions `parents`; its body as JSON."""

    type: str
    id: str
    parents: tuple[str, ...]
    body: msgspec.Raw


_Group = tuple[list[First], list[Record]]


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
        new: dict[type[Record], _Group] = {}
        changed: dict[type[Record], _Group] = {}
        for one in planned:
            record_type = TYPES[one.type]
            stored = self._stored(one, record_type)
            rows.append(stored)
            group = (changed if one.parents else new).setdefault(record_type, ([], []))
            group[0].append(First(stored.id, stored.h, stored.at, stored.by, stored.writer))
            group[1].append(self._record(record_type, one.body))
        begun = {kind: list(first_rows(*group)) for kind, group in new.items()}
        bulk.add(self._connection, rows, begun)
        for kind, group in changed.items():
            states.put_rows(self._connection, kind, list(first_rows(*group)))

    def _record(self, record_type: type[Record], body: msgspec.Raw) -> Record:
        record = _decoder(record_type).decode(body)
        identity = self._office.identity
        owner = owner_of_root(identity.writer, {"owner": record.owner}, identity.city)
        if record.owner != owner:
            # Nobody else has seen it yet: a copy of its many fields takes as long as reading them.
            msgspec.structs.force_setattr(record, "owner", owner)
        return record

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
    return msgspec.json.Decoder(readable(record_type))
