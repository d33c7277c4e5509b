"""What came in a package, record by record: read, 通过, 退回 with a question, 电话更正."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.fields import FieldSpec, fields_of
from app.domain.idlist import IdList
from app.domain.records import TYPES
from app.services import package_records, revealing, reviewing
from app.services.inbox import Delivery
from app.services.package_records import NOT_REVIEWED, VERDICTS, Held, Sheet
from app.services.records import Saved
from app.ui.desk import Desk
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.attaching import Attaching
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.forms.record_form import RecordForm
from app.ui.keys import ESCAPE, SIDEWAYS, UP_DOWN, Action, Key, tell
from app.ui.lists.list_card import RecordList
from app.ui.lists.record_model import RECORD, Fetch, RecordModel
from app.ui.pages.inbox.alive import while_alive
from app.ui.pages.inbox.review_panel import ReviewPanel
from app.ui.pages.records.ask_row import AskRow
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import LIGHT

WIDTH = 268
_QUESTION = Key("Ctrl+B", "退回提问", ("Ctrl+B",))
_CORRECT = Key("Ctrl+E", "电话更正", ("Ctrl+E",))
_PASS = Key("Ctrl+Enter", "通过", ("Ctrl+Return", "Ctrl+Enter"))
_GIVEN = frozenset({"number", "unit", "owner", "attachments", "accepted"})
"""Members nobody asks about or corrects by telephone."""


class RecordsView(QWidget):
    """The records of one merged package; `left` when the list of files is wanted again."""

    left = Signal()

    def __init__(self, desk: Desk, lookups: OfficeLookups) -> None:
        super().__init__()
        self._desk, self._office = desk, desk.office
        self._held: Sequence[Held] = ()
        self._at = 0
        self._sheet: Sheet | None = None
        self._spec: FieldSpec | None = None
        self._turn = 0
        self._key = ""
        self._busy = False
        self.questions: dict[str, str] = {}
        self._reason = ("", "")
        around = Surroundings(self._office.today, lookups.lookups())
        self.form = RecordForm(around)
        self.attaching = Attaching(self.form, desk.office, desk.worker, desk.problems)
        self.asking = AskRow()
        self.panel = ReviewPanel(around)
        self.model = RecordModel(self._fetch())
        self.list = RecordList(self.model)
        self._make_actions()
        self._lay_out()
        self._listen()

    # -- what the page asks

    def show_package(self, one: Delivery) -> None:
        """Read what a package brought."""
        self._list_card.title.setText(one.title)
        self._list_card.title.setToolTip(one.title)
        self._sheet, self._held = None, ()
        job = partial(package_records.held_by, self._office, one.package)
        self._desk.worker.read(job).done.connect(while_alive(self, self._show_held))

    def activate(self) -> None:
        """Put the focus on the list."""
        self.list.setFocus()

    def outdated(self, changes: Changes) -> None:
        """Records were written: read the shown one again."""
        if self._sheet is not None and changes.types & {"review", self.type_name}:
            self.model.forget()
            self._open(self._key)

    def search(self, text: str) -> None:
        """The records of a package are few; there is nothing to search."""

    def set_narrow(self, narrow: bool) -> None:
        """Leave the record room."""
        self._list_card.setFixedWidth(228 if narrow else WIDTH)

    @property
    def type_name(self) -> str:
        """The type whose records are listed."""
        return self._held[self._at].type if self._held else ""

    # -- making

    def _fetch(self) -> Fetch:
        def fetch(wanted: Sequence[str], take: Any) -> None:
            job = partial(package_records.lines, self._office, self.type_name, tuple(wanted))
            self._desk.worker.read(job).done.connect(while_alive(self, take))

        return fetch

    def _make_actions(self) -> None:
        self.back = Action(ESCAPE("返回收到的文件"), self._back, self)
        self.ask = Action(_QUESTION, self._ask, self)
        self.correct = Action(_CORRECT, self._correct, self)
        self.go_on = Action(_PASS, self._go_on, self)
        told = (UP_DOWN("选一条"), SIDEWAYS, Key("Enter", "看各项"), _PASS, ESCAPE("返回"))
        tell(self.list, *told)
        tell(self.form, _QUESTION, _CORRECT, _PASS, ESCAPE("返回"))

    def _lay_out(self) -> None:
        self._list_card = Card("收到的记录")
        self._list_card.setFixedWidth(WIDTH)
        self._list_card.note.hide()
        self._list_card.body.setContentsMargins(0, 0, 0, 0)
        self._list_card.body.setSpacing(0)
        self._kind = label(role="label")
        self._list_card.body.addWidget(_padded(self._kind))
        self._list_card.body.addWidget(self.list, 1)
        bar = self._list_card.add_bar()
        bar.addWidget(KeyButton(self.back))
        bar.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._list_card)
        row.addWidget(self._made_card(), 1)

    def _made_card(self) -> Card:
        card = self._card = Card(" ")
        self.chip = Chip()
        card.head.insertWidget(1, self.chip)
        card.head.setSpacing(8)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        self.said = label(role="note")
        self.said.setWordWrap(True)
        self._said_row = _padded(self.said)
        card.body.addWidget(self._said_row)
        card.body.addWidget(self.form, 1)
        card.body.addWidget(self.asking)
        card.body.addWidget(self.panel)
        bar = card.add_bar()
        bar.setSpacing(8)
        for action in (self.ask, self.correct):
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.go_on, primary=True))
        return card

    def _listen(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.sideways.connect(self._step)
        self.list.entered_record.connect(self._enter_form)
        self.form.focus_changed.connect(self._focused)
        self.form.reveal_requested.connect(self._ask_reveal)
        self.panel.asked.connect(self._asked)
        self.panel.corrected.connect(self._go_on)

    # -- what is shown

    def _show_held(self, held: list[Held]) -> None:
        self._held, self._at = held, 0
        self._show_type()

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._held):
            self._at += by
            self._show_type()

    def _show_type(self) -> None:
        held = self._held[self._at] if self._held else None
        ids = held.ids if held else ()
        several = f"　第 {self._at + 1}/{len(self._held)} 类" if len(self._held) > 1 else ""
        self._kind.setText(f"{held.label} {len(ids):,} 条{several}" if held else "没有记录")
        self.model.forget()
        self.list.setCurrentIndex(QModelIndex())
        self.model.show_ids(IdList.of(ids))
        if ids:
            self.form.begin(TYPES[self.type_name])
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        self._card.title.setText("这一份里没有可以列出的记录")
        self._card.note.setText("")
        self.chip.say("")
        self.form.hide()
        self._said_row.hide()
        for action in (self.ask, self.correct, self.go_on):
            action.setEnabled(False)

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid():
            self.questions.clear()
            self._open(current.data(RECORD))

    def _open(self, record: str) -> None:
        self._turn += 1
        self._key = record
        job = partial(package_records.sheet, self._office, self.type_name, record)
        reading = self._desk.worker.read(job)
        reading.done.connect(while_alive(self, self._arrive, self._turn))

    def _arrive(self, turn: int, sheet: Sheet) -> None:
        if turn != self._turn:
            return
        same = self._sheet is not None and self._sheet.opened.key == sheet.opened.key
        self._sheet = sheet
        self.form.show()
        if not same:
            self._spec = None
            self.panel.end()
            self.asking.end()
        self.form.begin(TYPES[sheet.type], sheet.opened.campaign)
        self.form.load(sheet.opened.body, read_only=True, masked=True)
        self.attaching.show(sheet.type, sheet.opened.key, sheet.opened.base)
        if self.questions or sheet.opened.questions:
            self.form.questions({**sheet.opened.questions, **self.questions})
        self._show_head(sheet)

    def _show_head(self, sheet: Sheet) -> None:
        line = sheet.opened.line
        self._card.title.setText(line.title if line else "")
        self._card.note.setText(
            "　".join(filter(None, [line.number if line else "", sheet.station_name]))
        )
        self.chip.say(*_chip(sheet))
        told = [f"{one.on} {one.verdict}（{one.who}）{one.words}" for one in sheet.said]
        told += [f"{name}：{words}" for name, words in sheet.pending.items()]
        self.said.setText("\n".join(told[-3:]))
        self._said_row.setVisible(bool(told))
        for action in (self.ask, self.correct):
            action.setEnabled(sheet.below)
        self._show_next()

    def _show_next(self) -> None:
        """The one thing to do next, by what was begun."""
        sheet = self._sheet
        if sheet is None:
            return
        words = "通过，看下一条"
        if self.panel.correcting:
            words = "记下更正"
        elif self.panel.asking:
            words = "写下问题"
        elif self.questions:
            words = f"退回（{len(self.questions)} 个问题）"
        elif not sheet.below:
            words = "看下一条"
        self.go_on.setText(words)
        self.go_on.setEnabled(True)

    # -- 看全号

    def _ask_reveal(self, name: str) -> None:
        """One reason is enough for a record as long as it is shown."""
        sheet = self._sheet
        if sheet is None:
            return
        key, reason = self._reason
        if key == sheet.opened.key:
            self._reveal(name, reason)
        else:
            hint = "例如：核对身份证复印件"
            self.asking.ask("看全号的原因", hint, "看", partial(self._reveal, name))

    def _reveal(self, name: str, reason: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        key = sheet.opened.key
        self._reason = (key, reason)
        job = partial(revealing.reveal, self._office, sheet.type, key, (name,), reason)
        writing = self._desk.worker.write(job)
        writing.done.connect(while_alive(self, self._revealed, key, name))

    def _revealed(self, key: str, name: str, _: object) -> None:
        if self._sheet is not None and self._sheet.opened.key == key:
            self.form.reveal(name)
            self.form.jump_to(name)

    # -- what is said

    def _enter_form(self) -> None:
        if self._sheet is not None:
            self.form.jump_to(next(iter(self.form.cells())))

    def _focused(self, spec: FieldSpec) -> None:
        self._spec = spec

    def _field(self) -> FieldSpec | None:
        """The field somebody is in, else the first."""
        if self._spec is not None and self._spec.name not in _GIVEN:
            return self._spec
        specs = fields_of(TYPES[self.type_name]) if self.type_name else ()
        return next((s for s in specs if s.name not in _GIVEN and not s.field.hidden), None)

    def _ask(self) -> None:
        spec = self._field()
        if spec is not None:
            self.panel.ask(spec, self.questions.get(spec.name, ""))
            self._keep_in_sight(spec)

    def _correct(self) -> None:
        spec, sheet = self._field(), self._sheet
        if spec is not None and sheet is not None:
            self.panel.correct(spec, sheet.opened.body.get(spec.name))
            self._keep_in_sight(spec)

    def _keep_in_sight(self, spec: FieldSpec) -> None:
        """The field that is spoken of stays above the panel."""
        self._card.body.activate()
        if spec.name in self.form.cells():
            self.form.area.show_cell(self.form.cells()[spec.name])
        self._show_next()

    def _asked(self, name: str, question: str) -> None:
        self.questions[name] = question
        self.form.questions(self.questions)
        self.form.jump_to(name)
        self._show_next()

    def _go_on(self) -> None:
        sheet = self._sheet
        if sheet is None or self._busy:
            return
        record = sheet.opened.key
        if self.panel.asking:
            self.panel.write_question()
        elif self.panel.correcting:
            job = self.panel.correction_job(self._office, sheet.type, record)
            if job is not None:
                self._write(job, then_next=False)
        elif self.questions:
            job = partial(
                reviewing.send_back, self._office, sheet.type, record, dict(self.questions)
            )
            self._write(job, then_next=True)
        elif sheet.below:
            self._write(partial(reviewing.accept, self._office, sheet.type, record), then_next=True)
        else:
            self._next()

    def _write(self, job: Any, *, then_next: bool) -> None:
        self._busy = True
        saving = self._desk.worker.write(job)
        saving.done.connect(while_alive(self, self._written, then_next))
        saving.ended.connect(while_alive(self, self._ended))

    def _ended(self) -> None:
        self._busy = False

    def _written(self, then_next: bool, saved: Saved) -> None:
        self.panel.end()
        self.questions.clear()
        if then_next:
            self._next()
        else:
            self.list.setFocus()
        self._show_next()

    def _next(self) -> None:
        row = self.list.currentIndex().row() + 1
        if row < len(self.model.ids):
            self.list.setCurrentIndex(self.model.index(row))
        self.list.setFocus()

    def _back(self) -> None:
        """Esc: give up what is typed, then the questions, then the package."""
        if not self.asking.isHidden():
            self.asking.end()
        elif not self.panel.isHidden():
            self.panel.end()
            (self.form.jump_to(self._spec.name) if self._spec else self.list.setFocus())
            self._show_next()
        elif self.questions:
            self.questions.clear()
            self.form.questions({})
            self._show_next()
        elif not self.list.hasFocus() and self.form.isAncestorOf(self.focusWidget() or self):
            self.list.setFocus()
        else:
            self.left.emit()


def _padded(inner: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "head")
    column = QVBoxLayout(frame)
    column.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
    column.addWidget(inner)
    return frame


_TONES = {"通过": "ok", "退回": "error", "更正": "warning"}


def _chip(sheet: Sheet) -> tuple[str, str]:
    """What was said last, unless the record was changed since."""
    if sheet.opened.void:
        return "已作废", "neutral"
    if sheet.pending:
        return "待县确认", "warning"
    last = next((one.verdict for one in reversed(sheet.said) if one.still), "")
    if not last:
        return ("已改过，未再审", "info") if sheet.said else (NOT_REVIEWED, "neutral")
    return VERDICTS.get(last, last), _TONES.get(last, "neutral")
