"""What hangs on a record: the others that point at it, said before it is 作废."""

from __future__ import annotations

from app.domain.kernel.fields import by_name
from app.domain.records import TYPES, Record
from app.domain.records.told import key_field
from app.services.office.office import Office
from database.state import states


def hanging(office: Office, record_type: type[Record], record: str) -> dict[type[Record], int]:
    """How many records of each type, not 作废 themselves, point at a record (its id)."""
    found: dict[type[Record], int] = {}
    if key_field(record_type) != "id":
        return found
    with office.store.read() as connection:
        for other in TYPES.values():
            for spec in by_name(other).values():
                if spec.field.links == record_type.type_name:
                    there = len(states.pointing_at(connection, other, spec.name, [record]))
                    if there:
                        found[other] = found.get(other, 0) + there
    return found


def in_words(found: dict[type[Record], int]) -> str:
    """The same for a person to read; "" where nothing hangs on it."""
    told = "、".join(f"{count}条{one.label}" for one, count in found.items())
    return f"还有{told}连着它，作废以后它们仍然在，请一并处理。" if told else ""
