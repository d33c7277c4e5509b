"""All rows of a store, moved from one engine to another and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, Integer, Table

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from database.books import worked_out
from database.log.revisions import in_order
from database.state import states
from database.store.dialect import insert, is_own, quoted, run
from database.store.engine import Store
from database.store.tables import METADATA, SCHEMA

_AT_ONCE = 1000

_STATES = {table.name for table in SCHEMA.states.values()}
_MOVED = [table for table in METADATA.sorted_tables if table.name != worked_out.TABLE]
"""What was worked out from the log is worked out there again."""


def move(
    source: Store, target: Store, *, progress: Progress = silent, cancel: Cancel | None = None
) -> str:
    """Copy every row into a store that has the tables and no rows; returns the digest of both.

    One moment of the source, one transaction of the target. Raises `UserError` STORE_NOT_EMPTY,
    `EnvironmentProblem` NOT_MOVED where the two differ afterwards, `Cancelled`; the target is
    then as before.
    """
    watch = cancel or Cancel()
    with source.read() as reading, target.write() as writing:
        return move_rows(reading, writing, progress, watch)


def move_rows(reading: Connection, writing: Connection, progress: Progress, cancel: Cancel) -> str:
    """As `move`, within transactions that are open already."""
    if run(writing, "SELECT 1 FROM revision LIMIT 1").first() is not None:
        raise UserError(
            "STORE_NOT_EMPTY", "那里已经有记录，不能搬进去。", remedy="请换一个空的数据库。"
        )
    for done, table in enumerate(_MOVED):
        progress(Step("正在搬记录", done, len(_MOVED)))
        _move_table(reading, writing, table, cancel)
    progress(Step("正在核对记录", len(_MOVED), len(_MOVED)))
    found = digest(writing)
    if digest(reading) != found:
        raise _differs("记录")
    return found


def move_scans(reading: Connection, writing: Connection, progress: Progress, cancel: Cancel) -> int:
    """Copy every attachment, each read back there; returns how many they are.

    Raises `EnvironmentProblem` NOT_MOVED, `Cancelled`.
    """
    rows = run(reading, "SELECT n, size, sha256 FROM scan ORDER BY n").all()
    if rows:
        run(writing, insert("scan", ("n", "size", "sha256")), rows)
    for done, (n, _, sha256) in enumerate(rows):
        cancel.check()
        progress(Step("正在搬附件", done, len(rows)))
        for at, data in _chunks(reading, n):
            run(writing, insert("chunk", ("scan", "at", "data")), (n, at, data))
        total = hashlib.sha256()
        for _, data in _chunks(writing, n):
            total.update(data)
        if total.hexdigest() != sha256:
            raise _differs("附件")
    return len(rows)


def _chunks(connection: Connection, scan: int) -> Iterator[tuple[int, bytes]]:
    sql = "SELECT at, data FROM chunk WHERE scan = ? AND at = ?"
    at = 0
    while (row := run(connection, sql, (scan, at)).first()) is not None:
        yield at, row[1]
        at += 1


def _differs(what: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "NOT_MOVED", f"搬过去的{what}与原来的不一样，没有搬。", remedy="请再试一次。"
    )


def digest(connection: Connection) -> str:
    """The sha256 over the log, the rows of every table but the states, and the states."""
    total = hashlib.sha256(states.digest(connection).encode())
    for row in in_order(connection):
        total.update(f"{row.n} {row.h} {row.status}\n".encode())
    for table in _MOVED:
        if table.name not in _STATES:
            total.update(table.name.encode())
            for line in sorted(map(repr, _rows(connection, table))):
                total.update(line.encode())
    return total.hexdigest()


def _move_table(reading: Connection, writing: Connection, table: Table, cancel: Cancel) -> None:
    statement = insert(quoted(table.name), [column.name for column in table.columns])
    part: list[tuple[object, ...]] = []
    for row in _rows(reading, table):
        part.append(row)
        if len(part) == _AT_ONCE:
            cancel.check()
            run(writing, statement, part)
            part = []
    if part:
        run(writing, statement, part)
    _go_on_numbering(writing, table)


def _rows(connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
    """In the order in which they came, which the states have only by their row."""
    columns = ", ".join(quoted(column.name) for column in table.columns)
    keys = map(quoted, table.primary_key.columns.keys())
    order = "rowid" if table.name in _STATES else ", ".join(keys)
    return iter(run(connection, f"SELECT {columns} FROM {quoted(table.name)} ORDER BY {order}"))


def _go_on_numbering(connection: Connection, table: Table) -> None:
    """A server numbers rows by a counter of its own, which has not seen those moved."""
    key = list(table.primary_key.columns)
    if is_own(connection) or len(key) != 1 or not isinstance(key[0].type, Integer):
        return
    name = key[0].name
    run(
        connection,
        f"SELECT setval(pg_get_serial_sequence(?, ?), max({quoted(name)}))"
        f" FROM {quoted(table.name)} HAVING max({quoted(name)}) IS NOT NULL",
        (table.name, name),
    )
