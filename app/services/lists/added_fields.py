"""What campaigns add to the records of a type (增加的项目), for lists, chips and their answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.domain.campaign.record_campaign import takes_added
from app.domain.kernel.fields import FieldSpec, added_to, by_name
from app.domain.records import Record, body_of
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.removed_fields import removed_fields, shown_fields
from database.state.states import State
from database.store.engine import Connection


def added_fields(office: Office, record_type: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields that any campaign of this office adds to a type, as the latest says them."""
    with office.store.read() as connection:
        return added_within(office, connection, record_type)


def added_within(
    office: Office, connection: Connection, record_type: type[Record]
) -> tuple[FieldSpec, ...]:
    """As `added_fields`, in one look with others."""
    if not takes_added(record_type):
        return ()
    return added_to(record_type, Links(office, connection).campaigns.values())


def every_field(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    named: Collection[str] = (),
) -> dict[str, FieldSpec]:
    """The fields of a type by name, with those that any campaign of this office adds.

    With them those of the `named` that no campaign has any more, by the names they had.
    """
    added = added_within(office, connection, record_type)
    known = {**{spec.name: spec for spec in added}, **by_name(record_type)}
    left = {*named} - known.keys()
    gone = removed_fields(Links(office, connection), record_type, left) if left else ()
    return {**known, **{spec.name: spec for spec in gone}}


def fields_of_record(office: Office, state: State[Record]) -> Mapping[str, FieldSpec]:
    """The fields of one record by name, with those that campaigns add to it."""
    record = state.record
    with office.store.read() as connection:
        links = Links(office, connection)
        return {s.name: s for s in shown_fields(links, type(record), body_of(record))}


def every_field_here(
    office: Office, record_type: type[Record], named: Collection[str] = ()
) -> Mapping[str, FieldSpec]:
    """As `every_field`, in a look of its own."""
    with office.store.read() as connection:
        return every_field(office, connection, record_type, named)
