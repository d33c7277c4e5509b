"""Long lists of ids straight from an index, for SQLite."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, select

from database.state import states

_CHUNK = 5000


def packed(connection: Connection, type_name: str, *conditions: ColumnElement[bool]) -> bytes:
    """The ids of the states that meet the conditions, the greatest first, 16 bytes each.

    Ordered by the packed id: ordered by the column itself, SQLite would walk the
    whole table in the order of ids instead of the narrow index.
    """
    one = func.unhex(states.table(type_name).c.id, "-").label("one")
    rows = connection.execute(select(one).where(*conditions).order_by(one.desc())).scalars()
    return b"".join(b"".join(part) for part in rows.partitions(_CHUNK))


def newest(connection: Connection, type_name: str, most: int) -> list[str]:
    """The ids of the records made last which are not 作废; one walk down the primary key."""
    found = connection.exec_driver_sql(
        f"SELECT id FROM state_{type_name} WHERE +void = 0 ORDER BY id DESC LIMIT {most}"
    )
    return [record for (record,) in found]
