"""补填: page after page of units that lack something, typed with Enter and F3."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.fields import by_name
from app.domain.records import Enterprise
from app.services.records import filling
from app.services.records.filling import BASIS, OF_UNION, Filled, Filling, Gaps, Lacking
from app.ui.fields.suggestion import Surroundings
from app.ui.keys import (
    AGAIN,
    BACK,
    CODES,
    ENTER,
    PAGE_DOWN,
    PAGE_UP,
    SAME,
    SAVE,
    TURN,
    UNDO,
    Action,
    tell,
)
from app.ui.page_context import PageContext
from app.ui.pages.directory.fill_sheet import FillSheet, short
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.late_focus import focus_late
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.tabs import Tabs

_SETS = {"basis": ("基本情况", BASIS), "union": ("工会情况", OF_UNION)}
_ROWS = 11
_TURN = TURN("基本情况、工会情况")
_AGAIN = AGAIN("重新列出")
_NOTHING = "没有要补的"
_WHY_NOTHING = "这些项目，每家单位都填了。\n按 Ctrl+T 换另一组项目。"


class FillView(QWidget):
    """The units that lack one of a set of fields; `counted(int)`; what is typed is saved by pages.

    The list stays as it was read, so that one can go back to what was filled in.
    """

    counted = Signal(int)
    saved = Signal()

    def __init__(self, desk: PageContext, around: Surroundings) -> None:
        super().__init__()
        self._desk, self._office = desk, desk.office
        self._units: list[Lacking] = []
        self._first = 0
        self._undoable: list[Filled] = []
        self._stale = True
        self._saving = False
        specs = by_name(Enterprise)
        self.tabs = Tabs([(name, words) for name, (words, _) in _SETS.items()], underlined=False)
        self.sheets = {
            name: FillSheet([specs[one] for one in fields], around, _ROWS)
            for name, (_, fields) in _SETS.items()
        }
        self._make_actions()
        self._lay_out()
        self.tabs.chosen.connect(self._turn)
        for sheet in self.sheets.values():
            sheet.ended.connect(self._on)

    # -- what the panel asks

    def activate(self) -> None:
        """Go to the first gap."""
        if self._stale:
            self.refresh()
        else:
            self.sheet.go_to_first()

    def outdated(self, changes: Changes) -> None:
        """Records were written elsewhere; what is being typed stays."""
        if Enterprise.type_name in changes.types and not self.isVisible():
            self._stale = True

    def refresh(self) -> None:
        """Read which units lack something."""
        self._stale = False
        fields = _SETS[self.tabs.current][1]
        reading = self._desk.worker.read(partial(filling.gaps, self._office, fields))
        reading.done.connect(self._take)
        self._awaited.watch(reading)

    def save(self) -> None:
        """Save what was typed on this page."""
        self._save(0)

    @property
    def sheet(self) -> FillSheet:
        """The sheet of the set of fields shown."""
        return self.sheets[self.tabs.current]

    # -- making

    def _make_actions(self) -> None:
        self.keep = Action(SAVE, self.save, self)
        self.same = Action(SAME("同上一家"), self._same, self)
        self.undo = Action(UNDO("撤销上次保存"), self._take_back, self)
        self.down = Action(PAGE_DOWN("下一页"), partial(self._save, 1), self)
        self.up = Action(PAGE_UP("上一页"), partial(self._save, -1), self)
        self.again = Action(_AGAIN, self._again, self)
        Action(_TURN, self.tabs.turn, self)
        going = PAGE_DOWN("下一页")
        tell(self, ENTER("下一处没填的"), BACK, SAME("同上一家"), CODES, _TURN, going, SAVE)

    def _lay_out(self) -> None:
        self.card = Card("补填")
        self.card.title.hide()
        self.card.head.insertWidget(0, self.tabs)
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self._nothing = EmptyState("check-circle", _NOTHING, _WHY_NOTHING)
        self._stack = QStackedWidget()
        for part in (*self.sheets.values(), self._nothing):
            self._stack.addWidget(part)
        self.card.body.addWidget(self._stack, 1)
        self.said, self._where = MessageLine(), label(role="note")
        bar = self.card.add_bar()
        bar.setSpacing(8)
        bar.addWidget(self._where)
        bar.addWidget(self.said, 1)
        for action in (self.undo, self.again, self.up, self.down, self.keep):
            bar.addWidget(KeyButton(action, primary=action is self.keep))
        self._awaited = Awaited(self.card, "正在读名录")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._awaited)
        self.undo.setEnabled(False)

    # -- what is shown

    def _take(self, seen: Gaps) -> None:
        self._units, self._first = list(seen.rows), 0
        specs = by_name(Enterprise)
        counts = "，".join(f"{short(specs[n])} {c:,}" for n, c in seen.missing.items())
        told = f"{seen.of:,} 家里有 {len(seen.rows):,} 家没填全"
        self.card.note.setText(f"{told}：{counts}" if counts else told)
        self.counted.emit(len(seen.rows))
        self._show_page()
        self._awaited.answer()

    def _show_page(self) -> None:
        page = self._units[self._first : self._first + _ROWS]
        self.sheet.show_units(page)
        self._stack.setCurrentWidget(self.sheet if page else self._nothing)
        last = self._first + len(page)
        words = f"第 {self._first + 1:,} 到 {last:,} 家，共 {len(self._units):,} 家"
        self._where.setText(words if page else "")
        self.up.setEnabled(self._first > 0)
        self.down.setEnabled(last < len(self._units))
        self.keep.setEnabled(bool(page))
        if focus_late(self, self.sheet if page else self):
            self.sheet.go_to_first()

    # -- going on

    def _on(self) -> None:
        """Behind the last gap of the page: saved, and the next page."""
        more = self._first + _ROWS < len(self._units)
        self._save(1 if more else 0)

    def _turn(self, name: str) -> None:
        """Another set of fields: what was typed in the one before is saved."""
        before = next(one for one in self.sheets if one != name)
        self._write(self.sheets[before], then=0)
        self.refresh()

    def _again(self) -> None:
        self._save(0)
        self.refresh()

    def _same(self) -> None:
        self.sheet.same_as_above()

    # -- saving

    def _save(self, then: int) -> None:
        """Save the page, and go so many pages on where all of it could be saved."""
        if not self._saving and not self._write(self.sheet, then):
            self._go(then)

    def _write(self, sheet: FillSheet, then: int) -> bool:
        """Whether there was anything to save."""
        sheet.commit()
        rows = [Filling(unit.id, unit.h, typed) for unit, typed in sheet.changed]
        if rows:
            self._saving = True
            writing = self._desk.worker.write(partial(filling.fill, self._office, rows))
            writing.done.connect(partial(self._filled, sheet, then))
            writing.failed.connect(self._desk.problems.show)
            writing.ended.connect(self._over)
        return bool(rows)

    def _over(self) -> None:
        self._saving = False

    def _filled(self, sheet: FillSheet, then: int, done: Filled) -> None:
        if done.saved:
            self._undoable.append(done)
            self.undo.setEnabled(True)
        versions = dict(done.saved)
        if sheet is self.sheet:
            self._units = [self._renewed(unit, versions.get(unit.id, "")) for unit in self._units]
            self._after(sheet, then, done)
        if done.refused and not sheet.isVisible():
            self._desk.problems.show(next(iter(done.refused.values())))
        self.saved.emit()

    def _after(self, sheet: FillSheet, then: int, done: Filled) -> None:
        self.said.say("ok", f"已保存 {len(done.saved)} 家。" if done.saved else "")
        if done.refused:
            named = {unit.id: unit.name for unit in self._units}
            record, error = next(iter(done.refused.items()))
            more = f"（另有 {len(done.refused) - 1} 家）" if len(done.refused) > 1 else ""
            self.said.say("error", f"{named.get(record, '')}：{error}{more}")
            sheet.keep_loaded({unit.id: unit for unit in self._units})
            sheet.mark(done.refused)
        elif then:
            self._go(then)
        else:
            sheet.keep_loaded({unit.id: unit for unit in self._units})

    def _renewed(self, unit: Lacking, h: str) -> Lacking:
        return msgspec.structs.replace(unit, h=h, values=self.sheet.values_of(unit)) if h else unit

    def _go(self, pages: int) -> None:
        first = self._first + pages * _ROWS
        if pages and 0 <= first < len(self._units):
            self._first = first
            self._show_page()

    def _take_back(self) -> None:
        """Undo the last save, all units of it."""
        if self._undoable:
            done = self._undoable.pop()
            job = partial(filling.take_back, self._office, done.saved)
            self._desk.worker.write(job).done.connect(partial(self._taken_back, len(done.saved)))

    def _taken_back(self, count: int, changes: Changes) -> None:
        self.undo.setEnabled(bool(self._undoable))
        self.refresh()
        self.said.say("ok", f"已撤销 {count} 家的补填。")
