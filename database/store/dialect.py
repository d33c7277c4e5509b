"""Every question on which engines of SQL differ, answered once, for SQLite.

All SQL of the program is written in what engines agree on and carried out by `run`; where they do
not agree it asks here. Three things are SQLite's whole and stand in places of their own: opening
a file (`database.store.engine`), the full-text index (`database.state.search`), and the care of
the file (`database.upkeep`). `tests/database/test_dialect.py` holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from database.store import server_spelling

Values = Sequence[Any]
"""The values of one statement, or a list of such for many rows."""


class Answer:
    """The rows of an answer, fetched as they are asked for; each is a tuple."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._cursor)

    def __next__(self) -> tuple[Any, ...]:
        return next(self._cursor)

    def all(self) -> list[tuple[Any, ...]]:
        """What is left of the rows."""
        return list(self._cursor)

    def first(self) -> tuple[Any, ...] | None:
        """The first row, or None; nothing more is asked for."""
        row: tuple[Any, ...] | None = self._cursor.fetchone()
        self._cursor.close()
        return row

    def scalar_one(self) -> Any:
        """The one value of the one row."""
        ((value,),) = self._cursor
        return value

    def scalars(self) -> Iterator[Any]:
        """The first value of each row."""
        return (row[0] for row in self._cursor)

    def partitions(self, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows so many at a time."""
        while rows := self._cursor.fetchmany(size):
            yield rows

    def keys(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column[0] for column in self._cursor.description)

    def close(self) -> None:
        """Ask for nothing more."""
        self._cursor.close()


def run(connection: Connection, sql: str, values: Values = ()) -> Answer:
    """Carry out a statement; each `?` stands for a value, a list of tuples for many rows.

    The driver is asked itself: what SQLAlchemy does around a statement takes longer than
    SQLite takes to carry it out.
    """
    if connection.dialect.name != _OWN:
        sql, values = server_spelling.told(sql, values)
    cursor = connection.connection.cursor()
    if isinstance(values, list) and values:
        cursor.executemany(sql, values)
    else:
        cursor.execute(sql, values)
    return Answer(cursor)


_OWN = "sqlite"
"""What SQLAlchemy calls the engine whose spelling the SQL of the program is written in."""


def is_own(connection: Connection) -> bool:
    """Whether this is SQLite, and no server."""
    return connection.dialect.name == _OWN


_AT_ONCE = 2000


def bare_rows(connection: Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a large answer as the driver hands them over, in half the time of `run`."""
    if connection.dialect.name != _OWN:
        sql, _ = server_spelling.told(sql, ())
    found = connection.connection.cursor()
    try:
        found.execute(sql, ())
        while rows := found.fetchmany(_AT_ONCE):
            yield from rows
    finally:
        found.close()


def marks(items: Sequence[object]) -> str:
    """As many parameters as there are items, for `IN (…)` and `VALUES (…)`."""
    return ",".join("?" * len(items))


def quoted(name: str) -> str:
    """A column's name as SQL takes it, also where it is a word of SQL (`case`, `group`, `to`)."""
    return f'"{name}"'


def insert(table: str, names: Iterable[str], value: str = "?") -> str:
    """One row of these columns; `value` is what stands for each value."""
    columns = [quoted(name) for name in names]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({','.join([value] * len(columns))})"


def upsert(insertion: str, key: Sequence[str], changed: Iterable[str], grows: str = "") -> str:
    """An insertion that writes the `changed` columns over the row that has the key already.

    A row with a larger value in the column `grows` than the new one stays as it is.
    """
    columns = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in changed)
    keys = ", ".join(map(quoted, key))
    sql = f"{insertion} ON CONFLICT ({keys}) DO UPDATE SET {columns}"
    table = insertion.split()[2]
    return f"{sql} WHERE excluded.{grows} >= {table}.{grows}" if grows else sql


def unless_there(insertion: str) -> str:
    """An insertion that leaves a row alone that is there already."""
    return f"{insertion} ON CONFLICT DO NOTHING"


NULL_FOR_EMPTY = "nullif(?,'')"
"""A parameter that "" makes NULL of."""


