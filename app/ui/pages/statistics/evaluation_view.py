"""考评: units by criteria, scored by keys, placed at a glance, issued and told of (R43, R47)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.domain.checking import evaluation_rules
from app.domain.kernel.changes import Changes
from app.domain.records import Evaluation, ScoreAppeal
from app.services.evaluating import evaluations
from app.services.evaluating.evaluation_seen import EvaluationSeen, listed, seen
from app.services.evaluating.evaluations import Computed, Differing
from app.services.figures.statistics import Statistics
from app.services.office.office import Office
from app.services.records.saving import Saved
from app.ui.keys import NEW, UP_DOWN, Action, Key, key, tell, tell_also
from app.ui.page_context import PageContext
from app.ui.pages.statistics.evaluation_cell import EvaluationCell
from app.ui.pages.statistics.evaluation_grid import (
    FIRST,
    columns_of,
    head_height,
    rows_of,
    state_of,
)
from app.ui.pages.statistics.issue_line import IssueLine
from app.ui.pages.statistics.table_view import ISSUE
from app.ui.parts.card import Card
from app.ui.parts.choice import Choice
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.late_focus import focus_late
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Column, Table
from app.ui.parts.work_bar import WorkBar
from app.ui.problems import Notice
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_LIKE_LAST = key("Ctrl+D", "照上次的项目新建")
_RUBRIC = key("Ctrl+Y", "考评项目")
_COMPUTE = key("F10", "取数")
_COMMEND = key("Ctrl+B", "表扬")
_SHOW = key("Ctrl+K", "交核对")
_NEXT = key("Ctrl+G", "下一条申诉")
_CELL, _CELL_NARROW = 340, 280
_ASKS = (
    "定稿把名次、今天的日期和您的名字存下来，以后不能改分，也不能删。"
    "再按一次 Ctrl+J 定稿，按 Esc 不定稿。"
)
_GIVE = Key("Enter", "打分")
_ISSUED = "定稿了：名次、日期和您的名字存下来了，以后不能改分。"
_SHOWN = "交核对了：各单位自己的得分随下次回执发下去，可以申诉。"
_NONE = (
    "trophy",
    "这个活动还没有考评",
    "文件没有规定分值：先写考评项目和满分，存好以后在这里打分。",
)
Looked = tuple[Sequence[tuple[str, str]], EvaluationSeen | None, Sequence[Differing], bool]
"""The 考评 to choose from (id, words), the one chosen, its figures that changed since.

