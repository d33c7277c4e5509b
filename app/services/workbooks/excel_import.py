"""Excel workbooks: templates out, filled ones in, with a preview that is the import itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec

from app.documents.workbooks.workbook import (
    CellProblem,
    Choices,
    SheetReading,
    SheetRow,
    Skipped,
    Source,
    mark_problems,
    open_sheet,
    write_template,
)
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import Campaign, Record
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.row_matching import Existing
from app.services.records.saving import CheckFailed, Saved, save_within
from database.state import states
from database.store.engine import Connection

Outcome = Literal["add", "change", "same", "refused"]


class ImportRow(msgspec.Struct, frozen=True):
    """What becomes of one row of the sheet.

    `cells` are the addresses with a problem (C7), `sentences` say what is wrong in
    a refused row, or which 提醒 an accepted one leaves open; `title` is what names the
    record in a list, as it stands in the row.
    """

    row: int
    outcome: Outcome
    id: str = ""
    number: str = ""
    cells: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    title: str = ""


class ImportAccount(msgspec.Struct, frozen=True):
    """What became (in a preview: would become) of every row of a workbook.

    `skipped` are rows left out on purpose (合计, signatures), each with its kind; `marked`
    is the copy with the bad cells marked, empty when none was made.
    """

    type: str
    file: str
    dry_run: bool
    added: int
    changed: int
    same: int
    refused: int
    rows: tuple[ImportRow, ...]
    skipped: tuple[Skipped, ...] = ()
    marked: str = ""

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        done = [row.id for row in self.rows if row.outcome in ("add", "change")]
        return Changes() if self.dry_run else Changes.of((self.type, one) for one in done)


class _Preview(Exception):
    """Ends the transaction of a preview without keeping anything."""


def template(record_type: type[Record], out: Path, *, campaign: Campaign | None = None) -> None:
    """Write the empty template of a record type, with the fields a campaign adds.

    Raises `EnvironmentProblem`.
    """
    write_template(out, record_type.label, fields_of(record_type, campaign))


def import_workbook(
    office: Office,
    record_type: type[Record],
    path: Source,
    *,
    dry_run: bool = False,
    marked: Path | None = None,
    accept: Mapping[str, str] | None = None,
    choices: Choices | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> ImportAccount:
    """Import the rows of a workbook: all good ones in one transaction, the rest refused.

    A row is an existing record when it names its 编号, or the same ID number,
    credit code, code, or name and place; a row that says nothing new is `same`,
    so a mended workbook can be imported again. `accept` maps a 提醒's code to
    the reason it may stand; `choices` is what a person decided about the sheet;
    `marked` is where the marked copy goes when rows are refused. Raises as
    `open_sheet` does; `Cancelled` leaves nothing.
    """
    if not dry_run:
        require_saving(office, record_type, "import")
    watch = cancel or Cancel()
    specs = _known_fields(office, record_type)
    reading = open_sheet(
        path, specs, today=office.today(), choices=choices, progress=progress, cancel=watch
    )
    importer: _Importer | None = None
    try:
        with office.store.write() as connection:
            importer = _Importer(office, connection, record_type, specs, reading, accept or {})
            importer.take_all(progress, watch)
            if dry_run:
                raise _Preview
    except _Preview:
        pass
    assert importer is not None
    account = importer.account(path.name, dry_run)
    if marked is None or not importer.problems:
        return account
    mark_problems(path, marked, reading, importer.problems)
    return msgspec.structs.replace(account, marked=str(marked))


def _known_fields(office: Office, record_type: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields of the type and those that any campaign adds to it."""
    with office.store.read() as connection:
        campaigns = [state.record for state in states.find(connection, Campaign)]
    found: dict[str, FieldSpec] = {}
    for campaign in [None, *campaigns]:
        found |= {s.name: s for s in fields_of(record_type, campaign) if s.name not in found}
    return tuple(found.values())


