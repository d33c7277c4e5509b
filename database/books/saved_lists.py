"""Lists that were given a name: what they are narrowed to, for everybody of the office."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, run, upsert


class SavedRow(NamedTuple):
    """One list: of which type, its name, its conditions as JSON, when and by whom kept."""

    type: str
    name: str
    content: str
    at: str
    by: str


def put(connection: Connection, row: SavedRow) -> None:
    """Keep a list under its name, in the place of one of the same name."""
    statement = insert("saved_list", SavedRow._fields)
    run(connection, upsert(statement, ("type", "name"), ("content", "at", "by")), tuple(row))


def of_type(connection: Connection, record_type: str) -> list[SavedRow]:
    """The lists of a type, those kept first before the others."""
    rows = run(
        connection,
        'SELECT type, name, content, at, "by" FROM saved_list WHERE type = ? ORDER BY at, name',
        (record_type,),
    )
    return [SavedRow(*row) for row in rows]


def remove(connection: Connection, record_type: str, name: str) -> None:
    """Forget a list."""
    run(connection, "DELETE FROM saved_list WHERE type = ? AND name = ?", (record_type, name))
