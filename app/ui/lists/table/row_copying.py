"""Rows onto the clipboard, as text and as a table, read beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.kernel.errors import Problem
from app.services.lists import table_copy
from app.services.lists.table_copy import Copied
from app.services.lists.table_query import TableQuery
from app.ui.page_context import PageContext
from app.ui.parts.clipboard import put_table


class RowCopying(QObject):
    """`told(words)` says how far it is, for the line at the right of the hint bar."""

    told = Signal(str)

    def __init__(self, desk: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def copy(self, query: TableQuery, ids: Sequence[str]) -> None:
        """Copy these records, in the columns of the query."""
        if not ids:
            return
        job = partial(table_copy.copied, self._desk.office, query, tuple(ids))
        copying = self._desk.worker.read(job, long=True)
        copying.done.connect(self._put_on_clipboard)
        copying.failed.connect(self._refuse)
        self.told.emit("正在复制…")

    def _put_on_clipboard(self, copied: Copied) -> None:
        put_table(copied.text, copied.html)
        self.told.emit(f"已复制 {copied.count:,} 条，带栏目名")

    def _refuse(self, error: Exception) -> None:
        self.told.emit(str(error) if isinstance(error, Problem) else "没有复制")
        if not isinstance(error, Problem):
            self._desk.problems.show(error)
