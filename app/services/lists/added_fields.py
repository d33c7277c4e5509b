"""What campaigns add to the records of a type (增加的项目), for lists, chips and their answers."""

from __future__ import annotations

from app.domain.kernel.fields import FieldSpec, added_to, by_name
from app.domain.records import Campaign, Record
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.store.engine import Connection


def added_fields(office: Office, record_type: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields that any campaign of this office adds to a type, as the latest says them."""
    with office.store.read() as connection:
        return added_within(office, connection, record_type)


def added_within(
    office: Office, connection: Connection, record_type: type[Record]
) -> tuple[FieldSpec, ...]:
    """As `added_fields`, in one look with others."""
    linked = (spec.field.links for spec in by_name(record_type).values())
    if Campaign.type_name not in linked:
        return ()
    return added_to(record_type, Links(office, connection).campaigns.values())
