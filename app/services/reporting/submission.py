"""报送: 逻辑检查 → 送审 (totals frozen) → 审签 → 生成报送文件 (R40, R42, R129 form).

What is sealed is exactly what the leader signed; what changed since is listed
and waits for the next time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import msgspec

from app.domain.checking import checks
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Hazard, Record, Visit
from app.domain.records.told import text_of
from app.exchange.kinds import CARRIES
from app.exchange.packagewriter import Sealed
from app.exchange.totals import Totals
from app.services.office.duties import needs, refusal
from app.services.office.office import Office
from app.services.packages import forwarding, sealing
from app.services.records.link_resolving import Links
from app.services.records.state_from_log import decode
from app.services.records.units import superiors
from app.services.reporting import report_marks
from app.services.reporting.year_end import year_end_bundle
from database.books import reports
from database.books.reports import ReportRow
from database.log import revisions
from database.log.revisions import Sealable, Written
from database.state import states
from database.state.states import State
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


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the 逻辑检查 list: which record, where, what, and what to do."""

    type: str
    id: str
    number: str
    code: str
    severity: str
    field: str
    sentence: str
    remedy: str


def addressee(office: Office, connection: Connection) -> str:
    """The office above: to whom this office reports."""
    above = superiors(connection, office.identity.station)
    return above[0] if above else office.identity.city


def unsent(office: Office, connection: Connection, to: str) -> list[Sealable]:
    """What a submission to `to` would hold now."""
    types = CARRIES["submission"].types
    rows = revisions.unsent(connection, office.identity.writer, to)
    return [row for row in rows if row.type in types]


def examine(
    office: Office,
    *,
    everything: bool = False,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Problem]:
    """逻辑检查 of what is to be sent (or of all own records): 错误, open 提醒, 填写不一致."""
    cancel = cancel or Cancel()
    with office.store.read() as connection:
        if everything:
            pairs = revisions.live_records(connection)
        else:
            rows = unsent(office, connection, addressee(office, connection))
            pairs = list(dict.fromkeys((row.type, row.id) for row in rows))
        found: list[Problem] = []
        links = Links(office, connection)
        for done, (type_name, record) in enumerate(pairs, 1):
            cancel.check()
            progress(Step("逻辑检查", done, len(pairs)))
            state = states.get(connection, TYPES[type_name], record)
            if state is not None and state.owner == office.identity.station:
                found += _problems(links, TYPES[type_name], state)
    return found


def _problems(links: Links, record_type: type[Record], state: State[Record]) -> Iterable[Problem]:
    if state.conflicts:
        fields = "、".join(sorted(state.conflicts))
        yield _problem(
            record_type,
            state,
            "X01",
            "错误",
            fields,
            "有两处填写不一致，还没有选定。",
            "请先选定。",
        )
    if state.void:
        return
    campaign = links.campaigns.get(text_of(state.record, "campaign"))
    found = checks.check(state.record, today=links.office.today(), campaign=campaign)
    for finding in found:
        if not finding.accepted:
            yield _problem(
                record_type,
                state,
                finding.code,
                finding.severity.value,
                finding.field,
                finding.sentence,
                finding.remedy,
            )


def _problem(record_type: type[Record], state: State[Record], *rest: str) -> Problem:
    return Problem(record_type.type_name, state.id, state.record.number, *rest)