@dataclass
class _Importer:
    """Saves the rows of one sheet within one transaction."""

    office: Office
    connection: Connection
    record_type: type[Record]
    specs: tuple[FieldSpec, ...]
    reading: SheetReading
    accept: Mapping[str, str]
    rows: list[ImportRow] = field(default_factory=list)
    problems: list[CellProblem | tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._links = Links(self.office, self.connection)
        self._existing = Existing(self.office, self.connection, self.record_type)
        self._spec = {spec.name: spec for spec in self.specs}
        self._done: dict[str, int] = {}

    def take_all(self, progress: Progress, cancel: Cancel) -> None:
        """Take every row; a bad one leaves the others."""
        total = self.reading.last
        for row in self.reading.rows(silent, cancel):
            cancel.check()
            progress(Step("导入", row.number, total))
            taken = self._take(row)
            self.rows.append(msgspec.structs.replace(taken, title=self._title(row)))
        progress(Step("导入", total, total))

    def account(self, file: str, dry_run: bool) -> ImportAccount:
        """What became of the rows taken so far."""
        count = Counter(row.outcome for row in self.rows)
        return ImportAccount(
            self.record_type.type_name,
            file,
            dry_run,
            count["add"],
            count["change"],
            count["same"],
            count["refused"],
            tuple(self.rows),
            tuple(self.reading.skipped),
        )

    def _title(self, row: SheetRow) -> str:
        typed = (row.typed(name) for name in self.record_type.facts.title)
        return next((str(value) for value in typed if value is not None), "")

    def _take(self, row: SheetRow) -> ImportRow:
        body, unlinked = self._linked(row)
        faults: list[CellProblem | tuple[int, str]] = [*row.problems, *unlinked]
        if faults:
            return self._refuse(row, faults)
        try:
            with self.connection.begin_nested():
                return self._save(row, body)
        except CheckFailed as failed:
            return self._refuse(row, list(self._of_checks(row, failed)))
        except UserError as error:
            return self._refuse(row, [self._of_row(row, error)])

    def _linked(self, row: SheetRow) -> tuple[dict[str, Any], list[CellProblem]]:
        """The row's body with its links as they are kept, and the cells that name nothing."""
        body = dict(row.body)
        faults = []
        for name, value in row.body.items():
            spec = self._spec.get(name)
            if spec is None or spec.kind not in (Kind.LINK, Kind.LINKS):
                continue
            try:
                body[name] = self._links.value(spec, value)
            except UserError as error:
                address = self.reading.headings.address(name, row.number)
                faults.append(CellProblem(address, spec.label, error.what, error.remedy))
        return body, faults

    def _save(self, row: SheetRow, body: dict[str, Any]) -> ImportRow:
        known = self._existing.find(body)
        if known is not None and known.same:
            return ImportRow(row.number, "same", known.id, known.number)
        saved = save_within(
            self.office,
            self.connection,
            self.record_type,
            body,
            record=known.id if known else None,
            accept=self.accept,
            links=self._links,
        )
        if known is not None and not saved.changes.types:
            return ImportRow(row.number, "same", saved.id, saved.number)
        if saved.id in self._done:
            raise UserError(
                "ROW_TWICE",
                f"与第{self._done[saved.id]}行是同一条，内容不同。",
                remedy="请只留正确的一行。",
            )
        return self._saved(row, saved, "change" if known else "add")

    def _saved(self, row: SheetRow, saved: Saved, outcome: Outcome) -> ImportRow:
        self._done[saved.id] = row.number
        self._existing.add(saved.state)
        notes = [f for f in saved.findings if not f.accepted]
        cells = (self.reading.headings.address(f.field, row.number) for f in notes)
        return ImportRow(
            row.number,
            outcome,
            saved.id,
            saved.number,
            tuple(dict.fromkeys(filter(None, cells))),
            tuple(note.sentence for note in notes),
        )

    def _refuse(self, row: SheetRow, faults: list[CellProblem | tuple[int, str]]) -> ImportRow:
        self.problems += faults
        cells = tuple(dict.fromkeys(f.address for f in faults if isinstance(f, CellProblem)))
        told = (f[1] if isinstance(f, tuple) else f.sentence + f.remedy for f in faults)
        return ImportRow(row.number, "refused", "", "", cells, tuple(dict.fromkeys(told)))

    def _of_checks(
        self, row: SheetRow, failed: CheckFailed
    ) -> Iterator[CellProblem | tuple[int, str]]:
        for finding in failed.findings:
            address = self.reading.headings.address(finding.field, row.number)
            spec = self._spec.get(finding.field)
            if address and spec:
                yield CellProblem(address, spec.label, finding.sentence, finding.remedy)
            else:
                yield row.number, finding.sentence + finding.remedy

    def _of_row(self, row: SheetRow, error: UserError) -> CellProblem | tuple[int, str]:
        name = _FIELD_OF.get(error.code, "")
        address = self.reading.headings.address(name, row.number) if name else ""
        if address:
            return CellProblem(address, self._spec[name].label, error.what, error.remedy)
        return row.number, str(error)


_FIELD_OF = {
    "NUMBER_UNKNOWN": "number",
    "NUMBER_TAKEN": "number",
    "NUMBER_FIXED": "number",
    "WHICH_ENTERPRISE": "enterprise_name",
}
"""The column at fault, by the code of the error."""
