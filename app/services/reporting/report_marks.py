"""Who did which step of a 报送, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

import msgspec

from app.domain.kernel.readable import readable
from app.services.office.office import Office
from database.books import report_steps
from database.books.report_steps import ReportStep
from database.store.engine import Connection

Done = Literal["frozen", "approved", "sealed", "carried"]
"""送审, 审签, sealed in the outbox, copied out to a stick or folder."""


class Mark(msgspec.Struct, frozen=True):
    """One step done: when (RFC 3339), by which operator (id), and what came of it.

    `seqs` are the numbers of the packages sealed; `files` the names of the files
    copied and `place` the folder they were copied to; `note` is in words.
    """

    at: str
    by: str
    note: str = ""
    seqs: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    place: str = ""


Marks = Mapping[Done, Mark]


def marks_of(connection: Connection, n: int) -> Marks:
    """The steps of report `n` that are done."""
    return every(connection).get(n, {})


def every(connection: Connection) -> dict[int, dict[Done, Mark]]:
    """The steps of all reports, by their number."""
    found: dict[int, dict[Done, Mark]] = {}
    for row in report_steps.every(connection):
        came = {**msgspec.json.decode(row.came), "at": row.at, "by": row.by}
        found.setdefault(row.report, {})[cast(Done, row.step)] = msgspec.convert(
            came, readable(Mark)
        )
    return found


def note(connection: Connection, n: int, step: Done, mark: Mark) -> None:
    """Keep a step of report `n`; a step done again replaces the one before."""
    came = {k: v for k, v in msgspec.to_builtins(mark).items() if k not in ("at", "by")}
    text = msgspec.json.encode(came).decode()
    report_steps.put(connection, ReportStep(n, step, mark.at, mark.by, text))


def mark(office: Office, **what: object) -> Mark:
    """A step done now by who is at work."""
    return msgspec.convert({"at": office.now(), "by": office.operator, **what}, readable(Mark))
