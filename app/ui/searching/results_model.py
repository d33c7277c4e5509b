"""The rows under the search box: a heading for each type, what was found, and how much more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.services.lists.listing import Line
from app.services.lists.searching import Found, Group

_Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a type, and how many of its records answer."""

    words: str
    count: str


@dataclass(frozen=True, slots=True)
class Result:
    """One record."""

    type_name: str
    line: Line


@dataclass(frozen=True, slots=True)
class More:
    """Further records of a type; `first` is the record that stands first above."""

    type_name: str
    first: str
    words: str


Row = Heading | Result | More


class ResultsModel(QAbstractListModel):
    """What was found, one row below the other; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """All rows from the top."""
        return self._rows

    def show_found(self, found: Found, first: Sequence[str]) -> None:
        """Show this; the types named `first` come before the others."""
        groups = sorted(found.groups, key=lambda group: group.type_name not in first)
        self.beginResetModel()
        self._rows = [row for group in groups for row in _rows(group)]
        if found.behind:
            self._rows.insert(0, Heading("正在整理搜索，查找会慢一些", f"还有 {found.behind:,} 条"))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (as Qt calls it)
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        return _words(row) if role == Qt.ItemDataRole.AccessibleTextRole else None


def _rows(group: Group) -> Iterator[Row]:
    shown = len(group.lines)
    total = f"{shown + group.more} 条" if group.more is not None else "很多"
    yield Heading(group.label, total)
    for line in group.lines:
        yield Result(group.type_name, line)
    if group.more != 0:
        words = "还有更多" if group.more is None else f"还有 {group.more} 条"
        yield More(group.type_name, group.lines[0].id, f"{words}，到列表里看")


def _words(row: Row) -> str:
    if isinstance(row, Result):
        return "，".join(part for part in (row.line.title, row.line.number, row.line.who) if part)
    return f"{row.words}，{row.count}" if isinstance(row, Heading) else row.words
