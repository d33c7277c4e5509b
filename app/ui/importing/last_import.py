"""撤销导入: the newest import of a type, which may be taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.kernel.file_names import shown_name
from app.domain.records import Record
from app.services.workbooks import import_undo
from app.services.workbooks.import_undo import Imported, TakenBack
from app.ui.page_context import PageContext
from app.ui.worker import Operation


class LastImport(QObject):
    """`known` when it is read which import was the last; `looked(TakenBack)` what undoing does."""

    known = Signal()
    looked = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: PageContext, record_type: type[Record], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._type = desk, record_type
        self.row: Imported | None = None
        self._looked_at = 0

    @property
    def words(self) -> str:
        """上次导入：名录.xlsx，2011-07-21 09:00，新增 3 条; empty where there was none."""
        row = self.row
        if row is None:
            return ""
        day = row.at[:16].replace("T", " ")
        changed = f"，改动 {row.changed:,} 条" if row.changed else ""
        return f"上次导入：{shown_name(row.file)}，{day}，新增 {row.added:,} 条{changed}。"

    @property
    def is_looked_at(self) -> bool:
        """Whether it was said what undoing does, so that it may be done."""
        return self.row is not None and self._looked_at == self.row.n

    def ask(self) -> None:
        """Read which import was the last that was not taken back."""
        self.row, self._looked_at = None, 0
        asking = self._desk.worker.read(partial(import_undo.imports, self._desk.office, self._type))
        asking.done.connect(self._know)

    def look(self) -> None:
        """Find out what undoing it would do."""
        if self.row is not None:
            job = partial(import_undo.look, self._desk.office, self.row.n)
            looking = self._desk.worker.read(job)
            looking.done.connect(self._tell)
            looking.failed.connect(self.failed)

    def take_back(self) -> Operation:
        """Undo it; the operation answers a `TakenBack`."""
        job = partial(import_undo.take_back, self._desk.office, self._looked_at)
        return self._desk.worker.write(job, long=True)

    def _know(self, found: Sequence[Imported]) -> None:
        self.row = next((row for row in found if not row.undone_at), None)
        self.known.emit()

    def _tell(self, found: TakenBack) -> None:
        self._looked_at = found.batch
        self.looked.emit(found)


def told(found: TakenBack) -> str:
    """撤掉 4 条（走访登记 3、企（事）业单位 1），留下 1 条（后来又改过 1 条）."""
    gone = f"撤掉 {found.gone_words}" if found.gone else ""
    undone = f"{found.undone:,} 条恢复原来的内容" if found.undone else ""
    why = "、".join(f"{words} {count:,} 条" for words, count in found.why.items())
    stays = f"留下 {len(found.staying):,} 条（{why}）" if found.staying else ""
    return "，".join(filter(None, (gone, undone, stays)))
