"""Excel workbooks: templates out, filled ones in, with a preview that is the import itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import msgspec

from app.documents.workbooks.workbook import (
    Choices,
    Expected,
    SheetReading,
    SheetRow,
    Source,
    mark_problems,
    open_sheet,
    write_template,
)
from app.domain.campaign.windows import windows_for
from app.domain.kernel.fields import FieldSpec, fields_of
from app.domain.kernel.file_names import shown_name
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import Campaign, Record
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records.bulk_saving import BulkWriter
from app.services.records.campaign_choice import looked_at
from app.services.records.link_resolving import Links
from app.services.records.saving import require_by_hand
from app.services.workbooks.column_memory import remember, remembered
from app.services.workbooks.import_account import ImportAccount, ImportRow
from app.services.workbooks.row_judging import Judge
from database.books import sheet_imports
from database.books.sheet_imports import SheetImport
from database.state import states
from database.store.engine import Connection

BATCH = 1000
"""Rows that are looked up together."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided about a workbook before its rows are taken.

    `accept` maps a 提醒's code to the reason it may stand, `answers` the code of a question
    (`QUESTIONS`) to the answer for all of its rows; `sheet` is what was chosen about the sheet.
    """

    accept: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    sheet: Choices = field(default_factory=Choices)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sheet whose rows were judged: what becomes of each, and what would be written.

    `chosen` is what a person said of its columns.
    """

    reading: SheetReading
    judge: Judge
    rows: tuple[ImportRow, ...]
    chosen: Mapping[str, str] = field(default_factory=dict)


def template(record_type: type[Record], out: Path, *, campaign: Campaign | None = None) -> None:
    """Write the empty template of a record type, with the fields a campaign adds.

    Raises `EnvironmentProblem`.
    """
    write_template(out, record_type.label, fields_of(record_type, campaign))


def template_here(office: Office, record_type: type[Record], out: Path) -> None:
    """As `template`, for the campaign that is looked at in this office."""
    with office.store.read() as connection:
        links = Links(office, connection)
        known = links.campaigns.values()
        campaign = looked_at(known, links.chosen_campaign, office.today())
    template(record_type, out, campaign=campaign)


def import_workbook(
    office: Office,
    record_type: type[Record],
    path: Source,
    *,
    dry_run: bool = False,
    marked: Path | None = None,
    accept: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    choices: Choices | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> ImportAccount:
    """Import the rows of a workbook: all good ones in one transaction, the rest refused.

    A row is an existing record when it names its 编号, or the same ID number,
    credit code, code, or name and place; a row that says nothing new is `same`,
    so a mended workbook can be imported again. `accept`, `answers` and `choices` are those of
    `Decided`; `marked` is where the marked copy goes when rows are refused. Raises as
    `open_sheet` does; `Cancelled` leaves nothing.
    """
    require_by_hand(record_type)
    if not dry_run:
        require_saving(office, record_type, "import")
    watch = cancel or Cancel()
    decided = Decided(accept or {}, answers or {}, choices or Choices())
    with office.store.read() if dry_run else office.store.write() as connection:
        judged = judge(
            office, connection, record_type, path, decided=decided, progress=progress, cancel=watch
        )
        batch = 0
        if not dry_run:
            batch = write(office, connection, judged, path.name, progress=progress, cancel=watch)
    account = account_of(record_type.type_name, path.name, judged, dry_run=dry_run)
    account = msgspec.structs.replace(account, batch=batch)
    if marked is None or not judged.judge.problems:
        return account
    mark_problems(path, marked, judged.reading, judged.judge.problems)
    return msgspec.structs.replace(account, marked=str(marked))


def judge(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    path: Source,
    *,
    decided: Decided,
    progress: Progress,
    cancel: Cancel,
) -> Judged:
    """Read a sheet and say what becomes of every row; the store is only read."""
    specs = known_fields(connection, record_type)
    expected = expected_of(office, connection, record_type)
    choices = replace(decided.sheet, remembered=remembered(connection, record_type))
    reading = open_sheet(path, expected, choices=choices, progress=progress, cancel=cancel)
    judging = Judge(
        office,
        connection,
        record_type,
        specs,
        reading.headings,
        accept=decided.accept,
        decisions=decided.answers,
    )
    rows: list[ImportRow] = []
    for batch in _batches(reading.rows(progress, cancel)):
        cancel.check()
        rows += judging.judge(batch)
    return Judged(reading, judging, tuple(rows), decided.sheet.columns)


def write(
    office: Office,
    connection: Connection,
    judged: Judged,
    file: str,
    *,
    progress: Progress,
    cancel: Cancel,
) -> int:
    """Write what was judged good, within the caller's transaction; returns the import's number.

    0 when there is nothing to write. Raises `Cancelled`.
    """
    writer = BulkWriter(office, connection)
    plan, done = judged.judge.plan, 0
    for batch in plan.batches():
        progress(Step("导入", done, len(plan)))
        cancel.check()
        writer.write(batch)
        done += len(batch)
    judged.judge.numbers.keep(connection)
    remember(connection, judged.judge.record_type, judged.reading.headings, judged.chosen)
    progress(Step("导入", done, len(plan)))
    cancel.check()
    if not done:
        return 0
    return note(office, connection, judged.judge.record_type, judged.rows, file=file, writer=writer)


def note(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    rows: Iterable[ImportRow],
    *,
    file: str,
    writer: BulkWriter,
) -> int:
    """Note that rows were imported, so that it can be taken back; returns the import's number."""
    count = Counter(row.outcome for row in rows)
    written = SheetImport(
        0,
        office.now(),
        office.operator,
        record_type.type_name,
        shown_name(file),
        count["add"],
        count["change"],
        count["same"],
        count["refused"],
        count["asked"],
        writer.first,
        writer.last,
    )
    return sheet_imports.add(connection, written)


def account_of(type_name: str, file: str, judged: Judged, *, dry_run: bool) -> ImportAccount:
    """What became of the rows of a sheet."""
    count = Counter(row.outcome for row in judged.rows)
    return ImportAccount(
        type_name,
        shown_name(file),
        dry_run,
        count["add"],
        count["change"],
        count["same"],
        count["refused"],
        judged.rows,
        tuple(judged.reading.skipped),
        asked=count["asked"],
        columns=judged.reading.headings.all,
        aside=judged.reading.aside,
    )


def expected_of(office: Office, connection: Connection, record_type: type[Record]) -> Expected:
    """What a sheet of records of this type may hold in this office."""
    campaigns = [state.record for state in states.find(connection, Campaign)]
    facts, today = record_type.facts, office.today()
    return Expected(
        known_fields(connection, record_type),
        today,
        windows_for(campaigns, today),
        facts.title,
        facts.carried_over,
    )


def _batches(rows: Iterable[SheetRow]) -> Iterator[list[SheetRow]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def known_fields(connection: Connection, record_type: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields of the type and those that any campaign adds to it."""
    campaigns = [state.record for state in states.find(connection, Campaign)]
    found: dict[str, FieldSpec] = {}
    for campaign in [None, *campaigns]:
        found |= {s.name: s for s in fields_of(record_type, campaign) if s.name not in found}
    return tuple(found.values())
