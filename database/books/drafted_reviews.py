"""拟办: what a clerk would say of records, until 负责人 confirms it or hands it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from database.log.revisions import chunks
from database.store.dialect import insert, marks, quoted, run

WAITING, CONFIRMED, HANDED_BACK, WITHDRAWN = "waiting", "confirmed", "handed back", "withdrawn"


class DraftedReview(NamedTuple):
    """A word on one record that waits, or what became of it; `review` is its body as JSON.

    `closed_at`, `closed_by` and `word` tell who decided what of it; `made` names the review.
    """

    n: int
    at: str
    by: str
    type: str
    target: str
    target_h: str
    review: str
    standing: str
    closed_at: str
    closed_by: str
    word: str
    made: str


_WRITTEN = DraftedReview._fields[1:]
_COLUMNS = ", ".join(map(quoted, DraftedReview._fields))


def add(connection: Connection, row: DraftedReview) -> int:
    """Write a line; its number."""
    line = f"{insert('drafted_review', _WRITTEN)} RETURNING n"
    return int(run(connection, line, tuple(row)[1:]).scalar_one())


def of_standing(connection: Connection, *standings: str) -> list[DraftedReview]:
    """The lines that stand so, in the order in which they were written."""
    where = f"standing IN ({marks(standings)}) ORDER BY n"
    return _found(connection, where, standings)


def of_targets(
    connection: Connection, targets: Iterable[str], *standings: str
) -> list[DraftedReview]:
    """The lines about these records that stand so."""
    found: list[DraftedReview] = []
    for some in chunks(targets):
        where = f"target IN ({marks(some)}) AND standing IN ({marks(standings)}) ORDER BY n"
        found += _found(connection, where, (*some, *standings))
    return found


def named(connection: Connection, numbers: Iterable[int]) -> list[DraftedReview]:
    """The lines of these numbers, in order."""
    found: list[DraftedReview] = []
    for some in chunks(numbers):
        found += _found(connection, f"n IN ({marks(some)}) ORDER BY n", some)
    return found


def settle(connection: Connection, rows: Iterable[DraftedReview]) -> None:
    """Note what became of these lines."""
    found = [(r.standing, r.closed_at, r.closed_by, r.word, r.made, r.n) for r in rows]
    if found:
        run(
            connection,
            "UPDATE drafted_review SET standing = ?, closed_at = ?, closed_by = ?, word = ?,"
            " made = ? WHERE n = ?",
            found,
        )


def _found(connection: Connection, where: str, values: Sequence[str | int]) -> list[DraftedReview]:
    select = f"SELECT {_COLUMNS} FROM drafted_review WHERE {where}"
    return [DraftedReview(*row) for row in run(connection, select, tuple(values))]
