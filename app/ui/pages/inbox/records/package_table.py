"""What came in a package as a table, in the place of its list: one type of records at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout

from app.domain.kernel.changes import Changes
from app.domain.records import TYPES
from app.services.lists.table_columns import STANDING
from app.services.lists.table_query import TableQuery
from app.services.receiving import package_records
from app.services.receiving.package_records import Held
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.layouts import titles_of
from app.ui.keys import TABLE, Action
from app.ui.lists.chips.narrowing import Narrowing
from app.ui.page_context import PageContext
from app.ui.pages.records.browse.table_browser import TableBrowser


class PackageTable(QObject):
    """`left(record id)` when the list is wanted again, with the record that was walked to."""

    left = Signal(str)

    def __init__(self, desk: PageContext, around: Surroundings, stage: QStackedLayout) -> None:
        super().__init__(stage)
        self._desk, self._around, self._stage = desk, around, stage
        self.browser: TableBrowser | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the table stands in the place of the list."""
        return self.browser is not None and self._stage.currentWidget() is self.browser.card

    def show(self, held: Held, record: str) -> None:
        """Show these records, on the row of one of them."""
        self.close()
        browser = self.browser = self._made(held)
        self._stage.addWidget(browser.card)
        self._stage.setCurrentWidget(browser.card)
        browser.show(record)
        browser.card.setFocus()

    def activate(self) -> bool:
        """Put the focus on the table, if it is shown."""
        if self.browser is not None and self.is_shown:
            self.browser.card.setFocus()
        return self.is_shown

    def changed(self, changes: Changes) -> None:
        """Records were written."""
        if self.browser is not None:
            self.browser.changed(changes)

    def close(self) -> None:
        """Show the list again, and forget the table: another package brings other records."""
        if self.browser is not None:
            gone, self.browser = self.browser, None
            self._stage.setCurrentIndex(0)
            self._stage.removeWidget(gone.card)
            gone.card.deleteLater()
            gone.deleteLater()

    def _made(self, held: Held) -> TableBrowser:
        record_type = TYPES[held.type]
        base = TableQuery(
            record_type,
            titles=((STANDING, "审核"), *titles_of(record_type)),
            within=held.ids,
            said_of=package_records.verdicts,
        )
        noun = record_type.facts.noun or held.label
        narrowing = Narrowing(self)
        made = TableBrowser(self._desk, base, self._around, narrowing, noun=noun, parent=self)
        narrowing.ask(self._desk, record_type)
        made.card.views.hide()
        made.card.title.setText(f"收到的{held.label}")
        made.card.title.show()
        layout = made.card.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setContentsMargins(0, 0, 0, 0)
        Action(TABLE("列表"), self._leave, made.card)
        made.opened.connect(lambda record: self._leave())
        made.left.connect(self._leave)
        return made

    def _leave(self) -> None:
        record = self.browser.card.record if self.browser is not None else ""
        self.close()
        self.left.emit(record)
