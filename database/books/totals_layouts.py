"""常用栏目: which columns of the 汇总表 an office shows, kept under a name."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run, upsert


class TotalsLayout(NamedTuple):
    """A name, the columns as JSON, and when which operator (id) kept it."""

    name: str
    columns: str
    at: str
    by: str


def put(connection: Connection, layout: TotalsLayout) -> None:
    """Keep a layout; an earlier one of this name is replaced."""
    names = TotalsLayout._fields
    run(connection, upsert(insert("totals_layout", names), names[:1], names[1:]), tuple(layout))


def remove(connection: Connection, name: str) -> None:
    """Forget a layout."""
    run(connection, "DELETE FROM totals_layout WHERE name = ?", (name,))


def every(connection: Connection) -> list[TotalsLayout]:
    """All of them, by name."""
    columns = ", ".join(map(quoted, TotalsLayout._fields))
    return [
        TotalsLayout(*r)
        for r in run(connection, f"SELECT {columns} FROM totals_layout ORDER BY name")
    ]
