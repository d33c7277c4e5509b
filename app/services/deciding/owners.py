"""归属认定: two offices begin one record under an id of before, and the city says whose it is."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.merging.ownership import OWNER, station_of
from app.domain.records import TYPES, Link, body_of
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records import record_folding, state_from_log
from app.services.records.append_revision import write
from app.services.records.saving import Saved
from app.services.records.units import name_of, superiors
from database.log import revisions
from database.log.revisions import StoredRevision
from database.store.engine import Connection


class Claim(msgspec.Struct, frozen=True):
    """One office's first version of a contested record."""

    record: str
    h: str
    type: str
    label: str
    station: str
    station_name: str
    number: str
    at: str


def contested(office: Office) -> list[Claim]:
    """The first versions of all records that nobody owns yet, by record."""
    with office.store.read() as connection:
        return [
            claim
            for record in revisions.without_owner(connection)
            for claim in _claims(connection, record)
        ]


def _claims(connection: Connection, record: str) -> Iterator[Claim]:
    stored = revisions.of_records(connection, [record]).get(record, [])
    for row in sorted((row for row in stored if not row.parents), key=lambda row: row.h):
        yield _claim(connection, row)


def _claim(connection: Connection, row: StoredRevision) -> Claim:
    body = record_folding.decode([row])[row.h].body
    station = station_of(row.writer)
    label = TYPES[row.type].label if row.type in TYPES else row.type
    return Claim(
        row.id,
        row.h,
        row.type,
        label,
        station,
        name_of(connection, station),
        str(body.get("number", "")),
        row.at,
    )


@needs("decide")
def decide(office: Office, record: str, station: str, reason: str) -> Saved:
    """认定: the record is this office's; the offices that claim it are told.

    Raises `UserError` NOT_CITY, WHY, NOT_CONTESTED.
    """
    if not office.is_city:
        raise UserError("NOT_CITY", "只有市总工会可以认定。", remedy="请与市总工会联系。")
    if not reason.strip():
        raise UserError("WHY", "要写明理由。", remedy="请填写理由。")
    with office.store.write() as connection:
        claims = list(_claims(connection, record))
        contested_now = record in revisions.without_owner(connection)
        chosen = next((one for one in claims if one.station == station), None)
        if not contested_now or chosen is None:
            raise UserError(
                "NOT_CONTESTED",
                "这条记录没有等待认定的归属。",
                remedy="请用 zoufang review owners 查看等待认定的记录。",
            )
        link = Link(
            kind=OWNER,
            one=record,
            other=chosen.h,
            same=True,
            reason=reason.strip(),
            stations=_told(office, connection, claims),
        )
        state = write(office, connection, Link, office.new_id(), body_of(link), op="create")
        named = revisions.named(connection, [record])
        state_from_log.refold(connection, named, office.standpoint)
    return Saved(state, (), Changes.of([(Link.type_name, state.id), *named]))


def _told(office: Office, connection: Connection, claims: list[Claim]) -> tuple[str, ...]:
    """The offices that claim the record, and those above them that hold both versions."""
    claiming = {one.station for one in claims}
    above = {one for station in claiming for one in superiors(connection, station)}
    return tuple(sorted((claiming | above) - {office.identity.station}))
