"""列名对应: what a person said about the columns of a sheet is kept for others like it."""

from __future__ import annotations

from collections.abc import Mapping

from app.documents.workbooks.workbook import Headings, heading_set
from app.domain.records import Record
from database.books import settings
from database.store.engine import Connection

_MOST = 50
"""Sets of headings kept for one record type; the one not used for longest goes."""

Remembered = dict[str, dict[str, str]]


def remembered(connection: Connection, record_type: type[Record]) -> Remembered:
    """For each set of headings (`heading_set`) which field a text over a column holds."""
    return settings.get(connection, _name(record_type), Remembered) or {}


def remember(
    connection: Connection,
    record_type: type[Record],
    headings: Headings,
    columns: Mapping[str, str],
) -> None:
    """Keep what a person said about the columns of a sheet, within the caller's transaction.

    That a column without a heading is left out is said of this sheet alone.
    """
    bare = {column.letter for column in headings.all if column.bare}
    columns = {text: name for text, name in columns.items() if text not in bare}
    if not columns:
        return
    kept = remembered(connection, record_type)
    key = heading_set(headings)
    kept[key] = kept.pop(key, {}) | dict(columns)
    settings.put(connection, _name(record_type), dict(list(kept.items())[-_MOST:]))


def _name(record_type: type[Record]) -> str:
    return f"import/columns/{record_type.type_name}"
