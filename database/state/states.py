"""The state tables: what each record is now, made from the log and only from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Connection

from app.domain.kernel.fields import Kind, by_name, fields_of
from app.domain.records import TYPES, Record
from database.log.revisions import chunks
from database.state import search_index
from database.state.filters import Filter, among, equal, live, naming_one
from database.state.record_rows import Row
from database.store.columns import record_maker, rows_maker, told
from database.store.dialect import NULL_FOR_EMPTY, bare_rows, insert, quoted, run, upsert
from database.store.tables import SCHEMA, STATE_HEAD

AS_LOGGED = ("changed_at", "n", "id")
"""The order in which something was said: at one moment, as the log has it."""

_N = "(SELECT max(r.n) FROM revision r WHERE r.id = s.id AND r.h = s.h)"

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True)
class State(Generic[R_co]):
    """One record as it stands.

    `h` is its head, or the smallest of several. `conflicts` maps a path to its
    claims `[[value, h], …]` while two versions differ; `pending` maps a field
    to the telephone correction shown in place of the owner's value.
    """

    id: str
    h: str
    changed_at: str
    changed_by: str
    writer: str
    void: bool
    record: R_co
    conflicts: Mapping[str, Any]
    pending: Mapping[str, Any]

    @property
    def owner(self) -> str:
        """The station that may change it."""
        return self.record.owner


_encode = msgspec.json.Encoder().encode


def state_rows(states: Sequence[State[R]], empty: str | None = "") -> Iterator[Row]:
    """The rows of states of one type; `empty` stands for NULL."""
    if states:
        bodies = rows_maker(type(states[0].record), empty)([state.record for state in states])
        for state, body in zip(states, bodies, strict=True):
            yield (*_head(state, empty), *body)


def _head(state: State[Record], empty: str | None) -> Row:
    return (
        state.id,
        state.h,
        state.changed_at,
        state.changed_by,
        state.writer,
        int(state.void),
        _encode(state.conflicts).decode() if state.conflicts else empty,
        _encode(state.pending).decode() if state.pending else empty,
    )


class Statements:
    """The statements of one record type that everything waits for, written once."""

    def __init__(self, record_type: type[Record]) -> None:
        names = (*STATE_HEAD, *(spec.name for spec in fields_of(record_type)))
        table = table_of(record_type)
        self.insert = insert(table, names, NULL_FOR_EMPTY)
        self.upsert = upsert(self.insert, ("id",), names[1:])
        self.select = f"SELECT * FROM {table} s"
        self.names = names
        self.by_id = f"SELECT {', '.join(map(quoted, names))} FROM {table} WHERE id = ?"


def table_of(record_type: type[Record]) -> str:
    """The name of the state table of a type."""
    return f"state_{record_type.type_name}"


statements = cache(Statements)


def put(connection: Connection, record_type: type[R], states: Sequence[State[R]]) -> None:
    """Insert or replace the rows of these records."""
    put_rows(connection, record_type, list(state_rows(states)))
    if len(states) == 1:
        search_index.keep_near(connection, record_type)


def put_rows(
    connection: Connection, record_type: type[Record], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert or replace these rows."""
    if rows:
        search_index.changing(connection, record_type, rows)
        run(connection, statements(record_type).upsert, rows)


def differing(
    connection: Connection, record_type: type[Record], expected: Mapping[str, State[Record] | None]
) -> list[str]:
    """The ids of those records whose row is not the one expected (None: no row at all)."""
    known = statements(record_type)
    found: dict[str, tuple[Any, ...]] = {}
    columns = ", ".join(map(quoted, known.names))
    for chunk in chunks(expected):
        select = f"SELECT {columns} FROM {table_of(record_type)} s"
        found |= {row[0]: tuple(row) for row in _select(connection, select, (among("id", chunk),))}
    there = [state for state in expected.values() if state is not None]
    kept_as = {row[0]: row for row in state_rows(there, None)}
    return [one for one in expected if found.get(one) != kept_as.get(one)]