@needs("prepare")
def freeze(office: Office, kind: ReportKind = "daily") -> Report:
    """送审: freeze what is to be sent and its totals.

    Raises `UserError` NOTHING_TO_SEND, NO_SUPERIOR, or CHECKS_OPEN while 错误 remain.
    """
    refuse_city(office)
    found = examine(office)
    blocking = [p for p in found if p.severity == "错误"]
    if blocking:
        first = blocking[0]
        raise UserError(
            "CHECKS_OPEN",
            f"还有{len(blocking)}处错误，不能送审。",
            why=f"{TYPES[first.type].label}{first.number}：{first.sentence}",
            remedy=first.remedy,
        )
    with office.store.write() as connection:
        to = addressee(office, connection)
        rows = unsent(office, connection, to)
        if not rows:
            raise UserError("NOTHING_TO_SEND", "没有需要报送的新内容。")
        enclosures, lacking = year_end_bundle(office, connection) if kind == "annual" else ((), ())
        content = _frozen(to, rows, enclosures, lacking)
        reports.replace_open(connection)
        row = reports.add(connection, kind, office.now(), msgspec.json.encode(content).decode())
        frozen = report_marks.mark(office, note=f"错误 0，提醒 {len(found)}")
        report_marks.note(connection, row.n, "frozen", frozen)
    return _report(row)


def refuse_city(office: Office) -> None:
    """The city reports to nobody."""
    if office.is_city:
        raise UserError(
            "NO_SUPERIOR",
            "市总工会没有上级单位，不需要报送。",
            remedy="要发给下级单位的，请在收件里生成回复。",
        )


def _frozen(
    to: str, rows: Sequence[Written], enclosures: tuple[str, ...], lacking: tuple[str, ...]
) -> Frozen:
    totals = Totals()
    totals.add(list(decode(rows).items()), dict.get)
    cover = totals.cover()
    return Frozen(to, tuple(row.h for row in rows), cover.records, cover.sums, enclosures, lacking)


def approve(
    office: Office, n: int, signer: str, signed_on: dt.date, *, on_paper: bool = False
) -> Report:
    """审签: the leader has signed the 送审表 on a day; said again, it is put right.

    A 负责人 who works here signs off under their own name; `on_paper` (纸质签字) where
    somebody else notes what they signed on paper. Where none works here, the 经办 notes it.
    Raises `UserError` SIGNER, NOT_YOUR_DUTY, or REPORT_STATE once the files are made.
    """
    require_sign_off(office, on_paper=on_paper)
    if not signer.strip():
        raise UserError("SIGNER", "要填写审签人。", remedy="请填写在送审表上签字的负责人。")
    with office.store.write() as connection:
        row = _open_row(connection, n, "frozen", "approved")
        mark = report_marks.mark(office, note=ON_PAPER if on_paper else "")
        report_marks.note(connection, n, "approved", mark)
        reports.sign(connection, row.n, signer.strip(), signed_on.isoformat())
        return _report(reports.get(connection, row.n))


ON_PAPER = "纸质签字"


