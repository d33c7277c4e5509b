"""When the first of somebody's records came: asked of the engine, whatever their number."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.records import Record
from database.state.states import table_of
from database.store.dialect import run


class Filer(NamedTuple):
    """Whose a record is: the 填报单位 written in it, or empty, and the station that owns it."""

    unit: str
    owner: str


def first_carried(
    connection: Connection, record_type: type[Record], campaign: str
) -> dict[Filer, str]:
    """When the first record of each of a campaign came in a package that counts, or was sealed.

    Those that are void came for nothing. Asked in this order each step is in an
    index; the log's own rows are wide.
    """
    rows = run(
        connection,
        f"SELECT coalesce(s.unit, ''), s.owner, min(p.arrived) FROM {table_of(record_type)} s"
        " CROSS JOIN revision r CROSS JOIN delivery d CROSS JOIN package p"
        " WHERE r.id = s.id AND d.revision = r.n AND p.n = d.package"
        " AND p.state IN ('merged', 'sealed') AND s.campaign = ? AND s.void = 0 GROUP BY 1, 2",
        (campaign,),
    )
    return {Filer(unit, owner): arrived for unit, owner, arrived in rows}


def first_saved(
    connection: Connection, record_type: type[Record], campaign: str, owner: str
) -> dict[Filer, str]:
    """When the first of the owner's own records of a campaign was saved."""
    rows = run(
        connection,
        "SELECT coalesce(s.unit, ''), s.owner, min(r.at)"
        f" FROM {table_of(record_type)} s JOIN revision r ON r.id = s.id AND r.type = ?"
        " WHERE s.owner = ? AND s.campaign = ? AND s.void = 0 GROUP BY 1, 2",
        (record_type.type_name, owner, campaign),
    )
    return {Filer(unit, of): at for unit, of, at in rows}
