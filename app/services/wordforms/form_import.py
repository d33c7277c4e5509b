"""Forms become visits step by step: read, judged, looked at, and what was seen is what comes in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from app.documents.wordforms.source import read_bytes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import Visit
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records import attachments
from app.services.records.bulk_saving import BulkWriter, Planned
from app.services.wordforms.filled_forms import FormFile, FormsRead
from app.services.wordforms.form_judging import Decided, judge_forms, open_doubts
from app.services.workbooks.excel_import import note
from app.services.workbooks.import_account import ImportAccount, ImportRow
from app.services.workbooks.row_judging import Judge
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class FormsSeen:
    """Forms as they were when they were looked at, and what would become of each.

    It holds as long as nothing was saved since (`written`).
    """

    read: FormsRead
    account: ImportAccount
    decided: Decided
    judge: Judge
    written: int

    @property
    def open(self) -> int:
        """How many places are still to be looked at."""
        return sum(len(list(open_doubts(form, self.decided))) for form in self.read.forms)


def look(
    office: Office,
    read: FormsRead,
    decided: Decided | None = None,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> FormsSeen:
    """Say what would become of every form; nothing is kept. Raises `Cancelled`."""
    decided = decided or Decided()
    with office.store.read() as connection:
        written = office.store.written
        judging, rows = judge_forms(
            office, connection, read, decided, progress=progress, cancel=cancel or Cancel()
        )
    return FormsSeen(read, _account(read, rows, dry_run=True), decided, judging, written)


def carry_out(
    office: Office,
    seen: FormsSeen,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> ImportAccount:
    """Save the forms that were looked at, each with its file, all good ones in one transaction.

    Raises `UserError` SHEET_CHANGED when a file is another one by now, SEEN_CHANGED when something
    was saved meanwhile that makes another thing of a form, those of `attachments.keep`, and
    NOT_YOUR_DUTY; `Cancelled` leaves no record.
    """
    watch = cancel or Cancel()
    require_saving(office, Visit, "import")
    kept = _kept_files(office, seen, progress, watch)
    with office.store.write() as connection:
        judging, rows = seen.judge, list(seen.account.rows)
        if office.store.written != seen.written:
            judging, rows = judge_forms(
                office, connection, seen.read, seen.decided, progress=progress, cancel=watch
            )
            _require_same(seen.account.rows, rows)
        files = {row.id: kept[_file_of(seen.read, row.row)] for row in rows if _comes(row)}
        done = _write(office, connection, judging, files, progress=progress, cancel=watch)
        batch = (
            note(office, connection, Visit, rows, file=_called(seen.read), writer=done)
            if done
            else 0
        )
    account = _account(seen.read, rows, dry_run=False)
    return msgspec.structs.replace(account, batch=batch)


# -- saving


def _comes(row: ImportRow) -> bool:
    return row.outcome in ("add", "change")


def _file_of(read: FormsRead, number: int) -> int:
    return next(form.file for form in read.forms if form.number == number)


def _kept_files(
    office: Office, seen: FormsSeen, progress: Progress, cancel: Cancel
) -> dict[int, dict[str, Any]]:
    """The rows that 附件 gets, by file; raises where a file is another one by now."""
    wanted = sorted({_file_of(seen.read, row.row) for row in seen.account.rows if _comes(row)})
    found: dict[int, dict[str, Any]] = {}
    for place, number in enumerate(wanted):
        progress(Step("正在收存原文件", place, len(wanted)))
        cancel.check()
        file = seen.read.files[number]
        data = read_bytes(Path(file.path))
        if hashlib.sha256(data).hexdigest() != file.digest:
            raise UserError(
                "SHEET_CHANGED",
                f"“{file.name}”在查看以后又改过。",
                remedy="请重新选择它，看过以后再导入。",
            )
        found[number] = attachments.keep(office, data, _named(file))
    return found


def _named(file: FormFile) -> str:
    """The file's name with an ending that says what it is."""
    ending = Path(file.name).suffix.lower()
    if ending in (".docx", ".doc", ".odt", ".wps"):
        return file.name
    return f"{Path(file.name).stem}.docx" if ending in (".docm", ".dotx") else f"{file.name}.doc"


def _write(
    office: Office,
    connection: Connection,
    judging: Judge,
    files: Mapping[str, dict[str, Any]],
    *,
    progress: Progress,
    cancel: Cancel,
) -> BulkWriter | None:
    """Write what was judged good; None when there is nothing to write. Raises `Cancelled`."""
    writer, plan, done = BulkWriter(office, connection), judging.plan, 0
    for batch in plan.batches():
        progress(Step("正在导入", done, len(plan)))
        cancel.check()
        writer.write([_with_file(one, files) for one in batch])
        done += len(batch)
    judging.numbers.keep(connection)
    cancel.check()
    return writer if done else None


def _with_file(planned: Planned, files: Mapping[str, dict[str, Any]]) -> Planned:
    """What is written, with the file it was read from among its 附件."""
    if planned.id not in files:
        return planned
    body, new = msgspec.json.decode(planned.body), files[planned.id]
    there = [one for one in body.get("attachments", ()) if one.get("sha256") != new["sha256"]]
    body["attachments"] = [*there, new]
    return msgspec.structs.replace(planned, body=msgspec.Raw(msgspec.json.encode(body)))


def _called(read: FormsRead) -> str:
    """What the import is called: its file, or how many there were."""
    with_forms = [file for file in read.files if file.forms]
    if len(with_forms) == 1:
        return with_forms[0].name
    return f"{len(with_forms)} 个 Word 文件"


def _account(read: FormsRead, rows: Iterable[ImportRow], *, dry_run: bool) -> ImportAccount:
    rows = tuple(rows)
    count = {name: sum(row.outcome == name for row in rows) for name in _OUTCOMES}
    return ImportAccount(
        Visit.type_name,
        _called(read),
        dry_run,
        count["add"],
        count["change"],
        count["same"],
        count["refused"],
        rows,
        asked=count["asked"],
    )


_OUTCOMES = ("add", "change", "same", "refused", "asked")


def _require_same(seen: Sequence[ImportRow], now: Sequence[ImportRow]) -> None:
    if [(row.outcome, row.changes) for row in seen] != [(row.outcome, row.changes) for row in now]:
        raise UserError(
            "SEEN_CHANGED",
            "看过以后又有记录保存了，有的登记表会变得和看到的不一样。",
            remedy="请再看一遍，然后导入。",
        )
