"""The package ledger: every package that came or went, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection

from database.log.revisions import mark_of
from database.store.dialect import each_of, insert, marks, quoted, run, unless_there, upsert

Direction = Literal["in", "out"]

PackageState = Literal[
    "sealed", "merged", "withdrawn", "held", "frozen", "refused", "duplicate", "recorded", "lost"
]
"""sealed: ours, in the outbox. merged / withdrawn: in the log / taken back. held: the
writer is not enrolled yet. frozen: waits for a person. refused: changed nothing.
duplicate: was here before. recorded: a trust or enrolment package, taken note of. lost: no
copy is left of a sealed one, and its number is given up; or its writer says so."""


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One line of the ledger.

    `digest` is the sha256 of the file that came, or the tip of one that went;
    `note` is the name it came under, or what a person noted.
    """

    direction: Direction
    digest: str
    state: PackageState
    arrived: str
    tip: str | None = None
    package_id: str | None = None
    kind: str | None = None
    writer: str | None = None
    to: str | None = None
    seq: int | None = None
    prev: str | None = None
    created: str | None = None
    file: str | None = None
    size: int | None = None
    code: str | None = None
    note: str | None = None
    account: str | None = None
    n: int = 0


_NAMES = (
    "direction", "digest", "state", "arrived", "tip", "package_id", "kind", "writer", "to",
    "seq", "prev", "created", "file", "size", "code", "note", "account",
)  # fmt: skip
_COLUMNS = ", ".join(map(quoted, _NAMES))
_INSERT = f"{insert('package', _NAMES)} RETURNING n"


def add(connection: Connection, row: PackageRow) -> PackageRow:
    """Write a line and return it with its number."""
    values = tuple(getattr(row, name) for name in _NAMES)
    return replace(row, n=int(run(connection, _INSERT, values).scalar_one()))


def readmit(connection: Connection, row: PackageRow) -> PackageRow:
    """Write a line, in place of the one that held or took back the same package."""
    for earlier in find(connection, direction=row.direction, tip=row.tip):
        if earlier.state in ("held", "withdrawn"):
            unpark(connection, earlier.n)
            return rewrite(connection, earlier.n, row)
    return add(connection, row)


def rewrite(connection: Connection, n: int, row: PackageRow) -> PackageRow:
    """Put another line in the place of line `n`."""
    update(connection, n, **{name: getattr(row, name) for name in _NAMES})
    return replace(row, n=n)


def update(connection: Connection, n: int, **changes: object) -> None:
    """Change these members of a line."""
    names = ", ".join(f"{quoted(name)} = ?" for name in changes)
    run(connection, f"UPDATE package SET {names} WHERE n = ?", (*changes.values(), n))


def find(connection: Connection, **wanted: object) -> list[PackageRow]:
    """The lines whose members equal what is wanted, oldest first."""
    where = " AND ".join(f"{quoted(name)} IS NOT DISTINCT FROM ?" for name in wanted) or "TRUE"
    rows = run(
        connection,
        f"SELECT {_COLUMNS}, n FROM package WHERE {where} ORDER BY n",
        tuple(wanted.values()),
    )
    return [_row(row) for row in rows]


def count_merged(connection: Connection) -> int:
    """How many received packages are in."""
    found = run(
        connection, "SELECT count(*) FROM package WHERE direction = 'in' AND state = 'merged'"
    )
    return int(found.scalar_one())


def kept_files(connection: Connection) -> set[str]:
    """The names of the received files that are kept."""
    rows = run(connection, "SELECT file FROM package WHERE direction = 'in' AND file IS NOT NULL")
    return {file for (file,) in rows}


def get(connection: Connection, n: int) -> PackageRow:
    """One line by its number."""
    return find(connection, n=n)[0]


def last_sealed(connection: Connection, writer: str, to: str) -> PackageRow | None:
    """The newest package of our own channel, or None."""
    rows = run(
        connection,
        f"SELECT {_COLUMNS}, n FROM package WHERE direction = 'out' AND writer = ? AND \"to\" = ?"
        " ORDER BY seq DESC LIMIT 1",
        (writer, to),
    )
    return next((_row(row) for row in rows), None)


