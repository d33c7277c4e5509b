"""The rows of a table: an array of ids, and the rows that were looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from app.domain.kernel.idlist import IdList
from app.domain.kernel.order import Order
from app.services.lists.listing import ENOUGH
from app.services.lists.table_cells import Cell
from app.services.lists.table_columns import TableColumn
from app.services.lists.table_query import TableRow

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[str], Callable[[Sequence[TableRow]], None]], None]
"""Read these rows beside the window and hand them over on the main thread."""

RECORD = Qt.ItemDataRole.UserRole
STANDING_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()
_KEEP = 4000
"""Rows kept before the oldest knowledge is dropped."""
_ARROWS = {False: "↑", True: "↓"}


class TableModel(QAbstractTableModel):
    """One row per record; a row that is not known yet is fetched when it is first shown."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._turn = 0
        self._ids = IdList()
        self._rows: dict[str, TableRow] = {}
        self._wanted: set[int] = set()
        self.columns: Sequence[TableColumn] = ()
        self.order: Order = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    @property
    def ids(self) -> IdList:
        """The records in their order."""
        return self._ids

    def show_columns(self, columns: Sequence[TableColumn]) -> None:
        """Show these columns; every row is read again."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._forget_all()
        self.endResetModel()

    def show_ids(self, ids: IdList) -> None:
        """Show these records."""
        self.beginResetModel()
        self._ids = ids
        self._wanted = set()
        self.endResetModel()

    def show_order(self, order: Order) -> None:
        """Say in the headings by what the rows are put in order."""
        self.order = order
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def forget(self, ids: frozenset[str] | None = None) -> None:
        """Read these rows again when they are shown; all of them when none are named."""
        gone = self._rows.keys() if ids is None else ids
        self._rows = {id: row for id, row in self._rows.items() if id not in gone}
        self._changed_all()

    def know(self, rows: Sequence[TableRow]) -> None:
        """Take rows that were read."""
        if len(self._rows) > _KEEP:
            self._rows = {}
        self._rows |= {row.id: row for row in rows}
        self._changed_all()

    def row_of(self, record: str) -> int:
        """Where a record stands, -1 when it does not."""
        return self._ids.index_of(record) if record else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(column)
        return column.heading if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        record = self._ids[index.row()]
        if role == RECORD:
            return record
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            STANDING_ROLE,
        ):
            return None
        row = self._rows.get(record)
        if row is None:
            self._wanted.add(index.row())
            self._soon.start()
            return None
        if role == STANDING_ROLE:
            return row.standing
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, index.column()).words
        return "，".join(cell.words for cell in row.cells if cell.words)

    def _cell(self, row: TableRow, column: int) -> Cell:
        return row.cells[column] if column < len(row.cells) else Cell()

    def _heading(self, column: TableColumn) -> str:
        names = [by.field for by in self.order]
        if column.name not in names:
            return column.heading
        place = names.index(column.name)
        rank = str(place + 1) if len(names) > 1 else ""
        return f"{column.heading} {_ARROWS[self.order[place].falling]}{rank}"

    def _forget_all(self) -> None:
        self._turn += 1
        self._rows, self._wanted = {}, set()

    def _changed_all(self) -> None:
        """What is seen is drawn anew; the view knows which rows these are."""
        if self._ids and self.columns:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _ask(self) -> None:
        places = sorted(self._wanted)[: 2 * ENOUGH]
        self._wanted = set()
        turn = self._turn

        def take(rows: Sequence[TableRow]) -> None:
            # Rows with other columns are of no use any more.
            if turn == self._turn:
                self.know(rows)

        self._fetch([self._ids[place] for place in places if place < len(self._ids)], take)


def side_of(column: TableColumn) -> Qt.AlignmentFlag:
    """Numbers stand at the right, all else at the left."""
    right = column.side == "right"
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
