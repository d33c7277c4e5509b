"""Who saved what of a record when, and what each version changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.kernel.added_values import flat
from app.domain.merging.merge import changed_fields
from app.domain.merging.revision import Revision
from app.domain.records import Record
from app.services.office.office import Office
from app.services.records.record_folding import decode
from app.services.records.saving import find_one
from database.log import revisions


@dataclass(frozen=True, slots=True)
class Version:
    """One line of a record's history: who saved what when, and what it changed."""

    h: str
    revision: Revision
    status: str
    changed: tuple[str, ...]


def history(office: Office, record_type: type[Record], key: str) -> list[Version]:
    """谁在何时把什么改成了什么, oldest first."""
    with office.store.read() as connection:
        record = find_one(connection, record_type, key).id
        stored = revisions.of_record(connection, record)
    decoded = decode(stored)
    return [
        Version(row.h, decoded[row.h], row.status, _changed(decoded, decoded[row.h]))
        for row in stored
    ]


def _changed(decoded: Mapping[str, Revision], revision: Revision) -> tuple[str, ...]:
    parent = next((decoded[h] for h in revision.parents if h in decoded), None)
    return changed_fields(flat(parent.body) if parent else {}, flat(revision.body))
