"""The state tables: what each record is now, made from the log and only from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Table, func, literal_column, select

from app.domain.kernel.fields import fields_of
from app.domain.records import TYPES, Record
from database.log.revisions import chunks
from database.state import search
from database.store.columns import part_maker, record_from_row, row_maker
from database.store.tables import SCHEMA, STATE_HEAD


@dataclass(frozen=True, slots=True)
class State:
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
    record: Record
    conflicts: Mapping[str, Any]
    pending: Mapping[str, Any]

    @property
    def owner(self) -> str:
        """The station that may change it."""
        return self.record.owner


_encode = msgspec.json.Encoder().encode


def state_row(state: State) -> tuple[Any, ...]:
    """The values of a state row, in the order of the table's columns; "" stands for NULL.

    The driver takes twenty times longer over a None than over a text, and most columns of a
    record are empty; `Statements` make NULL of it again.
    """
    head = (
        state.id,
        state.h,
        state.changed_at,
        state.changed_by,
        state.writer,
        int(state.void),
        _encode(state.conflicts).decode() if state.conflicts else "",
        _encode(state.pending).decode() if state.pending else "",
    )
    return head + row_maker(type(state.record), "")(state.record)


def fits(record: Record) -> bool:
    """Whether every number of a record fits its column."""
    try:
        row_maker(type(record))(record)
    except OverflowError:
        return False
    return True


class Statements:
    """The statements of one record type that everything waits for, written once.

    SQLAlchemy's own take longer to put together than the engine to carry out.
    """

    def __init__(self, type_name: str) -> None:
        names = [*STATE_HEAD, *(spec.name for spec in fields_of(TYPES[type_name]))]
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ",".join(["nullif(?,'')"] * len(names))
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names[1:])
        insert = f"INSERT INTO state_{type_name} ({columns}) VALUES ({marks})"
        self.insert = insert
        self.upsert = f"{insert} ON CONFLICT (id) DO UPDATE SET {changes}"
        self.names = names
        self.select = f"SELECT {columns} FROM state_{type_name} WHERE"


STATEMENTS = {name: Statements(name) for name in TYPES}


def put(connection: Connection, type_name: str, states: Sequence[State]) -> None:
    """Insert or replace the rows of these records."""
    if states:
        rows = [state_row(state) for state in states]
        renamed = search.outdated(connection, type_name, rows)
        connection.exec_driver_sql(STATEMENTS[type_name].upsert, rows)
        search.put(connection, type_name, renamed)


def insert_rows(connection: Connection, type_name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of records that are new here."""
    if rows:
        connection.exec_driver_sql(STATEMENTS[type_name].insert, list(rows))
        search.append(connection, type_name, rows)


def remove(connection: Connection, type_name: str, ids: Iterable[str]) -> None:
    """Forget the state of records that no live revision describes any more."""
    for record in ids:
        search.remove(connection, type_name, record)
        connection.exec_driver_sql(f"DELETE FROM state_{type_name} WHERE id = ?", (record,))


def clear(connection: Connection) -> None:
    """Empty every state table, before they are rebuilt from the log."""
    for table in SCHEMA.states.values():
        connection.execute(table.delete())
    search.clear(connection)


def get(connection: Connection, type_name: str, record: str) -> State | None:
    """The state of one record, or None."""
    return next(iter(_matching(connection, type_name, "id", record, limit=1)), None)


def of_code(connection: Connection, type_name: str, code: str) -> State | None:
    """The state of the unit, area or campaign of this code that is not void, or None."""
    return next(iter(_matching(connection, type_name, "void = 0 AND code", code, limit=1)), None)


def called(connection: Connection, type_name: str, name: str) -> list[State]:
    """The states of exactly this name that are not void."""
    return _matching(connection, type_name, "void = 0 AND name", name, limit=100)


def _matching(
    connection: Connection, type_name: str, column: str, value: str, *, limit: int
) -> list[State]:
    known = STATEMENTS[type_name]
    rows = connection.exec_driver_sql(f"{known.select} {column} = ? LIMIT {limit}", (value,))
    return [_state(TYPES[type_name], dict(zip(known.names, row, strict=True))) for row in rows]


def _all_of(table: Table) -> Select[Any]:
    """Every column by one star: naming forty of them takes longer than the query."""
    return select(literal_column("*")).select_from(table)


