"""撤销导入: what a sheet brought is taken back, but for what something was built on since."""

from __future__ import annotations

from collections import Counter

import msgspec

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Record
from app.services.batches import span_undo
from app.services.batches.span_undo import Outlook, Staying
from app.services.office.duties import require_saving
from app.services.office.office import Office
from database.books import sheet_imports
from database.books.sheet_imports import SheetImport
from database.store.engine import Connection

Imported = SheetImport
"""One import that took place: when, by whom, of which file, and its counts."""


class TakenBack(msgspec.Struct, frozen=True):
    """What taking an import back does, or did: records gone, changes undone, records that stay.

    `kinds` says how many go, by type.
    """

    batch: int
    file: str
    gone: int
    undone: int
    staying: tuple[Staying, ...]
    records: tuple[tuple[str, str], ...] = ()
    kinds: dict[str, int] = {}

    @property
    def gone_words(self) -> str:
        """4 条（走访登记 3、企（事）业单位 1）: a sheet of visits brings units too."""
        parts = [f"{TYPES[name].label} {count:,}" for name, count in self.kinds.items()]
        return f"{self.gone:,} 条" + (f"（{'、'.join(parts)}）" if len(parts) > 1 else "")

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        return Changes.of(self.records)

    @property
    def why(self) -> dict[str, int]:
        """How many stay, by reason."""
        return dict(Counter(one.why for one in self.staying))


def imports(office: Office, record_type: type[Record] | None = None) -> list[Imported]:
    """The imports that took place, the newest first."""
    with office.store.read() as connection:
        return sheet_imports.newest(connection, record_type.type_name if record_type else "")


def look(office: Office, batch: int) -> TakenBack:
    """What taking this import back would do; raises `UserError` NO_IMPORT, UNDONE."""
    with office.store.read() as connection:
        row = _row(connection, batch)
        return _taken_back(row, span_undo.outlook(connection, row.first, row.last))


def take_back(
    office: Office,
    batch: int,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> TakenBack:
    """Take an import back: what it wrote leaves the records and stays in the log.

    Records that were changed, used or reported since stay as they are. Raises `UserError`
    NO_IMPORT, UNDONE, NOTHING_TO_UNDO when everything stays, NOT_YOUR_DUTY; `Cancelled` and then
    nothing was taken back.
    """
    with office.store.write() as connection:
        row = _row(connection, batch)
        require_saving(office, TYPES[row.type], "import")
        found = span_undo.outlook(connection, row.first, row.last)
        if not found.records:
            raise UserError(
                "NOTHING_TO_UNDO",
                "这次导入的记录都用上了，不能撤销。",
                why="、".join(f"{why}的{count}条" for why, count in found.why.items()),
                remedy="请逐条修改或作废。",
            )
        progress(Step("撤销导入", 0, len(found.records)))
        span_undo.withdraw(office, connection, (row.first, row.last), found, cancel)
        sheet_imports.set_undone(connection, batch, office.now(), office.operator)
        progress(Step("撤销导入", len(found.records), len(found.records)))
    return _taken_back(row, found)


def _row(connection: Connection, batch: int) -> SheetImport:
    row = sheet_imports.find(connection, batch)
    if row is None:
        raise UserError("NO_IMPORT", "没有这次导入。", remedy="请在导入记录里选择。")
    if row.undone_at:
        raise UserError("UNDONE", f"“{row.file}”的导入已经撤销过。")
    return row


def _taken_back(row: SheetImport, found: Outlook) -> TakenBack:
    return TakenBack(
        row.n, row.file, found.gone, found.undone, found.staying, found.records, found.kinds
    )