def channels(connection: Connection) -> list[tuple[str, str]]:
    """The (writer, to) of every channel something was received of."""
    rows = run(
        connection,
        "SELECT DISTINCT writer, \"to\" FROM package WHERE direction = 'in' AND tip IS NOT NULL"
        " AND writer IS NOT NULL ORDER BY 1, 2",
    )
    return [(writer, to) for writer, to in rows]


def forget_lost(connection: Connection, writer: str, to: str, seq: int) -> None:
    """A package that its writer had declared lost has come after all."""
    run(
        connection,
        "DELETE FROM package WHERE direction = 'in' AND state = 'lost' AND writer = ?"
        ' AND "to" = ? AND seq = ?',
        (writer, to, seq),
    )


def of_channel(connection: Connection, writer: str, to: str) -> list[PackageRow]:
    """What was received of a channel, by seq."""
    rows = find(connection, direction="in", writer=writer, to=to)
    return sorted(rows, key=lambda row: (row.seq or 0, row.n))


def last_n(connection: Connection) -> int:
    """The newest line, 0 for none."""
    return int(run(connection, "SELECT coalesce(max(n), 0) FROM package").scalar_one())


def deliver(connection: Connection, package: int, numbers: Iterable[int]) -> None:
    """Note that a package holds these revisions (by their arrival number)."""
    table, values = each_of(numbers)
    number = "CAST(value AS BIGINT)"
    rows = f"INSERT INTO delivery (package, revision) SELECT ?, {number} FROM {table} WHERE TRUE"
    run(connection, unless_there(rows), (package, values))


def park_where_delivered(connection: Connection, revision: int, code: str, reason: str) -> None:
    """Set a revision (by its arrival number) aside in every merged package that holds it."""
    run(
        connection,
        "INSERT INTO parked (package, h, code, reason) SELECT p.n, r.h, ?, ? FROM delivery d"
        " JOIN package p ON p.n = d.package JOIN revision r ON r.n = d.revision"
        " WHERE d.revision = ? AND p.direction = 'in' AND p.state = 'merged' AND NOT EXISTS"
        " (SELECT 1 FROM parked k WHERE k.package = p.n AND k.h = r.h) ORDER BY p.n",
        (code, reason, revision),
    )


def unpark_revision(connection: Connection, revision: int) -> None:
    """A revision that was set aside counts now, or waits."""
    run(
        connection,
        "DELETE FROM parked WHERE raw IS NULL AND h = (SELECT h FROM revision WHERE n = ?)",
        (revision,),
    )


def sent_in(connection: Connection, names: Sequence[str], to: str) -> list[tuple[str, str, int]]:
    """Which of these revisions (h) went to a station: h, writer and number of the first package."""
    rows = run(
        connection,
        "SELECT r.h, p.writer, min(p.seq) FROM revision r"
        " JOIN delivery d ON d.revision = r.n JOIN package p ON p.n = d.package"
        f" WHERE r.mark IN ({marks(names)}) AND r.h IN ({marks(names)})"
        " AND p.direction = 'out' AND p.\"to\" = ? GROUP BY r.h, p.writer",
        (*map(mark_of, names), *names, to),
    )
    return [(h, writer, seq) for h, writer, seq in rows]


def writers_to(connection: Connection, to: str) -> list[str]:
    """The writers here that sent packages to a station."""
    rows = run(
        connection,
        "SELECT DISTINCT writer FROM package WHERE direction = 'out' AND \"to\" = ?",
        (to,),
    )
    return [writer for (writer,) in rows if writer]


def brought_only_by(connection: Connection, package: int) -> list[tuple[int, str, str]]:
    """(n, type, id) of the revisions that no other merged package and not we ourselves brought."""
    rows = run(
        connection,
        "SELECT r.n, r.type, r.id FROM delivery d JOIN revision r ON r.n = d.revision"
        " WHERE d.package = ? AND NOT EXISTS (SELECT 1 FROM delivery o JOIN package p"
        "  ON p.n = o.package WHERE o.revision = d.revision AND o.package <> d.package"
        "  AND p.state IN ('merged', 'sealed'))",
        (package,),
    )
    return [(n, kind, record) for n, kind, record in rows]


def contents(connection: Connection, package: int) -> list[tuple[int, str, str, str]]:
    """(n, h, type, id) of the revisions a package holds."""
    rows = run(
        connection,
        "SELECT r.n, r.h, r.type, r.id FROM delivery d JOIN revision r ON r.n = d.revision"
        " WHERE d.package = ? ORDER BY r.n",
        (package,),
    )
    return [(n, h, kind, record) for n, h, kind, record in rows]