def find(
    connection: Connection,
    type_name: str,
    *conditions: ColumnElement[bool],
    order: Sequence[str] = ("number", "id"),
    limit: int | None = None,
    offset: int = 0,
) -> list[State]:
    """The states of a type that meet the conditions, in order."""
    return list(
        iterate(connection, type_name, *conditions, order=order, limit=limit, offset=offset)
    )


def iterate(
    connection: Connection,
    type_name: str,
    *conditions: ColumnElement[bool],
    order: Sequence[str] = ("number", "id"),
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[State]:
    """As `find`, row by row."""
    table = SCHEMA.states[type_name]
    query = _all_of(table).where(*conditions).order_by(*(table.c[name] for name in order))
    rows = connection.execute(query.limit(limit).offset(offset))
    names = tuple(rows.keys())
    return (_state(TYPES[type_name], dict(zip(names, row, strict=True))) for row in rows)


def pick(
    connection: Connection,
    type_name: str,
    names: Sequence[str],
    *conditions: ColumnElement[bool],
) -> list[tuple[Any, ...]]:
    """Only these columns as they lie in the table (lists are JSON text), by id."""
    if not conditions:
        columns = ", ".join(f'"{name}"' for name in names)
        rows = connection.exec_driver_sql(f"SELECT {columns} FROM state_{type_name} ORDER BY id")
        return [tuple(row) for row in rows]
    table = SCHEMA.states[type_name]
    query = select(*(table.c[name] for name in names)).where(*conditions).order_by(table.c.id)
    return [tuple(row) for row in connection.execute(query)]


def parts(
    connection: Connection, type_name: str, names: Sequence[str]
) -> Iterator[tuple[str, Record]]:
    """The id of every record that is not void, and the record with only these fields, by id."""
    columns = ", ".join(f'"{name}"' for name in names)
    rows = connection.exec_driver_sql(
        f"SELECT id, {columns} FROM state_{type_name} WHERE void = 0 ORDER BY id"
    )
    make = part_maker(TYPES[type_name], names)
    return ((row[0], make(row[1:])) for row in rows)


def count(connection: Connection, type_name: str, *conditions: ColumnElement[bool]) -> int:
    """How many states of a type meet the conditions."""
    table = SCHEMA.states[type_name]
    query = select(func.count()).select_from(table).where(*conditions)
    return int(connection.execute(query).scalar_one())


def table(type_name: str) -> Table:
    """The state table of a type, to write conditions with."""
    return SCHEMA.states[type_name]


def pointing_at(
    connection: Connection, type_name: str, column: str, records: Sequence[str]
) -> list[str]:
    """The ids of the states of a type whose link `column` names one of these records."""
    found: list[str] = []
    for chunk in chunks(records):
        rows = connection.exec_driver_sql(
            f'SELECT id FROM state_{type_name} WHERE void = 0 AND "{column}"'
            f" IN ({','.join('?' * len(chunk))})",
            tuple(chunk),
        )
        found += [record for (record,) in rows]
    return found


def owners(connection: Connection, type_name: str, ids: Iterable[str]) -> dict[str, str]:
    """The owner station of each record of a type that is here."""
    found: dict[str, str] = {}
    for chunk in chunks(ids):
        marks = ",".join("?" * len(chunk))
        found.update(
            (record, owner)
            for record, owner in connection.exec_driver_sql(
                f"SELECT id, owner FROM state_{type_name} WHERE id IN ({marks})", tuple(chunk)
            )
        )
    return found


def digest(connection: Connection) -> str:
    """The sha256 over all state rows, tables by name and rows by id."""
    total = hashlib.sha256()
    for name in sorted(SCHEMA.states):
        total.update(name.encode())
        for row in connection.execute(select(SCHEMA.states[name]).order_by("id")):
            total.update(_encode(tuple(row)))
    return total.hexdigest()


def _state(record_type: type[Record], row: Mapping[str, Any]) -> State:
    return State(
        id=row["id"],
        h=row["h"],
        changed_at=row["changed_at"],
        changed_by=row["changed_by"],
        writer=row["writer"],
        void=bool(row["void"]),
        record=record_from_row(record_type, row),
        conflicts=msgspec.json.decode(row["conflicts"]) if row["conflicts"] else {},
        pending=msgspec.json.decode(row["pending"]) if row["pending"] else {},
    )
