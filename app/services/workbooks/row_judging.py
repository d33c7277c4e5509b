"""What becomes of each row of a sheet: matched with what is here, checked, and put into a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from app.documents.workbooks.workbook import CellProblem, Headings, SheetRow
from app.domain.checking.checks import Finding
from app.domain.checking.rules import Severity
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.kernel.text import lookup_key
from app.domain.records import Enterprise, Record
from app.domain.records.told import own_titles
from app.services.office.office import Office
from app.services.records.body_from_entry import Composer
from app.services.records.bulk_links import BulkLinks
from app.services.records.bulk_saving import Planned
from app.services.records.field_words import Wording
from app.services.records.first_words import written_over
from app.services.records.numbers import Numbers
from app.services.records.prefill import prefill
from app.services.records.row_matching import Existing, How, Known, Match, keys_of
from app.services.records.saving import CheckFailed, accepted, unit_of_form
from app.services.workbooks.import_account import QUESTIONS, FieldChange, ImportRow
from app.services.workbooks.import_plan import Plan
from app.services.workbooks.row_guards import HELD, RowGuards
from database.state import states
from database.store.columns import kept
from database.store.engine import Connection

Body = dict[str, Any]
Fault = CellProblem | tuple[int, str]
"""What is wrong with a cell, or with a row (its number and a sentence)."""

_LONGEST_TITLE = 60
"""Characters of what a row is called in a list; longer names are refused anyway."""
_encode = msgspec.json.Encoder().encode


class Claim(NamedTuple):
    """The row that speaks of a record already: its number, what it says, and what it does.

    `said` tells what it says of a record that is here, `place` where a new one stands in the plan.
    """

    row: int
    said: int
    outcome: str
    place: int = -1


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
        self.plan = Plan()
        self.problems: list[Fault] = []
        self.record_type = self._type = record_type
        self._office = office
        self._headings = headings
        self._spec = {spec.name: spec for spec in specs}
        self._accept, self._decisions = accept, decisions
        self._links = BulkLinks(office, connection, record_type, specs)
        self._guards = RowGuards(self._links, record_type, counted)
        self.numbers = Numbers(self._links)
        self._words = Wording(connection)
        here = {spec.name for spec in fields_of(record_type)}
        self._existing = Existing(
            office, connection, record_type, here.intersection(headings.columns)
        )
        self._ids: list[str] = []
        self._claims: dict[str, Claim] = {}
        self._new: dict[int, Claim] = {}
        self._places: dict[int, list[tuple[str | None, Claim]]] = {}

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
        faults: list[Fault] = [*row.problems]
        for spec, error in unlinked:
            address = self._headings.address(spec.name, row.number)
            faults.append(CellProblem(address, spec.label, error.what, error.remedy))
        if faults:
            return self._refuse(row, faults)
        try:
            return self._take(row, body)
        except CheckFailed as failed:
            return self._refuse(row, list(self._of_checks(row, failed)))
        except UserError as error:
            return self._refuse(row, [self._of_row(row, error)])

    def _take(self, row: SheetRow, body: Body) -> ImportRow:
        match = self._existing.find(body)
        if match.known is None:
            return self._among_new(row, body)
        return self._of_known(row, body, match, match.known)

    # -- rows that mean a record that is here

    def _of_known(self, row: SheetRow, body: Body, match: Match, known: Known) -> ImportRow:
        claim = self._claims.get(known.id)
        said = _digest(body)
        if match.how is How.SAME and (claim is None or claim.outcome == "same"):
            self._claims.setdefault(known.id, Claim(row.number, said, "same"))
            return ImportRow(row.number, "same", known.id, known.number)
        if match.how in _ASKING:
            return self._asking(row, body, match, known)
        if claim is not None:
            if claim.said == said:
                return ImportRow(row.number, "same", known.id, known.number)
            raise self._twice(claim)
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
        changes = self._differences(body, known)
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

    def _differences(self, body: Body, known: Known) -> tuple[FieldChange, ...]:
        """What the row says otherwise than the record, as far as it can be told from the list."""
        before = self._existing.past(known.id).body if known.owner == self._station else {}
        return self._changes(before, {**before, **body}) if before else ()

    @property
    def _station(self) -> str:
        return self._office.identity.station

    def _change(self, row: SheetRow, body: Body, known: Known, decided: str = "") -> ImportRow:
        self._require_open(known)
        past = self._existing.past(known.id)
        given = {n: v for n, v in body.items() if not self._alike(n, v, known)}
        composed = Composer(self._links, self._type, past.body).compose(given)
        composed, _, findings = accepted(self._links, self._type, composed, self._accept)
        over = written_over(self._links, self._type, known.id, past.body, composed)
        if over:
            raise CheckFailed(over)
        changes = self._changes(past.body, composed)
        if not changes:
            return ImportRow(row.number, "same", known.id, known.number)
        question = decided or self._question(body, known)
        if question and self._decisions.get(question) != "change":
            return self._leave(row, body, known, question)
        composed = self._with_units(composed, row)
        self._claims[known.id] = Claim(row.number, _digest(body), "change")
        self._plan_one(self._type, known.id, past.heads, composed)
        told = self._notes(row, findings)
        return ImportRow(
            row.number, "change", known.id, known.number, *told, changes=changes, question=question
        )

    def _alike(self, name: str, value: Any, known: Known) -> bool:
        return states.says(self._type, {name: value}, known.held)

    def _question(self, body: Body, known: Known) -> str:
        """What is asked before this record is changed as the row says."""
        for name in own_titles(self._type):
            old, new = known.held.get(name), body.get(name)
            if old and new and lookup_key(str(old)) != lookup_key(str(new)):
                return "OTHER_NAME"
        return "CORRECTED" if self._existing.said_before(known.id, body) else ""

    def _require_open(self, known: Known) -> None:
        if known.owner != self._station:
            raise UserError(
                "NOT_OWNER",
                f"“{known.number}”属于别的单位，不能在这里修改。",
                remedy="可以退回，或登记电话更正。",
            )
        if known.void:
            raise UserError(
                "VOIDED",
                f"“{known.number}”已经作废，不能修改。",
                remedy="请先在历史中改回作废前的内容。",
            )
        if known.unsettled:
            raise UserError(
                "UNSETTLED",
                f"“{known.number}”有两处填写不一致，还没有选定。",
                remedy="请先选定再修改。",
            )

    def _changes(
        self, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> tuple[FieldChange, ...]:
        found: list[FieldChange] = []
        for name in before.keys() | after.keys() - {"accepted", "number"}:
            if name == "extra":
                old, new = before.get(name, {}), after.get(name, {})
                found += self._changes(old, {**old, **new})
            elif name in self._spec and not self._spec[name].field.hidden:
                found += self._one_change(self._spec[name], before.get(name), after.get(name))
        return tuple(sorted(found, key=lambda change: change.label))

    def _one_change(self, spec: FieldSpec, old: Any, new: Any) -> Iterator[FieldChange]:
        if kept(spec, old) != kept(spec, new):
            yield FieldChange(spec.label, self._words.of(spec, old), self._words.of(spec, new))

    # -- rows that mean a new record

    def _among_new(self, row: SheetRow, body: Body, decided: str = "") -> ImportRow:
        """A new record, unless an earlier row of the sheet speaks of it."""
        claim = self._claimed(body)
        if claim is None:
            return self._add(row, body, decided)
        if self._said_in_full(claim, body):
            planned = self.plan.at(claim.place)
            number = msgspec.json.decode(planned.body).get("number", "")
            return ImportRow(row.number, "same", planned.id, number)
        if self._type.facts.certain:
            raise self._twice(claim)
        if self._decisions.get("ALIKE") == "add":
            return msgspec.structs.replace(self._add(row, body, "ALIKE"), question="ALIKE")
        if self._decisions.get("ALIKE") == "change":
            raise self._twice(claim)
        return self._ask(row, f"与第{claim.row}{self._counted}是同一件事，内容不同。", "ALIKE")

    def _said_in_full(self, claim: Claim, body: Body) -> bool:
        said = msgspec.json.decode(self.plan.at(claim.place).body)
        held = {n: kept(self._spec[n], said.get(n)) for n in body if n in self._spec}
        return states.says(self._type, body, held)

    def _claimed(self, body: Body) -> Claim | None:
        for key in keys_of(self._type, body):
            placed = self._is_placed(key)
            claim = self._claimed_in_place(key) if placed else self._new.get(hash(key))
            if claim is not None:
                return claim
        return None

    def _is_placed(self, key: tuple[Any, ...]) -> bool:
        """Whether a key is a name and a place."""
        return bool(self._type.facts.certain) and len(key) == _PLACED

    def _claimed_in_place(self, key: tuple[Any, ...]) -> Claim | None:
        """As records are matched by name and place: one that is not told is the only one."""
        found = self._places.get(hash(key[:2]), [])
        if key[2] is None:
            return found[0][1] if found else None
        return next((claim for place, claim in found if place in (None, key[2])), None)

    def _holds(self, finding: Finding) -> bool:
        """Whether a row waits for a person because of what other records say."""
        asked = finding.code in HELD and finding.severity is Severity.ASK
        return asked and finding.code not in self._accept

    def _add(self, row: SheetRow, body: Body, decided: str = "") -> ImportRow:
        """A new record; `decided` is the question that was answered with it already."""
        filled = prefill(self._links, self._type, body)
        self._require_added_fields(filled)
        against = self._guards.of(filled)
        held = [finding for finding in against if self._holds(finding)]
        if held and not (decided or all(self._decisions.get(f.code) == "add" for f in held)):
            return self._ask(row, held[0].sentence, held[0].code)
        reasons = {f.code: QUESTIONS[decided or f.code].answers["add"] for f in held}
        accept = {**reasons, **self._accept}
        filled, record, findings = accepted(self._links, self._type, filled, accept, against)
        filled = self._with_units(filled, row)
        number = self.numbers.next(record)
        key = self._fresh_id()
        place = self._plan_one(self._type, key, (), filled | {"number": number})
        self._guards.add(key, row.number, filled)
        claim = Claim(row.number, 0, "add", place)
        for told in keys_of(self._type, body):
            if self._is_placed(told):
                self._places.setdefault(hash(told[:2]), []).append((told[2], claim))
            else:
                self._new[hash(told)] = claim
        notes = self._notes(row, findings)
        carried = self._carried(body, filled)
        return ImportRow(row.number, "add", key, number, *notes, carried=carried)

    def _fresh_id(self) -> str:
        if not self._ids:
            self._ids = self._office.new_ids(_IDS)[::-1]
        return self._ids.pop()

    def _require_added_fields(self, body: Body) -> None:
        """What a campaign adds is filled in for that campaign only."""
        if "extra" in body:
            campaign = self._links.campaigns.get(str(body.get("campaign", "")))
            known = {spec.name for spec in fields_of(self._type, campaign) if spec.extra}
            for name in body["extra"].keys() - known:
                label = self._spec[name].label
                raise UserError(
                    "UNKNOWN_FIELD",
                    f"这一行的活动没有“{label}”这一项。",
                    remedy="请核对活动，或清空这一格。",
                )

    def _with_units(self, body: Body, row: SheetRow) -> Body:
        """A unit that no list knows yet is added to 单位名录 with what the row says of it."""
        for carry in self._type.facts.carried:
            typed = unit_of_form(self._type, carry, body)
            if typed is not None:
                filled = prefill(self._links, Enterprise, typed)
                filled, unit, _ = accepted(self._links, Enterprise, filled, {})
                key = self._fresh_id()
                number = self.numbers.next(unit)
                self._plan_one(Enterprise, key, (), filled | {"number": number})
                assert isinstance(unit, Enterprise)
                self._links.add_enterprise(key, unit)
                body = body | {carry.link: key}
        return body

    def _plan_one(self, kind: type[Record], key: str, parents: tuple[str, ...], body: Body) -> int:
        parents = tuple(sorted(parents))
        planned = Planned(kind.type_name, key, parents, msgspec.Raw(_encode(body)))
        return self.plan.add(planned)

    def _carried(self, body: Body, filled: Body) -> tuple[str, ...]:
        """What was left blank and other records say."""
        said = []
        for carry in self._type.facts.carried:
            for name in carry.fields:
                spec = self._spec[name]
                if name in filled and name not in body and spec.kind is not Kind.LINK:
                    words = self._words.of(spec, filled[name])
                    source = self._spec[carry.link].label
                    said.append(f"“{spec.label}”没有填，照“{source}”填为{words}。")
        return tuple(said)

    # -- words

    def _title(self, row: SheetRow) -> str:
        for name in self._type.facts.title:
            value = row.typed(name)
            if isinstance(value, str | int | float):
                return str(value)[:_LONGEST_TITLE]
        return ""

    def _notes(self, row: SheetRow, findings: Sequence[Finding]) -> tuple[Any, Any]:
        notes = [f for f in findings if not f.accepted and f.severity is not Severity.INFO]
        if not notes:
            return (), ()
        cells = (self._headings.address(f.field, row.number) for f in notes)
        return tuple(dict.fromkeys(filter(None, cells))), tuple(note.sentence for note in notes)

    def _refuse(self, row: SheetRow, faults: Sequence[Fault]) -> ImportRow:
        self.problems += faults
        cells = tuple(dict.fromkeys(f.address for f in faults if isinstance(f, CellProblem)))
        told = (f[1] if isinstance(f, tuple) else f.sentence + f.remedy for f in faults)
        return ImportRow(row.number, "refused", "", "", cells, tuple(dict.fromkeys(told)))

    def _of_checks(self, row: SheetRow, failed: CheckFailed) -> Iterator[Fault]:
        for finding in failed.findings:
            address = self._headings.address(finding.field, row.number)
            spec = self._spec.get(finding.field)
            if address and spec:
                yield CellProblem(address, spec.label, finding.sentence, finding.remedy)
            else:
                yield row.number, finding.sentence + finding.remedy

    def _twice(self, claim: Claim) -> UserError:
        return UserError(
            "ROW_TWICE",
            f"与第{claim.row}{self._counted}是同一条，内容不同。",
            remedy=f"请只留正确的一{self._counted}。",
        )

    def _of_row(self, row: SheetRow, error: UserError) -> Fault:
        name = _FIELD_OF.get(error.code, "")
        address = self._headings.address(name, row.number) if name else ""
        if address:
            return CellProblem(address, self._spec[name].label, error.what, error.remedy)
        return row.number, str(error)


def _digest(body: Body) -> int:
    return hash(_encode(body))


_IDS = 500
"""Ids that are made together."""

_PLACED = 3
"""How long a key of name and place is: the name's field, the name, the place."""

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

_FIELD_OF = {
    "NUMBER_UNKNOWN": "number",
    "NUMBER_SHARED": "number",
    "NUMBER_TAKEN": "number",
    "NUMBER_FIXED": "number",
    "WHICH_ENTERPRISE": "enterprise_name",
}
"""The column at fault, by the code of the error."""
