"""The list beside the record: what is in it, and which row is the record shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.kernel.changes import Changes
from app.domain.kernel.idlist import IdList
from app.domain.records import Campaign, Record, Review
from app.domain.records.told import title_in
from app.services.lists import listing, record_sheet
from app.services.lists.listing import Counts, Line, View
from app.services.lists.record_sheet import Contents, Shown
from app.services.records.drafts import Draft
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.layouts import titles_of
from app.ui.lists.chips.chip_bar import ChipBar
from app.ui.lists.chips.narrowing import Narrowing
from app.ui.lists.chips.saved_menu import SavedMenu
from app.ui.lists.list_card import ListCard
from app.ui.lists.record_model import Fetch
from app.ui.page_context import PageContext
from app.ui.worker import Operation

PACKAGE = "package"
"""What is written when a 报送文件 was sealed, sent or confirmed."""
_FEW = 200
"""Up to so many changed records are put into the list one by one."""
PARTS: dict[str, View] = {"returned": "returned", "unread": "unread", "void": "void"}
"""The parts of a list of records that are saved."""


class RecordBrowser(QObject):
    """Keeps a `ListCard` filled.

    `chosen(record id)` when somebody went to a row; `began(Contents)` when the whole
    list is known for the first time, `listed` whenever it was read, with it `counted(Counts)`;
    `viewed(name)` when another part of it is shown; `began_reading(Operation)` for the reads
    before that.
    """

    chosen = Signal(str)
    began = Signal(object)
    listed = Signal()
    began_reading = Signal(object)
    counted = Signal(object)
    viewed = Signal(str)

    def __init__(
        self,
        desk: PageContext,
        record_type: type[Record],
        noun: str,
        around: Surroundings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._type, self._noun = desk, record_type, noun
        self._text = self._view = self._current = ""
        self._turn = 0
        self._begun = False
        self.counts: Counts | None = None
        self._ids = IdList()
        self._listed: Shown | None = None
        self._touched: set[str] = set()
        self._called: Mapping[str, str] = {}
        self._reading: Operation | None = None
        self.narrowing = Narrowing(self)
        self.narrowing.changed.connect(self.refresh)
        filters = ChipBar(record_type, titles_of(record_type), around, self.narrowing, upright=True)
        self.card = ListCard(self._fetch(), noun, filters)
        self.saved = SavedMenu(desk, record_type, self.narrowing, self.card)
        self.card.chosen.connect(self.chosen)
        self.card.view_chosen.connect(self.set_view)

    def begin(self) -> None:
        """Show the newest records at once, and all of them as soon as they are known."""
        job = partial(listing.first_page, self._desk.office, self._type)
        reading = self._desk.worker.read(job)
        reading.done.connect(self._show_first)
        self.began_reading.emit(reading)
        self.narrowing.ask(self._desk, self._type)

    def refresh(self) -> None:
        """Read the list again; an answer that comes too late is not shown."""
        self._read(partial(record_sheet.contents, self._desk.office, self._type, self._shown))

    def changed(self, changes: Changes) -> None:
        """Records were written; a few of them are put into their places."""
        if Campaign.type_name in changes.types:
            self.narrowing.ask(self._desk, self._type)
        if changes.types.isdisjoint({self._type.type_name, Review.type_name, PACKAGE}):
            return
        if PACKAGE in changes.types:
            # A receipt says of records that it does not name how far they have come.
            self.card.model.forget()
            self.refresh()
            return
        self.card.model.forget(changes.ids)
        self._touched |= changes.ids
        self._update()

    def drafted(self, draft: Draft) -> None:
        """What was typed is kept; while somebody types, the list is not read at every word."""
        if draft.key not in self.card.model.unfinished:
            self._update()
        elif draft.base is None:
            self.card.know([self._draft_line(draft)])

    def _update(self) -> None:
        """Put what was touched into the list shown; read it again where that does not do."""
        if self._listed == self._shown and self._shown.whole and len(self._touched) <= _FEW:
            known, touched = self._ids, frozenset(self._touched)
            office = self._desk.office
            self._read(partial(record_sheet.updated, office, self._type, known, touched))
        else:
            self.refresh()

    @property
    def narrowed(self) -> tuple[str, str]:
        """What is sought, and the part of the list that is shown."""
        return self._text, self._view

    @property
    def _shown(self) -> Shown:
        view = PARTS.get(self._view, "all")
        return Shown(self._text.strip(), view, self.narrowing.chips)

    def _read(self, job: Callable[..., Contents]) -> None:
        self._turn += 1
        if self._reading is not None:
            self._reading.cancel()
        reading = self._reading = self._desk.worker.scan(job)
        reading.done.connect(partial(self._show, self._turn, self._shown))
        reading.ended.connect(partial(self._end, reading))
        if self._shown != self._listed:
            self.card.await_answer(reading)
        if not self._begun:
            self.began_reading.emit(reading)

    def _end(self, reading: Operation) -> None:
        if self._reading is reading:
            self._reading = None

    def search(self, text: str) -> None:
        """Show only what answers to this."""
        self._text = text
        self.refresh()

    def set_view(self, name: str) -> None:
        """Show this part of the list."""
        self._view = name
        self.card.views.show_view(name)
        self.refresh()
        self.viewed.emit(name)

    def choose(self, record: str) -> None:
        """Mark the record that is shown."""
        self._current = record
        self.card.choose(record)

    def after(self, record: str) -> str:
        """The record below this one in the list, "" when it is the last."""
        ids = self.card.model.ids
        row = self.card.model.row_of(record) + 1
        return ids[row] if 0 < row < len(ids) else ""

    def _fetch(self) -> Fetch:
        def fetch(wanted: Sequence[str], take: Any) -> None:
            job = partial(listing.lines, self._desk.office, self._type, tuple(wanted))
            self._desk.worker.read(job).done.connect(take)

        return fetch

    def _show_first(self, lines: Sequence[Line]) -> None:
        self.card.know(lines)
        self.card.show_ids(IdList(first=(line.id for line in lines)), "", whole=False)
        self.refresh()

    def _show(self, turn: int, listed: Shown, found: Contents) -> None:
        if turn != self._turn:
            return
        # An answer that was overtaken is not shown: what it would have told stays touched.
        self._ids, self._listed, self._touched = found.ids, listed, set()
        self._called = found.called
        narrowed = bool(self._text or self.narrowing.chips)
        new = [d for d in found.drafts if d.base is None and not narrowed]
        self.card.model.unfinished = frozenset(draft.key for draft in found.drafts)
        self.card.show_ids(
            self._order(found, new), self._current, narrowed=narrowed or bool(self._view)
        )
        self.card.know([self._draft_line(draft) for draft in new])
        self.card.views.set_counts(found.counts, len(found.drafts))
        self.counts = found.counts
        self.counted.emit(found.counts)
        self.card.list.viewport().update()
        if not self._begun:
            self._begun = True
            self.began.emit(found)
        self.listed.emit()

    def _order(self, found: Contents, new: Sequence[Draft]) -> IdList:
        """New records that were begun come first."""
        keys = [draft.key for draft in new]
        if self._view == "draft":
            known = [d.key for d in found.drafts if d.key in found.ids]
            return IdList(first=[*keys, *known])
        return found.ids.led_by(() if self._view else keys)

    def _draft_line(self, draft: Draft) -> Line:
        own = title_in(self._type, draft.typed) or self._called.get(draft.key, "")
        return Line(draft.key, own or f"新的{self._noun}", "", draft.by_name, None, "done")
