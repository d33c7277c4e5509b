"""The 报送 under way and done: what was frozen, who signed, what was sealed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import run


class ReportRow(NamedTuple):
    """One 报送; `state` is frozen, approved, sealed or replaced; `content` is JSON."""

    n: int
    kind: str
    state: str
    frozen_at: str
    content: str
    signer: str | None
    signed_on: str | None


_COLUMNS = "n, kind, state, frozen_at, content, signer, signed_on"


def add(connection: Connection, kind: str, frozen_at: str, content: str) -> ReportRow:
    """Write down a new frozen report."""
    (row,) = run(
        connection,
        "INSERT INTO report (kind, state, frozen_at, content) VALUES (?, 'frozen', ?, ?)"
        f" RETURNING {_COLUMNS}",
        (kind, frozen_at, content),
    )
    return ReportRow(*row)


def replace_open(connection: Connection) -> None:
    """重新送审: what was frozen or signed but not sealed is given up."""
    run(connection, "UPDATE report SET state = 'replaced' WHERE state IN ('frozen', 'approved')")


def open_contents(connection: Connection) -> list[str]:
    """What was frozen or signed and is not sealed yet."""
    rows = run(connection, "SELECT content FROM report WHERE state IN ('frozen', 'approved')")
    return [content for (content,) in rows]


def sign(connection: Connection, n: int, signer: str, signed_on: str) -> None:
    """Who signed the printed sheet, and when."""
    run(
        connection,
        "UPDATE report SET state = 'approved', signer = ?, signed_on = ? WHERE n = ?",
        (signer, signed_on, n),
    )


def set_state(connection: Connection, n: int, state: str) -> None:
    """Move a report on."""
    run(connection, "UPDATE report SET state = ? WHERE n = ?", (state, n))


def find(connection: Connection, n: int) -> ReportRow | None:
    """One report by its number, or None."""
    row = run(connection, f"SELECT {_COLUMNS} FROM report WHERE n = ?", (n,)).first()
    return None if row is None else ReportRow(*row)


def get(connection: Connection, n: int) -> ReportRow:
    """One report that is there."""
    row = find(connection, n)
    if row is None:
        raise LookupError(n)
    return row


def every(connection: Connection) -> list[ReportRow]:
    """All reports, newest first."""
    rows = run(connection, f"SELECT {_COLUMNS} FROM report ORDER BY n DESC")
    return [ReportRow(*row) for row in rows]
