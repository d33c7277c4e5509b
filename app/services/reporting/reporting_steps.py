"""The five steps of 报送: which one is next, what the others came to, who did them and when."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import TYPES, Operator
from app.services.office import duties
from app.services.office.office import Office
from app.services.packages import forwarding
from app.services.packages.package_parts import scans_in
from app.services.records.units import name_of
from app.services.reporting import frozen_report, report_check, report_marks
from app.services.reporting.frozen_report import Report
from app.services.reporting.report_check import Problem
from app.services.reporting.report_marks import Mark, Marks
from app.services.reporting.year_end import year_end_bundle
from database.books import reports, settings
from database.log import packages
from database.log.unsent_revisions import Sealable
from database.state import states
from database.store.engine import Connection

Name = Literal["check", "review", "approve", "seal", "receipt"]

TITLES: Mapping[Name, str] = {
    "check": "逻辑检查",
    "review": "送审",
    "approve": "审签",
    "seal": "生成报送文件",
    "receipt": "收回执",
}
ORDER: tuple[Name, ...] = tuple(TITLES)

_CHECKED = "report_checked"


class Checked(msgspec.Struct, frozen=True):
    """The last 逻辑检查: when, by which operator, what it found, and in what (a digest)."""

    at: str
    by: str
    records: int
    errors: int
    warnings: int
    digest: str
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Examined:
    """What 逻辑检查 found, and its account, which `keep_check` keeps."""

    problems: tuple[Problem, ...]
    account: Checked


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the page shows it: `note` what it came to, `when` and `who` once it is done."""

    name: Name
    title: str
    done: bool
    note: str = ""
    when: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """How much a submission holds: records by type (label, count), scans, bytes unpacked."""

    records: tuple[tuple[str, int], ...] = ()
    scans: int = 0
    size: int = 0

    @property
    def count(self) -> int:
        """All records together."""
        return sum(count for _, count in self.records)


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the 报送 of this office is.

    `current` is the step to do next; `report` the one under way or last sent.
    `unsent` are the records changed and in no package; `waiting` how many packages
    the office above (`above`) has not confirmed; `passing` how many files of the
    offices below were not copied out yet and go with the next ones. `copied_to` is where
    the files were put; `again` says that the files are sealed, but copying them was not finished.
    `lacking` is what a 年终 bundle would not have yet; `signer` who signed last; `leaders`
    the 负责人 who sign off here, where who is at work may only note what they signed on paper.
    """

    current: Name
    steps: tuple[Step, ...]
    above: str
    unsent: Content
    report: Report | None = None
    frozen: Content = Content()
    waiting: int = 0
    passing: int = 0
    again: bool = False
    copied: tuple[str, ...] = ()
    copied_to: str = ""
    lacking: tuple[str, ...] = ()
    signer: str = ""
    leaders: tuple[str, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Whether something is frozen and not on the stick yet."""
        return self.current in ("approve", "seal")


