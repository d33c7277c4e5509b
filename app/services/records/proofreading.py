"""校对清单: what was keyed is read against the paper and ticked 已核对; a change undoes the tick.

Ticks stay on this computer: they say who compared which paper here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.kernel.errors import UserError
from app.domain.records import Operator, Record
from app.services.office.office import Office
from app.services.records.saving import find_one
from database.books import proofread_ticks
from database.books.proofread_ticks import ProofRow
from database.state import states
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Proof:
    """已核对: by whom and when (RFC 3339)."""

    who: str
    at: str


def tick(office: Office, record_type: type[Record], key: str, h: str) -> Proof:
    """Say that version `h` was read against the paper.

    Raises `UserError` NOT_FOUND, and STALE when another version stands there now.
    """
    with office.store.write() as connection:
        state = find_one(connection, record_type, key)
        if state.h != h:
            raise UserError(
                "STALE",
                f"“{state.record.number}”刚才被改过。",
                remedy="请照新的内容再核对一遍。",
            )
        proofread_ticks.put(connection, ProofRow(state.id, h, office.operator, office.now()))
        found = proof(connection, state.id, h)
    assert found is not None
    return found


def untick(office: Office, record_type: type[Record], key: str) -> None:
    """Take a tick back. Raises `UserError` NOT_FOUND."""
    with office.store.write() as connection:
        proofread_ticks.remove(connection, find_one(connection, record_type, key).id)


def proof(connection: Connection, record: str, h: str) -> Proof | None:
    """The tick of this very version, None when it was not read."""
    found = proofread_ticks.of(connection, record)
    if found is None or found.h != h:
        return None
    state = states.get(connection, Operator, found.operator)
    return Proof(state.record.name if state else "", found.at)


def unread(office: Office, connection: Connection, record_type: type[Record]) -> Sequence[str]:
    """The own records that wait to be read, newest first."""
    if not record_type.facts.proofread:
        return ()
    return proofread_ticks.unread(connection, record_type, office.identity.station)[::-1]
