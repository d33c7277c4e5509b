"""The page of a record type: its list, one record in its form, a third card beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QStackedWidget, QWidget

from app.domain.kernel.changes import Changes
from app.services.lists.chips import Chip
from app.services.lists.record_sheet import Contents
from app.services.records.saving import Saved
from app.ui.fields.suggestion import Suggestion, Surroundings
from app.ui.forms.adding import Adding
from app.ui.forms.layouts import ADDS
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.forms.record_form import RecordForm
from app.ui.importing.forms.word_panel import FORM_TYPES, FORMS
from app.ui.keys import (
    ACCEPT,
    BATCH,
    CARD,
    DISCARD,
    EXPORT,
    HELP,
    HISTORY,
    IMPORT,
    MARK,
    NEW,
    PRINT,
    SAME,
    SAVE,
    SAVE_NEXT,
    TABLE,
    VOID,
    Action,
    tell,
)
from app.ui.page_context import PageContext
from app.ui.pages.records.beside.third_column import ThirdColumn
from app.ui.pages.records.beside.third_place import ThirdPlace
from app.ui.pages.records.browse.record_browser import PACKAGE, RecordBrowser
from app.ui.pages.records.browse.table_place import TablePlace
from app.ui.pages.records.dropped import DroppedFiles
from app.ui.pages.records.kind import Next, RecordKind, Work
from app.ui.pages.records.panels import Panels
from app.ui.pages.records.sheet.proofread_line import ProofreadLine
from app.ui.pages.records.sheet.record_card import RecordCard
from app.ui.pages.records.sheet.record_editor import RecordEditor
from app.ui.pages.records.sheet.reveal_line import RevealLine
from app.ui.pages.records.sheet.taking_back import TakingBack
from app.ui.pages.scanning.scan_panel import ScanPanel
from app.ui.parts.empty import EmptyState
from app.ui.parts.late_focus import focus_late
from app.ui.parts.loading import Awaited
from app.ui.shell.page import Page
from app.ui.theme import LIGHT
from app.ui.worker import Operation


class RecordPage(Page):
    """The records of one type.

    `shown(key)` when a record stands in the form, `listed` when the whole list is
    known, `kept(Saved)` when one was saved, `refused` when it could not be.
    """

    shown = Signal(str)
    listed = Signal()
    kept = Signal(object)
    refused = Signal()
    search_words = "编号、单位、姓名、拼音"

    def __init__(self, desk: PageContext, kind: RecordKind, lookups: OfficeLookups) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._started = False
        self._to_question = False
        around = Surroundings(desk.office.today, lookups.lookups(ADDS))
        self.form = RecordForm(around, previous=self._value_before)
        self._asking = asking = Surroundings(desk.office.today, lookups.lookups())
        self.browsing = RecordBrowser(desk, kind.record_type, kind.noun, asking, self)
        self.card = RecordCard(kind.record_type, self.form)
        self.editing = RecordEditor(desk, kind.record_type, kind.noun, self.card)
        self._taking_back = TakingBack(self.editing, self.card, desk, kind.record_type)
        self.work = QWidget()
        self._stage = QStackedLayout(self)
        self._stage.addWidget(self.work)
        self.panels = Panels(
            desk, kind.record_type, kind.noun, self.browsing, asking, stage=self._stage
        )
        self.table = TablePlace(
            desk,
            kind,
            asking,
            self.browsing,
            self.panels,
            stage=self._stage,
            current=lambda: self.editing.key,
            begin=self.editing.new,
        )
        scans = next((one for one in kind.works if one.make is ScanPanel), None)
        self._dropped = DroppedFiles(
            kind, self.panels, partial(self._open_work, scans) if scans else None
        )
        self.third = ThirdColumn(desk, kind.thirds, self.form.body) if kind.thirds else None
        listing = self.browsing.card
        self._place = ThirdPlace(kind, self.third, listing, listing.list)
        self._make_actions()
        Adding(self.form, around, desk.office, desk.worker)
        self.card.offer_next(self._nexts)
        marking = (MARK,) if kind.record_type.facts.proofread else ()
        nexts = (action.key for action in self._nexts)
        self.form.offer_keys(SAME, ACCEPT, *marking, *nexts, DISCARD, HELP)
        RevealLine(desk, kind.record_type, self.card, self.editing)
        self._proofing = ProofreadLine(
            desk, kind.record_type, self.editing, self.browsing, self.work
        )
        self.card.offer(
            [self._same, self._proofing.action], [self._save, self._save_next], self._void
        )
        self._lay_out()
        self._listen()

    # -- what the frame asks

    @property
    def actions_shown(self) -> Sequence[Action]:
        if not self.panels.at_rest:
            return ()
        if self.table.is_shown:
            return self.table.actions_shown
        beside = self._third if self._place.narrow and self._kind.opens_third else self._history
        return (*self._upkeep, self._as_table, beside, self._print, self._import, self._new)

    def activate(self) -> None:
        if not self._started:
            self._started = True
            self.browsing.begin()
            if self.table.was_shown:
                self.table.show()
        elif self.panels.at_rest:
            # What is hidden would take the focus later, from whoever has it then.
            target = self.focusWidget() or self.browsing.card.list
            if target.isVisibleTo(self):
                target.setFocus()
        else:
            self.panels.activate()

    def changed(self, changes: Changes) -> None:
        if self._started:
            self.browsing.changed(changes)
            self.table.changed(changes)
            self.panels.changed(changes)
            beside = not self.panels.at_rest and self.editing.key in changes.ids
            if beside or PACKAGE in changes.types:
                self.editing.look_again()

    def takes(self, paths: Sequence[Path]) -> bool:
        return self._dropped.taker(paths) is not None

    def take_files(self, paths: Sequence[Path]) -> None:
        if taker := self._dropped.taker(paths):
            taker(paths)

    def can_leave(self) -> bool:
        self.editing.keep_draft()
        self.panels.keep()
        return True

    def search(self, text: str) -> None:
        self.browsing.search(text)
        self.table.search(text)
        self.panels.search(text)

    def set_narrow(self, narrow: bool) -> None:
        self._place.narrow = narrow
        self.card.show_next(bool(self._kind.nexts) and not narrow)
        self._place.rest()
        self.reshaped.emit()

    def show_record(self, type_name: str, record: str) -> None:
        self.panels.close()
        self.table.give_way()
        self._to_question = True
        self.editing.open(record)

    def narrow_list(self, type_name: str, chips: Sequence[Chip]) -> None:
        self.panels.close()
        self.browsing.set_view("")
        self.browsing.narrowing.become(chips)

    def begin_record(self, type_name: str, body: Mapping[str, Any]) -> None:
        self.panels.close()
        self.table.give_way()
        self.editing.new(body)

    # -- making

    def _make_actions(self) -> None:
        self._new = Action(NEW, self.editing.new, self.work, icon="plus")
        self._same = Action(SAME, self.form.same_as_previous, self.work)
        self._save = Action(SAVE, self.editing.save, self.work)
        self._save_next = Action(SAVE_NEXT, partial(self.editing.save, then_new=True), self.work)
        self._void = Action(VOID, self._taking_back.ask_void, self.work)
        title = self._kind.thirds[0].title if self._kind.thirds else CARD.words
        self._third = Action(CARD(title), self._place.toggle, self.work, icon="columns")
        self._history = Action(
            HISTORY, self._place.toggle_history, self.work, icon="clock-counter-clockwise"
        )
        self._nexts = [
            Action(n.key, partial(self._begin_next, n), self.work) for n in self._kind.nexts
        ]
        self._print = Action(PRINT, self._ask_print, self.work, icon="printer")
        self._as_table = Action(TABLE, self._show_table, self.work, icon="table")
        self._forms = Action(FORMS, self.panels.open_forms, self.work)
        self._forms.setEnabled(self._kind.record_type in FORM_TYPES)
        self._export = Action(EXPORT, self.panels.open_export, self.work)
        self._batch = Action(BATCH, self.panels.open_batch, self.work)
        own = (self._export.key, self._batch.key, self.browsing.saved.action.key)
        aside = [one for one in self._kind.works if one.quiet]
        for one in aside:
            Action(one.key, partial(self._open_work, one), self.work)
        tell(self.browsing.card, *own, *(one.key for one in aside))
        self._import = Action(IMPORT, self.panels.open_import, self.work, icon="upload-simple")
        self._upkeep = [
            Action(one.key, partial(self._open_work, one), self.work, icon="check-square")
            for one in self._kind.works
            if not one.quiet
        ]

    def _lay_out(self) -> None:
        self._empty = EmptyState(
            self._kind.sign, f"还没有{self._kind.noun}", self._kind.why, [self._new]
        )
        self._middle = QStackedWidget()
        for part in (self._empty, self.card):
            self._middle.addWidget(part)
        self._awaited = Awaited(self._middle)
        row = QHBoxLayout(self.work)
        row.setContentsMargins(*[LIGHT.margin] * 4)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self.browsing.card)
        row.addWidget(self._awaited, 1)
        if self.third is not None:
            row.addWidget(self.third)

    def _listen(self) -> None:
        self.browsing.chosen.connect(self.editing.open)
        self.browsing.began.connect(self._show_something)
        self.browsing.began_reading.connect(self._awaited.watch)
        self.editing.going.connect(self._await_record)
        self.browsing.listed.connect(self._leave_empty)
        self.browsing.listed.connect(self.listed)
        self.panels.turned.connect(self._leave_empty)
        self.panels.turned.connect(self.reshaped)
        self.table.turned.connect(self.reshaped)
        self.table.opened.connect(self.editing.open)
        self.table.told.connect(self.saved)
        self.browsing.card.list.pasted.connect(self.panels.paste)
        self.browsing.card.list.entered_record.connect(self._enter_form)
        self.editing.shown.connect(self._show_record)
        self.editing.readied.connect(self._set_enabled)
        self.editing.kept.connect(self.kept)
        self.editing.refused.connect(self.refused)
        self.editing.stale.connect(self.browsing.refresh)
        self.editing.drafted.connect(self.browsing.drafted)
        self.editing.told.connect(self.saved)
        if self.third is not None:
            self.third.bring_back_asked.connect(self._taking_back.ask_bring_back)
        self.form.changed.connect(self._typed)
        self.form.picked.connect(self._go_to_known)
        self.form.field_left.connect(lambda name: self.card.count_messages())
        self.form.accepted.connect(lambda *given: self.card.count_messages())

    # -- what is shown

    def _show_something(self, found: Contents) -> None:
        """What was not saved comes first, else the newest record."""
        if self.editing.key:
            return
        mine = [draft.key for draft in found.drafts if draft.by == self._desk.office.operator]
        if mine or found.ids:
            self.editing.open((mine or found.ids)[0])
        else:
            self._middle.setCurrentWidget(self._empty)
            self._awaited.answer()
            focus_late(self.work, self._empty)

    def _leave_empty(self) -> None:
        """The first record was made elsewhere (beside the list, by a colleague): it is shown."""
        ids = self.browsing.card.model.ids
        if self._empty.isVisible() and ids and not self.editing.key:
            self.editing.open(ids[0])

    def _await_record(self, reading: Operation) -> None:
        """The record that stands there stays until the next one has come."""
        if self._awaited.waits or self._middle.currentWidget() is self._empty:
            self._awaited.wait(reading)

    def _show_record(self, key: str) -> None:
        self._middle.setCurrentWidget(self.card)
        self._awaited.answer()
        self.browsing.choose(key)
        here: QWidget | None = QApplication.focusWidget()
        first = not self._place.ready
        astray = first or here is None or not self.isAncestorOf(here)
        self._place.ready = True
        if astray and not self.table.is_shown:
            focus_late(self.work, self.browsing.card.list)
        if first:
            self._place.rest()
        opened = self.editing.now
        if self._to_question and not self.table.is_shown:
            self._go_to_question()
        self._to_question = False
        if self.third is not None and opened is not None:
            self.third.follow(opened)
        self.shown.emit(key)

    def _enter_form(self) -> None:
        """A new record goes on where it is empty; one that is kept is read from its beginning."""
        if self.editing.now is None or self._go_to_question():
            return
        if self.editing.is_kept:
            self.form.jump_to(next(iter(self.form.cells())))
        else:
            self.form.focus_first()

    def _go_to_question(self) -> bool:
        """Go to the first field that a return asks about; False where none does."""
        opened = self.editing.now
        asked = opened.questions if opened is not None and self.editing.free else {}
        first = next((name for name in self.form.cells() if asked.get(name)), "")
        if first:
            self.form.jump_to(first)
        return bool(first)

    def _go_to_known(self, name: str, one: Suggestion) -> None:
        if self.form.cells()[name].placed.cell.opens:
            self.editing.go_instead(one.key)

    def _value_before(self, name: str) -> object:
        return self.editing.value_before(name)

    def _set_enabled(self) -> None:
        free, kept = self.editing.free, self.editing.is_kept
        for action in (self._save, self._save_next, self._same, *self._nexts):
            action.setEnabled(free)
        self._void.setVisible(free and kept)
        self._void.setEnabled(free and kept)
        self._history.setEnabled(kept)
        self._offer_tick()

    def _offer_tick(self) -> None:
        """F3 is for what is being keyed, the tick for what was."""
        dirty = self.form.dirty
        self._proofing.follow(dirty=dirty)
        self._same.setVisible(not self._proofing.action.isVisible())

    def _typed(self) -> None:
        if self.editing.now is not None:
            self.card.say_state(self.editing.now)
            self.card.count_messages()
            self._offer_tick()
        if self.third is not None:
            self.third.draw_soon()

    # -- what is begun from here

    def _begin_next(self, what: Next) -> None:
        """Begin another record that points at this one, which is saved first."""
        now = self.editing.now
        if now is not None and now.base is not None and not self.form.dirty:
            self._desk.start(what.record_type.type_name, what.body(now.key))
        else:
            self.editing.save_then(partial(self._go_on_with, what))

    def _go_on_with(self, what: Next, saved: Saved) -> None:
        self.editing.open(saved.id)
        self._desk.start(what.record_type.type_name, what.body(saved.id))

    def _show_table(self) -> None:
        """What was typed and not saved is kept as a draft meanwhile."""
        self.editing.keep_draft()
        self.table.show()

    def _open_work(self, what: Work) -> None:
        """What was typed and not saved is kept as a draft meanwhile."""
        self.editing.keep_draft()
        current = self.editing.key if self.editing.is_kept else None
        self.panels.open_work(what, self._asking, current)

    def _ask_print(self) -> None:
        """What was typed and not saved is not on the paper yet; a draft keeps it."""
        self.editing.keep_draft()
        self.panels.open_print(self.editing.key if self.editing.is_kept else None)
