"""The records of one type as a table: what it shows, in which order, and what is copied of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.kernel.changes import Changes
from app.domain.kernel.idlist import IdList
from app.domain.kernel.order import By, Order, led_by, turned
from app.domain.records import Review
from app.services.lists import listing, table_query
from app.services.lists.listing import Counts, View
from app.services.lists.saved_lists import SavedList
from app.services.lists.table_columns import CITY_PAPER, STANDING, columns_of
from app.services.lists.table_query import Listed, TableQuery
from app.ui.fields.suggestion import Surroundings
from app.ui.lists.chips.chip_bar import ChipBar
from app.ui.lists.chips.narrowing import Narrowing
from app.ui.lists.chips.saved_menu import SavedMenu
from app.ui.lists.table.arrangement import TableMemory
from app.ui.lists.table.row_copying import RowCopying
from app.ui.lists.table.table_card import TableCard
from app.ui.lists.table.table_model import Fetch
from app.ui.page_context import PageContext
from app.ui.pages.records.browse.record_browser import PACKAGE
from app.ui.worker import Operation

_VIEWS: dict[str, View] = {"returned": "returned", "unread": "unread", "void": "void"}
_WRITE_SOON = 500
"""Milliseconds after the last change of a width before it is written down."""


class TableBrowser(QObject):
    """Keeps a `TableCard` filled while it is seen; `base` says which records are meant at all.

    `opened(record id)` when somebody wants to see one whole, `left` when the list beside the
    record is wanted again; `view_chosen(name)`; `told(words)`
    for the line at the right of the hint bar; `listed` whenever the rows were read.
    """

    opened = Signal(str)
    left = Signal()
    view_chosen = Signal(str)
    told = Signal(str)
    listed = Signal()

    def __init__(
        self,
        desk: PageContext,
        base: TableQuery,
        around: Surroundings,
        narrowing: Narrowing,
        *,
        noun: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._base, self._type = desk, base, base.record_type
        self._narrowing = narrowing
        self._text = self._view = self._current = ""
        self._turn = 0
        self._outdated = True
        self._shown: TableQuery | None = None
        self._reading: Operation | None = None
        titles = base.titles
        part = "table" if base.within is None else "received"
        self._memory = TableMemory(
            desk.memory,
            desk.office.operator,
            self._type,
            titles,
            part=part,
            several=desk.office.identity.role == "city" and base.within is None,
        )
        self.arranged = self._memory.read()
        chips = ChipBar(self._type, titles, around, narrowing, upright=False)
        self.card = TableCard(columns_of(self._type, titles), self._fetch(), noun, chips)
        self.card.arrange(self.arranged)
        self.saved = SavedMenu(desk, self._type, narrowing, self.card)
        self.saved.order = self.arranged.order
        self.saved.chosen.connect(self._take_order)
        self.card.offer(self.saved.action)
        self._copying = RowCopying(desk, self)
        self._copying.told.connect(self.told)
        self._write_soon = QTimer(self)
        self._write_soon.setSingleShot(True)
        self._write_soon.setInterval(_WRITE_SOON)
        self._write_soon.timeout.connect(self._write)
        self._listen()
        if narrowing.added is not None:
            self._learn()

    def _learn(self) -> None:
        """Campaigns add fields: they are columns too, also those that were chosen before."""
        added = self._narrowing.added or ()
        if added == self._base.added:
            self._write()
            return
        self._base = replace(self._base, added=added)
        self._memory.added = added
        self.arranged = replace(self._memory.read(), shown=self.arranged.shown)
        self.card.learn(columns_of(self._type, self._base.titles, added))
        self.card.arrange(self.arranged)
        self._outdate()

    def _listen(self) -> None:
        card = self.card
        self._narrowing.changed.connect(self._outdate)
        self._narrowing.learned.connect(self._learn)
        card.views.chosen.connect(self.view_chosen)
        card.rearranged.connect(self._rearranged)
        card.panel.chosen.connect(self._take_columns)
        card.panel.usual_wanted.connect(self._take_usual)
        card.view.ordered.connect(self._order_by)
        card.view.opened.connect(self._open)
        card.view.copied.connect(self._copy)
        card.view.left.connect(self.left)

    # -- what the page asks

    @property
    def query(self) -> TableQuery:
        """What is shown: the same that is printed and copied."""
        return replace(
            self._base,
            columns=self.arranged.columns,
            order=self.arranged.order,
            chips=self._narrowing.chips,
            text=self._text,
            view=_VIEWS.get(self._view, "all"),
        )

    def show(self, record: str) -> None:
        """The table is seen: stand on this record."""
        self._current = record
        self.arranged = replace(self.arranged, shown=True)
        self._write()
        if self._outdated:
            self._read()
        elif record:
            self.card.view.go_to(self.card.model.row_of(record))

    def leave(self) -> None:
        """The list and the record are shown instead."""
        self.arranged = replace(self.arranged, shown=False)
        self._write()

    def search(self, text: str) -> None:
        """Show only what answers to this."""
        self._text = text
        self._outdate()

    def set_view(self, name: str) -> None:
        """Show this part of the list."""
        self._view = name if name in _VIEWS else ""
        self.card.views.show_view(self._view)
        self._outdate()

    def set_counts(self, counts: Counts) -> None:
        """How many there are of each part."""
        self.card.views.set_counts(counts, 0)

    def changed(self, changes: Changes) -> None:
        """Records were written: read what is seen again."""
        if not changes.types.isdisjoint({self._type.type_name, Review.type_name, PACKAGE}):
            # A receipt says of records that it does not name how far they have come.
            self.card.model.forget(None if PACKAGE in changes.types else changes.ids)
            self._outdate()

    # -- reading

    def _outdate(self) -> None:
        self._outdated = True
        if self.card.isVisible():
            self._read()

    def _read(self) -> None:
        """Read which records answer; an answer that comes too late is not shown."""
        query = self.query
        self._current = self.card.record or self._current
        self._turn += 1
        self._outdated = False
        if self._reading is not None:
            self._reading.cancel()
        if self._shown is None and query == TableQuery(
            self._type, query.columns, titles=self._base.titles, added=query.added
        ):
            job = partial(listing.first_page, self._desk.office, self._type)
            self._desk.worker.read(job).done.connect(partial(self._show_first, self._turn))
        reading = self._desk.worker.scan(partial(table_query.listed, self._desk.office, query))
        reading.done.connect(partial(self._show, self._turn, query))
        reading.ended.connect(partial(self._end, reading))
        self._reading = reading
        if query != self._shown:
            self.card.await_answer(reading)

    def _end(self, reading: Operation) -> None:
        if self._reading is reading:
            self._reading = None

    def _show_first(self, turn: int, lines: Sequence[Any]) -> None:
        """The newest stand there at once, while the others are being counted."""
        if turn == self._turn and self._shown is None and lines:
            self.card.show_ids(IdList.of(line.id for line in lines), None, self._current)

    def _show(self, turn: int, query: TableQuery, found: Listed) -> None:
        if turn != self._turn:
            return
        reordered = self._shown is not None and self._shown.order != query.order
        self._shown = query
        # Who puts a table in order wants to see its beginning.
        self.card.show_ids(found.ids, found.total, "" if reordered else self._current)
        self.listed.emit()

    def _fetch(self) -> Fetch:
        def fetch(wanted: Sequence[str], take: Any) -> None:
            job = partial(table_query.rows, self._desk.office, self.query, tuple(wanted))
            self._desk.worker.read(job).done.connect(take)

        return fetch

    # -- arranging

    def _take_order(self, one: SavedList) -> None:
        """A list with a name stands in its own order."""
        if one.order:
            self._put_in(one.order)

    def _order_by(self, column: str, falling: bool | None) -> None:
        if column == CITY_PAPER or (column == STANDING and self._base.said_of is not None):
            return
        before = self.arranged.order
        asked = falling is not None
        order = led_by(before, By(column, bool(falling))) if asked else turned(before, column)
        self._put_in(order)

    def _put_in(self, order: Order) -> None:
        self.arranged = replace(self.arranged, order=order)
        self.saved.order = order
        self.card.model.show_order(order)
        self._write()
        self._outdate()

    def _rearranged(self) -> None:
        """Columns were moved or widened on the table itself."""
        view = self.card.view
        self.arranged = replace(self.arranged, widths=view.widths)
        if view.names != self.arranged.columns:
            self._take_columns(view.names)
        self._write_soon.start()

    def _take_columns(self, names: tuple[str, ...]) -> None:
        self.arranged = replace(self.arranged, columns=names)
        self.card.arrange(self.arranged)
        self._write_soon.start()

    def _take_usual(self) -> None:
        self.arranged = replace(self.arranged, columns=self._memory.usual, widths={}, order=())
        self.card.arrange(self.arranged)
        self.card.panel.begin(self.arranged.columns)
        self._write()
        self._outdate()

    def _write(self) -> None:
        self._write_soon.stop()
        if self._narrowing.added is not None:
            # Before, columns that a campaign adds would be forgotten as unknown.
            self._memory.write(self.arranged)

    # -- what is done with rows

    def _open(self) -> None:
        if self.card.record:
            self.opened.emit(self.card.record)

    def _copy(self) -> None:
        self._copying.copy(self.query, self.card.selected)
