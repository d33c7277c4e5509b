"""Signed paper that was scanned: each page goes to the record that its printed code names.

    account = take(office, files)      # attaches what it can; the rest waits in the tray

What waits, and the way back, is in `page_tray`.
A code is a pointer and proves nothing: it never changes a field. At an office that received the
record, the page is kept beside it and says that the paper came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from app.documents.drawing.printed_code import PrintedCode, SlipCode
from app.documents.scans.scan_pages import MOST_BYTES, ScanPage, scan_pages
from app.domain.checking.signed_paper import CAME, TRAY, Standing
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Cancelled, Problem, UserError
from app.domain.kernel.file_names import shown_name
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Person, Record, Visit
from app.exchange.files import opened, words_for
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.papers import scanned_slips
from app.services.papers.scan_account import (
    ScanAccount,
    gaps_among,
    told,
)
from app.services.records import attachments
from app.services.records.printed_versions import changed_since
from app.services.records.saving import find_one
from database.books import scanned_pages
from database.books.scanned_pages import ScannedPage
from database.state import states
from database.state.states import State
from database.store.engine import Connection

PRINTED: tuple[type[Record], ...] = (Visit, Person)
"""The records whose forms carry a code: 登记表 and 档案表."""
PAPER = {Visit: "登记表", Person: "档案表"}
ENDINGS = tuple("jpg jpeg jfif png bmp webp tif tiff pdf".split())
"""What a folder is looked through for."""
MOST_FILES = 2000
_MOST_CODES = 4
"""Codes of pages that lie in one picture; more are no paper of ours."""


@needs("key")
def take(
    office: Office,
    files: Sequence[Path],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> ScanAccount:
    """Read the pages of files and folders and attach each to the record it names.

    A file that cannot be read does not stop the others. After 取消 what was attached stays and the
    account says so. Raises `UserError` NO_SCANS when there is no such file, TOO_MANY_FILES.
    """
    found = _found_in(files)
    with office.store.read() as connection:
        run = scanned_pages.next_run(connection)
    taking = _Taking(office, run)
    stopped = False
    try:
        for done, path in enumerate(found):
            progress(Step(f"正在读 {shown_name(path.name)}", done, len(found)))
            taking.file(path, cancel)
    except Cancelled:
        stopped = True
    return taking.account(stopped=stopped)


def _found_in(files: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in files:
        with words_for(path):
            inside = sorted(path.iterdir()) if path.is_dir() else [path]
        fits = (one for one in inside if path == one or one.suffix[1:].lower() in ENDINGS)
        found += [one for one in fits if one.is_file()]
        if len(found) > MOST_FILES:
            raise UserError(
                "TOO_MANY_FILES",
                f"一次最多 {MOST_FILES} 个文件。",
                remedy="请分成几个文件夹。",
            )
    if not found:
        raise UserError(
            "NO_SCANS", "这里没有扫描件。", remedy="请选 JPG、PNG、TIFF 图片或者 PDF 文件。"
        )
    return found


class _Taking:
    """The pages taken at one time."""

    def __init__(self, office: Office, run: int) -> None:
        self._office, self._run = office, run
        self._rows: list[ScannedPage] = []
        self._refused: list[tuple[str, Problem]] = []
        self._again = 0
        self._touched: list[tuple[str, str]] = []
        self._ticked = False

    def file(self, path: Path, cancel: Cancel | None) -> None:
        """Take every page of a file; what is wrong with it is told in the account."""
        name = shown_name(path.name)
        try:
            with words_for(path), opened(path) as source:
                data = source.read(MOST_BYTES + 1)
            for page in scan_pages(data, cancel=cancel):
                self._page(name, page)
        except Problem as problem:
            if isinstance(problem, Cancelled):
                raise
            self._refused.append((name, problem))

    def _page(self, file: str, page: ScanPage) -> None:
        kept = attachments.keep(self._office, page.picture, f"{Path(file).stem}-{page.number}.jpg")
        told = page.codes if len(page.codes) <= _MOST_CODES else ()
        for code in told or (None,):
            if isinstance(code, SlipCode):
                self._slip(file, page, kept["sha256"], code)
                continue
            self._code(file, page, kept["sha256"], code)

    def _code(self, file: str, page: ScanPage, sha256: str, code: PrintedCode | None) -> None:
        office = self._office
        with office.store.read() as connection:
            state = _record_of(connection, code) if code else None
            standing = _standing(office, connection, code, state)
            if state is not None and code and _was_taken(connection, code, sha256):
                self._again += 1
                return
        row = ScannedPage(
            0,
            self._run,
            file,
            page.number,
            sha256,
            state.record.type_name if state else "",
            code.record if code else "",
            code.page if code else 0,
            code.pages if code else 0,
            standing,
            office.now(),
            office.operator,
            code.h if code else "",
        )
        if standing is Standing.ATTACHED:
            row = self._attached(row)
        if row.standing in CAME:
            self._touched.append((row.type, row.record))
        with office.store.write() as connection:
            scanned_pages.add(connection, row)
        self._rows.append(row)

    def _slip(self, file: str, page: ScanPage, sha256: str, code: SlipCode) -> None:
        """A 报送单: what it brings counts as come on paper; that of a stranger waits."""
        office, found = self._office, scanned_slips.owed(self._office, code)
        with office.store.write() as connection:
            key, standing = "", Standing.UNKNOWN
            if found is not None:
                key = scanned_slips.tick(office, connection, code, found)
                standing = Standing.TICKED
            who = (office.now(), office.operator)
            row = ScannedPage(
                0, self._run, file, page.number, sha256, "", key, 0, 0, standing, *who
            )
            scanned_pages.add(connection, row)
        self._rows.append(row)
        self._ticked = self._ticked or standing is Standing.TICKED

    def _attached(self, row: ScannedPage) -> ScannedPage:
        """The page with its record; one that its record refuses waits for a person."""
        try:
            with self._office.store.write() as connection:
                attach_within(self._office, connection, row)
        except UserError:
            return row._replace(standing=Standing.REFUSED)
        return row

    def account(self, *, stopped: bool) -> ScanAccount:
        """What came of it all."""
        with self._office.store.read() as connection:
            papers = told(connection, scanned_pages.of_run(connection, self._run))
            tray = scanned_pages.standing_at(connection, TRAY)
            waiting = told(connection, [row for row in tray if row.run != self._run])
            gaps = tuple(gaps_among(connection, papers))
        return ScanAccount(
            self._run,
            papers,
            waiting,
            self._again,
            gaps,
            tuple(self._refused),
            stopped,
            Changes.of(self._touched) | Changes(frozenset({"paper"} if self._ticked else ())),
        )


def _record_of(connection: Connection, code: PrintedCode) -> State[Record] | None:
    for kind in PRINTED:
        state = states.get(connection, kind, code.record)
        if state is not None:
            return state
    return None


def _was_taken(connection: Connection, code: PrintedCode, sha256: str) -> bool:
    """Whether this page of the record is there; paper of before does not tell its pages."""
    return any(
        row.standing in CAME and (row.page == code.page if code.page else row.sha256 == sha256)
        for row in scanned_pages.of_record(connection, code.record)
    )


def _standing(
    office: Office, connection: Connection, code: PrintedCode | None, state: State[Record] | None
) -> Standing:
    if code is None:
        return Standing.UNREAD
    if state is None:
        return Standing.UNKNOWN
    if state.void:
        return Standing.VOID
    if changed_since(connection, code.h, state):
        return Standing.CHANGED
    return Standing.ATTACHED if state.owner == office.identity.station else Standing.RECEIVED


def attach_within(office: Office, connection: Connection, row: ScannedPage) -> None:
    """Add the page to the record's 附件, as a part of a larger transaction."""
    kind = TYPES[row.type]
    number = find_one(connection, kind, row.record).record.number
    page = f"第{row.page}页" if row.page else f"扫描件{row.sha256[:6]}"
    name = f"{number}-{PAPER[kind]}{page}.jpg"
    new = attachments.kept_row(office, row.sha256, name, "image/jpeg")

    def added(rows: attachments.Rows) -> attachments.Rows:
        there = any(one.get("sha256") == new["sha256"] for one in rows)
        return rows if there else [*rows, new]

    attachments.change_within(office, connection, kind, row.record, added)
