"""The table in the place of list and record: made when first wanted, and the same list still."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedLayout

from app.domain.kernel.changes import Changes
from app.services.lists.table_query import TableQuery
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.layouts import titles_of
from app.ui.keys import BATCH, EXPORT, IMPORT, NEW, PRINT, TABLE, Action, tell
from app.ui.lists.table.arrangement import was_shown
from app.ui.lists.table.row_copying import RowCopying
from app.ui.page_context import PageContext
from app.ui.pages.records.browse.record_browser import RecordBrowser
from app.ui.pages.records.browse.table_browser import TableBrowser
from app.ui.pages.records.kind import RecordKind, Work
from app.ui.pages.records.panels import Panels

_BACK = TABLE("列表")


class TablePlace(QObject):
    """`opened(record id)` when a row is to be seen whole, `turned` when it comes or goes.

    `current` tells the record in the form; `begin` begins a new one there. What is sought, the
    part of the list and its conditions are those of the list beside the record.
    """

    opened = Signal(str)
    turned = Signal()
    told = Signal(str)

    def __init__(
        self,
        desk: PageContext,
        kind: RecordKind,
        around: Surroundings,
        browsing: RecordBrowser,
        panels: Panels,
        *,
        stage: QStackedLayout,
        current: Callable[[], str],
        begin: Callable[[], object],
    ) -> None:
        super().__init__(stage)
        self._desk, self._kind, self._around = desk, kind, around
        self._list, self._panels, self._stage = browsing, panels, stage
        self._current, self._begin = current, begin
        self._actions: Sequence[Action] = ()
        self._copying = RowCopying(desk, self)
        self._copying.told.connect(self.told)
        browsing.card.list.copied.connect(self._copy_of_list)
        self.browser: TableBrowser | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the table stands in the place of list and record."""
        return self.browser is not None and self._stage.currentWidget() is self.browser.card

    @property
    def was_shown(self) -> bool:
        """Whether this list was looked at as a table when the window was closed."""
        return was_shown(self._desk.memory, self._desk.office.operator, self._kind.record_type)

    @property
    def actions_shown(self) -> Sequence[Action]:
        """What the header offers while the table is shown."""
        return self._actions

    def show(self) -> None:
        """Show the table, on the row of the record in the form."""
        browser = self.browser or self._make()
        self._stage.setCurrentWidget(browser.card)
        browser.show(self._current())
        browser.card.setFocus()
        self.turned.emit()

    def leave(self) -> None:
        """Show list and record again, with the record of the row."""
        if self.is_shown and self.browser is not None:
            record = self.browser.card.record
            self._go_back()
            if record:
                self.opened.emit(record)

    def give_way(self) -> None:
        """Show list and record, whatever comes to stand there."""
        if self.is_shown:
            self._go_back()

    def search(self, text: str) -> None:
        """Show only what answers to this."""
        if self.browser is not None:
            self.browser.search(text)

    def changed(self, changes: Changes) -> None:
        """Records were written."""
        if self.browser is not None:
            self.browser.changed(changes)

    def _copy_of_list(self) -> None:
        """The rows selected in the list, as its table would have them."""
        self._copying.copy(self._panels.as_table(), self._list.card.selected)

    def _go_back(self) -> None:
        assert self.browser is not None
        self.browser.leave()
        self._stage.setCurrentIndex(0)
        self._list.card.list.setFocus()
        self.turned.emit()

    def _make(self) -> TableBrowser:
        kind, browsing = self._kind, self._list
        base = TableQuery(kind.record_type, titles=titles_of(kind.record_type))
        made = TableBrowser(
            self._desk, base, self._around, browsing.narrowing, noun=kind.noun, parent=self
        )
        text, view = browsing.narrowed
        made.search(text)
        made.set_view(view)
        if browsing.counts is not None:
            made.set_counts(browsing.counts)
        browsing.counted.connect(made.set_counts)
        browsing.viewed.connect(made.set_view)
        made.view_chosen.connect(browsing.set_view)
        made.opened.connect(lambda record: self.leave())
        made.left.connect(self.leave)
        made.told.connect(self.told)
        made.card.view.pasted.connect(self._panels.paste)
        self._stage.addWidget(made.card)
        self._actions = self._made_actions(made)
        self.browser = made
        return made

    def _made_actions(self, browser: TableBrowser) -> Sequence[Action]:
        card = browser.card
        aside = [one for one in self._kind.works if one.quiet]
        for one in aside:
            Action(one.key, partial(self._open_work, one, browser), card)
        tell(card, *(one.key for one in aside))
        printing = partial(self._panels.open_table_print, browser)
        return (
            Action(_BACK, self.leave, card, icon="list"),
            Action(PRINT, printing, card, icon="printer"),
            Action(EXPORT, partial(self._panels.open_export, browser), card, icon="export"),
            Action(BATCH, partial(self._panels.open_batch, browser), card, icon="stack"),
            Action(IMPORT, self._panels.open_import, card, icon="upload-simple"),
            Action(NEW, self._begin_new, card, icon="plus"),
        )

    def _open_work(self, what: Work, browser: TableBrowser) -> None:
        self._panels.open_work(what, self._around, browser.card.record or None, browser)

    def _begin_new(self) -> None:
        self.give_way()
        self._begin()
