"""Which steps of a 报送 are done: who, when, and what came of each."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run, upsert


class ReportStep(NamedTuple):
    """A step of report n, done `at` by an operator; `came` is JSON."""

    report: int
    step: str
    at: str
    by: str
    came: str


def put(connection: Connection, step: ReportStep) -> None:
    """Keep a step; done again it replaces the one before."""
    names = ReportStep._fields
    run(connection, upsert(insert("report_step", names), names[:2], names[2:]), tuple(step))


def every(connection: Connection) -> list[ReportStep]:
    """The steps of all reports."""
    columns = ", ".join(map(quoted, ReportStep._fields))
    return [ReportStep(*row) for row in run(connection, f"SELECT {columns} FROM report_step")]
