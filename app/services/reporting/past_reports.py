"""以往报送: what this office sent up, how it was received, and the slip of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from app.documents.drawing.target import Out
from app.domain.kernel.errors import UserError
from app.domain.kernel.readable import readable
from app.exchange.refusal import CODES
from app.services.office.office import Office
from app.services.packages import forwarding
from app.services.packages.channels import AckDetail, acknowledged
from app.services.reporting import frozen_report, report_marks, report_papers
from app.services.reporting.frozen_report import Report
from app.services.reporting.report_marks import Marks
from app.services.reporting.reporting_steps import times_of
from app.services.reporting.sealed_report import Sent
from app.services.reviewing import trays
from database.books import reports
from database.log import packages
from database.log.packages import PackageRow
from database.store.engine import Connection

Standing = Literal["sealed", "made", "received", "returned", "missing", "refused"]
"""sealed: not copied out yet. made 已生成, received 已收, returned 有退回, missing: the
office above has later ones and lacks this one. refused 不能接收."""

KINDS = {"daily": "日常", "annual": "年终", "urgent": "加急"}


@dataclass(frozen=True, slots=True)
class Submission:
    """One 报送 of the past: 第n次, of which kind, dated, signed, and how it stands.

    `report` is 0 for what no report stands behind (加急). `state` is in words.
    """

    title: str
    kind: str
    made_at: str
    signer: str
    records: int
    files: int
    size: int
    standing: Standing
    state: str
    report: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """All of them, newest first, and when the last word of the office above came (回执)."""

    submissions: tuple[Submission, ...]
    last_answer: str


def past(office: Office) -> Past:
    """What this office sent up so far."""
    returned = _returned(office)
    with office.store.read() as connection:
        history = _History(office, connection, returned)
        found = sorted(history.submissions(), key=lambda one: one.made_at, reverse=True)
        return Past(tuple(found), last_answer(office, connection))


def last_answer(office: Office, connection: Connection) -> str:
    """When the last answer from above was taken in (RFC 3339), or nothing."""
    here = office.identity.station
    rows = packages.find(connection, direction="in", kind="answer", to=here, state="merged")
    return max((row.arrived for row in rows), default="")


def _returned(office: Office) -> list[str]:
    """The versions that were sent back and not changed since, one by one."""
    items = trays.open_items(trays.tray(office, "return"))
    return [one.review.record.target_h for one in items]


class _History:
    """The ledger of one channel, put together report by report."""

    def __init__(self, office: Office, connection: Connection, returned: Sequence[str]) -> None:
        self._connection = connection
        self._returned = returned
        writer = office.identity.writer
        self._to = frozen_report.addressee(office, connection)
        self._above = "市总" if self._to == office.identity.city else "上级"
        self._rows = {
            row.seq: row
            for row in packages.find(connection, direction="out", writer=writer, to=self._to)
            if row.kind in forwarding.KINDS_UP
        }
        self._got = acknowledged(connection, writer, self._to, self._to)
        self._detail = _detail(connection, writer, self._to)

    def submissions(self) -> Iterator[Submission]:
        """Those of reports, then what stands alone."""
        marks = report_marks.every(self._connection)
        told: set[int] = set()
        for one in reports.every(self._connection):
            mine = marks.get(one.n, {})
            if one.state == "sealed" and "sealed" in mine:
                report = frozen_report.report_in(self._connection, one.n)
                seqs = [seq for seq in mine["sealed"].seqs if seq in self._rows]
                told.update(seqs)
                yield self._of_report(report, mine, [self._rows[seq] for seq in seqs])
        for seq, row in self._rows.items():
            if seq not in told:
                yield self._alone(row)

    def _of_report(self, report: Report, marks: Marks, rows: Sequence[PackageRow]) -> Submission:
        back = sum(h in report.content.revisions for h in self._returned)
        seqs = [row.seq for row in rows if row.seq]
        standing, state = self._standing(seqs, back, carried="carried" in marks)
        return Submission(
            times_of(seqs) or "—",
            KINDS[report.kind],
            max((row.created or "" for row in rows), default=report.frozen_at),
            report.signer,
            sum(report.content.records.values()),
            len(rows),
            sum(row.size or 0 for row in rows),
            standing,
            state,
            report.n,
        )

    def _alone(self, row: PackageRow) -> Submission:
        seqs = [row.seq or 0]
        held = packages.contents(self._connection, row.n)
        standing, state = self._standing(seqs, sum(h in self._returned for _, h, _, _ in held))
        return Submission(
            times_of(seqs),
            KINDS.get(str(row.kind), "报送"),
            row.created or "",
            "",
            len(held),
            1,
            row.size or 0,
            standing,
            state,
        )

    def _standing(
        self, seqs: Sequence[int], returned: int, *, carried: bool = True
    ) -> tuple[Standing, str]:
        if not carried:
            return "sealed", "还没拷出"
        refused = {one.seq: one.code for one in self._detail.rejected}
        if bad := next((refused[seq] for seq in seqs if seq in refused), ""):
            return "refused", CODES[bad].what if bad in CODES else "不能接收"
        if any(seq in self._detail.missing for seq in seqs):
            return "missing", f"{self._above}没有收到，请再拷一次"
        if returned:
            return "returned", f"{self._above}已收，退回 {returned} 条"
        if all(seq <= self._got for seq in seqs):
            return "received", f"{self._above}已收"
        return "made", "已生成，还没有回执"


def _detail(connection: Connection, writer: str, to: str) -> AckDetail:
    """What the office above said last of our channel."""
    rows = [row for row in packages.acks(connection, writer) if row.to == to]
    newest = max(rows, key=lambda row: row.seq, default=None)
    return msgspec.json.decode(newest.detail, type=readable(AckDetail)) if newest else AckDetail()


def print_slip_again(office: Office, n: int, out: Out) -> int:
    """Print the 报送单 of report `n` as it went with its files; returns its pages.

    Raises `UserError` NOTHING_TO_PRINT before the files are made.
    """
    report = frozen_report.report_of(office, n)
    with office.store.read() as connection:
        marks = report_marks.marks_of(connection, n)
    carried = marks.get("carried")
    if carried is None:
        raise UserError("NOTHING_TO_PRINT", "这次报送还没有文件。", remedy="请先生成报送文件。")
    names = {path.name: path for path in _kept(office, carried.files)}
    passed_on = {name: path for path, name in forwarding.upward(office, report.content.to).items()}
    files = {path: name for name, path in (passed_on | names).items() if name in carried.files}
    sent = Sent(report, (), tuple(files), files)
    return report_papers.print_submission_slip(office, sent, out)


def _kept(office: Office, names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        path = office.kept.outbox(name)
        if path.exists():
            yield path
