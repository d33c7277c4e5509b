"""The list of what a package brought: the records of one type, and which of them is read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal

from app.domain.kernel.idlist import IdList
from app.domain.records import TYPES, Record
from app.services.receiving import package_records
from app.services.receiving.package_records import Held, Read
from app.services.reviewing.several import Target
from app.ui.keys import Action
from app.ui.lists.record_list import RecordList
from app.ui.lists.record_model import RECORD, Fetch, RecordModel
from app.ui.page_context import PageContext
from app.ui.pages.inbox.records.sheet_card import padded
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, tip

WIDTH, _NARROW = 268, 228


class HeldList(Card):
    """`moved(id)` when another record is to be read, `emptied` when there is none.

    `picked` when others are selected.
    """

    moved = Signal(str)
    emptied = Signal()
    picked = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__("收到的记录")
        self._desk, self._office = desk, desk.office
        self._held: Sequence[Held] = ()
        self._at = 0
        self.base: int | None = None
        """The place in the log up to which the line was read that was read first."""
        self.model = RecordModel(self._fetch())
        self.list = RecordList(self.model)
        self._kind = label(role="label")
        self.setFixedWidth(WIDTH)
        self.note.hide()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(padded(self._kind))
        self.body.addWidget(self.list, 1)
        self.list.sideways.connect(self._step)
        choice = self.list.selectionModel()
        choice.currentChanged.connect(self._moved)
        choice.selectionChanged.connect(lambda *_: self.picked.emit())

    def offer(self, back: Action, as_table: Action, whole: Action) -> None:
        """The buttons below the list."""
        bar = self.add_bar()
        bar.setContentsMargins(8, 0, 8, 0)
        bar.addWidget(KeyButton(back))
        bar.addStretch(1)
        bar.addWidget(KeyButton(as_table, quiet=True))
        self.body.addWidget(padded(KeyButton(whole)))

    def call(self, title: str) -> None:
        """Say whose records these are."""
        self.title.setText(title)
        self.title.setToolTip(tip(title))

    def set_narrow(self, narrow: bool) -> None:
        """Leave the record room."""
        self.setFixedWidth(_NARROW if narrow else WIDTH)

    @property
    def listed(self) -> Held | None:
        """The records listed, all of one type; None while there are none."""
        return self._held[self._at] if self._held else None

    @property
    def type_name(self) -> str:
        """The type whose records are listed."""
        return self.listed.type if self.listed else ""

    @property
    def record_type(self) -> type[Record]:
        """The type of the records listed."""
        return TYPES[self.type_name]

    @property
    def chosen(self) -> Sequence[Target]:
        """The records that are selected."""
        rows = self.list.selectionModel().selectedRows()
        return [(self.type_name, index.data(RECORD)) for index in rows]

    def clear(self) -> None:
        """List nothing, until it is known what there is."""
        self._held, self._at = (), 0
        self.forget()
        self.model.show_ids(IdList())

    def forget(self) -> None:
        """Read the lines again."""
        self.base = None
        self.model.forget()

    def show_held(self, held: Sequence[Held]) -> None:
        """List the first type of these."""
        self.clear()
        self._held = held
        self._show_type()

    def go_to(self, record: str) -> None:
        """Choose a record, if it is listed."""
        row = self.model.row_of(record)
        if row >= 0:
            self._go_to(row)

    def go_on(self) -> None:
        """Choose the one after the current."""
        row = self.list.currentIndex().row() + 1
        if row < len(self.model.ids):
            self._go_to(row)

    def _fetch(self) -> Fetch:
        def fetch(wanted: Sequence[str], take: Any) -> None:
            job = partial(package_records.lines, self._office, self.record_type, tuple(wanted))
            self._desk.worker.read(job).done.connect(partial(self._take_lines, take))

        return fetch

    def _take_lines(self, take: Any, read: Read) -> None:
        self.base = read.base if self.base is None else min(self.base, read.base)
        take(read.lines)

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._held):
            self._at += by
            self._show_type()

    def _show_type(self) -> None:
        held = self.listed
        ids = held.ids if held else ()
        several = f"　第 {self._at + 1}/{len(self._held)} 类" if len(self._held) > 1 else ""
        self._kind.setText(f"{held.label} {len(ids):,} 条{several}" if held else "没有记录")
        self.forget()
        self.list.setCurrentIndex(QModelIndex())
        self.model.show_ids(IdList.of(ids))
        if ids:
            self._go_to(0)
        else:
            self.emptied.emit()

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(current.data(RECORD))

    def _go_to(self, row: int) -> None:
        """Choose one row alone: a Ctrl that is still held would add it to those selected."""
        flags = QItemSelectionModel.SelectionFlag
        alone = flags.ClearAndSelect | flags.Rows
        self.list.selectionModel().setCurrentIndex(self.model.index(row), alone)
