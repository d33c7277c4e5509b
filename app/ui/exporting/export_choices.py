"""What of a list is taken along: which records, which columns, as which file, which numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.services.lists import list_files
from app.services.lists.ledgers import Ledger, ledger_of
from app.services.lists.table_query import TableQuery
from app.ui.keys import SPACE, TAB, UP_DOWN, commit_composition, tell
from app.ui.parts.label import label
from app.ui.theme import LIGHT

SHEET, PAPER = ".xlsx", ".pdf"
_ROW = 28


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: these records, asked so, under this title, as this kind of file.

    `why` is the reason for full numbers, None where they stay masked.
    """

    query: TableQuery
    ids: Sequence[str]
    title: str
    suffix: str
    why: str | None


class ExportChoices(QWidget):
    """`changed` when something else would be written."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._query: TableQuery | None = None
        self._ledger: Ledger | None = None
        self._scopes_of: list[Sequence[str]] = []
        self.scopes, self.columns, self.files = (QButtonGroup(self) for _ in range(3))
        self.full = QCheckBox("写出全部号码，不用星号")
        self.why = QLineEdit()
        self.note = label("谁带走了全部号码、为什么，都会记下来，管理人员能看到。", "note")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[LIGHT.margin] * 4)
        self._column.setSpacing(0)
        self._scope_rows = self._group("导出哪些")
        self._column_rows = self._group("要哪几栏")
        self._radios(
            self._group("存成什么"),
            self.files,
            ("Excel 表格（可以再排序、汇总）", "PDF（可以直接打印）"),
        )
        self._add_numbers()
        self._column.addStretch(1)

    def offer(
        self, query: TableQuery, scopes: Sequence[tuple[str, Sequence[str]]], *, paper: bool = False
    ) -> None:
        """Offer these parts of the list, the first of them first."""
        self._query, self._ledger = query, ledger_of(query.record_type)
        self._scopes_of = [ids for _, ids in scopes]
        self._renew(self._scope_rows, self.scopes, [words for words, _ in scopes])
        ledger = self._ledger
        ready = [f"{ledger.title}的栏目"] if ledger is not None else []
        self._renew(self._column_rows, self.columns, ["现在列表里的栏目", *ready])
        self.files.button(int(paper)).setChecked(True)
        self.full.setChecked(False)
        self.why.clear()
        self._put_in_order()
        self._arrange()

    def _put_in_order(self) -> None:
        """Tab goes as the eye does; what is made anew would come last."""
        groups = (self.scopes, self.columns, self.files)
        stops = [*(one for group in groups for one in group.buttons()), self.full, self.why]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    @property
    def first(self) -> QWidget:
        """Where one begins."""
        return self.scopes.button(max(self.scopes.checkedId(), 0))

    @property
    def wanted(self) -> Wanted:
        """What is chosen now."""
        assert self._query is not None
        ids = self._scopes_of[max(self.scopes.checkedId(), 0)]
        suffix = PAPER if self.files.checkedId() == 1 else SHEET
        commit_composition()
        why = self.why.text().strip() if self.full.isChecked() and self._masks else None
        return Wanted(self._asked, ids, self._title, suffix, why)

    @property
    def _by_ledger(self) -> bool:
        return self._ledger is not None and self.columns.checkedId() == 1

    @property
    def _asked(self) -> TableQuery:
        assert self._query is not None
        ledger = self._ledger
        if ledger is None or not self._by_ledger:
            return self._query
        order = self._query.order or ledger.query.order
        return replace(self._query, columns=ledger.columns, order=order)

    @property
    def _title(self) -> str:
        assert self._query is not None
        ledger = self._ledger
        if ledger is not None and self._by_ledger:
            return ledger.title
        return f"{self._query.record_type.label}一览表"

    @property
    def _masks(self) -> bool:
        return bool(list_files.sensitive(self._asked))

    # -- making

    def _group(self, words: str) -> QVBoxLayout:
        self._column.addWidget(label(words, "strong"))
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.setContentsMargins(0, 0, 0, 10)
        self._column.addLayout(rows)
        return rows

    def _radios(self, rows: QVBoxLayout, group: QButtonGroup, words: Sequence[str]) -> None:
        for place, one in enumerate(words):
            button = QRadioButton(one)
            button.setMinimumHeight(_ROW)
            group.addButton(button, place)
            rows.addWidget(button)
            # At once: the next key may be pressed before Qt shows what a layout was given.
            button.show()
            button.clicked.connect(self._chose)
            tell(button, UP_DOWN, TAB("下一问"))
        group.button(0).setChecked(True)

    def _renew(self, rows: QVBoxLayout, group: QButtonGroup, words: Sequence[str]) -> None:
        for button in group.buttons():
            group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._radios(rows, group, words)

    def _add_numbers(self) -> None:
        self.full.setMinimumHeight(_ROW)
        self.full.clicked.connect(self._chose_full)
        tell(self.full, SPACE)
        self.note.setWordWrap(True)
        self.why.setAccessibleName("要全部号码的原因")
        self.why.setPlaceholderText("原因，例如：年度复核")
        self.why.textChanged.connect(lambda text: self.changed.emit())
        for part in (self.full, self.note, self.why):
            self._column.addWidget(part)

    # -- what follows from a choice

    def _chose(self) -> None:
        self._arrange()
        self.changed.emit()

    def _chose_full(self) -> None:
        self._chose()
        if self.full.isChecked():
            self.why.setFocus()

    def _arrange(self) -> None:
        self.full.setVisible(self._masks)
        for part in (self.note, self.why):
            part.setVisible(self._masks and self.full.isChecked())
