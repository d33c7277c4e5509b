"""Long lists of ids straight from an index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.order import By
from app.domain.records import Record
from database.state.filters import Filter
from database.state.ordering import NO_RANKS, ordering
from database.state.states import table_of
from database.store.dialect import bytes_of_id, each_of, off_index, run

_CHUNK = 5000


def packed(connection: Connection, record_type: type[Record], *filters: Filter) -> bytes:
    """The ids of the states that all filters let through, the greatest first, 16 bytes each.

    Ordered by the packed id: ordered by the column itself, SQLite would walk the
    whole table in the order of ids instead of the narrow index.
    """
    select = f"SELECT {bytes_of_id('s.id')} AS one FROM {table_of(record_type)} s"
    if filters:
        select += " WHERE " + " AND ".join(one.sql for one in filters)
    values = tuple(value for one in filters for value in one.values)
    rows = run(connection, f"{select} ORDER BY one DESC", values)
    return b"".join(b"".join(one for (one,) in part) for part in rows.partitions(_CHUNK))


def ordered(
    connection: Connection,
    record_type: type[Record],
    order: Sequence[By],
    *filters: Filter,
    within: Iterable[str] | None = None,
    ranks: Mapping[str, Filter] = NO_RANKS,
    added: Sequence[FieldSpec] = (),
) -> bytes:
    """As `packed`, in the order asked for; with `within` only those of these records.

    `ranks` and `added` as in `ordering`.
    """
    how, meets = ordering(record_type, order, ranks, added), list(filters)
    if within is not None:
        table, listed = each_of(within)
        meets.append(Filter(f"s.id IN (SELECT value FROM {table})", (listed,)))
    select = f"SELECT {bytes_of_id('s.id')} FROM {table_of(record_type)} s{how.joins}"
    if meets:
        select += " WHERE " + " AND ".join(one.sql for one in meets)
    values = tuple(value for one in meets for value in one.values)
    rows = run(connection, f"{select} ORDER BY {how.terms}", (*values, *how.values))
    return b"".join(b"".join(one for (one,) in part) for part in rows.partitions(_CHUNK))


def newest(connection: Connection, record_type: type[Record], most: int) -> list[str]:
    """The ids of the records made last which are not 作废; one walk down the primary key."""
    select = f"SELECT id FROM {table_of(record_type)} WHERE {off_index('void')} = 0"
    return list(run(connection, f"{select} ORDER BY id DESC LIMIT {most}").scalars())