def require_sign_off(office: Office, *, on_paper: bool) -> None:
    """Raises `UserError` NOT_YOUR_DUTY where a 负责人 who works here has to sign off."""
    refused = None if on_paper else refusal(office, "sign off")
    if refused is not None:
        raise UserError(
            refused.code,
            refused.what,
            why=refused.why,
            remedy=f"请切换经办人，由他本人审签；他已在送审表上签字盖章的，请选“{ON_PAPER}”。",
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
    return _report(row)


def _open_row(connection: Connection, n: int, *within: str) -> ReportRow:
    row = reports.find(connection, n)
    if row is None or row.state not in within:
        raise UserError("REPORT_STATE", "这次报送不在这一步。", remedy="请从送审重新开始。")
    return row


@dataclass(frozen=True, slots=True)
class Sent:
    """What a 报送 made: the packages sealed now, and every file on the stick.

    `names` are for files that lie elsewhere under other names than on the stick.
    """

    report: Report
    sealed: tuple[Sealed, ...]
    files: tuple[Path, ...]
    names: Mapping[Path, str] = field(default_factory=dict)


@needs("prepare")
def seal_report(
    office: Office,
    n: int,
    out: Path,
    *,
    cap: int = sealing.USB,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Sent:
    """生成报送文件: seal what was signed, then copy it and all that is unconfirmed to `out`.

    The packages and the state of the report are written in one transaction. When copying
    fails or is stopped, what was sealed stays, and `carry_out` copies it again.
    """
    with office.store.read() as connection:
        content = _report(_open_row(connection, n, "approved")).content
    frozen = set(content.revisions)

    def also(connection: Connection, sealed: Sequence[Sealed]) -> None:
        _open_row(connection, n, "approved")
        reports.set_state(connection, n, "sealed")
        seqs = [one.header.seq for one in sealed]
        report_marks.note(connection, n, "sealed", report_marks.mark(office, seqs=seqs))

    sealed = sealing.seal(
        office,
        content.to,
        "submission",
        lambda r: r.h in frozen,
        cap=cap,
        also=also,
        progress=progress,
        cancel=cancel,
    )
    sent = carry_out(office, n, out, progress=progress, cancel=cancel)
    return replace(sent, sealed=tuple(sealed))


@needs("prepare")
def carry_out(
    office: Office,
    n: int,
    out: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Sent:
    """Copy a sealed report and all else that is unconfirmed to `out`, as often as wanted."""
    with office.store.read() as connection:
        done = _report(_open_row(connection, n, "sealed"))
    files = export(office, out, progress=progress, cancel=cancel)
    names = [file.name for file in files]
    carried = report_marks.mark(office, files=names, place=str(out))
    with office.store.write() as connection:
        report_marks.note(connection, n, "carried", carried)
    return Sent(done, (), tuple(files))


def export(
    office: Office, out: Path, *, progress: Progress = silent, cancel: Cancel | None = None
) -> list[Path]:
    """Copy every package that the office above has not confirmed, and those to pass on."""
    with office.store.read() as connection:
        to = addressee(office, connection)
    forwarded = forwarding.upward(office, to)
    files = [*sealing.unacknowledged(office, to), *forwarded]
    return sealing.copy_out(office, files, out, names=forwarded, progress=progress, cancel=cancel)


@needs("prepare")
def share(
    office: Office, out: Path, *, progress: Progress = silent, cancel: Cancel | None = None
) -> list[Path]:
    """Give this PC's records to the other PC of the same office."""
    here = office.identity.station
    types = CARRIES["submission"].types
    sealing.seal(
        office,
        here,
        "submission",
        lambda row: row.type in types,
        progress=progress,
        cancel=cancel,
    )
    files = sealing.unacknowledged(office, here)
    return sealing.copy_out(office, files, out, progress=progress, cancel=cancel)


@needs("prepare")
def urgent(
    office: Office,
    hazard: str,
    out: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Path]:
    """A hazard report at any time, on its own: the hazard and what it points at (R24).

    Raises `UserError` NO_SUPERIOR, NOT_FOUND.
    """
    refuse_city(office)
    with office.store.read() as connection:
        to = addressee(office, connection)
        state = states.get(connection, Hazard, hazard)
        if state is None:
            raise UserError("NOT_FOUND", "没有找到这条隐患。", remedy="请核对编号。")
        wanted = {hazard, *_pointed_at(connection, state.record)}
    sealing.seal(
        office, to, "urgent", lambda row: row.id in wanted, progress=progress, cancel=cancel
    )
    files = sealing.unacknowledged(office, to)
    return sealing.copy_out(office, files, out, progress=progress, cancel=cancel)


def _pointed_at(connection: Connection, hazard: Hazard) -> Iterable[str]:
    yield from filter(None, (hazard.visit, hazard.enterprise))
    seen = states.get(connection, Visit, hazard.visit) if hazard.visit else None
    if seen is not None:
        yield seen.record.enterprise


def _report(row: ReportRow) -> Report:
    content = msgspec.json.decode(row.content, type=Frozen)
    day = dt.date.fromisoformat(row.signed_on) if row.signed_on else None
    kind: ReportKind = "annual" if row.kind == "annual" else "daily"
    return Report(row.n, kind, row.state, row.frozen_at, content, row.signer or "", day)
