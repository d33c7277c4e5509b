"""What takes the place of the records: 打印, 导出, 批量, 从 Excel 和 Word 导入, other work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.records import Record
from app.services.lists.table_query import TableQuery
from app.services.papers.paper_catalogue import papers_of
from app.ui.exporting.batch_panel import BatchPanel
from app.ui.exporting.export_panel import ExportPanel
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.layouts import titles_of
from app.ui.importing.forms.word_panel import WordPanel
from app.ui.importing.import_panel import ImportPanel
from app.ui.lists.list_card import ListCard
from app.ui.lists.table.arrangement import TableMemory
from app.ui.lists.table.table_card import TableCard
from app.ui.page_context import PageContext
from app.ui.pages.records.browse.record_browser import PARTS, RecordBrowser
from app.ui.pages.records.browse.table_browser import TableBrowser
from app.ui.pages.records.kind import Work, WorkPanel
from app.ui.printing.print_panel import PrintPanel

Panel = PrintPanel | ImportPanel | WordPanel | WorkPanel | ExportPanel | BatchPanel


class Panels(QObject):
    """Makes a panel when it is first asked for, and puts the records back when it is closed.

    `turned` when another of them is shown.
    """

    turned = Signal()

    def __init__(
        self,
        desk: PageContext,
        record_type: type[Record],
        noun: str,
        browsing: RecordBrowser,
        around: Surroundings,
        *,
        stage: QStackedLayout,
    ) -> None:
        super().__init__(stage)
        self._desk, self._type, self._noun = desk, record_type, noun
        self._browsing, self._stage = browsing, stage
        self._home: QWidget | None = None
        self._around = around
        self._printing: PrintPanel | None = None
        self.importing: ImportPanel | None = None
        self.forms: WordPanel | None = None
        self.working: WorkPanel | None = None
        self._works: dict[Work, WorkPanel] = {}
        self._exporting: ExportPanel | None = None
        self._batch: BatchPanel | None = None

    @property
    def at_rest(self) -> bool:
        """Whether the records are shown."""
        return self._stage.currentWidget() not in self._panels

    @property
    def _panels(self) -> list[Panel]:
        held = (
            self._printing,
            self.importing,
            self.forms,
            *self._works.values(),
            self._exporting,
            self._batch,
        )
        return [panel for panel in held if panel is not None]

    def activate(self) -> None:
        """Put the focus into the panel shown."""
        for panel in self._panels:
            if panel is self._stage.currentWidget():
                panel.activate()

    def changed(self, changes: Changes) -> None:
        """Records were written."""
        for working in self._works.values():
            working.changed(changes)

    def keep(self) -> None:
        """What was typed in them and is not saved is kept."""
        for working in self._works.values():
            working.keep()

    def search(self, text: str) -> None:
        """The search box holds this now."""
        if self.working is not None:
            self.working.search(text)

    def open_work(
        self,
        work: Work,
        around: Surroundings,
        current: str | None,
        browser: TableBrowser | None = None,
    ) -> None:
        """Work on many records, or beside this one, with the rows selected in table or list."""
        working = self._works.get(work)
        if working is None:
            working = self._works[work] = work.make(self._desk, around)
            self._add(working)
        self.working = working
        self._turn(self.working)
        self.working.begin_with(current, self._asked(browser)[1].selected)
        self.working.activate()

    def open_print(self, current: str | None) -> None:
        """Look at what would be printed, of this record first."""
        card = self._browsing.card
        panel = self._print_panel()
        panel.show_for(self._type, current, card.selected, card.model.ids, table=self.as_table())

    def open_table_print(self, browser: TableBrowser) -> None:
        """Look at the table as it would be printed, of the rows selected or of all."""
        card = browser.card
        chosen = card.selected if len(card.selected) > 1 else []
        panel, ids = self._print_panel(), card.model.ids
        panel.show_for(self._type, None, chosen, ids, table=browser.query, as_table=True)

    def open_export(self, browser: TableBrowser | None = None) -> None:
        """Take along what the list, or the table, shows: the rows selected, or all."""
        if self._exporting is None:
            self._exporting = ExportPanel(self._desk)
            self._add(self._exporting)
        self._turn(self._exporting)
        query, card = self._asked(browser)
        self._exporting.show_for(query, card.selected, card.model.ids)

    def open_batch(self, browser: TableBrowser | None = None) -> None:
        """Change the rows selected at once."""
        if self._batch is None:
            self._batch = BatchPanel(self._desk, self._type, self._noun, self._around)
            self._add(self._batch)
        query, card = self._asked(browser)
        chosen = card.selected
        self._turn(self._batch)
        self._batch.show_for(chosen, query.added)

    def _asked(self, browser: TableBrowser | None) -> tuple[TableQuery, ListCard | TableCard]:
        """What is shown now, in the table or in the list, and where it stands."""
        if browser is not None:
            return browser.query, browser.card
        text, view = self._browsing.narrowed
        shown = replace(self.as_table(), text=text, view=PARTS.get(view, "all"))
        return shown, self._browsing.card

    def as_table(self) -> TableQuery:
        """The list as its table would be: the columns somebody chose, the conditions that hold."""
        titles, office = titles_of(self._type), self._desk.office
        memory = TableMemory(self._desk.memory, office.operator, self._type, titles)
        narrowing = self._browsing.narrowing
        memory.added = added = narrowing.added or ()
        columns = memory.read().columns
        return TableQuery(self._type, columns, chips=narrowing.chips, titles=titles, added=added)

    def _print_panel(self) -> PrintPanel:
        if self._printing is None:
            self._printing = PrintPanel(self._desk, papers_of(self._type))
            self._add(self._printing)
        self._turn(self._printing)
        return self._printing

    def open_import(self) -> None:
        """Ask for a workbook."""
        panel = self._import_panel()
        self._turn(panel)
        panel.begin()

    def open_workbook(self, paths: Sequence[Path]) -> None:
        """Look at what would become of the first of these."""
        self.open_import()
        self._import_panel().choose(paths[0])

    def open_forms(self, paths: Sequence[Path] = ()) -> None:
        """Ask for filled Word forms, or read these."""
        if self.forms is None:
            self.forms = WordPanel(self._desk)
            self.forms.sheet_wanted.connect(self._open_rows)
            self._add(self.forms)
        self._turn(self.forms)
        self.forms.begin()
        if paths:
            self.forms.choose(paths)

    def _open_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """A list that stood in a Word file is looked at as a workbook would be."""
        panel = self._import_panel()
        self._turn(panel)
        panel.begin_rows(rows)

    def paste(self) -> None:
        """A range copied in Excel or WPS is looked at as a workbook would be."""
        panel = self._import_panel()
        if panel.begin_pasted(QApplication.clipboard().text()):
            self._turn(panel)

    def _form_focus(self) -> None:
        """Where the list gave its place to another card, the form goes on."""
        work = self._stage.widget(0)
        (work.focusWidget() or work).setFocus()

    def _import_panel(self) -> ImportPanel:
        if self.importing is None:
            self.importing = ImportPanel(self._desk, self._type, self._noun)
            self.importing.forms_wanted.connect(self.open_forms)
            self._add(self.importing)
        return self.importing

    def _add(self, panel: Panel) -> None:
        panel.closed.connect(self.close)
        self._stage.addWidget(panel)

    def _turn(self, panel: QWidget) -> None:
        if self.at_rest:
            self._home = self._stage.currentWidget()
        self._stage.setCurrentWidget(panel)
        self.turned.emit()

    def close(self) -> None:
        """Show the records again, as they were shown before."""
        work, home = self._stage.widget(0), self._home
        self._stage.setCurrentWidget(home or work)
        self.turned.emit()
        if home is not None and home is not work:
            home.setFocus()
        elif self._browsing.card.isHidden():
            self._form_focus()
        else:
            self._browsing.card.list.setFocus()
