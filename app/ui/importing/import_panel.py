"""从 Excel 导入: choose a workbook, see what would become of it, import it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.documents.workbooks.workbook import Choices, SheetColumn, SheetWanted, Source
from app.domain.kernel.errors import Problem
from app.domain.kernel.file_names import shown_name
from app.domain.records import Record
from app.services.lists.added_fields import added_fields
from app.services.workbooks import excel_import, excel_preview
from app.services.workbooks.excel_import import Decided
from app.services.workbooks.excel_preview import Seen
from app.services.workbooks.import_account import ImportAccount
from app.ui.help.topics import about
from app.ui.importing.columns_view import ColumnsView
from app.ui.importing.forms.word_files import dropped_forms
from app.ui.importing.forms.word_panel import FORM_TYPES, FORMS
from app.ui.importing.outcome import Outcome
from app.ui.importing.sheets_view import SheetsView
from app.ui.importing.taking_panel import TakingPanel
from app.ui.importing.workbook_files import WorkbookFiles, dropped_workbook
from app.ui.keys import ESCAPE, SAVE, UNDO, Action, Key, key
from app.ui.page_context import PageContext
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton

_OPEN = key("Ctrl+O", "选择表格")
_TEMPLATE = key("Ctrl+E", "存一份空模板")
_GO = Key("Ctrl+Enter", "导入", ("Ctrl+Return", "Ctrl+Enter"))
_COLUMNS = key("Ctrl+Y", "列名对应")
_READ = Key("Ctrl+Enter", "照这样读", ("Ctrl+Return", "Ctrl+Enter"))
_TO_BE_TOLD = ("MISSING_HEADING", "NO_HEADINGS", "NO_HEADING_OVER")
_WHY = (
    "单位自己的表格就行：xlsx、xls、et、csv 都认，列名认得常用的写法。\n"
    "先给您看每一行会怎样，看过再导入。\n"
    "表格也可以拖到这里；复制的一块表格，在列表上按 Ctrl+V。"
)


class ImportPanel(TakingPanel):
    """Takes rows in; `noun` is one record of the type in words (走访).

    `asked` when a person is asked for its columns or its sheet, `forms_wanted(paths)` when Word
    forms are to come in instead.
    """

    asked = Signal()
    forms_wanted = Signal(object)

    def __init__(self, desk: PageContext, record_type: type[Record], noun: str) -> None:
        super().__init__(desk, record_type)
        about(self, "import")
        self._type, self._noun = record_type, noun
        self._seen: Seen | None = None
        self._path: Source | None = None
        self._chosen: dict[str, str] = {}
        self.outcome = Outcome()
        self.columns, self.sheets = ColumnsView(record_type), SheetsView()
        self._files = WorkbookFiles(self, desk.memory)
        self._sheet = ""
        self.outcome.questions.decided.connect(self._look_again)
        self.sheets.chosen.connect(self._choose_sheet)
        self._make_actions()
        self._lay_out()

    @property
    def shown_file(self) -> Source | None:
        """The workbook whose rows are shown."""
        return self._seen.path if self._seen else None

    # -- beginning

    def begin_pasted(self, text: str) -> bool:
        """Show what would become of a range copied in Excel or WPS; False when it is none."""
        rows = excel_preview.range_of(text)
        if rows:
            self.begin_rows(rows)
        return bool(rows)

    def begin_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows, the first one their headings, as if they were a workbook."""
        self.begin()
        making = self._desk.worker.read(partial(excel_preview.pasted, rows), long=True)
        making.done.connect(self._look)
        making.failed.connect(self._refuse)

    def choose(self, path: Path) -> None:
        """Look at this workbook."""
        self._say("")
        self._files.remember(path)
        self._look(path)

    # -- making

    def _make_actions(self) -> None:
        self.back = Action(ESCAPE("返回"), self._close, self)
        self.open = Action(_OPEN, self._ask_which, self, icon="table")
        self.template = Action(_TEMPLATE, self._ask_where_template, self, icon="download-simple")
        self.forms = Action(FORMS, lambda: self.forms_wanted.emit([]), self, icon="files")
        self.forms.setEnabled(self._type in FORM_TYPES)
        self.mark = Action(SAVE("另存标出错格的副本"), self._ask_where_marked, self)
        self.map = Action(_COLUMNS, self._show_columns, self)
        self.read = Action(_READ, self._read_so, self)
        self.undo = Action(UNDO("撤销导入"), self.take_back, self)
        self.go = Action(_GO, self.carry_out, self)

    def _lay_out(self) -> None:
        ways = [self.open, self.template]
        if self._type in FORM_TYPES:
            ways.append(self.forms)
        empty = EmptyState("table", f"选一个填好的{self._noun}表格", _WHY, ways)
        title = f"从 Excel 导入{self._noun}"
        self._make_card(title, empty, _OPEN, _TEMPLATE, ESCAPE("返回"))
        self._stack.addWidget(self.outcome)
        self._stack.addWidget(self.columns)
        self._stack.addWidget(self.sheets)
        self._fill_card()
        bar = self._card.add_bar()
        bar.addWidget(KeyButton(self.back))
        self._again = KeyButton(self.open)
        bar.addWidget(self._again)
        bar.addWidget(KeyButton(self.map))
        bar.addStretch(1)
        self._undo_button = KeyButton(self.undo)
        bar.addWidget(self._undo_button)
        bar.addWidget(KeyButton(self.mark))
        bar.addWidget(KeyButton(self.read, primary=True))
        bar.addWidget(KeyButton(self.go, primary=True))

    # -- looking

    def _look(self, path: Source) -> None:
        self.outcome.questions.begin()
        self._path, self._chosen, self._sheet = path, {}, ""
        self._look_at(path)

    def _look_again(self) -> None:
        """What was decided makes another thing of the rows."""
        if self._seen is not None and self.work.isHidden():
            self._look_at(self._seen.path)

    def _look_at(self, path: Source) -> None:
        learning = self._desk.worker.read(partial(added_fields, self._desk.office, self._type))
        learning.done.connect(self.columns.learn)
        job = partial(
            excel_preview.preview, self._desk.office, self._type, path, decided=self._decided
        )
        looking = self._desk.worker.read(job, long=True)
        looking.done.connect(self._show)
        self._watch(looking, "正在读表格", "停止后什么都不会改变。")
        looking.failed.connect(self._ask_for_columns)
        looking.failed.connect(self._ask_for_sheet)

    # -- sheets

    def _ask_for_sheet(self, error: Exception) -> None:
        """Several sheets hold records, or one that nobody sees: a person says which is meant."""
        if isinstance(error, SheetWanted):
            self._seen = None
            self._say("")
            self._card.note.setText(shown_name(self._path.name) if self._path else "")
            self.sheets.show_sheets(error.titles, f"{error.what}{error.why}请选要导入的一张。")
            self._stack.setCurrentWidget(self.sheets)
            self._set_enabled()
            self.sheets.begin()
            self.asked.emit()

    def _choose_sheet(self, name: str) -> None:
        if self._path is not None:
            self._sheet = name
            self._look_at(self._path)

    @property
    def _decided(self) -> Decided:
        return Decided(
            answers=self.outcome.questions.answers,
            sheet=Choices(columns=self._chosen, sheet=self._sheet),
        )

    # -- columns

    def _ask_for_columns(self, error: Exception) -> None:
        """A required column was not recognised: a person says which one it is."""
        if isinstance(error, Problem) and error.code in _TO_BE_TOLD and self._path:
            job = partial(
                excel_preview.columns_of,
                self._desk.office,
                self._type,
                self._path,
                decided=self._decided,
            )
            asking = self._desk.worker.read(job, long=True)
            asking.done.connect(self._turn_to_columns)
            asking.failed.connect(self._refuse)

    def _show_columns(self) -> None:
        if self._seen is not None:
            self._turn_to_columns(self._seen.account.columns)

    def _turn_to_columns(self, columns: Sequence[SheetColumn]) -> None:
        self._seen = None
        self._card.note.setText(shown_name(self._path.name) if self._path else "")
        self.columns.show_columns(columns, self._chosen)
        self._stack.setCurrentWidget(self.columns)
        self._set_enabled()
        self.columns.begin()
        self.asked.emit()

    def _read_so(self) -> None:
        """Read the sheet with the columns as they stand now."""
        if self._path is not None:
            self._chosen |= self.columns.chosen
            self._look_at(self._path)

    def _show(self, seen: Seen) -> None:
        self._seen, self._done = seen, False
        self._say("")
        account = seen.account
        self._card.note.setText(f"{shown_name(seen.path.name)}，{len(account.rows):,} 行")
        self._show_account(account)
        self.seen.emit()

    def _show_account(self, account: ImportAccount) -> None:
        self.outcome.show_account(account)
        self._stack.setCurrentWidget(self.outcome)
        coming = account.added + account.changed
        self.go.setText(f"导入 {coming:,} 条" if not self._done else "导入")
        self.outcome.table.setFocus()
        self._set_enabled()

    # -- importing

    def carry_out(self) -> None:
        """Import what is shown."""
        if self._seen is None:
            return
        job = partial(excel_preview.carry_out, self._desk.office, self._seen)
        importing_now = self._desk.worker.write(job, long=True)
        importing_now.done.connect(self._finish)
        self._watch(importing_now, "正在导入", "停止后一条也不会导入。")

    def _finish(self, account: ImportAccount) -> None:
        self._done = True
        self._show_account(account)
        came = account.added + account.changed
        left = account.refused + account.asked
        rest = f"，{left:,} 行没有导入，改好以后可以再导入一次" if left else ""
        self._say(f"已导入 {came:,} 条{rest}。", "ok")
        self.imported.emit(account)
        self.last.ask()

    # -- what can be done

    @property
    def _shows_file(self) -> bool:
        return self._seen is not None

    def _set_enabled(self) -> None:
        rest, account = self.work.isHidden(), self._seen.account if self._seen else None
        shown = account is not None
        for action in (self.back, self.open, self.template):
            action.setEnabled(rest)
        mapping = self._stack.currentWidget() is self.columns
        choosing = self._stack.currentWidget() is self.sheets
        self._again.setVisible(shown or mapping or choosing)
        self.read.setVisible(mapping)
        self.read.setEnabled(rest and mapping)
        self.map.setVisible(shown and not self._done and not mapping)
        self.map.setEnabled(rest)
        self.mark.setVisible(account is not None and account.refused + account.asked > 0)
        self.mark.setEnabled(rest)
        self.undo.setVisible(self._undoable)
        self.undo.setEnabled(rest and self._undoable)
        self.go.setVisible(shown and not self._done)
        came = account is not None and account.added + account.changed > 0
        self.go.setEnabled(rest and came)

    # -- files

    def _ask_which(self) -> None:
        self._files.ask_which(self.choose)

    def _ask_where_template(self) -> None:
        target = self._files.folder / f"{self._noun}导入模板.xlsx"
        self._files.ask_where("存一份空模板", target, self.save_template)

    def _ask_where_marked(self) -> None:
        if self._seen is not None:
            source = self._seen.path
            folder = source.parent if isinstance(source, Path) else self._files.folder
            target = folder / f"{source.stem}-检查.xlsx"
            self._files.ask_where("另存标出错格的副本", target, self.save_marked)

    def save_template(self, target: Path) -> None:
        """Write an empty template."""
        saving = self._desk.worker.read(
            partial(excel_import.template_here, self._desk.office, self._type, target),
            long=True,
        )
        saving.done.connect(lambda _: self._say(f"模板已存为 {target}", "ok"))
        saving.failed.connect(self._refuse)
        self._files.remember(target)

    def save_marked(self, target: Path) -> None:
        """Write a copy of the workbook with the bad cells marked."""
        if self._seen is not None:
            job = partial(excel_preview.marked_copy, self._desk.office, self._seen, target)
            marking = self._desk.worker.write(job, long=True)
            words = f"已存为 {target}。改好标出的格，再导入这个副本。"
            marking.done.connect(lambda _: self._say(words, "ok"))
            self._watch(marking, "正在标出错格", "停止后不会留下副本。")

    # -- dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        carried = event.mimeData()
        if self.work.isHidden() and (dropped_workbook(carried) or self._dropped_forms(carried)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_workbook(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.choose(path)
        elif forms := self._dropped_forms(event.mimeData()):
            event.acceptProposedAction()
            self.forms_wanted.emit(forms)

    def _dropped_forms(self, carried: QMimeData) -> list[Path]:
        return dropped_forms(carried) if self._type in FORM_TYPES else []

    # -- going back

    def _close(self) -> None:
        self._forget()
        self.closed.emit()

    def _forget(self) -> None:
        self._seen = None
        self._done = False
