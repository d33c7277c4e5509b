"""What came in a package, record by record: read, 通过, 退回 with a question, 电话更正."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.kernel.added_values import value_in
from app.domain.kernel.changes import Changes
from app.domain.kernel.fields import FieldSpec
from app.domain.records import TYPES, Review
from app.services.receiving import package_records
from app.services.receiving.inbox import Delivery
from app.services.receiving.package_records import Held, Sheet
from app.services.records.saving import Saved
from app.services.reviewing import reviews
from app.services.reviewing.several import Target
from app.services.reviewing.two_steps import DRAFTS
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.keys import ESCAPE, SIDEWAYS, TABLE, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.records.held_list import HeldList
from app.ui.pages.inbox.records.package_table import PackageTable
from app.ui.pages.inbox.records.several_panel import SeveralPanel
from app.ui.pages.inbox.records.sheet_card import SheetCard
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT

_QUESTION = Key("Ctrl+B", "退回提问", ("Ctrl+B",))
_CORRECT = Key("Ctrl+E", "电话更正", ("Ctrl+E",))
_PASS = Key("Ctrl+Enter", "通过", ("Ctrl+Return", "Ctrl+Enter"))
_WHOLE = Key("Ctrl+Shift+Enter", "整份通过", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"))
_GIVEN = frozenset({"number", "unit", "owner", "attachments", "accepted"})
"""Members nobody asks about or corrects by telephone."""
_WHICH = "先用 Enter、Shift+Tab 到要说的那一栏，再按一次。"
_OR_NOT = "按 Ctrl+Enter 退回；再按一次 Esc 就不要了。"


class RecordsView(QWidget):
    """The records of one merged package; `left` when the list of files is wanted again."""

    left = Signal()

    def __init__(self, desk: PageContext, lookups: OfficeLookups) -> None:
        super().__init__()
        self._desk, self._office = desk, desk.office
        self._turn = 0
        self._spec: FieldSpec | None = None
        self._key = ""
        self._busy = self._sure = self._wrote = False
        self._package = 0
        self._asked_of: dict[str, dict[str, str]] = {}
        self.card = SheetCard(desk, Surroundings(self._office.today, lookups.lookups()))
        self.form, self.panel = self.card.form, self.card.panel
        self.held = HeldList(desk)
        self.list, self.model = self.held.list, self.held.model
        self.several = SeveralPanel(desk)
        self._said = MessageLine()
        self._said.hide()
        self._make_actions()
        self._lay_out()
        around = Surroundings(self._office.today, lookups.lookups())
        self.table = PackageTable(desk, around, self._whole)
        self._listen()

    # -- what the page asks

    def show_package(self, one: Delivery) -> None:
        """Read what a package brought."""
        self.held.call(one.title)
        self.card.sheet = None
        self._package = one.package
        self.whole.setVisible(one.from_below)
        self.whole.setEnabled(one.from_below)
        self._tell(passes=one.from_below)
        self.table.close()
        self._forget()
        job = partial(package_records.held_by, self._office, one.package)
        reading = self._desk.worker.read(job)
        reading.done.connect(partial(self._show_held, self._turn))
        self._awaited.wait(reading)

    def activate(self) -> None:
        """Put the focus on the list, or the table in its place."""
        if not self.table.activate():
            self.list.setFocus()

    def outdated(self, changes: Changes) -> None:
        """Records were written: read the shown one again."""
        told = {Review.type_name, DRAFTS, self.held.type_name}
        if self.card.sheet is not None and changes.types & told:
            self.held.forget()
            self._open(self._key)
        self.table.changed(changes)

    def search(self, text: str) -> None:
        """The records of a package are few; there is nothing to search."""

    def set_narrow(self, narrow: bool) -> None:
        """Leave the record room."""
        self.held.set_narrow(narrow)

    @property
    def questions(self) -> dict[str, str]:
        """What was asked of the shown record and is not sent yet, by field."""
        return self._asked_of.setdefault(self._key, {})

    # -- making

    def _make_actions(self) -> None:
        self.back = Action(ESCAPE("返回"), self._back, self)
        self.ask = Action(_QUESTION, self._ask, self)
        self.correct = Action(_CORRECT, self._correct, self)
        self.go_on = Action(_PASS, self._go_on, self)
        self.as_table = Action(TABLE, self._show_table, self.held, icon="table")
        self.whole = Action(_WHOLE, self._pass_whole, self)
        self.addAction(self.several.undo)
        self._tell(passes=True)
        tell(self.form, _QUESTION, _CORRECT, _PASS, ESCAPE("返回"))

    def _tell(self, *, passes: bool) -> None:
        """The keys of the list; what an office above sent is not passed."""
        told = (UP_DOWN("选一条"), SIDEWAYS, Key("Enter", "看各项"), Key("Shift+↓", "选多条"))
        deeds = (_PASS, _QUESTION, _WHOLE) if passes else ()
        tell(self.list, *told, *deeds, ESCAPE("返回"))

    def _lay_out(self) -> None:
        self.held.offer(self.back, self.as_table, self.whole)
        self.card.offer((self.ask, self.correct), self.go_on)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self.held)
        right = QVBoxLayout()
        right.setSpacing(LIGHT.gap)
        right.addWidget(self.card, 1)
        right.addWidget(self.several)
        right.addWidget(self._said)
        row.addLayout(right, 1)
        self._awaited = Awaited(inside)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(self._awaited)

    def _listen(self) -> None:
        self.held.moved.connect(self._open)
        self.held.emptied.connect(self._show_nothing)
        self.held.picked.connect(self._show_next)
        self.list.entered_record.connect(self._enter_form)
        self.card.moved.connect(self._focused)
        self.table.left.connect(self._leave_table)
        self.panel.asked.connect(self._asked)
        self.panel.corrected.connect(self._go_on)
        self.several.said.connect(self._say)
        self.several.closed.connect(self.list.setFocus)
        self.several.refused.connect(self._read_again)

    # -- what is shown

    def _show_table(self) -> None:
        if self.held.listed:
            self.table.show(self.held.listed, self._key)

    def _leave_table(self, record: str) -> None:
        """The record that was walked to stands beside the list again."""
        self.list.setFocus()
        self.held.go_to(record)

    def _forget(self) -> None:
        """Nobody may ask any more for what was shown."""
        self._turn += 1
        self._key = ""
        self.held.clear()

    def _show_held(self, turn: int, held: list[Held]) -> None:
        if turn == self._turn:
            self._forget()
            self.held.show_held(held)

    def _show_nothing(self) -> None:
        self.card.show_nothing()
        self._awaited.answer()
        for action in (self.ask, self.correct, self.go_on):
            action.setEnabled(False)

    def _open(self, record: str) -> None:
        self._turn += 1
        if record != self._key:
            self._spec = None
        self._key = record
        job = partial(package_records.sheet, self._office, self.held.record_type, record)
        reading = self._desk.worker.read(job)
        reading.done.connect(partial(self._arrive, self._turn))
        if self._awaited.waits:
            self._awaited.watch(reading)

    def _arrive(self, turn: int, sheet: Sheet) -> None:
        if turn == self._turn:
            self.card.show_sheet(sheet, self.questions)
            self._awaited.answer()
            for action in (self.ask, self.correct):
                action.setEnabled(sheet.below)
            self._show_next()

    def _show_next(self) -> None:
        """The one thing to do next, by what was begun."""
        self._sure = False
        sheet = self.card.sheet
        if sheet is None:
            return
        words = "通过，看下一条"
        chosen = self.held.chosen
        if self.panel.correcting:
            words = f"记下 {len(chosen)} 条更正" if len(chosen) > 1 else "记下更正"
        elif len(chosen) > 1:
            words = f"通过选中的 {len(chosen)} 条"
        elif self.panel.asking:
            words = "写下问题"
        elif self.questions:
            words = f"退回（{len(self.questions)} 个问题）"
        elif not sheet.below:
            words = "看下一条"
        self.go_on.setText(words)
        self.go_on.setEnabled(True)

    # -- what is said

    def _pass_whole(self) -> None:
        if self.held.listed:
            self._said.hide()
            self.several.ask_whole(self._package)

    def _say(self, words: str, kind: str = "ok") -> None:
        self._said.say(kind, words)
        self._said.show()

    def _enter_form(self) -> None:
        if self.card.sheet is not None:
            self.form.jump_to(next(iter(self.form.cells())))

    def _focused(self, spec: FieldSpec) -> None:
        self._spec = spec

    def _field(self) -> FieldSpec | None:
        """The field somebody is in; None, and said here, where no field is meant yet."""
        if self._spec is not None and self._spec.name not in _GIVEN:
            return self._spec
        if self._spec is None:
            self._enter_form()
        self._say(_WHICH, "info")
        return None

    def _ask(self) -> None:
        chosen = self.held.chosen
        if len(chosen) > 1:
            self.several.ask_return(chosen, self.held.base)
            return
        spec = self._field()
        if spec is not None:
            self._said.hide()
            self.panel.ask(spec, self.questions.get(spec.name, ""))
            self.card.keep_in_sight(spec)
            self._show_next()

    def _correct(self) -> None:
        """Begin from what stands there, but never show a sensitive value unasked."""
        spec, sheet = self._field(), self.card.sheet
        if spec is not None and sheet is not None:
            self._said.hide()
            value = None if spec.field.sensitive else value_in(spec, sheet.opened.body)
            self.panel.correct(spec, value, of=len(self.held.chosen))
            self.card.keep_in_sight(spec)
            self._show_next()

    def _asked(self, name: str, question: str) -> None:
        self.questions[name] = question
        self.form.questions(self.questions)
        self.form.jump_to(name)
        self._show_next()

    def _go_on(self) -> None:
        sheet = self.card.sheet
        if sheet is None or self._busy or sheet.opened.key != self._key:
            return
        chosen = self.held.chosen
        if self.panel.correcting:
            self._propose(sheet, chosen)
            return
        if len(chosen) > 1:
            self.several.ask_pass(chosen, self.held.base)
            return
        record = sheet.opened.key
        if self.panel.asking:
            self.panel.write_question()
        elif self.questions:
            asked = dict(self.questions)
            job = partial(reviews.send_back, self._office, TYPES[sheet.type], record, asked)
            self._write(partial(job, base=sheet.base), then_next=True)
        elif sheet.below:
            job = partial(reviews.accept, self._office, TYPES[sheet.type], record)
            self._write(partial(job, base=sheet.base), then_next=True)
        else:
            self._next()

    def _propose(self, sheet: Sheet, chosen: Sequence[Target]) -> None:
        """The value told, of the record shown or of all that are selected."""
        told = self.panel.correction()
        if told is None:
            return
        kind = TYPES[sheet.type]
        if len(chosen) > 1:
            self.panel.end()
            self.several.propose(kind, [record for _, record in chosen], told, self.held.base)
        else:
            job = partial(reviews.propose, self._office, kind, sheet.opened.key, told)
            self._write(partial(job, base=sheet.base), then_next=False)

    def _write(self, job: Any, *, then_next: bool) -> None:
        self._busy, self._wrote = True, False
        saving = self._desk.worker.write(job)
        saving.done.connect(partial(self._written, self._key, then_next))
        saving.ended.connect(self._ended)

    def _ended(self) -> None:
        self._busy = False
        if not self._wrote:
            self._read_again()

    def _read_again(self) -> None:
        """Somebody else may have said something meanwhile."""
        if self._key:
            self.held.forget()
            self._open(self._key)

    def _written(self, record: str, then_next: bool, saved: Saved) -> None:
        self._wrote = True
        self.panel.end()
        if reviews.waits(saved):
            self._say("等负责人确认，确认以前不写进回执。", "info")
        if then_next:
            self._asked_of.pop(record, None)
            self._next()
        else:
            self.list.setFocus()
        self._show_next()

    def _next(self) -> None:
        self.held.go_on()
        self.list.setFocus()

    def _back(self) -> None:
        """Esc: give up what is typed, then the questions, then the package."""
        asking = self.card.asking
        if not self.several.isHidden():
            self.several.end()
        elif not asking.isHidden():
            asking.end()
        elif not self.panel.isHidden():
            self.panel.end()
            (self.form.jump_to(self._spec.name) if self._spec else self.list.setFocus())
            self._show_next()
        elif self.questions and not self._sure:
            self._sure = True
            self._say(f"还有 {len(self.questions)} 个问题没有退回。{_OR_NOT}", "warning")
        elif self.questions:
            self.questions.clear()
            self.form.questions({})
            self._said.hide()
            self._show_next()
        elif self.form.isAncestorOf(self.focusWidget() or self):
            self.list.setFocus()
        else:
            self.left.emit()
