"""从 Excel 导入 that took place: what came of each, and which revisions it wrote."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run


class SheetImport(NamedTuple):
    """One import: its counts, and the arrival numbers of its first and last revision.

    `undone_at` is filled in once it was taken back.
    """

    n: int
    at: str
    by: str
    type: str
    file: str
    added: int
    changed: int
    same: int
    refused: int
    asked: int
    first: int
    last: int
    undone_at: str | None = None
    undone_by: str | None = None


_COLUMNS = ", ".join(map(quoted, SheetImport._fields))
_WRITTEN = SheetImport._fields[1:-2]


def add(connection: Connection, row: SheetImport) -> int:
    """Write a line, whatever its `n`; returns the number it got."""
    statement = insert("sheet_import", _WRITTEN) + " RETURNING n"
    return int(run(connection, statement, tuple(row)[1:-2]).scalar_one())


def newest(connection: Connection, kind: str = "", most: int = 50) -> list[SheetImport]:
    """The lines, of one record type or of all, the newest first."""
    where = "WHERE type = ?" if kind else ""
    rows = run(
        connection,
        f"SELECT {_COLUMNS} FROM sheet_import {where} ORDER BY n DESC LIMIT {most}",
        (kind,) if kind else (),
    )
    return [SheetImport(*row) for row in rows]


def find(connection: Connection, n: int) -> SheetImport | None:
    """One line by its number, or None."""
    row = run(connection, f"SELECT {_COLUMNS} FROM sheet_import WHERE n = ?", (n,)).first()
    return None if row is None else SheetImport(*row)


def set_undone(connection: Connection, n: int, at: str, by: str) -> None:
    """Note that an import was taken back."""
    run(connection, "UPDATE sheet_import SET undone_at = ?, undone_by = ? WHERE n = ?", (at, by, n))
