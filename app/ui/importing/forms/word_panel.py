"""从 Word 导入: choose forms, look at what was read, and only then let them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.records import Record, Visit
from app.services.wordforms import form_files, form_import
from app.services.wordforms.filled_forms import FilledForm, FormsRead
from app.services.wordforms.form_import import FormsSeen
from app.services.wordforms.form_judging import Decided, open_doubts
from app.services.workbooks.import_account import ImportAccount, ImportRow
from app.ui.help.topics import about
from app.ui.importing.forms.form_list import Entry, FormList
from app.ui.importing.forms.form_view import FormView
from app.ui.importing.forms.word_files import WordFiles, dropped_forms
from app.ui.importing.questions import Questions
from app.ui.importing.taking_panel import TakingPanel
from app.ui.keys import ACCEPT, DISCARD, ESCAPE, UNDO, Action, Key, key
from app.ui.page_context import PageContext
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton

FORMS = key("Ctrl+Shift+I", "Word 登记表")
FORM_TYPES: frozenset[type[Record]] = frozenset({Visit})
"""The types whose paper form comes in as a Word file (附件2)."""

_OPEN = key("Ctrl+O", "选择文件")
_FOLDER = key("Ctrl+Shift+O", "选择文件夹")
_SHEET = key("Ctrl+Shift+E", "按表格导入名单")
_GO = Key("Ctrl+Enter", "导入", ("Ctrl+Return", "Ctrl+Enter"))
_NARROW, _WIDE = 260, 372
"""Pixels of width of the list of forms."""
_WHY = (
    "docx、doc、wps、odt 都认，一个文件里有几份也行。\n"
    "一栏一栏读出来，原文就在旁边，看不准的要您看过才导入。\n"
    "文件或整个文件夹也可以拖到这里。"
)


class WordPanel(TakingPanel):
    """Takes filled forms in; `sheet_wanted(rows)` when a list is to come in as a sheet would."""

    sheet_wanted = Signal(object)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, Visit)
        about(self, "word")
        self._read: FormsRead | None = None
        self._seen: FormsSeen | None = None
        self._decided = self._judged_for = Decided()
        self._rows: dict[int, ImportRow] = {}
        self._judging = self._asked_to_close = False
        self.questions, self.list, self.view = Questions("份"), FormList(), FormView()
        self._files = WordFiles(self, desk.memory)
        self.questions.decided.connect(self._answer)
        self.list.chosen.connect(self._show_entry)
        self.list.entered.connect(lambda: self.view.go_to(self.view.name))
        self.view.typed.connect(self._type)
        self.view.looked.connect(self._look_at_blank)
        self._make_actions()
        self._lay_out()

    # -- beginning

    def choose(self, paths: Sequence[Path]) -> None:
        """Read these files and folders."""
        self._forget()
        self._say("")
        self._files.remember(paths)
        job = partial(form_files.read_files, self._desk.office, list(paths))
        reading = self._desk.worker.read(job, long=True)
        reading.done.connect(self._show_read)
        self._watch(reading, "正在读登记表", "停止后什么都不会改变。")

    # -- making

    def _make_actions(self) -> None:
        self.back = Action(ESCAPE("返回"), self._close, self)
        self.open = Action(_OPEN, lambda: self._files.ask_files(self.choose), self, icon="files")
        self.folder = Action(
            _FOLDER, lambda: self._files.ask_folder(self.choose), self, icon="folder-open"
        )
        self.undo = Action(UNDO("撤销导入"), self.take_back, self)
        self.leave = Action(DISCARD("不要这一份"), self._leave_out, self)
        self.as_sheet = Action(_SHEET, self._open_sheet, self, icon="table")
        self.confirm = Action(ACCEPT("看过了，下一处"), self._confirm, self)
        self.go = Action(_GO, self.carry_out, self)

    def _lay_out(self) -> None:
        empty = EmptyState("files", "选填好的登记表", _WHY, [self.open, self.folder])
        self._make_card("从 Word 登记表导入走访", empty, _OPEN, _FOLDER, ESCAPE("返回"))
        self.list.setMinimumWidth(_NARROW)
        self.list.setMaximumWidth(_WIDE)
        self._both = QWidget()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list, 3)
        row.addWidget(self.view, 7)
        self._stack.addWidget(self._both)
        self._fill_card(self.questions)
        bar = self._card.add_bar()
        bar.addWidget(KeyButton(self.back))
        self._again = KeyButton(self.open)
        bar.addWidget(self._again)
        bar.addWidget(KeyButton(self.leave))
        bar.addWidget(KeyButton(self.as_sheet))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.undo))
        bar.addWidget(KeyButton(self.confirm))
        bar.addWidget(KeyButton(self.go, primary=True))

    # -- looking

    def _show_read(self, read: FormsRead) -> None:
        self._read = read
        self.list.show_read(read)
        self._stack.setCurrentWidget(self._both)
        self._tell_all()
        self.list.table.setFocus()
        self._judge()

    def _judge(self) -> None:
        """Find out what becomes of the forms as they stand now."""
        if self._read is None or self._judging:
            return
        self._judging, self._judged_for = True, self._decided
        job = partial(form_import.look, self._desk.office, self._read, self._decided)
        judging = self._desk.worker.read(job, long=True)
        judging.done.connect(self._show_judged)
        judging.failed.connect(self._refuse)
        judging.ended.connect(self._end_judging)
        self._set_enabled()

    def _show_judged(self, seen: FormsSeen) -> None:
        if seen.read is self._read and not self._done:
            self._seen = seen
            self._rows = {row.row: row for row in seen.account.rows}
            self.questions.answers = dict(self._decided.answers)
            self.questions.show_account(seen.account)
            self._tell_all()
            self.seen.emit()

    def _end_judging(self) -> None:
        """What was decided meanwhile makes another thing of the forms."""
        self._judging = False
        if self._read is not None and not self._done and self._judged_for != self._decided:
            self._judge()
        self._set_enabled()

    def _tell_all(self) -> None:
        assert self._read is not None
        self.list.tell_outcomes(self._rows, self._decided, dry_run=not self._done)
        entry = self.list.current
        if entry is not None:
            self._show_entry(entry)
        forms, count = self._read.forms, self._open
        rest = f"，还有 {count:,} 处要看" if count and not self._done else ""
        self._card.note.setText(f"{len(self._read.files):,} 个文件，{len(forms):,} 份{rest}")
        self._set_enabled()

    def _show_entry(self, entry: Entry) -> None:
        assert self._read is not None
        if not isinstance(entry, FilledForm):
            self.view.show_file(entry)
        else:
            row = self._rows.get(entry.number)
            told_of = row.told if row is not None else ""
            lists = self._read.files[entry.file].lists
            aside = f"这个文件里还有 {len(lists)} 张名单，没有读，可以按表格导入。" if lists else ""
            words = " ".join(filter(None, (told_of, aside)))
            self.view.show_form(entry, self._read.files[entry.file], self._decided, words)
        self._set_enabled()

    # -- deciding

    def _change(self, decided: Decided) -> None:
        self._decided = decided
        self._asked_to_close = False
        self._tell_all()
        self._judge()

    def _type(self, number: int, name: str, words: str) -> None:
        """Take what was typed into a blank of the form of this number, which may be left now."""
        if self._read is None or not self._free:
            return
        form = next(form for form in self._read.forms if form.number == number)
        typed = {**self._decided.typed, (number, name): words}
        if words == form.words(name):
            del typed[number, name]
        self._change(replace(self._decided, typed=typed))

    def _look_at_blank(self, name: str) -> None:
        """It was looked at; pressed once more, it is open again."""
        form = self._form
        if form is not None and self._free:
            looked = self._decided.looked ^ {(form.number, name)}
            self._change(replace(self._decided, looked=looked))

    def _confirm(self) -> None:
        """What is shown was looked at; go on to what is not."""
        self.view.take_typed()
        form, name = self._form, self.view.name
        if form is not None:
            doubtful = {name for name, _ in open_doubts(form, self._decided)}
            if name in doubtful and self._is_looked_at:
                looked = self._decided.looked | {(form.number, name)}
                self._change(replace(self._decided, looked=looked))
        self._go_to_open()

    @property
    def _is_looked_at(self) -> bool:
        """Whether one is at the blanks: what was not seen is not confirmed."""
        return self.view.table.hasFocus() or self.view.words.hasFocus()

    def _go_to_open(self) -> None:
        """Go to the next place to be looked at, of this form or of those after it."""
        assert self._read is not None
        forms, now = self._read.forms, self._form
        at = forms.index(now) if now is not None else 0
        for form in [*forms[at:], *forms[:at]]:
            name = next((name for name, _ in open_doubts(form, self._decided)), None)
            if name is not None:
                self.list.go_to(form.number)
                self.view.go_to(name)
                return
        self.list.table.setFocus()

    def _leave_out(self) -> None:
        form = self._form
        if form is not None and self._free:
            self._change(replace(self._decided, out=self._decided.out ^ {form.number}))

    def _open_sheet(self) -> None:
        """Look at the list of visits in this file as at a sheet."""
        lists = self._lists
        if lists:
            self.sheet_wanted.emit(lists[0])

    @property
    def _lists(self) -> Sequence[Sequence[Sequence[str]]]:
        """The lists of visits in the file looked at."""
        entry = self.list.current if self._read is not None else None
        if self._read is None or entry is None:
            return ()
        file = self._read.files[entry.file] if isinstance(entry, FilledForm) else entry
        return file.lists

    def _answer(self) -> None:
        self._change(replace(self._decided, answers=dict(self.questions.answers)))

    @property
    def _form(self) -> FilledForm | None:
        entry = self.list.current
        return entry if isinstance(entry, FilledForm) else None

    @property
    def _open(self) -> int:
        """How many places are still to be looked at."""
        forms = self._read.forms if self._read is not None else []
        return sum(len(list(open_doubts(form, self._decided))) for form in forms)

    @property
    def _free(self) -> bool:
        """Whether something can still be decided."""
        return self._read is not None and not self._done and self.work.isHidden()

    # -- importing

    def carry_out(self) -> None:
        """Import what is shown."""
        self.view.take_typed()
        if self._seen is None or self._seen.decided != self._decided:
            self._say("改动还在核对，核对好了请再按一次 Ctrl+Enter。")
            return
        job = partial(form_import.carry_out, self._desk.office, self._seen)
        importing_now = self._desk.worker.write(job, long=True)
        importing_now.done.connect(self._finish)
        self._watch(importing_now, "正在导入", "停止后一份也不会导入。")

    def _finish(self, account: ImportAccount) -> None:
        self._done = True
        self._rows = {row.row: row for row in account.rows}
        self.questions.show_account(account)
        self.view.set_free(False)
        self._tell_all()
        came, left = account.added + account.changed, account.refused + account.asked
        rest = f"，{left:,} 份没有导入，可以再选这些文件导入一次" if left else ""
        self._say(f"已导入 {came:,} 份，原文件附在记录上{rest}。", "ok")
        self.imported.emit(account)
        self.list.table.setFocus()
        self.last.ask()

    # -- what can be done

    @property
    def _shows_file(self) -> bool:
        return self._read is not None

    def _set_enabled(self) -> None:
        rest, shown = self.work.isHidden(), self._shows_file
        for action in (self.back, self.open, self.folder):
            action.setEnabled(rest)
        self._again.setVisible(shown)
        form = self._form if shown else None
        self.leave.setVisible(form is not None and not self._done)
        self.leave.setEnabled(self._free)
        out = form is not None and form.number in self._decided.out
        self.leave.setText("还是要这一份" if out else "不要这一份")
        self.confirm.setVisible(shown and not self._done and self._open > 0)
        self.confirm.setEnabled(self._free)
        self.as_sheet.setVisible(bool(self._lists))
        self.as_sheet.setEnabled(rest and bool(self._lists))
        self.undo.setVisible(self._undoable)
        self.undo.setEnabled(rest and self._undoable)
        self.go.setVisible(shown and not self._done)
        known = self._seen is not None and self._seen.decided == self._decided
        account = self._seen.account if self._seen is not None else None
        came = account.added + account.changed if account is not None else 0
        self.go.setText(f"导入 {came:,} 份" if shown and not self._done else "导入")
        self.go.setEnabled(rest and known and came > 0)

    # -- dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.work.isHidden() and dropped_forms(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_forms(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.choose(paths)

    # -- going back

    def _close(self) -> None:
        """Go back; what was decided and not yet imported is only let go when asked twice."""
        self.view.take_typed()
        decided = self._decided.typed or self._decided.looked
        if decided and not self._done and not self._asked_to_close:
            self._asked_to_close = True
            self._say("看过的和改过的还没有导入，返回就不留了。再按一次 Esc 返回。", "warning")
            return
        self._forget()
        self.closed.emit()

    def _forget(self) -> None:
        self._read = self._seen = None
        self._decided, self._rows = Decided(), {}
        self._done = self._asked_to_close = False
        self.questions.begin()
        self.questions.hide()
        self.view.set_free(True)
