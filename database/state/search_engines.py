"""The one table of the search, as each engine has it: FTS5 in SQLite, tsvector under GIN else.

Both hold the same pieces (`app.domain.naming.search_pieces`) by the same numbers and answer the
same questions: all of some pieces, any of some, those that begin so.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from database.store.dialect import is_own, run

TABLE = "search"

_GATHERED = 8 << 20
"""Bytes of new pieces that FTS5 keeps before it writes them: one part of the index, not ten."""

Asked = Sequence[Sequence[tuple[str, bool]]]
"""Of each group one piece must be there; with False also one that only begins so."""


def own_table(column: str) -> str:
    """How SQLite is told to make the table."""
    return (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
        f"({column}, content='', contentless_delete=1, detail=none, tokenize='ascii')"
    )


def make(connection: Connection, column: str) -> None:
    """Make the table, empty."""
    if is_own(connection):
        run(connection, own_table(column))
        tell = f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('hashsize', {_GATHERED})"
        run(connection, tell)
    else:
        run(connection, f"CREATE TABLE {TABLE} (rowid BIGINT PRIMARY KEY, {column} tsvector)")
        run(connection, f"CREATE INDEX ix_{TABLE} ON {TABLE} USING gin ({column})")


def empty(connection: Connection) -> None:
    """Forget every row."""
    if is_own(connection):
        run(connection, f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')")
    else:
        run(connection, f"TRUNCATE {TABLE}")


def write(
    connection: Connection, column: str, rows: list[tuple[int, str]], *, again: bool = False
) -> None:
    """Take in rows: their number, and their pieces parted by spaces; `again` over what is there."""
    if is_own(connection):
        word = "INSERT OR REPLACE" if again else "INSERT"
        run(connection, f"{word} INTO {TABLE} (rowid, {column}) VALUES (?, ?)", rows)
        return
    if again:
        run(connection, f"DELETE FROM {TABLE} WHERE rowid = ?", [(number,) for number, _ in rows])
    kept = "array_to_tsvector(array_remove(string_to_array(?, ' '), ''))"
    run(connection, f"INSERT INTO {TABLE} (rowid, {column}) VALUES (?, {kept})", rows)


def matches(connection: Connection, column: str) -> str:
    """The condition on a row `f` that meets the one parameter, made by `question`."""
    return f"f.{TABLE} MATCH ?" if is_own(connection) else f"f.{column} @@ CAST(? AS tsquery)"


def question(connection: Connection, asked: Asked) -> str:
    """What `matches` takes."""
    if is_own(connection):
        return _joined(asked, " OR ", " AND ", '"', " *")
    return _joined(asked, " | ", " & ", "'", ":*")


def _joined(asked: Asked, either: str, both: str, quote: str, begins: str) -> str:
    def one(text: str, whole: bool) -> str:
        return f"{quote}{text}{quote}{'' if whole else begins}"

    return both.join(
        f"({either.join(one(*piece) for piece in group)})" if len(group) > 1 else one(*group[0])
        for group in asked
    )
