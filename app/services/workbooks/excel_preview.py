"""从 Excel 导入 step by step: a workbook is looked at, and what was seen is what comes in."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from app.documents.workbooks.workbook import (
    Held,
    SheetColumn,
    Source,
    held,
    look_at,
    mark_problems,
    read_bytes,
)
from app.domain.kernel.errors import UserError
from app.domain.kernel.file_names import shown_name
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Record
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records.saving import require_by_hand
from app.services.workbooks.column_memory import remembered
from app.services.workbooks.excel_import import (
    Decided,
    Judged,
    account_of,
    expected_of,
    judge,
    write,
)
from app.services.workbooks.import_account import ImportAccount, ImportRow

PASTED = "粘贴的内容.xlsx"
"""What a range is called that was pasted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A workbook as it was when it was looked at, and what would become of its rows.

    `judged` is what would be written; it holds as long as nothing was saved since (`written`).
    """

    path: Source
    digest: str
    account: ImportAccount
    decided: Decided
    judged: Judged
    written: int


def preview(
    office: Office,
    record_type: type[Record],
    path: Source,
    *,
    decided: Decided | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Seen:
    """Look what would become of every row; nothing is kept. Raises as `import_workbook`."""
    digest, decided, watch = _digest(path), decided or Decided(), cancel or Cancel()
    with office.store.read() as connection:
        written = office.store.written
        judged = judge(
            office, connection, record_type, path, decided=decided, progress=progress, cancel=watch
        )
    account = account_of(record_type.type_name, path.name, judged, dry_run=True)
    return Seen(path, digest, account, decided, judged, written)


def columns_of(
    office: Office,
    record_type: type[Record],
    path: Source,
    *,
    decided: Decided | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> tuple[SheetColumn, ...]:
    """The columns of a sheet, also of one of which not all columns, or none, were recognised.

    Raises as `import_workbook`, except for MISSING_HEADING; NO_HEADINGS where no row of words is.
    """
    with office.store.read() as connection:
        expected = expected_of(office, connection, record_type)
        chosen = (decided or Decided()).sheet
        choices = replace(chosen, remembered=remembered(connection, record_type), guess=True)
    reading = look_at(path, expected, choices=choices, progress=progress, cancel=cancel)
    return reading.headings.all


def carry_out(
    office: Office, seen: Seen, *, progress: Progress = silent, cancel: Cancel | None = None
) -> ImportAccount:
    """Import what was looked at: all good rows in one transaction.

    Raises `UserError` SHEET_CHANGED when the file is another one by now, SEEN_CHANGED when
    something was saved meanwhile that makes another thing of a row, and as `import_workbook`;
    `Cancelled` leaves nothing.
    """
    record_type, watch = TYPES[seen.account.type], cancel or Cancel()
    require_saving(office, record_type, "import")
    require_by_hand(record_type)
    _require_unchanged(seen)
    with office.store.write() as connection:
        judged = seen.judged
        if office.store.written != seen.written:
            judged = judge(
                office,
                connection,
                record_type,
                seen.path,
                decided=seen.decided,
                progress=progress,
                cancel=watch,
            )
            _require_same(seen.judged.rows, judged.rows)
        batch = write(office, connection, judged, seen.path.name, progress=progress, cancel=watch)
    account = account_of(seen.account.type, seen.path.name, judged, dry_run=False)
    return msgspec.structs.replace(account, batch=batch)


def marked_copy(
    office: Office,
    seen: Seen,
    out: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Path:
    """Copy the workbook to `out` with every bad cell marked; returns it.

    Raises `UserError` NOTHING_TO_MARK when no row is refused or asked about, and SHEET_CHANGED.
    """
    _require_unchanged(seen)
    if not seen.judged.judge.problems:
        raise UserError("NOTHING_TO_MARK", "这个表格里没有要改的格子。", remedy="可以直接导入。")
    progress(Step("标出错格"))
    (cancel or Cancel()).check()
    mark_problems(seen.path, out, seen.judged.reading, seen.judged.judge.problems)
    return out


def _require_unchanged(seen: Seen) -> None:
    if _digest(seen.path) != seen.digest:
        raise UserError(
            "SHEET_CHANGED",
            f"“{shown_name(seen.path.name)}”在查看以后又改过。",
            remedy="请重新选择它，看过以后再导入。",
        )


def _require_same(seen: Sequence[ImportRow], now: Sequence[ImportRow]) -> None:
    if [(row.outcome, row.changes) for row in seen] != [(row.outcome, row.changes) for row in now]:
        raise UserError(
            "SEEN_CHANGED",
            "看过以后又有记录保存了，有的行会变得和看到的不一样。",
            remedy="请再看一遍，然后导入。",
        )


def _digest(path: Source) -> str:
    return hashlib.sha256(read_bytes(path)).hexdigest()


def pasted(rows: Sequence[Sequence[str]]) -> Held:
    """A copied range as a workbook, in memory only. Raises `UserError` CELL_TOO_LONG."""
    return held(PASTED, rows)


def range_of(text: str) -> list[list[str]]:
    """The cells of a range copied in Excel or WPS, or nothing when the text is no range.

    A range has a row of headings and at least one more, of two columns or more.
    """
    rows = [row for row in csv.reader(io.StringIO(text), delimiter="\t") if any(row)]
    return rows if len(rows) > 1 and max(map(len, rows)) > 1 else []
