"""What becomes of each row of a sheet: matched with what is here, checked, and put into a plan.

What rows say of the same record is `row_claims`, what they say otherwise `row_comparing`, what is
wrong with them `row_faults`, what is to be written `row_planning`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from app.documents.workbooks.workbook import Headings, SheetRow
from app.domain.checking import checks
from app.domain.checking.checks import Finding
from app.domain.checking.rule import Severity
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, fields_of
from app.domain.records import Record
from app.services.office.office import Office
from app.services.records.body_from_entry import Composer
from app.services.records.bulk_links import BulkLinks
from app.services.records.checked_body import CheckFailed, accepted
from app.services.records.first_words import written_over
from app.services.records.numbers import Numbers
from app.services.records.prefill import prefill
from app.services.records.row_matching import Existing, How, Known, Match
from app.services.workbooks.import_account import (
    OF_RULES,
    QUESTIONS,
    FieldChange,
    ImportRow,
)
from app.services.workbooks.import_plan import Plan
from app.services.workbooks.row_claims import Claims, digest
from app.services.workbooks.row_comparing import RowComparing
from app.services.workbooks.row_faults import Fault, RowFaults, require_open
from app.services.workbooks.row_guards import HELD, RowGuards
from app.services.workbooks.row_planning import RowPlanning
from database.store.engine import Connection

Body = dict[str, Any]

_LONGEST_TITLE = 60
"""Characters of what a row is called in a list; longer names are refused anyway."""


class Judge:
    """Judges the rows of one sheet within one transaction, which it only reads.

    `plan` then holds what is to be written, `problems` what is to be marked, `numbers` the 编号
    handed out. `accept` maps a 提醒's code to the reason it may stand, `decisions` a question's
    code to the answer chosen; `counted` is what a row is called (第3行, 第3份).
    """

    def __init__(
        self,
        office: Office,
        connection: Connection,
        record_type: type[Record],
        specs: Sequence[FieldSpec],
        headings: Headings,
        *,
        accept: Mapping[str, str],
        decisions: Mapping[str, str],
        counted: str = "行",
    ) -> None:
        self._counted = counted
        self.record_type = self._type = record_type
        self._station = office.identity.station
        self._spec = {spec.name: spec for spec in specs}
        self._accept, self._decisions = {**_reasons(decisions), **accept}, decisions
        self._links = BulkLinks(office, connection, record_type, specs)
        self._guards = RowGuards(self._links, record_type, counted)
        here = {spec.name for spec in fields_of(record_type)}
        columns = here.intersection(headings.columns)
        self._existing = Existing(office, connection, record_type, columns)
        self._claims = Claims(record_type)
        self._faults = RowFaults(specs, headings, counted)
        self._planning = RowPlanning(office, self._links, record_type)
        self._comparing = RowComparing(
            connection, record_type, specs, self._existing, self._station
        )

    @property
    def plan(self) -> Plan:
        """What is to be written."""
        return self._planning.plan

    @property
    def numbers(self) -> Numbers:
        """The 编号 handed out."""
        return self._planning.numbers

    @property
    def problems(self) -> list[Fault]:
        """What is to be marked."""
        return self._faults.problems

    def judge(self, rows: Sequence[SheetRow]) -> Iterator[ImportRow]:
        """What becomes of these rows, in order."""
        self._links.load([row.body for row in rows])
        linked = [self._links.resolved(row.body) for row in rows]
        self._existing.load([body for body, _ in linked])
        for row, (body, faults) in zip(rows, linked, strict=True):
            taken = self._judge(row, body, faults)
            yield msgspec.structs.replace(taken, title=self._title(row))

    def _judge(
        self, row: SheetRow, body: Body, unlinked: Sequence[tuple[FieldSpec, UserError]]
    ) -> ImportRow:
        if row.hidden and self._decisions.get("HIDDEN") != "take":
            sentence = "这一行在表格里是隐藏的，或被筛选掉了。"
            return ImportRow(row.number, "asked", sentences=(sentence,), question="HIDDEN")
        links = (self._faults.of_link(row, spec, error) for spec, error in unlinked)
        faults: list[Fault] = [*row.problems, *links]
        if faults:
            return self._faults.refuse(row, faults)
        try:
            return self._take(row, body)
        except CheckFailed as failed:
            return self._faults.refuse(row, list(self._faults.of_checks(row, failed)))
        except UserError as error:
            return self._faults.refuse(row, [self._faults.of_row(row, error)])

    def _take(self, row: SheetRow, body: Body) -> ImportRow:
        match = self._existing.find(body)
        if match.known is None:
            return self._among_new(row, body)
        return self._of_known(row, body, match, match.known)

    # -- rows that mean a record that is here

    def _of_known(self, row: SheetRow, body: Body, match: Match, known: Known) -> ImportRow:
        claim = self._claims.on(known.id)
        if match.how is How.SAME and (claim is None or claim.outcome == "same"):
            if claim is None:
                self._claims.claim(known.id, row.number, body, "same")
            return ImportRow(row.number, "same", known.id, known.number)
        if match.how in _ASKING:
            return self._asking(row, body, match, known)
        if claim is not None:
            if claim.said == digest(body):
                return ImportRow(row.number, "same", known.id, known.number)
            raise self._faults.twice(claim)
        return self._change(row, body, known)

    def _asking(self, row: SheetRow, body: Body, match: Match, known: Known) -> ImportRow:
        code = _ASKING[match.how]
        if match.how is How.EARLIER and known.void:
            code = "VOIDED"
        answer = self._decisions.get(code, "")
        if answer == "add":
            return msgspec.structs.replace(self._among_new(row, body, code), question=code)
        if answer == "change":
            return msgspec.structs.replace(self._change(row, body, known, code), question=code)
        return self._leave(row, body, known, code)

    def _leave(self, row: SheetRow, body: Body, known: Known, code: str) -> ImportRow:
        changes = self._comparing.differences(body, known)
        sentence = _SENTENCES[code].format(known.number or "（没有编号）")
        if code in _KEPT:
            return ImportRow(
                row.number, "same", known.id, known.number, (), (sentence,), "", changes, (), code
            )
        return self._ask(row, sentence, code, known=known, changes=changes)

    def _ask(
        self,
        row: SheetRow,
        sentence: str,
        code: str,
        *,
        known: Known | None = None,
        changes: tuple[FieldChange, ...] = (),
    ) -> ImportRow:
        self.problems.append((row.number, sentence))
        key, number = (known.id, known.number) if known else ("", "")
        return ImportRow(row.number, "asked", key, number, (), (sentence,), "", changes, (), code)

    def _change(self, row: SheetRow, body: Body, known: Known, decided: str = "") -> ImportRow:
        require_open(known, self._station)
        past = self._existing.past(known.id)
        given = self._comparing.told_anew(body, known)
        composed = Composer(self._links, self._type, past.body).compose(given)
        composed, _, findings = accepted(self._links, self._type, composed, self._accept)
        over = written_over(self._links, self._type, known.id, past.body, composed)
        if over:
            raise CheckFailed(over)
        changes = self._comparing.changes(past.body, composed)
        if not changes:
            return ImportRow(row.number, "same", known.id, known.number)
        question = decided or self._comparing.question(body, known)
        if question and self._decisions.get(question) != "change":
            return self._leave(row, body, known, question)
        if asked := _of_rules(findings):
            return self._ask(row, asked.sentence, asked.code, known=known, changes=changes)
        composed = self._planning.with_units(composed)
        self._claims.claim(known.id, row.number, body, "change")
        self._planning.put(self._type, known.id, past.heads, composed)
        told = self._faults.notes(row, findings)
        return ImportRow(
            row.number, "change", known.id, known.number, *told, changes=changes, question=question
        )

    # -- rows that mean a new record

    def _among_new(self, row: SheetRow, body: Body, decided: str = "") -> ImportRow:
        """A new record, unless an earlier row of the sheet speaks of it."""
        claim = self._claims.on_new(body)
        if claim is None:
            return self._add(row, body, decided)
        planned = self.plan.at(claim.place)
        if self._comparing.is_said_by(planned, body):
            number = msgspec.json.decode(planned.body).get("number", "")
            return ImportRow(row.number, "same", planned.id, number)
        if self._type.facts.certain:
            raise self._faults.twice(claim)
        if self._decisions.get("ALIKE") == "add":
            return msgspec.structs.replace(self._add(row, body, "ALIKE"), question="ALIKE")
        if self._decisions.get("ALIKE") == "change":
            raise self._faults.twice(claim)
        return self._ask(row, f"与第{claim.row}{self._counted}是同一件事，内容不同。", "ALIKE")

    def _add(self, row: SheetRow, body: Body, decided: str = "") -> ImportRow:
        """A new record; `decided` is the question that was answered with it already."""
        filled = prefill(self._links, self._type, body)
        self._planning.require_added_fields(filled, self._spec)
        against = self._guards.of(filled)
        held = [finding for finding in against if self._holds(finding)]
        if held and not (decided or all(self._decisions.get(f.code) == "add" for f in held)):
            return self._ask(row, held[0].sentence, held[0].code)
        reasons = {f.code: QUESTIONS[decided or f.code].answers["add"] for f in held}
        accept = {**reasons, **self._accept}
        filled, record, findings = accepted(self._links, self._type, filled, accept, against)
        if asked := _of_rules(findings):
            return self._ask(row, asked.sentence, asked.code)
        filled = self._planning.with_units(filled)
        key, number, place = self._planning.add(record, filled)
        self._guards.add(key, row.number, filled)
        self._claims.claim_new(body, row.number, place)
        notes = self._faults.notes(row, findings)
        carried = self._comparing.carried(body, filled)
        return ImportRow(row.number, "add", key, number, *notes, carried=carried)

    def _holds(self, finding: Finding) -> bool:
        """Whether a row waits for a person because of what other records say."""
        asked = finding.code in HELD and finding.severity is Severity.ASK
        return asked and finding.code not in self._accept

    def _title(self, row: SheetRow) -> str:
        for name in self._type.facts.title:
            value = row.typed(name)
            if isinstance(value, str | int | float):
                return str(value)[:_LONGEST_TITLE]
        return ""


def _reasons(decisions: Mapping[str, str]) -> dict[str, str]:
    """Why the 核对 that a person decided about may stand, by code."""
    decided = (one for one in OF_RULES if decisions.get(one.code) == "take")
    return {one.code: one.answers["take"] for one in decided}


def _of_rules(findings: Sequence[Finding]) -> Finding | None:
    """The first 核对 of the record by itself that nobody answered."""
    return next((one for one in checks.open_asks(findings) if not one.is_guard), None)


_ASKING = {
    How.ELSEWHERE: "ELSEWHERE",
    How.THEIRS: "THEIRS",
    How.ALIKE: "ALIKE",
    How.EARLIER: "CORRECTED",
}

_KEPT = ("CORRECTED", "VOIDED")
"""Questions about rows that came in before: unless decided otherwise, nothing changes."""

_SENTENCES = {
    "OTHER_NAME": "{}是同一个号码，名字不同。",
    "ELSEWHERE": "名录里{}同名，所在地或代码不同。",
    "THEIRS": "上级的名录里已有{}，本单位不能改。",
    "ALIKE": "已有{}，是同一件事，内容不同。",
    "CORRECTED": "导入过，{}后来改过，保留改过的。",
    "VOIDED": "导入过，{}后来作废了，不再新增。",
}
