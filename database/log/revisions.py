"""The revision log: appended to, read by record, never changed but for its status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from sqlalchemy import Connection

from database.log import turned
from database.store.dialect import insert, marks, run

T = TypeVar("T")

Status = Literal["live", "waiting", "withdrawn", "barred"]
"""live: in the fold. waiting: a parent is missing. withdrawn: its packages were taken back.
barred: written by an office that does not own the record."""

CHUNK = 500
"""How many names go into one `IN (…)`: SQLite's old limit of 999 is far enough."""


class StoredRevision(NamedTuple):
    """One row of the log; `raw` are the bytes whose sha256 is `h`."""

    n: int
    h: str
    id: str
    type: str
    parents: tuple[str, ...]
    writer: str
    at: str
    by: str
    op: str
    raw: bytes
    status: Status


@dataclass(frozen=True, slots=True)
class Known:
    """What a newcomer must know of a revision already here."""

    n: int
    status: Status


COLUMNS = "n, h, id, type, parents, writer, at, by, op, raw, status"
"""What is read of a row that `stored` makes a revision of."""
_INSERT = insert("revision", [*COLUMNS.split(", "), "mark"])
_DIGITS = 12


def mark_of(h: str) -> int:
    """What a name begins with, as a number: all that its index holds of it; -1 for no name."""
    try:
        return int(h[:_DIGITS], 16)
    except ValueError:
        return -1


def next_n(connection: Connection) -> int:
    """The arrival number the next revision gets; holds while the transaction is open."""
    return int(run(connection, "SELECT coalesce(max(n), 0) + 1 FROM revision").scalar_one())


def named_after(connection: Connection, n: int) -> list[tuple[str, str]]:
    """Type and id of the records with a revision after this one."""
    rows = run(connection, "SELECT DISTINCT type, id FROM revision WHERE n > ?", (n,))
    return [(kind, record) for kind, record in rows]


def append(connection: Connection, rows: Sequence[StoredRevision]) -> None:
    """Append rows to the log; the caller numbered them from `next_n` upward."""
    if rows:
        run(connection, _INSERT, [_values(row) for row in rows])


def _values(row: StoredRevision) -> tuple[Any, ...]:
    n, h, record, kind, parents, writer, at, by, op, raw, status = row
    # The driver binds a bytearray three times faster than bytes, which it tries to adapt first.
    body = bytearray(raw)
    return n, h, record, kind, " ".join(parents), writer, at, by, op, body, status, mark_of(h)


def known(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Known]]:
    """What the log has under these record ids: each revision by its h.

    Asked by record because the ids of one package lie beside each other in the index,
    and its h's all over it.
    """
    found: dict[str, dict[str, Known]] = {}
    for chunk in chunks(ids):
        rows = run(
            connection,
            f"SELECT id, h, n, status FROM revision WHERE id IN ({marks(chunk)})",
            tuple(chunk),
        )
        for record, h, n, status in rows:
            found.setdefault(record, {})[h] = Known(n, status)
    return found


def named(connection: Connection, ids: Iterable[str]) -> list[tuple[str, str]]:
    """The (type, id) of everything that the log has under these record ids."""
    found: list[tuple[str, str]] = []
    for chunk in chunks(ids):
        rows = run(
            connection,
            f"SELECT DISTINCT type, id FROM revision WHERE id IN ({marks(chunk)})",
            tuple(chunk),
        )
        found += ((kind, record) for kind, record in rows)
    return found


def of_record(
    connection: Connection, record: str, *, status: Status | None = None
) -> list[StoredRevision]:
    """The revisions of one record in order of arrival, of one status or of all but barred ones."""
    sign, wanted = ("=", status) if status else ("<>", "barred")
    sql = f"SELECT {COLUMNS} FROM revision WHERE id = ? AND status {sign} ? ORDER BY n"
    return [stored(row) for row in run(connection, sql, (record, wanted))]


def of_records(
    connection: Connection, records: Sequence[str], *, withdrawn: bool = False
) -> dict[str, list[StoredRevision]]:
    """The revisions of several records (at most `CHUNK`) as they came; `withdrawn` ones too."""
    counting = "" if withdrawn else " AND status <> 'withdrawn'"
    rows = run(
        connection,
        f"SELECT {COLUMNS} FROM revision WHERE id IN ({marks(records)}){counting} ORDER BY n",
        tuple(records),
    )
    found: dict[str, list[StoredRevision]] = {}
    for row in map(stored, rows):
        found.setdefault(row.id, []).append(row)
    return found


