"""作废 records, and bring an earlier version back (改回)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Record
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records.append_revision import write
from app.services.records.checked_body import checked
from app.services.records.headcounts import follow
from app.services.records.link_resolving import Links
from app.services.records.record_folding import decode
from app.services.records.saving import Saved, past_to_change, refuse_overwriting
from database.books import guard_notes
from database.log import revisions
from database.store.engine import Connection


def void(office: Office, record_type: type[Record], record: str, why: str) -> Saved:
    """作废 a record with a reason; nothing is lost, it moves to the trash."""
    return void_all(office, record_type, (record,), why)[0]


def void_all(
    office: Office, record_type: type[Record], records: Iterable[str], why: str
) -> list[Saved]:
    """作废 several, all or none of them."""
    require_saving(office, record_type)
    if not why.strip():
        raise UserError("WHY", "作废要写明原因。", remedy="请填写原因。")
    with office.store.write() as connection:
        return [void_within(office, connection, record_type, record, why) for record in records]


def void_within(
    office: Office, connection: Connection, record_type: type[Record], record: str, why: str
) -> Saved:
    """作废 one record as a part of a larger transaction."""
    past = past_to_change(office, connection, record_type, record, None, refuse_void=True)
    assert past is not None
    _require_recalled(record_type, past.body)
    state = write(office, connection, record_type, record, past.body, op="void", past=past, why=why)
    guard_notes.remove(connection, record)
    touched = follow(office, connection, past, state, past.body)
    return Saved(state, (), Changes.of([*touched, (record_type.type_name, record)]))


def _require_recalled(record_type: type[Record], body: Mapping[str, Any]) -> None:
    """Raise `UserError` ISSUED where others were told of it when it was issued."""
    facts = record_type.facts
    if facts.recall and body.get(facts.issued):
        noun = facts.noun or record_type.label
        raise UserError(
            "ISSUED", f"{noun}已经{facts.issued_as}，不能直接作废。", remedy=facts.recall
        )


def bring_back(office: Office, record_type: type[Record], record: str, h: str, why: str) -> Saved:
    """改回这一次的内容: the body of an earlier version becomes the newest one."""
    require_saving(office, record_type)
    with office.store.write() as connection:
        return bring_back_within(office, connection, record_type, record, h, why=why)


def bring_back_within(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    record: str,
    h: str,
    *,
    why: str,
) -> Saved:
    """`bring_back` as a part of a larger transaction."""
    past = past_to_change(office, connection, record_type, record, None)
    assert past is not None
    old = revisions.get(connection, h)
    if old is None or old.id != record:
        raise UserError("NOT_FOUND", "没有找到这一次的内容。", remedy="请刷新后再试。")
    body = decode([old])[h].body
    links = Links(office, connection)
    refuse_overwriting(links, record_type, past, body)
    checked(links, record_type, body)
    state = write(office, connection, record_type, record, body, op="restore", past=past, why=why)
    touched = follow(office, connection, past, state, body)
    return Saved(state, (), Changes.of([*touched, (record_type.type_name, record)]))
