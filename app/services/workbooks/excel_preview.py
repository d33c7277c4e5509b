"""从 Excel 导入 step by step: a workbook is looked at, and what was seen is what comes in."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.documents.workbooks.workbook import Held, Source, held
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress
from app.domain.records import TYPES, Record
from app.exchange.files import words_for
from app.services.office.office import Office
from app.services.workbooks.excel_import import ImportAccount, import_workbook

PASTED = "粘贴的内容.xlsx"
"""What a range is called that was pasted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A workbook as it was when it was looked at, and what would become of its rows."""

    path: Source
    digest: str
    account: ImportAccount


def preview(
    office: Office, record_type: type[Record], path: Source, *, progress: Progress, cancel: Cancel
) -> Seen:
    """Look what would become of every row; nothing is kept. Raises as `import_workbook`."""
    digest = _digest(path)
    account = import_workbook(
        office, record_type, path, dry_run=True, progress=progress, cancel=cancel
    )
    return Seen(path, digest, account)


def carry_out(office: Office, seen: Seen, *, progress: Progress, cancel: Cancel) -> ImportAccount:
    """Import what was looked at: all good rows in one transaction.

    Raises `UserError` SHEET_CHANGED when the file is another one by now, and as
    `import_workbook`; `Cancelled` leaves nothing.
    """
    if _digest(seen.path) != seen.digest:
        raise UserError(
            "SHEET_CHANGED",
            f"“{seen.path.name}”在查看以后又改过。",
            remedy="请重新选择它，看过以后再导入。",
        )
    return import_workbook(
        office, TYPES[seen.account.type], seen.path, progress=progress, cancel=cancel
    )


def marked_copy(
    office: Office, seen: Seen, out: Path, *, progress: Progress, cancel: Cancel
) -> Path:
    """Copy the workbook to `out` with every bad cell marked; returns it.

    Raises `UserError` NOTHING_TO_MARK when no row is refused, and as `import_workbook`.
    """
    account = import_workbook(
        office,
        TYPES[seen.account.type],
        seen.path,
        dry_run=True,
        marked=out,
        progress=progress,
        cancel=cancel,
    )
    if not account.marked:
        raise UserError("NOTHING_TO_MARK", "这个表格里没有要改的格子。", remedy="可以直接导入。")
    return out


def _digest(path: Source) -> str:
    if isinstance(path, Held):
        return hashlib.sha256(path.data).hexdigest()
    with words_for(path):
        return hashlib.sha256(path.read_bytes()).hexdigest()


def pasted(rows: Sequence[Sequence[str]]) -> Held:
    """A copied range as a workbook, in memory only. Raises `UserError` CELL_TOO_LONG."""
    return held(PASTED, rows)


def range_of(text: str) -> list[list[str]]:
    """The cells of a range copied in Excel or WPS, or nothing when the text is no range.

    A range has a row of headings and at least one more, of two columns or more.
    """
    rows = [row for row in csv.reader(io.StringIO(text), delimiter="\t") if any(row)]
    return rows if len(rows) > 1 and max(map(len, rows)) > 1 else []
