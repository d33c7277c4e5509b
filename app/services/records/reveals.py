"""看全号: whoever sees sensitive values of a saved record says why, and it is kept (R71)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.kernel.errors import UserError
from app.domain.records import TYPES, Operator, Record
from app.domain.records.told import title_of
from app.services.office.office import Office
from app.services.records.saving import find_one
from database.books import reveals
from database.books.reveals import RevealRow
from database.state import states
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Reveal:
    """One line of the log: when (RFC 3339), who, which record and 编号, which fields, why."""

    at: str
    operator_name: str
    type: str
    record: str
    number: str
    fields: tuple[str, ...]
    why: str


def reveal(
    office: Office, record_type: type[Record], record_id: str, fields: Iterable[str], why: str
) -> None:
    """Write down that the operator sees these fields in full; show them only when this returned.

    Raises `UserError` WHY without a reason, NOT_FOUND.
    """
    with office.store.write() as connection:
        record = find_one(connection, record_type, record_id).id
        note(office, connection, record_type, {record: tuple(fields)}, why)


def note(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    seen: dict[str, tuple[str, ...]],
    why: str,
) -> None:
    """`reveal` of many records (id to field names) as a part of a larger transaction."""
    reason = require_reason(why)
    now = office.now()
    rows = [
        RevealRow(now, office.operator, record_type.type_name, record, " ".join(fields), reason)
        for record, fields in seen.items()
    ]
    reveals.add(connection, rows)


def require_reason(why: str) -> str:
    """The reason without blanks around it; raises `UserError` WHY when nothing is left."""
    reason = why.strip()
    if not reason:
        raise UserError("WHY", "看全号要写明原因。", remedy="请填写原因。")
    return reason


def revealed(office: Office, record_id: str | None = None) -> list[Reveal]:
    """Who saw what and why, the newest first; of one record, or of all."""
    with office.store.read() as connection:
        return _named(connection, reveals.newest(connection, record_id))


def _named(connection: Connection, rows: Sequence[RevealRow]) -> list[Reveal]:
    known: dict[str, tuple[str, str]] = {}

    def told(record_type: type[Record], record: str) -> tuple[str, str]:
        """The name and the 编号 of a record, as far as it is known here."""
        if record not in known:
            state = states.get(connection, record_type, record)
            title = title_of(state.record) if state else record
            known[record] = (title, state.record.number if state else record)
        return known[record]

    return [
        Reveal(
            at=row.at,
            operator_name=told(Operator, row.operator)[0],
            type=row.type,
            record=row.record,
            number=told(TYPES[row.type], row.record)[1],
            fields=tuple(row.fields.split()),
            why=row.reason,
        )
        for row in rows
    ]
