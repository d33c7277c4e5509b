"""What becomes of each form: what is still to be looked at, and the row it makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from app.documents.wordforms.doubts import Doubt
from app.documents.workbooks.workbook import CellProblem, Headings, SheetColumn, SheetRow
from app.domain.kernel.added_values import lifted
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.progress import Cancel, Progress, Step
from app.domain.records import Visit
from app.domain.values.entry import read_value
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.wordforms.filled_forms import (
    CAMPAIGN,
    FILED,
    REPORTER,
    VISITED,
    FilledForm,
    FormsRead,
)
from app.services.workbooks.excel_import import expected_of
from app.services.workbooks.import_account import ImportRow, Outcome
from app.services.workbooks.row_judging import Judge
from database.store.engine import Connection

VISIT_DAY = "VISIT_DAY"
"""The question whether the day of filing stands for the day of the visit."""
_FIELDS = (
    "leaders",
    "enterprise_name",
    "headcount",
    "opinions",
    VISITED,
    FILED,
    "remarks",
    "unit",
    CAMPAIGN,
)
_LONG = 60


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided about forms: by number of the form and name of the blank.

    `typed` are words put in place of those read, `looked` what was looked at ("" for the form as
    a whole), `out` forms left out, `answers` those to the questions about several forms at once.
    """

    typed: Mapping[tuple[int, str], str] = field(default_factory=dict)
    looked: frozenset[tuple[int, str]] = frozenset()
    out: frozenset[int] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)

    def words(self, form: FilledForm, name: str) -> str:
        """What a blank says now."""
        return self.typed.get((form.number, name), form.words(name)).strip()


def open_doubts(form: FilledForm, decided: Decided) -> Iterator[tuple[str, Doubt]]:
    """What of a form is still to be looked at: the blank ("" for the whole), and the doubt."""
    if form.number in decided.out:
        return
    for name, doubts in (("", form.doubts), *((b.name, b.doubts) for b in form.blanks)):
        settled = (form.number, name) in decided.looked or (form.number, name) in decided.typed
        if not settled:
            yield from ((name, doubt) for doubt in doubts)


def judge_forms(
    office: Office,
    connection: Connection,
    read: FormsRead,
    decided: Decided,
    *,
    progress: Progress,
    cancel: Cancel,
) -> tuple[Judge, list[ImportRow]]:
    """What becomes of the forms, in their order; the store is only read. Raises `Cancelled`."""
    making = _Rows(office, connection, decided)
    early: list[ImportRow] = []
    ready: list[SheetRow] = []
    for place, form in enumerate(read.forms):
        progress(Step("正在核对登记表", place, len(read.forms)))
        cancel.check()
        waiting = making.waiting(form)
        if waiting is None:
            ready.append(making.of(form))
        else:
            early.append(waiting)
    judged = [
        msgspec.structs.replace(row, cells=(), question=row.question or making.asked(row.row))
        for row in making.judging.judge(ready)
    ]
    return making.judging, sorted([*early, *judged], key=lambda row: row.row)


class _Rows:
    """Makes rows of forms, as a sheet would have them, within one transaction."""

    def __init__(self, office: Office, connection: Connection, decided: Decided) -> None:
        expected = expected_of(office, connection, Visit)
        self._expected, self._decided = expected, decided
        self._specs = {spec.name: spec for spec in expected.specs}
        self._links = Links(office, connection)
        self._filed: set[int] = set()
        names = (*_FIELDS, *(spec.name for spec in expected.specs if spec.extra))
        columns = (SheetColumn(n, self._specs[f].label, f) for n, f in enumerate(names, 1))
        self.judging = Judge(
            office,
            connection,
            Visit,
            expected.specs,
            Headings("", 0, tuple(columns)),
            accept={},
            decisions=decided.answers,
            counted="份",
        )

    def waiting(self, form: FilledForm) -> ImportRow | None:
        """Why a form cannot come in yet, if it cannot."""
        question = VISIT_DAY if self._lacks_day(form) else ""
        count = len(list(open_doubts(form, self._decided)))
        typed = any(number == form.number for number, _ in self._decided.typed)
        if form.number in self._decided.out:
            return self._kept_out(form, "refused", "您选了不导入这一份。")
        if form.blank and not typed:
            return self._kept_out(form, "refused", "这份登记表是空的。")
        if count:
            return self._kept_out(form, "asked", f"还有 {count} 处要看。", question)
        if question and not self._decided.answers.get(VISIT_DAY):
            return self._kept_out(form, "asked", "没有走访日期。", question)
        return None

    def _kept_out(
        self, form: FilledForm, outcome: Outcome, sentence: str, question: str = ""
    ) -> ImportRow:
        title = self._decided.words(form, "enterprise_name")[:_LONG]
        told = (sentence,)
        return ImportRow(form.number, outcome, sentences=told, title=title, question=question)

    def _lacks_day(self, form: FilledForm) -> bool:
        """Whether the day of filing may stand for a day of the visit that is not told."""
        words = self._decided.words
        return not words(form, VISITED) and bool(words(form, FILED))

    def asked(self, number: int) -> str:
        """The question that was answered for a form before it was judged."""
        return VISIT_DAY if number in self._filed else ""

    def of(self, form: FilledForm) -> SheetRow:
        """The row of a form."""
        typed = {blank.name: self._decided.words(form, blank.name) for blank in form.blanks}
        reporter = typed.pop(REPORTER, "")
        if self._lacks_day(form):
            typed[VISITED] = typed[FILED]
            self._filed.add(form.number)
        body: dict[str, Any] = {}
        problems: list[CellProblem] = []
        for name, words in typed.items():
            try:
                value = self._value(self._specs[name], words)
            except UserError as error:
                label = self._specs[name].label
                problems.append(CellProblem("", label, error.what + error.why, error.remedy))
            else:
                body |= {} if value is None else {name: value}
        body = lifted(body, [name for name in body if self._specs[name].extra])
        body |= self._told_by(reporter)
        titles = (typed.get("enterprise_name", ""),)
        return SheetRow(form.number, body, tuple(problems), titles, {"enterprise_name": 0})

    def _value(self, spec: FieldSpec, words: str) -> Any:
        return read_value(spec, words, self._expected.today, self._expected.windows)

    def _told_by(self, reporter: str) -> dict[str, str]:
        """The unit that reports; one that no list knows stays in 备注 as it was written."""
        if not reporter:
            return {}
        try:
            return {"unit": self._links.key(self._specs["unit"], reporter)}
        except UserError:
            return {"remarks": f"登记表上的填报单位：{reporter}"}
