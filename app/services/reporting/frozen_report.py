"""One 报送 on its way: what was frozen of it, to whom it goes, and what is still to be sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import msgspec

from app.domain.kernel.errors import UserError
from app.domain.kernel.readable import readable
from app.exchange.kinds import CARRIES
from app.services.office.office import Office
from app.services.records.units import superiors
from database.books import reports
from database.books.reports import ReportRow
from database.log import unsent_revisions
from database.log.unsent_revisions import Sealable
from database.store.engine import Connection

ReportKind = Literal["daily", "annual"]
"""日常 and 年终; the latter is bundled with 总结报告 and 综合调研报告 (R42)."""


class Frozen(msgspec.Struct, frozen=True):
    """What was frozen at 送审: the revisions, their totals, what the bundle lacks."""

    to: str
    revisions: tuple[str, ...]
    records: dict[str, int]
    sums: dict[str, str]
    enclosures: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One 报送 on its way: its number, state and what was frozen."""

    n: int
    kind: ReportKind
    state: str
    frozen_at: str
    content: Frozen
    signer: str
    signed_on: dt.date | None

    @property
    def words(self) -> str:
        """For a sentence: who signed it (王主任7月22日审签); empty where nobody did."""
        day = self.signed_on
        return f"{self.signer}{day.month}月{day.day}日审签" if day else ""


def addressee(office: Office, connection: Connection) -> str:
    """The office above: to whom this office reports."""
    above = superiors(connection, office.identity.station)
    return above[0] if above else office.identity.city


def unsent(office: Office, connection: Connection, to: str) -> list[Sealable]:
    """What a submission to `to` would hold now."""
    types = CARRIES["submission"].types
    rows = unsent_revisions.unsent(connection, office.identity.writer, to)
    return [row for row in rows if row.type in types]


def refuse_city(office: Office) -> None:
    """The city reports to nobody."""
    if office.is_city:
        raise UserError(
            "NO_SUPERIOR",
            "市总工会没有上级单位，不需要报送。",
            remedy="要发给报送单位的，请在收件里写回执。",
        )


def report_of(office: Office, n: int) -> Report:
    """One report by its number; raises `UserError` REPORT_STATE when there is none."""
    with office.store.read() as connection:
        return report_in(connection, n)


def report_in(connection: Connection, n: int) -> Report:
    """As `report_of`, within a transaction."""
    row = reports.find(connection, n)
    if row is None:
        raise UserError("REPORT_STATE", "没有这一次报送。", remedy="请先送审。")
    return report_from(row)


def newest(connection: Connection) -> Report | None:
    """The report under way or sent last."""
    rows = (row for row in reports.every(connection) if row.state != "replaced")
    return next(map(report_from, rows), None)


def open_row(connection: Connection, n: int, *within: str) -> ReportRow:
    """The row of a report that is at one of these steps; else `UserError` REPORT_STATE."""
    row = reports.find(connection, n)
    if row is None or row.state not in within:
        raise UserError("REPORT_STATE", "这次报送不在这一步。", remedy="请从送审重新开始。")
    return row


def report_from(row: ReportRow) -> Report:
    """A report as its row keeps it."""
    content = msgspec.json.decode(row.content, type=readable(Frozen))
    day = dt.date.fromisoformat(row.signed_on) if row.signed_on else None
    kind: ReportKind = "annual" if row.kind == "annual" else "daily"
    return Report(row.n, kind, row.state, row.frozen_at, content, row.signer or "", day)
