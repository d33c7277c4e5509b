"""逻辑检查 of everything received: narrowed, opened, returned, let stand, taken along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.text import lookup_key
from app.domain.records import TYPES
from app.services.deciding import finding_acts, finding_files, findings
from app.services.deciding.finding_acts import Done
from app.services.deciding.findings import Line, Look, Standing
from app.services.todo import looking_ahead
from app.ui.fields.line import has_focus_within
from app.ui.help.topics import about
from app.ui.keys import ACCEPT, ESCAPE, PRINT, SAVE_AS, SIDEWAYS, UNDO, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.findings.decision_line import BACK, STAND, DecisionLine
from app.ui.pages.inbox.findings.finding_said import FindingSaid, none_here, nothing_found
from app.ui.pages.inbox.findings.rows import (
    FindingRows,
    FindingTable,
    answers,
    groups,
    narrowed,
    narrowed_words,
)
from app.ui.pages.inbox.grid import Column
from app.ui.pages.inbox.wrapping_grid import WrappingGrid
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.loading import Awaited
from app.ui.parts.tabs import Tabs
from app.ui.parts.work_bar import WorkBar
from app.ui.printing.paper_panel import PaperPanel
from app.ui.theme import LIGHT

WIDTH, WIDTH_NARROW = 316, 236
_BACK = Key("Ctrl+B", "退回", ("Ctrl+B",))
_STAND = ACCEPT("认可，写理由")
_BY = (("rule", "按规则"), ("owner", "按单位"), ("severity", "按程度"))
_STANDINGS = tuple((one.name, one.value) for one in Standing)
_GROUPS = (Column("", 0), Column("", 64, right=True))
_TELLING = frozenset({*TYPES, "let_stand"})
_ON_STOP = "停止后一条也不写。"


class FindingsView(QWidget):
    """The groups at the left, their findings at the right; `pending_changed(int)`."""

    pending_changed = Signal(int)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        about(self, "findings")
        self._desk, self._office = desk, desk.office
        self._look: Look | None = None
        self._within: dict[str, str] = {}
        self._shown: Sequence[Line] = ()
        self._decided: set[tuple[str, str]] = set()
        self._asked: Sequence[Line] = ()
        self._base: int | None = None
        self._last: Done | None = None
        self._text, self._stale = "", True
        self.save_to: Callable[[str], str] = self._dialog
        self.by, self.standings = Tabs(_BY, underlined=False), Tabs(_STANDINGS, underlined=False)
        self.groups, self.table = WrappingGrid(_GROUPS, "分组"), FindingTable()
        self.said, self.work = FindingSaid(), WorkBar()
        self.asking, self.nothing = DecisionLine(), nothing_found()
        self.paper = PaperPanel(desk)
        self._make_actions()
        self._lay_out()
        self._listen()

    # -- what the page asks

    def activate(self) -> None:
        """Show what the rules find now."""
        if self._stack.currentWidget() is self.paper:
            self.paper.view.setFocus()
        else:
            self._first.setFocus()
        if self._stale:
            self.refresh()

    def outdated(self, changes: Changes) -> None:
        """Records were written, or something was decided."""
        self._stale = self._stale or bool(changes.types & _TELLING)
        if self._stale and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Look at what changed; at first at everything."""
        self._stale = False
        reading = self._desk.worker.read(partial(findings.look, self._office), long=True)
        reading.done.connect(self._looked)
        reading.failed.connect(self._not_looked)
        self._awaited.watch(reading, stops=True)

    def search(self, text: str) -> None:
        """Only findings whose record, office or words answer."""
        self._text = text
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the findings room."""
        self._left.setFixedWidth(WIDTH_NARROW if narrow else WIDTH)
        self.table.setColumnWidth(1, 112 if narrow else 150)
        self.table.setColumnWidth(2, 140 if narrow else 176)

    @property
    def _first(self) -> QWidget:
        """Where one begins."""
        listed = self._look is None or self._look.lines
        return self.table if self._shown else self.groups if listed else self.nothing

    @property
    def chosen(self) -> list[Line]:
        """The findings selected."""
        return [self._shown[place] for place in self.table.places if place < len(self._shown)]

    # -- making

    def _make_actions(self) -> None:
        self.back = Action(_BACK, partial(self._ask, BACK), self)
        self.stand = Action(_STAND, partial(self._ask, STAND), self)
        self.undo = Action(UNDO, self._undo, self)
        self.export = Action(SAVE_AS("存为 Excel"), self._export, self, icon="table")
        self.print = Action(PRINT, self._print, self, icon="printer")
        several, opened = Key("Shift+↑ ↓", "选几处"), Key("Enter", "打开这一条")
        tell(self.groups, UP_DOWN("选一组"), SIDEWAYS("换一种分法"), Key("Enter", "看这一组"))
        told = (opened, _BACK, _STAND, several, SIDEWAYS("待办、已退回…"), ESCAPE("回到分组"))
        tell(self.table, *told, UNDO, SAVE_AS("存为 Excel"), PRINT)
        Action(ESCAPE("回到分组"), self.groups.setFocus, self.table)

    def _lay_out(self) -> None:
        self._left = Card(" ")
        self._left.title.hide()
        self._left.note.hide()
        self._left.head.insertWidget(0, self.by)
        self._left.body.setContentsMargins(0, 0, 0, 0)
        self._left.body.addWidget(self.groups)
        self._left.setFixedWidth(WIDTH)
        self.groups.horizontalHeader().hide()
        self._right = Card(" ", " ")
        self._right.title.hide()
        self._right.head.insertWidget(0, self.standings)
        self._right.body.setContentsMargins(0, 0, 0, 0)
        self._right.body.setSpacing(0)
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(none_here())
        self._right.body.addWidget(self._list, 1)
        for part in (self.said, self.asking, self.work):
            self._right.body.addWidget(part)
        bar = self._right.add_bar()
        bar.setSpacing(8)
        for action in (self.export, self.print, self.undo):
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        self.asking.instead_of = KeyButton(self.stand), KeyButton(self.back, primary=True)
        for button in self.asking.instead_of:
            bar.addWidget(button)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._left)
        row.addWidget(self._right, 1)
        self._both = both
        self._stack = QStackedWidget()
        for one in (both, self.nothing, self.paper):
            self._stack.addWidget(one)
        self._awaited = Awaited(self._stack, "正在逐条检查")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._awaited)

    def _listen(self) -> None:
        self.by.chosen.connect(lambda name: self._show_groups())
        self.standings.chosen.connect(lambda name: self._show())
        self.groups.sideways.connect(self.by.step)
        self.groups.moved.connect(self._narrow)
        self.groups.entered_line.connect(lambda key: self.table.setFocus())
        self.table.sideways.connect(self.standings.step)
        self.table.entered_row.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell_chosen())
        self.asking.decided.connect(self._decide)
        self.asking.closed.connect(self.table.setFocus)
        self.paper.closed.connect(self._leave_paper)

    # -- what is shown

    def _looked(self, look: Look) -> None:
        self._look, self._decided = look, set()
        self._desk.worker.write(partial(looking_ahead.remember, self._office), long=True)
        self._right.note.setText(f"共检查 {look.records:,} 条记录")
        if self._stack.currentWidget() is not self.paper:
            self._stack.setCurrentIndex(0 if look.lines else 1)
        had_focus = any(part.hasFocus() for part in (self, self.groups, self.nothing))
        self._show()
        self._awaited.answer()
        if had_focus or (not look.lines and has_focus_within(self)):
            self._first.setFocus()

    def _not_looked(self, error: Exception) -> None:
        self._desk.problems.show(error)
        self._stale = True

    @property
    def _standing(self) -> Standing:
        return Standing[self.standings.current]

    def _lines(self, but: str = "") -> list[Line]:
        if self._look is None:
            return []
        found = narrowed(self._look.lines, self._standing, self._within, but)
        wanted = lookup_key(self._text)
        return [
            line
            for line in found
            if line.key not in self._decided and (not wanted or answers(line, wanted, lookup_key))
        ]

    def _show(self) -> None:
        self._show_counts()
        self._show_groups()
        self._show_lines()

    def _show_counts(self) -> None:
        if self._look is None:
            return
        for one in Standing:
            standing = (line for line in self._look.lines if line.standing is one)
            count = sum(line.key not in self._decided for line in standing)
            self.standings.count(one.name, count)
            if one is Standing.OPEN:
                self.pending_changed.emit(count)

    def _show_groups(self) -> None:
        if self._look is not None:
            by = self.by.current
            told = groups(self._look, self._lines(by), by)
            self.groups.show_lines(told, self._within.get(by, ""))

    def _show_lines(self) -> None:
        self._shown = self._lines()
        self.table.set_rows(FindingRows(self._shown))
        self._list.setCurrentIndex(0 if self._shown else 1)
        self._tell_chosen()

    def _narrow(self, key: str) -> None:
        self._within[self.by.current] = key
        self._show_lines()

    def _tell_chosen(self) -> None:
        chosen = self.chosen
        open_ones = self._standing in (Standing.OPEN, Standing.SAID)
        for action in (self.back, self.stand):
            action.setEnabled(bool(chosen) and open_ones)
        held = self._standing in (Standing.RETURNED, Standing.LET)
        self.undo.setText("改回待办" if held else "撤销刚才办的")
        self.undo.setEnabled(bool(chosen) if held else self._last is not None)
        for action in (self.export, self.print):
            action.setEnabled(bool(self._shown))
        self.said.show_lines(chosen)

    # -- what is done

    def _open(self, row: int) -> None:
        one = self._shown[row].record
        self._desk.open(one.type.type_name, one.id)

    def _ask(self, what: str) -> None:
        self._asked = self.chosen
        self._base = self._look.base if self._look is not None else None
        if self._asked:
            records = len({line.record.id for line in self._asked})
            self.asking.ask(what, len(self._asked), records)

    def _decide(self, what: str, words: str) -> None:
        """Write it down; what was decided is no longer listed at once."""
        asked = tuple(self._asked)
        job = (
            partial(finding_acts.send_back, self._office, asked, words, base=self._base)
            if what == BACK
            else partial(finding_acts.stand, self._office, asked, words)
        )
        writing = self._desk.worker.write(job, long=True)
        writing.done.connect(partial(self._done, "已退回" if what == BACK else "已认可"))
        writing.failed.connect(self._not_done)
        self.work.watch(writing, "正在写审核意见", _ON_STOP)
        place = self.table.row
        self._decided |= {line.key for line in asked}
        self._show()
        self.table.selectRow(min(place, len(self._shown) - 1))
        self.table.setFocus()

    def _done(self, words: str, done: Done) -> None:
        self._last = done
        self.said.say(f"{words} {done.findings:,} 处（{done.records:,} 条记录）。按 Ctrl+Z 撤销。")
        self._tell_chosen()

    def _not_done(self, error: Exception) -> None:
        self._desk.problems.show(error)
        self._decided = set()
        self._show()
        # What a colleague decided meanwhile is seen now: the next time it is known.
        self.refresh()

    def _undo(self) -> None:
        if self._standing in (Standing.RETURNED, Standing.LET):
            job = partial(finding_acts.ask_again, self._office, tuple(self.chosen))
        elif self._last is not None:
            job = partial(finding_acts.undo, self._office, self._last)
            self._last = None
        else:
            return
        self._desk.worker.write(job, long=True).done.connect(self._undone)

    def _undone(self, changes: Changes) -> None:
        self.said.say("已撤销，又列在“待办”里。")
        self._tell_chosen()

    # -- what is taken along

    @property
    def _narrowed(self) -> str:
        """What is shown, in words: 待办，沙湾区总工会，错误."""
        return narrowed_words(self._look, self._shown, self._within, self._text)

    def _export(self) -> None:
        chosen = self.save_to(f"{finding_files.TITLE}.xlsx")
        if chosen:
            told = (self._office, tuple(self._shown), self._narrowed, Path(chosen))
            writing = self._desk.worker.read(partial(finding_files.write_sheet, *told), long=True)
            writing.done.connect(lambda path: self.said.say(f"已存为“{path}”。"))
            self.work.watch(writing, "正在生成", "停止后不留下文件。")

    def _dialog(self, name: str) -> str:
        wanted = str(Path.home() / name)
        return QFileDialog.getSaveFileName(self, "存到", wanted, "Excel 工作簿 (*.xlsx)")[0]

    def _print(self) -> None:
        """Look at the paper in the place of the list; Esc goes back."""
        self._stack.setCurrentWidget(self.paper)
        told = self._office, tuple(self._shown), self._narrowed
        render = partial(finding_files.write_paper, *told)
        self.paper.show_paper(finding_files.TITLE, "发给各单位照着改，或者留着逐条办。", render)
        self.paper.go_in()

    def _leave_paper(self) -> None:
        self._stack.setCurrentWidget(self._both)
        self.table.setFocus()
