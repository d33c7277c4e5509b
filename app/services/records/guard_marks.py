"""What the guards said of an office's records: noted at each save, counted on 首页 and at 送审."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.checking import checks
from app.domain.checking.checks import Finding
from app.domain.checking.guards import OF_UNIT
from app.domain.records import TYPES, Enterprise, Record, body_of
from app.services.records.guards import Guards
from app.services.records.link_resolving import Links
from database.books import guard_notes
from database.books.guard_notes import GuardRow
from database.state import states
from database.state.states import State
from database.store.engine import Connection

_MOST = 60
"""So many records are looked at again before they are counted; of more the note is taken."""


class Unanswered(NamedTuple):
    """How many records have an open 核对 or 提醒 of the guards, and the first of them."""

    records: int
    record_type: type[Record] | None = None
    record: str = ""


def note(
    connection: Connection, record_type: type[Record], record: str, found: Iterable[Finding]
) -> None:
    """Note what was said of a record that was just saved.

    What is said of a new unit's name or place is noted with the unit, which is saved too.
    """
    guards = [one for one in found if one.is_guard]
    if record_type is not Enterprise:
        guards = [one for one in guards if one.code not in OF_UNIT]
    kept = sum(1 for one in guards if one.accepted)
    row = GuardRow(record, record_type.type_name, len(checks.open_notes(guards)), kept)
    guard_notes.put(connection, row)


def unanswered(links: Links) -> Unanswered:
    """What is still open: what was put right elsewhere since does not count."""
    rows = [row for row in guard_notes.every(links.connection) if row.open and row.type in TYPES]
    if len(rows) <= _MOST:
        guards = Guards(links)
        rows = [row for row in rows if _is_open(guards, row)]
    first = rows[0] if rows else None
    return Unanswered(len(rows), TYPES[first.type], first.record) if first else Unanswered(0)


def _is_open(guards: Guards, row: GuardRow) -> bool:
    state = states.get(guards.links.connection, TYPES[row.type], row.record)
    return state is not None and not state.void and bool(checks.open_notes(said_of(guards, state)))


def said_of(guards: Guards, state: State[Record]) -> list[Finding]:
    """What the guards say of a saved record now, those answered with their reason."""
    record_type = type(state.record)
    return guards.of(record_type, body_of(state.record), record=state.id)


def said_now(links: Links, state: State[Record]) -> tuple[Finding, ...]:
    """The same of a record of which something was said when it was saved, else nothing."""
    if state.void or not guard_notes.has(links.connection, state.id):
        return ()
    return tuple(said_of(Guards(links), state))


def noted(connection: Connection) -> frozenset[str]:
    """The records of which something was said when they were saved, by id."""
    return frozenset(row.record for row in guard_notes.every(connection))