def light(connection: Connection, records: Sequence[str], most: int) -> Iterator[list[str]]:
    """The records (at most `CHUNK`) in groups whose revisions together have `most` bytes.

    A record that alone has more is a group of its own.
    """
    rows = run(
        connection,
        f"SELECT id, sum(length(raw)) FROM revision WHERE id IN ({marks(records)}) GROUP BY id",
        tuple(records),
    )
    size_of: dict[str, int] = {row[0]: row[1] for row in rows}
    group: list[str] = []
    total = 0
    for record in records:
        total += size_of.get(record, 0)
        if group and total > most:
            yield group
            group, total = [], size_of.get(record, 0)
        group.append(record)
    if group:
        yield group


def get(connection: Connection, h: str) -> StoredRevision | None:
    """One revision by its name, or None."""
    row = run(
        connection, f"SELECT {COLUMNS} FROM revision WHERE mark = ? AND h = ?", (mark_of(h), h)
    ).first()
    return None if row is None else stored(row)


def set_status(connection: Connection, ns: Iterable[int], status: Status) -> None:
    """Move revisions in or out of the fold; their bytes never change."""
    rows = [(status, n) for n in ns]
    if rows:
        run(connection, "UPDATE revision SET status = ? WHERE n = ?", rows)
        turned.note(connection, (n for _, n in rows))


def records_in_log(connection: Connection) -> list[tuple[str, str]]:
    """The (type, id) of every record of the log, by id."""
    rows = run(connection, "SELECT DISTINCT type, id FROM revision ORDER BY id")
    return [(kind, record) for kind, record in rows]


def since(connection: Connection, n: int) -> list[tuple[str, str]]:
    """The (type, id) of every record that got a revision after the n-th."""
    rows = run(connection, "SELECT DISTINCT type, id FROM revision WHERE n > ?", (n,))
    return [(kind, record) for kind, record in rows]


def last_arrivals(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The arrival number of the latest live revision of each of these records."""
    found: dict[str, int] = {}
    for chunk in chunks(ids):
        rows = run(
            connection,
            f"SELECT id, max(n) FROM revision WHERE id IN ({marks(chunk)}) AND status = 'live'"
            " GROUP BY id",
            tuple(chunk),
        )
        found.update((record, int(n)) for record, n in rows)
    return found


def without_owner(connection: Connection) -> list[str]:
    """The ids of the records that were begun and nobody owns, oldest first."""
    rows = run(
        connection,
        "SELECT DISTINCT r.id FROM revision r WHERE r.status = 'barred' AND r.parents = ''"
        " AND NOT EXISTS (SELECT 1 FROM revision o WHERE o.id = r.id AND o.status = 'live')"
        " ORDER BY r.id",
    )
    return [record for (record,) in rows]


def live_records(connection: Connection) -> list[tuple[str, str]]:
    """The (type, id) of every record that has a live revision, by id."""
    rows = run(
        connection, "SELECT DISTINCT type, id FROM revision WHERE status = 'live' ORDER BY id"
    )
    return [(kind, record) for kind, record in rows]


def in_order(connection: Connection) -> Iterator[StoredRevision]:
    """Every revision of any status in order of arrival."""
    return map(stored, run(connection, f"SELECT {COLUMNS} FROM revision ORDER BY n"))


class Written(Protocol):
    """What every row of the log says, however much of it was read."""

    @property
    def n(self) -> int: ...
    @property
    def h(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def raw(self) -> bytes: ...


def written_by(connection: Connection, writer: str, types: Sequence[str]) -> list[StoredRevision]:
    """The writer's own live revisions of these types, in order."""
    rows = run(
        connection,
        f"SELECT {COLUMNS} FROM revision WHERE writer = ? AND status = 'live'"
        f" AND type IN ({marks(types)}) ORDER BY n",
        (writer, *types),
    )
    return [stored(row) for row in rows]


def of_changed(connection: Connection, kind: str, station: str) -> Iterator[tuple[str, bytes]]:
    """The (record, raw bytes) of every version of those of a type that a station changed."""
    rows = run(
        connection,
        "SELECT id, raw FROM revision WHERE type = ? AND status = 'live' AND writer LIKE ?"
        " AND id IN (SELECT id FROM revision WHERE type = ? AND parents <> '') ORDER BY n",
        (kind, f"{station}-%", kind),
    )
    return ((record, raw) for record, raw in rows)


def of_station(connection: Connection, station: str) -> list[StoredRevision]:
    """Every live revision that any writer of a station wrote, in order."""
    rows = run(
        connection,
        f"SELECT {COLUMNS} FROM revision WHERE writer LIKE ? AND status = 'live' ORDER BY n",
        (f"{station}-%",),
    )
    return [stored(row) for row in rows]


def stored(row: Any) -> StoredRevision:
    """The revision of a row of `COLUMNS`."""
    n, h, record, kind, parents, *rest = row
    return StoredRevision(n, h, record, kind, tuple(parents.split()), *rest)


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