def insert_rows(
    connection: Connection, record_type: type[Record], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows of records that are new here."""
    if rows:
        run(connection, statements(record_type).insert, list(rows))


def remove(connection: Connection, record_type: type[Record], ids: Iterable[str]) -> None:
    """Forget the state of records that no live revision describes any more."""
    for record in ids:
        search_index.removing(connection, record_type, record)
        run(connection, f"DELETE FROM {table_of(record_type)} WHERE id = ?", (record,))


def clear(connection: Connection) -> None:
    """Empty every state table, before they are rebuilt from the log."""
    for record_type in TYPES.values():
        run(connection, f"DELETE FROM {table_of(record_type)}")
    search_index.clear(connection)


def get(connection: Connection, record_type: type[R], record: str) -> State[R] | None:
    """The state of one record, or None."""
    known = statements(record_type)
    row = run(connection, known.by_id, (record,)).first()
    return None if row is None else _reader(record_type, known.names)(row)


def of_code(connection: Connection, record_type: type[R], code: str) -> State[R] | None:
    """The state of the unit, area or campaign of this code that is not void, or None."""
    return first(connection, record_type, live(), equal("code", code))


def first(connection: Connection, record_type: type[R], *filters: Filter) -> State[R] | None:
    """Any one state that all filters let through, or None."""
    return next(iterate(connection, record_type, *filters, order=(), limit=1), None)


def find(
    connection: Connection,
    record_type: type[R],
    *filters: Filter,
    order: Sequence[str] = ("number", "id"),
    limit: int | None = None,
) -> list[State[R]]:
    """The states of a type that all filters let through, in order."""
    return list(iterate(connection, record_type, *filters, order=order, limit=limit))


def iterate(
    connection: Connection,
    record_type: type[R],
    *filters: Filter,
    order: Sequence[str] = ("number", "id"),
    limit: int | None = None,
) -> Iterator[State[R]]:
    """As `find`, row by row."""
    known = statements(record_type)
    rows = _select(connection, known.select, filters, order, limit)
    return map(_reader(record_type, rows.keys()), rows)


def pick(
    connection: Connection, record_type: type[Record], names: Sequence[str], *filters: Filter
) -> list[tuple[Any, ...]]:
    """Only these columns as they lie in the table (lists are JSON text), by id."""
    columns = ", ".join(f"s.{quoted(name)}" for name in names)
    select = f"SELECT {columns} FROM {table_of(record_type)} s"
    return [tuple(row) for row in _select(connection, select, filters, ("id",))]


def parts(
    connection: Connection, record_type: type[R], names: Sequence[str]
) -> Iterator[tuple[str, R]]:
    """The id of every record that is not void, and the record with only these fields, by id."""
    columns = ", ".join(f"s.{quoted(name)}" for name in ("id", *names))
    select = f"SELECT {columns} FROM {table_of(record_type)} s"
    make = record_maker(record_type, names)
    rows = bare_rows(connection, f"{select} WHERE {live().sql} ORDER BY s.id")
    return ((row[0], make(row[1:])) for row in rows)


def cells(
    connection: Connection, record_type: type[Record], names: Sequence[str], ids: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """By record these fields as a body has them, and the columns of every state by their names."""
    specs = by_name(record_type)
    columns = tuple(dict.fromkeys(("id", *names)))
    found = {}
    for chunk in chunks(ids):
        for row in pick(connection, record_type, columns, among("id", chunk)):
            named = zip(columns, row, strict=True)
            found[row[0]] = {n: told(specs[n], v) if n in specs else v for n, v in named}
    return found


def rows(
    connection: Connection, record_type: type[Record], names: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """These columns of every record that is not void, as they lie in the table, in any order."""
    columns = ", ".join(f"s.{quoted(name)}" for name in names)
    select = f"SELECT {columns} FROM {table_of(record_type)} s"
    return bare_rows(connection, f"{select} WHERE {live().sql}")


def count(connection: Connection, record_type: type[Record], *filters: Filter) -> int:
    """How many states of a type all filters let through."""
    select = f"SELECT count(*) FROM {table_of(record_type)} s"
    return int(_select(connection, select, filters).scalar_one())


def _select(
    connection: Connection,
    select: str,
    filters: Sequence[Filter],
    order: Sequence[str] = (),
    limit: int | None = None,
) -> Any:
    if filters:
        select += " WHERE " + " AND ".join(one.sql for one in filters)
    if order:
        select += " ORDER BY " + ", ".join(map(_in_order, order))
    if limit is not None:
        select += f" LIMIT {limit}"
    return run(connection, select, tuple(value for one in filters for value in one.values))


def _in_order(name: str) -> str:
    """What is empty comes first; a column that is never empty may follow its index."""
    if name == "n":
        return _N
    term = f"s.{quoted(name)}"
    return term if name in STATE_HEAD else f"{term} NULLS FIRST"


def fields(record_type: type[Record]) -> frozenset[str]:
    """The names of the fields that a type's states may be narrowed, ordered and picked by."""
    return frozenset(column.name for column in SCHEMA.states[record_type.type_name].columns)


def pointing_at(
    connection: Connection, record_type: type[Record], field: str, records: Sequence[str]
) -> list[str]:
    """The ids of the states of a type whose link, or links, `field` name one of these records."""
    found: dict[str, None] = {}
    select = f"SELECT s.id FROM {table_of(record_type)} s"
    several = by_name(record_type)[field].kind is Kind.LINKS
    for chunk in chunks(records):
        there = naming_one(field, chunk) if several else among(field, chunk)
        found |= dict.fromkeys(_select(connection, select, (live(), there)).scalars())
    return list(found)


def owners(connection: Connection, record_type: type[Record], ids: Iterable[str]) -> dict[str, str]:
    """The owner station of each record of a type that is here."""
    found: dict[str, str] = {}
    for chunk in chunks(ids):
        found.update(pick(connection, record_type, ("id", "owner"), among("id", chunk)))
    return found


def digest(connection: Connection) -> str:
    """The sha256 over all state rows, tables by name and rows by id."""
    total = hashlib.sha256()
    for name in sorted(TYPES):
        total.update(name.encode())
        columns = ", ".join(quoted(column.name) for column in SCHEMA.states[name].columns)
        table = table_of(TYPES[name])
        for row in run(connection, f"SELECT {columns} FROM {table} ORDER BY id"):
            total.update(_encode(tuple(row)))
    return total.hexdigest()


@cache
def _reader(record_type: type[R], names: tuple[str, ...]) -> Callable[[Sequence[Any]], State[R]]:
    """A function from a row of these columns to the state that it holds."""
    make = record_maker(record_type, names)
    head = itemgetter(*map(names.index, STATE_HEAD))

    def read(row: Sequence[Any]) -> State[R]:
        record, h, at, by, writer, void, conflicts, pending = head(row)
        differs = msgspec.json.decode(conflicts) if conflicts else {}
        told = msgspec.json.decode(pending) if pending else {}
        return State(record, h, at, by, writer, bool(void), make(row), differs, told)

    return read