def examine(
    office: Office, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Examined:
    """逻辑检查 of what is to be sent, the 错误 first."""
    with office.store.read() as connection:
        rows = _unsent(office, connection)
    found = report_check.examine(office, progress=progress, cancel=cancel)
    errors = sum(one.severity == "错误" for one in found)
    kept = sum(one.severity == report_check.KEPT for one in found)
    account = Checked(
        office.now(),
        office.operator,
        len({(row.type, row.id) for row in rows}),
        errors,
        len(found) - errors - kept,
        _digest(rows),
        kept,
    )
    ordered = sorted(found, key=lambda one: (one.severity != "错误", one.type, one.number))
    return Examined(tuple(ordered), account)


def keep_check(office: Office, examined: Examined) -> None:
    """Remember that the records were checked; it counts until one of them changes.

    A colleague's check of what is there now is not replaced by one of what was there before.
    """
    with office.store.write() as connection:
        known = settings.get(connection, _CHECKED, Checked)
        if known is None or known.digest != _digest(_unsent(office, connection)):
            settings.put(connection, _CHECKED, examined.account)


def _unsent(office: Office, connection: Connection) -> Sequence[Sealable]:
    return frozen_report.unsent(office, connection, frozen_report.addressee(office, connection))


def _digest(rows: Sequence[Sealable]) -> str:
    return hashlib.sha256("\n".join(row.h for row in rows).encode()).hexdigest()


def situation(office: Office) -> Situation:
    """Where the 报送 of this office is now."""
    with office.store.read() as connection:
        return _Look(office, connection).situation()


class _Look:
    """One look at the ledger, the reports and what is unsent."""

    def __init__(self, office: Office, connection: Connection) -> None:
        self._office = office
        self._connection = connection
        self._to = frozen_report.addressee(office, connection)
        self._rows = frozen_report.unsent(office, connection, self._to)
        self._report = frozen_report.newest(connection)
        self._marks: Marks = (
            report_marks.marks_of(connection, self._report.n) if self._report else {}
        )
        self._checked = settings.get(connection, _CHECKED, Checked)
        writer = office.identity.writer
        self._waiting = len(forwarding.unconfirmed_reports(connection, writer, self._to))
        carried = self._marks.get("carried")
        known = carried.files if carried else ()
        passing = forwarding.upward(office, self._to).values()
        self._passing = sum(name not in known for name in passing)

    def situation(self) -> Situation:
        """All of it."""
        current = self._current()
        report, frozen = self._report, Content()
        if report is not None and current in ("approve", "seal"):
            names = set(report.content.revisions)
            frozen = self._content([row for row in self._rows if row.h in names])
            if not frozen.records:
                frozen = Content(_labelled(report.content.records))
        carried = self._marks.get("carried")
        return Situation(
            current,
            tuple(self._steps(current)),
            name_of(self._connection, self._to),
            self._content(self._rows),
            report,
            frozen,
            self._waiting,
            self._passing,
            again=self._is_half_way,
            copied=carried.files if carried else (),
            copied_to=carried.place if carried else "",
            lacking=year_end_bundle(self._office, self._connection)[1],
            signer=next(filter(None, (row.signer for row in reports.every(self._connection))), ""),
            leaders=duties.able_instead(self._office, self._connection, "sign off"),
        )

    @property
    def _is_half_way(self) -> bool:
        """Sealed, but never copied out: the stick was full or pulled."""
        report = self._report
        return bool(report) and "sealed" in self._marks and "carried" not in self._marks

    def _current(self) -> Name:
        report = self._report
        if report is not None and report.state == "frozen":
            return "approve"
        if report is not None and (report.state == "approved" or self._is_half_way):
            return "seal"
        if self._rows and self._begun():
            return "review" if self._is_fresh and not self._errors else "check"
        nothing_new = not self._rows and (report is not None or self._passing > 0)
        return "receipt" if self._waiting or nothing_new else "check"

    def _begun(self) -> bool:
        """Whether the next round has begun: its records were looked over since the last one."""
        carried = self._marks.get("carried")
        checked = self._checked
        return carried is None or (checked is not None and checked.at > carried.at)

    @property
    def _is_fresh(self) -> bool:
        return self._checked is not None and self._checked.digest == _digest(self._rows)

    @property
    def _errors(self) -> int:
        return self._checked.errors if self._checked else 0

    def _steps(self, current: Name) -> Iterable[Step]:
        reached = ORDER.index(current)
        received = current == "receipt" and not self._waiting
        for place, name in enumerate(ORDER):
            note, mark = self._told(name, current)
            done = place < reached or (name == "receipt" and received)
            shown = mark if done or name == "check" else None
            yield Step(
                name,
                TITLES[name],
                done,
                note,
                _moment(shown.at) if shown else "",
                self._person(shown.by) if shown else "",
            )

    def _told(self, name: Name, current: Name) -> tuple[str, Mark | None]:
        """What a step came to in this round, and its mark."""
        is_new_round = current in ("check", "review")
        match name:
            case "check":
                return self._told_check(is_new_round)
            case _ if is_new_round:
                return "", None
            case "review":
                return "送审表已定数", self._marks.get("frozen")
            case "approve":
                return self._told_approve(), self._marks.get("approved")
            case "seal":
                return self._told_seal(), self._marks.get("carried")
            case _:
                return self._told_receipt(current), None

    def _told_check(self, is_new_round: bool) -> tuple[str, Mark | None]:
        checked = self._checked
        frozen = self._marks.get("frozen")
        if not is_new_round and frozen is not None:
            last = checked if checked and checked.at <= frozen.at else None
            return frozen.note, Mark(last.at, last.by) if last else frozen
        if checked is None or not self._is_fresh:
            return ("检查以后又有改动" if checked and self._begun() else "还没有检查"), None
        return in_words(checked), Mark(checked.at, checked.by)

    def _told_approve(self) -> str:
        report = self._report
        if report is None or report.signed_on is None:
            return "等负责人签字"
        approved = self._marks.get("approved")
        how = (approved.note if approved else "") or "签字"
        return f"{report.signer} {report.signed_on:%m-%d} {how}"

    def _told_seal(self) -> str:
        sealed = self._marks.get("sealed")
        if self._is_half_way:
            return "还没有拷贝完"
        return times_of(sealed.seqs) if sealed and sealed.seqs else "还没有生成"

    def _told_receipt(self, current: Name) -> str:
        if current != "receipt":
            return ""
        return "还没有回执" if self._waiting else "上级已收到"

    def _content(self, rows: Sequence[Sealable]) -> Content:
        sent = packages.carried(self._connection, self._office.identity.writer, self._to)
        records = Counter(type_name for type_name, _ in {(row.type, row.id) for row in rows})
        naming = (row.raw for row in rows if b'"attachments"' in row.raw)
        named = {one.sha256: one.size or 0 for raw in naming for one in scans_in(raw)}
        scans = [size for sha256, size in named.items() if sha256 not in sent]
        size = sum(len(row.raw) for row in rows) + sum(scans)
        return Content(_labelled(records), len(scans), size)

    def _person(self, operator: str) -> str:
        return person_named(self._connection, operator)


def _labelled(records: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((TYPES[name].label, records[name]) for name in TYPES if records.get(name))


def in_words(checked: Checked) -> str:
    """What a 逻辑检查 came to: 错误 0，提醒 3，已说明 1."""
    kept = f"，已说明 {checked.kept}" if checked.kept else ""
    return f"错误 {checked.errors}，提醒 {checked.warnings}{kept}"


def times_of(seqs: Sequence[int]) -> str:
    """Numbers of packages as offices say them: 第6次, 第6–8次."""
    if not seqs:
        return ""
    return f"第{seqs[0]}次" if len(seqs) == 1 else f"第{min(seqs)}–{max(seqs)}次"


def person_named(connection: Connection, operator: str) -> str:
    """An operator's name; empty when he is not known here."""
    state = states.get(connection, Operator, operator)
    return state.record.name if state else ""


def _moment(at: str) -> str:
    return dt.datetime.fromisoformat(at).strftime("%m-%d %H:%M")
