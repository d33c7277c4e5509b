"""What the record that a link points at is called, in SQL: its title, else its 编号.

As `app.services.records.field_words` says it; a test compares both.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from app.domain.kernel.fields import by_name
from app.domain.records import TYPES, Record
from app.domain.records.told import key_field, own_titles, title_link
from database.log.revisions import chunks
from database.store.dialect import contains, marks, quoted, run

_DEEPEST = 3
"""Names that are names of others: 帮扶记录 → 帮扶事项 → 困难职工."""


def name_of(record_type: type[Record], alias: str, depth: int = 0) -> str:
    """The name of the state row `alias` as an expression."""
    parts = [f"{alias}.{quoted(name)}" for name in own_titles(record_type)]
    link = title_link(record_type)
    if link is not None and depth < _DEEPEST:
        inner, other = TYPES[link.field.links], f"n{depth}"
        key = f"{other}.{quoted(key_field(inner))} = {alias}.{quoted(link.name)}"
        name = name_of(inner, other, depth + 1)
        parts.append(f"(SELECT {name} FROM state_{inner.type_name} {other} WHERE {key} LIMIT 1)")
    return f"coalesce({', '.join((*parts, f'{alias}.number'))}, '')"


def names_of(record_type: type[Record]) -> str:
    """A table of all records of a type: `key`, as links name them, and `name`."""
    key = quoted(key_field(record_type))
    table = f"state_{record_type.type_name}"
    if "code" in by_name(record_type):
        name = f"coalesce(max({name_of(record_type, 'm')}), '')"
        return f"(SELECT m.{key} AS key, {name} AS name FROM {table} m WHERE m.void = 0 GROUP BY 1)"
    return f"(SELECT m.{key} AS key, {name_of(record_type, 'm')} AS name FROM {table} m)"


def named(
    connection: Connection, record_type: type[Record], keys: Collection[str]
) -> dict[str, str]:
    """The names of the records that links with these keys point at, by key."""
    found: dict[str, str] = {}
    for chunk in chunks(sorted(keys)):
        sql = f"SELECT key, name FROM {names_of(record_type)} called WHERE key IN ({marks(chunk)})"
        found.update((key, name) for key, name in run(connection, sql, tuple(chunk)))
    return found


def called(connection: Connection, record_type: type[Record], text: str, most: int) -> list[str]:
    """The names, at most so many, that have this text in them."""
    sql = f"SELECT name FROM {names_of(record_type)} called WHERE {contains('name')} LIMIT {most}"
    return list(dict.fromkeys(name for (name,) in run(connection, sql, (text,)) if name))
