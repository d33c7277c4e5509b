"""The rows of a record list: an array of ids, and the lines that were looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from app.domain.kernel.idlist import IdList
from app.services.lists.listing import ENOUGH, Line

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[str], Callable[[Sequence[Line]], None]], None]
"""Read these lines beside the window and hand them over on the main thread."""

LINE = Qt.ItemDataRole.UserRole
RECORD = Qt.ItemDataRole.UserRole + 1
_KEEP = 2000
"""Lines kept before the oldest knowledge is dropped."""


class RecordModel(QAbstractListModel):
    """One row per record; a line that is not known yet is fetched when it is first shown.

    `unfinished` are the keys of records in which something was typed and not saved.
    """

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids = IdList()
        self._lines: dict[str, Line] = {}
        self._wanted: set[str] = set()
        self.unfinished: frozenset[str] = frozenset()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    @property
    def ids(self) -> IdList:
        """The records in their order."""
        return self._ids

    def show_ids(self, ids: IdList) -> None:
        """Show these records."""
        if ids == self._ids:
            return
        self.beginResetModel()
        self._ids = ids
        self._wanted = {record for record in self._wanted if ids.index_of(record) >= 0}
        self.endResetModel()

    def know(self, lines: Sequence[Line]) -> None:
        """Take lines that were read."""
        if len(self._lines) > _KEEP:
            self._lines = {}
        self._lines |= {line.id: line for line in lines}
        self._wanted -= {line.id for line in lines}
        rows = [row for line in lines if (row := self.row_of(line.id)) >= 0]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def forget(self, ids: frozenset[str] | None = None) -> None:
        """Read these lines again when they are shown; all of them when none are named."""
        gone = self._lines.keys() if ids is None else ids
        self._lines = {key: line for key, line in self._lines.items() if key not in gone}
        self._wanted = set()
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def row_of(self, record: str) -> int:
        """Where a record stands, -1 when it does not."""
        return self._ids.index_of(record) if record else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (as Qt calls it)
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        record = self._ids[index.row()]
        if role == RECORD:
            return record
        if role not in (LINE, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self._lines.get(record)
        if line is None:
            self._wanted.add(record)
            self._soon.start()
            return None
        if role == LINE:
            return line
        return f"{line.title}，{line.number}，{line.who}，{line.day or ''}"

    def _ask(self) -> None:
        wanted = sorted(self._wanted, key=self.row_of)[:ENOUGH]
        self._wanted = set()
        if wanted:
            self._fetch(wanted, self.know)
