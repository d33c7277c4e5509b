"""An existing record is found before a second one is made."""

from __future__ import annotations

from app.domain.kernel.errors import UserError
from app.domain.records import TYPES, Enterprise, Person, Record
from app.services.office.office import Office
from database.state import states
from database.state.filters import equal, live, owned_by
from database.store.engine import Connection


def refuse_twin(connection: Connection, office: Office, record: Record) -> None:
    """Raise `UserError` TWIN when this office already keeps the same person or enterprise.

    Only what is certain is refused: the same ID number, the same credit code,
    or the same name in the same place. The rest is a candidate to be looked at.
    """
    if isinstance(record, Person):
        _refuse(connection, office, "person", {"resident_id": record.resident_id})
    if isinstance(record, Enterprise):
        if record.uscc:
            _refuse(connection, office, "enterprise", {"uscc": record.uscc})
        _refuse(connection, office, "enterprise", {"name": record.name, "area": record.area})


def _refuse(connection: Connection, office: Office, type_name: str, same: dict[str, str]) -> None:
    conditions = [equal(name, value or None) for name, value in same.items()]
    found = states.find(
        connection,
        TYPES[type_name],
        *conditions,
        live(),
        owned_by(office.identity.station),
        limit=1,
    )
    if found:
        number = found[0].record.number
        raise UserError(
            "TWIN",
            f"已经登记过，编号{number}。" if number else "已经登记过。",
            remedy="请打开原来的那一条修改。",
        )
