"""What is wrong with a row, said at its cell where that is known, else of the whole row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.documents.workbooks.workbook import CellProblem, Headings, SheetRow
from app.domain.checking.checks import Finding
from app.domain.checking.rule import Severity
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.services.records.checked_body import CheckFailed
from app.services.records.row_matching import Known
from app.services.workbooks.import_account import ImportRow
from app.services.workbooks.row_claims import Claim

Fault = CellProblem | tuple[int, str]
"""What is wrong with a cell, or with a row (its number and a sentence)."""

_FIELD_OF = {
    "NUMBER_UNKNOWN": "number",
    "NUMBER_SHARED": "number",
    "NUMBER_TAKEN": "number",
    "NUMBER_FIXED": "number",
    "WHICH_ENTERPRISE": "enterprise_name",
}
"""The column at fault, by the code of the error."""


class Notes(NamedTuple):
    """Cells that are pointed out, and what is said of them."""

    cells: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


class RowFaults:
    """Says faults of the rows of one sheet, and collects those that are to be marked."""

    def __init__(self, specs: Sequence[FieldSpec], headings: Headings, counted: str) -> None:
        self.problems: list[Fault] = []
        self._spec = {spec.name: spec for spec in specs}
        self._headings, self._counted = headings, counted

    def refuse(self, row: SheetRow, faults: Sequence[Fault]) -> ImportRow:
        """The row does not come in."""
        self.problems += faults
        cells = tuple(dict.fromkeys(f.address for f in faults if isinstance(f, CellProblem)))
        told = (f[1] if isinstance(f, tuple) else f.sentence + f.remedy for f in faults)
        return ImportRow(row.number, "refused", "", "", cells, tuple(dict.fromkeys(told)))

    def of_link(self, row: SheetRow, spec: FieldSpec, error: UserError) -> Fault:
        """A link names nothing."""
        address = self._headings.address(spec.name, row.number)
        return CellProblem(address, spec.label, error.what, error.remedy)

    def of_checks(self, row: SheetRow, failed: CheckFailed) -> Iterator[Fault]:
        """What the checks say."""
        for finding in failed.findings:
            address = self._headings.address(finding.field, row.number)
            spec = self._spec.get(finding.field)
            if address and spec:
                yield CellProblem(address, spec.label, finding.sentence, finding.remedy)
            else:
                yield row.number, finding.sentence + finding.remedy

    def of_row(self, row: SheetRow, error: UserError) -> Fault:
        """What a service refused."""
        name = _FIELD_OF.get(error.code, "")
        address = self._headings.address(name, row.number) if name else ""
        if address:
            return CellProblem(address, self._spec[name].label, error.what, error.remedy)
        return row.number, str(error)

    def notes(self, row: SheetRow, findings: Sequence[Finding]) -> Notes:
        """What is only pointed out."""
        notes = [f for f in findings if not f.accepted and f.severity is not Severity.INFO]
        if not notes:
            return Notes()
        cells = (self._headings.address(f.field, row.number) for f in notes)
        return Notes(
            tuple(dict.fromkeys(filter(None, cells))), tuple(note.sentence for note in notes)
        )

    def twice(self, claim: Claim) -> UserError:
        """An earlier row speaks of the same record, and says something else."""
        return UserError(
            "ROW_TWICE",
            f"与第{claim.row}{self._counted}是同一条，内容不同。",
            remedy=f"请只留正确的一{self._counted}。",
        )


def require_open(known: Known, station: str) -> None:
    """Only one's own record that stands may be changed; raises `UserError` NOT_OWNER, VOIDED …"""
    if known.owner != station:
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