def carry(connection: Connection, package: int, scans: Iterable[str]) -> None:
    """Note that a package holds these scans (by sha256)."""
    pairs = [(package, sha256) for sha256 in scans]
    if pairs:
        run(connection, unless_there(insert("carried", ("package", "sha256"))), pairs)


def carried(connection: Connection, writer: str, to: str) -> set[str]:
    """The scans that our channel has sent already."""
    rows = run(
        connection,
        "SELECT DISTINCT c.sha256 FROM carried c JOIN package p ON p.n = c.package"
        " WHERE p.direction = 'out' AND p.state <> 'lost' AND p.writer = ? AND p.\"to\" = ?",
        (writer, to),
    )
    return {sha256 for (sha256,) in rows}


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A record or scan set aside, with its reason; `raw` is None where it is not kept."""

    package: int
    h: str | None
    code: str
    reason: str
    raw: bytes | None = None
    n: int = 0


def park(connection: Connection, rows: Sequence[ParkedRow]) -> None:
    """Set records aside."""
    if rows:
        run(
            connection,
            "INSERT INTO parked (package, h, code, reason, raw) VALUES (?, ?, ?, ?, ?)",
            [(row.package, row.h, row.code, row.reason, row.raw) for row in rows],
        )


def parked(connection: Connection, package: int | None = None) -> list[ParkedRow]:
    """What is set aside, of one package or of all that are merged; without the bytes."""
    where = "k.package = ?" if package is not None else "p.state = 'merged'"
    rows = run(
        connection,
        "SELECT k.package, k.h, k.code, k.reason, NULL, k.n FROM parked k"
        f" JOIN package p ON p.n = k.package WHERE {where} ORDER BY k.n",
        (package,) if package is not None else (),
    )
    return [ParkedRow(*row) for row in rows]


def reasons(connection: Connection, package: int, most: int) -> list[tuple[str, str]]:
    """Code and reason of what is set aside of a package, the first `most` of each code."""
    placed = (
        "SELECT code, reason, n, row_number() OVER (PARTITION BY code ORDER BY n) AS place"
        " FROM parked WHERE package = ?"
    )
    sql = f"SELECT code, reason FROM ({placed}) AS placed WHERE place <= ? ORDER BY n"
    return [(code, reason) for code, reason in run(connection, sql, (package, most))]


def names_aside(connection: Connection, package: int, most: int) -> list[str]:
    """The names h of what is set aside of a package, the first `most` in their order."""
    sql = "SELECT DISTINCT h FROM parked WHERE package = ? AND h IS NOT NULL ORDER BY h LIMIT ?"
    return [h for (h,) in run(connection, sql, (package, most))]


def unpark(connection: Connection, package: int) -> None:
    """Forget what a package had set aside (it is withdrawn or merged again)."""
    run(connection, "DELETE FROM parked WHERE package = ?", (package,))


@dataclass(frozen=True, slots=True)
class AckRow:
    """What another PC says it has of a channel; `detail` is JSON."""

    teller: str
    writer: str
    to: str
    seq: int
    tip: str | None
    detail: str


_ACK = upsert(
    insert("acknowledgement", ("teller", "writer", "to", "seq", "tip", "detail")),
    ("teller", "writer", "to"),
    ("seq", "tip", "detail"),
    grows="seq",
)


def put_acks(connection: Connection, rows: Sequence[AckRow]) -> None:
    """Keep the newest word of each PC; an older one never replaces it."""
    if rows:
        run(connection, _ACK, [(r.teller, r.writer, r.to, r.seq, r.tip, r.detail) for r in rows])


def acks(connection: Connection, writer: str) -> list[AckRow]:
    """What others have of this writer's channels."""
    rows = run(
        connection,
        'SELECT teller, writer, "to", seq, tip, detail FROM acknowledgement WHERE writer = ?'
        ' ORDER BY teller, "to"',
        (writer,),
    )
    return [AckRow(*row) for row in rows]


def _row(row: Any) -> PackageRow:
    return PackageRow(**dict(zip((*_NAMES, "n"), row, strict=True)))