def each_of(values: Iterable[object]) -> tuple[str, str]:
    """A table with one column `value` of all these values, and the one parameter it takes."""
    return "json_each(?)", msgspec.json.encode(list(values)).decode()


def pairs_of(values: Mapping[str, str]) -> tuple[str, str]:
    """A table with the columns `key` and `value` of all these pairs, and its one parameter."""
    return "(SELECT key, value FROM json_each(?))", msgspec.json.encode(values).decode()


def each_in(column: str) -> str:
    """A table with one column `value` of all that the JSON list in a column holds."""
    return f"json_each({column})"


def days_between(earlier: str, later: str) -> str:
    """The days from one day to another, both ISO 8601."""
    return f"(julianday({later}) - julianday({earlier}))"


def holds(column: str) -> str:
    """Whether the JSON list of texts in a column holds the one parameter, in whatever case."""
    return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE lower(value) = lower(?))"


def first_of(column: str) -> str:
    """The first of the JSON list of texts in a column."""
    return f"json_extract({column}, '$[0]')"


def member_of(column: str, name: str) -> str:
    """The member of this name of the JSON object in a column; a plain name, it is not quoted."""
    return f"json_extract({column}, '$.{name}')"


def member_of_type(column: str, name: str, *types: str) -> str:
    """As `member_of` where the member is of one of these JSON types (text, array, …), else NULL.

    Whole numbers are numbers, true and false are 1 and 0.
    """
    listed = ", ".join(f"'{one}'" for one in types)
    member = member_of(column, name)
    if _NUMBERS.issuperset(types):
        member = f"CAST({member} AS BIGINT)"
    return f"CASE WHEN json_type({column}, '$.{name}') IN ({listed}) THEN {member} END"


_NUMBERS = frozenset({"integer", "true", "false"})


def text_in(alias: str) -> str:
    """One of `each_in` under this name where it is a text, else NULL."""
    return f"CASE {alias}.type WHEN 'text' THEN {alias}.value END"


def hundredths(term: str) -> str:
    """An amount that is kept as a text in whole hundredths, as columns of money hold it."""
    return f"CAST(round(CAST({term} AS DOUBLE PRECISION) * 100) AS BIGINT)"


def how_many(column: str) -> str:
    """How many there are in the JSON list in a column."""
    return f"json_array_length({column})"


def contains(column: str) -> str:
    """Whether a text has the one parameter in it; letters are the same small and as capitals."""
    return f"instr(lower({column}), lower(?)) > 0"


def bytes_among(column: str) -> str:
    """Whether bytes have those of the one parameter in them."""
    return f"instr({column}, ?) > 0"


def one_contains(column: str) -> str:
    """Whether a text of the JSON list in a column has the one parameter in it."""
    return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE instr(lower(value), lower(?)) > 0)"


def one_among(column: str, allowed: str) -> str:
    """Whether the JSON list in a column has one that is `allowed` (`(?, ?)`, a SELECT)."""
    return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value IN {allowed})"


BY_PINYIN = "by_pinyin"
"""A function that every connection has: what a text is ordered by."""

COMPARED = 64
"""Characters by which two texts are put in order."""


def by_pinyin(column: str) -> str:
    """What the text of a column is ordered by."""
    return f"{BY_PINYIN}({column})"


def last_if_empty(term: str, *, falling: bool) -> str:
    """A term of ORDER BY; what is empty comes last, up and down."""
    return f"{term} {'DESC' if falling else 'ASC'} NULLS LAST"


def smaller(one: str, other: str) -> str:
    """The smaller of two values of a row."""
    return f"CASE WHEN {one} <= {other} THEN {one} WHEN {one} > {other} THEN {other} END"


def larger(one: str, other: str) -> str:
    """The larger of two values of a row."""
    return f"CASE WHEN {one} >= {other} THEN {one} WHEN {one} < {other} THEN {other} END"


def padded(column: str) -> str:
    """A whole number that is not negative as ten figures, which sort as it does."""
    return f"substr('0000000000' || {column}, length(CAST({column} AS TEXT)) + 1)"


def bytes_of_id(column: str) -> str:
    """The 16 bytes of a record's id."""
    return f"unhex({column}, '-')"


def off_index(column: str) -> str:
    """A column in a condition that no index is to be chosen for."""
    return f"+{column}"