The last says whether the office has criteria to begin another 考评 with.
"""


class EvaluationView(QWidget):
    """`listed` when the grid stands there."""

    listed = Signal()

    def __init__(self, desk: PageContext, export: Action, print_it: Action) -> None:
        super().__init__()
        self._desk = desk
        self._campaign: str | None = None
        self._wanted = ""
        self._found: EvaluationSeen | None = None
        self._later: Mapping[evaluation_rules.Cell, str] = {}
        self._reading: Operation | None = None
        self._outdated = True
        self._then_down = False
        self._columns: list[Column] = []
        self.which = Choice("哪一次考评")
        self.table = Table("考评", (Column("单位"),), head_height=44, by_cell=True)
        self.cell = EvaluationCell(desk.office)
        self.asking = IssueLine(self.table.setFocus, _ASKS)
        self.note = label(role="note")
        self._new = Action(NEW("新考评"), self._begin, self, icon="plus")
        self._like = Action(_LIKE_LAST, self._begin_like_last, self)
        self._rubric = Action(_RUBRIC, self._open_rubric, self)
        self.work = WorkBar()
        self._compute = Action(_COMPUTE, self._take_figures, self)
        self._commend = Action(_COMMEND, self._turn_commended, self)
        self._issue = Action(ISSUE, self._freeze, self)
        self._show_points = Action(_SHOW, self._turn_shown, self)
        self._next = Action(_NEXT, self._go_to_appeal, self)
        self._lay_out(export, print_it)
        self._listen()

    @property
    def shown(self) -> EvaluationSeen | None:
        """What stands there."""
        return self._found

    def activate(self) -> None:
        """Put the focus where one begins to look; read what changed."""
        if self._outdated:
            self._read()
        self.table.setFocus()

    def open(self, record: str) -> None:
        """Show this one (its id)."""
        self._wanted = record
        self._read()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for one cell; the grid is pushed sideways."""
        self.cell.setFixedWidth(_CELL_NARROW if narrow else _CELL)

    def show_statistics(self, seen: Statistics) -> None:
        """Something was counted anew, perhaps of another campaign."""
        self.set_campaign(seen.campaign)

    def set_campaign(self, code: str) -> None:
        """Whose 考评 are shown."""
        self._campaign, self._outdated = code, True
        if self.isVisible():
            self._read()

    def outdated(self, changes: Changes) -> None:
        """Records were written."""
        if changes.types & {Evaluation.type_name, ScoreAppeal.type_name}:
            self._outdated = True
            if self.isVisible():
                self._read()

    # -- making

    def _lay_out(self, export: Action, print_it: Action) -> None:
        card = Card("考评", " ")
        card.head.addWidget(self.which)
        card.head.addWidget(KeyButton(self._new, quiet=True))
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.asking)
        card.body.addWidget(self.table)
        card.body.addWidget(self.work)
        bar = card.add_bar()
        for action in (
            self._rubric,
            self._compute,
            self._show_points,
            self._commend,
            self._issue,
        ):
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        bar.addWidget(KeyButton(print_it, primary=True))
        self._card = card
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(card, 1)
        row.addWidget(self.cell)
        self._both, self._none = both, EmptyState(*_NONE, [self._new, self._like])
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self._none)
        self._awaited = Awaited(self._stack, "正在读取")
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._awaited)
        self.set_narrow(False)
        keys = (UP_DOWN("选单位"), Key("← →", "选项目"))
        tell(self.table, *keys, export.key("存为 Word"))

    def _listen(self) -> None:
        self.which.taken.connect(lambda name: self._read())
        self.table.selectionModel().currentChanged.connect(lambda now, before: self._tell(now))
        self.table.entered_cell.connect(lambda row, column: self.cell.go_in())
        self.cell.left.connect(self.table.setFocus)
        self.cell.wanted.connect(self._write)

    # -- reading

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._outdated = False
        job = partial(_look, self._desk.office, self._campaign, self._wanted or self.which.name)
        self._wanted = ""
        self._reading = reading = self._desk.worker.scan(job)
        reading.done.connect(partial(self._show, reading))
        self._awaited.wait(reading, at_once=False)

    def _show(self, reading: Operation, looked: Looked) -> None:
        if reading is not self._reading:
            return
        choices, self._found, changed, again = looked
        self._later = {(one.unit, one.criterion): one.now for one in changed}
        self.which.offer(choices)
        self.which.setVisible(len(choices) > 1)
        found = self._found
        self._stack.setCurrentWidget(self._none if found is None else self._both)
        if found is not None:
            self._fill(found)
        self._like.setVisible(again)
        self._like.setEnabled(again)
        tell_also(self.table, self._like.key, works=again)
        self._enable()
        self._awaited.answer()
        self.listed.emit()

    def _fill(self, found: EvaluationSeen) -> None:
        self.asking.end()
        self._card.title.setText(found.record.title)
        self._card.note.setText(state_of(found, len(self._later)))
        if (columns := columns_of(found)) != self._columns:
            self._columns = columns
            self.table.horizontalHeader().setFixedHeight(head_height(columns))
            self.table.set_columns(columns)
        before = self.cell.unit
        self.table.set_rows(rows_of(found, self._later))
        if before in (units := list(found.units)) and units.index(before) != self.table.row:
            self._go_to(units.index(before), self.table.currentIndex().column())
        if self.table.currentIndex().column() < FIRST and found.record.criteria:
            self._go_to(self.table.row, FIRST)
        if self._then_down:
            self._step_down()
        self._tell(self.table.currentIndex())

    def _step_down(self) -> None:
        self._then_down = False
        below = min(self.table.row + 1, self.table.model().rowCount() - 1)
        self._go_to(below, self.table.currentIndex().column())

    def _go_to(self, row: int, column: int) -> None:
        self.table.setCurrentIndex(self.table.model().index(row, column))

    def _enable(self) -> None:
        found = self._found
        mine = found is not None and found.mine
        open_here = mine and found is not None and not found.issued
        for action in (self._rubric, self._compute, self._issue, self._show_points):
            action.setEnabled(open_here)
        tell_also(self.table, _GIVE, works=bool(open_here))
        self._commend.setEnabled(mine)
        shown = found is not None and found.record.shown_at is not None
        self._show_points.setText("收回核对" if shown else _SHOW.words)
        waits = found is not None and bool(found.waiting)
        self._next.setEnabled(waits)
        tell_also(self.table, _NEXT, works=waits)

    def _tell(self, at: QModelIndex) -> None:
        found, cell = self._found, self._cell_at(at)
        self.cell.show_cell(found, cell, self._later.get(cell, "") if cell else "")

    def _cell_at(self, at: QModelIndex) -> evaluation_rules.Cell | None:
        found, column = self._found, at.column() - FIRST
        if found is None or not 0 <= at.row() < len(found.units):
            return None
        criteria = found.record.criteria
        unit = list(found.units)[at.row()]
        return unit, criteria[column].id if 0 <= column < len(criteria) else ""

    # -- what is done

    def _begin(self) -> None:
        typed = {"campaign": self._campaign, "as_of": self._desk.office.today().isoformat()}
        self._desk.start(Evaluation.type_name, typed)

    def _begin_like_last(self) -> None:
        title = f"{self._desk.office.today().year}年考评"
        job = partial(evaluations.like_last, self._desk.office, self._campaign or "", title)
        self._desk.worker.write(job).done.connect(self._open_new)

    def _open_new(self, made: Saved) -> None:
        self._desk.open(Evaluation.type_name, made.id)

    def _open_rubric(self) -> None:
        if self._found is not None:
            self._desk.open(Evaluation.type_name, self._found.state.id)

    def _take_figures(self) -> None:
        if self._found is not None:
            job = partial(evaluations.compute, self._desk.office, self._found.state.id)
            taking = self._desk.worker.write(job, long=True)
            taking.done.connect(self._computed)
            taking.ended.connect(self._enable)
            self.work.watch(taking, "正在取数", "停止后一个分也不改。")
            self._compute.setEnabled(False)

    def _computed(self, done: Computed) -> None:
        without = f"，{done.without} 格没有数，请人工打分" if done.without else ""
        self._say(f"按现在的数打了 {done.given} 个分{without}。")

    def _write(self, job: Callable[[], object]) -> None:
        """Points go to the next unit; what is refused stays to be mended."""
        writing = self._desk.worker.write(job)
        writing.done.connect(self._written)

    def _written(self, changes: Changes) -> None:
        focus_late(self, self.table)
        self._then_down = bool(changes.types)
        if not changes.types:
            self._step_down()

    def _turn_commended(self) -> None:
        cell = self._cell_at(self.table.currentIndex())
        found = self._found
        if found is None or cell is None:
            return
        named = list(found.record.commended)
        after = [one for one in named if one != cell[0]]
        after = after if cell[0] in named else [*named, cell[0]]
        job = partial(evaluations.commend, self._desk.office, found.state.id, after)
        self._desk.worker.write(job)

    def _turn_shown(self) -> None:
        """Each unit is told its own points with the next answer, or no longer."""
        found = self._found
        if found is None:
            return
        shown = found.record.shown_at is None
        job = partial(evaluations.show_points, self._desk.office, found.state.id, shown=shown)
        words = _SHOWN if shown else "不再交核对；已经发下去的，随下次回执收回。"
        self._desk.worker.write(job).done.connect(lambda changes: self._say(words))

    def _say(self, words: str) -> None:
        self._desk.problems.noticed.emit(Notice("ok", words))

    def _go_to_appeal(self) -> None:
        """The next cell with an 申诉, row by row, after the last one the first."""
        found = self._found
        if found is None:
            return
        criteria = [one.id for one in found.record.criteria]
        places = sorted(
            (list(found.units).index(unit), criteria.index(at) + FIRST)
            for unit, at in found.waiting
            if unit in found.units and at in criteria
        )
        here = self.table.row, self.table.currentIndex().column()
        after = [place for place in places if place > here] or places
        if after:
            self._go_to(*after[0])
            self.table.setFocus()

    def _freeze(self) -> None:
        """Asked first: what is issued stays for good."""
        if self._found is not None and not self.asking.asks:
            left = sum(one.open for one in self._found.places)
            self.asking.ask(f"还有 {left} 格没有打分，不计分。" if left else "")
            self.table.setFocus()
        elif self._found is not None:
            self.asking.end()
            job = partial(evaluations.issue, self._desk.office, self._found.state.id)
            self._desk.worker.write(job).done.connect(lambda changes: self._say(_ISSUED))


def _look(office: Office, campaign: str | None, chosen: str) -> Looked:
    states, again = listed(office, campaign), evaluations.has_rubric(office)
    choices = [(one.id, _words(one.record)) for one in states]
    if not states:
        return choices, None, (), again
    key = chosen if chosen in {one.id for one in states} else states[0].id
    found = seen(office, key)
    changed = evaluations.differing(office, key) if found.issued and found.mine else ()
    return choices, found, changed, again


def _words(record: Evaluation) -> str:
    return f"{record.title}{'（已定稿）' if record.issued_at else ''}"
