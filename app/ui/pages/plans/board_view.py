"""安排表: the board of a campaign over the units that wait; what is placed can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.campaign.plan_board import PlanBoard
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Demand, Enterprise, Group, Hazard, Link, Notice, Plan, Visit
from app.services.figures.statistics import Choice, campaigns
from app.services.office.office import Office
from app.services.papers.plan_papers import print_schedule
from app.services.planning import placing
from app.services.planning.board import board
from app.services.planning.placing import Placed, Seen, Spot
from app.ui.keys import PRINT, UNDO, Action, key
from app.ui.page_context import PageContext
from app.ui.pages.plans.board_grid import BoardGrid
from app.ui.pages.plans.waiting_list import WaitingList
from app.ui.pages.plans.words import board_counts
from app.ui.parts.card import Card
from app.ui.parts.combo import Combo
from app.ui.parts.empty import EmptyState
from app.ui.parts.label import label, tip
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.reading import Reading
from app.ui.printing.paper_panel import PaperPanel
from app.ui.theme import LIGHT

ROSTER = key("Ctrl+M", "按名单排上")
VISITED = key("Ctrl+1", "登记走访")
_LOOKED_AT = frozenset(
    one.type_name for one in (Plan, Group, Enterprise, Visit, Demand, Hazard, Link, Notice)
)
_DEEP = 50
"""Steps that can be taken back."""
_TOLD = 2
"""Units named of those that two levels go to."""

Job = Callable[[Office], Placed]


class BoardView(QWidget):
    """`shown` when the board was read, `placed` when something was written; both at the end.

    `reshaped` when the header offers other actions: a paper came in the place of the board, or
    went.
    """

    shown = Signal()
    placed = Signal()
    reshaped = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._undo: list[Placed] = []
        self._choices: Sequence[Choice] = ()
        self._written = self._seen_written = 0
        self._under_way = 0
        self._sent: dict[str, Spot | None] = {}
        self._taking = False
        self.board: PlanBoard | None = None
        self.paper: PaperPanel | None = None
        self.grid, self.waiting = BoardGrid(), WaitingList()
        self.work, self.campaign = QWidget(), Combo()
        self.campaign.setAccessibleName("活动")
        self.campaign.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.line, self.said = label("", "note"), MessageLine()
        self._make_actions()
        self._lay_out()
        self.reading = Reading(desk.worker, partial(board, desk.office), self)
        self._awaited.follow(self.reading)
        self._listen()

    # -- what the page asks

    @property
    def actions_shown(self) -> Sequence[Action]:
        """What the header offers here."""
        there = self.work.isVisibleTo(self)
        return (self.undo, self.print, self.roster, self.visit) if there else ()

    def activate(self) -> None:
        """Put the focus where work goes on; read the board when it was never read."""
        if not self._choices:
            known = self._desk.worker.read(partial(campaigns, self._desk.office))
            known.done.connect(self._offer)
        if self.board is None and self.reading.under_way is None:
            self.reading.start()
        if self._on_paper and self.paper is not None:
            self.paper.go_in()
        elif self._awaited.waits:
            self._awaited.sign.setFocus()
        else:
            (self.focusWidget() or self.grid).setFocus()

    def changed(self, changes: Changes) -> None:
        """Records were written, here or elsewhere."""
        if changes.types & _LOOKED_AT and self.board is not None:
            self.reading.outdate()

    def search(self, text: str) -> None:
        """Narrow the units that wait."""
        self.waiting.search(text)

    def set_narrow(self, narrow: bool) -> None:
        """The window is small."""
        self.grid.set_narrow(narrow)
        self.waiting.set_narrow(narrow)
        self.campaign.setMaximumWidth(320 if narrow else 360)

    # -- making

    def _make_actions(self) -> None:
        self.undo = Action(UNDO, self.take_back, self.work, icon="arrow-u-up-left")
        self.roster = Action(ROSTER, self.place_roster, self.work, icon="list-plus")
        self.visit = Action(VISITED, self.begin_visit, self.work, icon="clipboard-text")
        self.print = Action(PRINT("打印计划安排"), self.show_paper, self.work, icon="printer")
        self.undo.setEnabled(False)

    def _lay_out(self) -> None:
        upper = Card(" ", " ")
        upper.title.hide()
        self._head = upper.note
        upper.head.addWidget(self.campaign)
        upper.body.setContentsMargins(0, 0, 0, 0)
        upper.body.setSpacing(0)
        upper.body.addWidget(self.grid, 1)
        below = QHBoxLayout()
        below.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        below.addWidget(self.line, 1)
        upper.body.addLayout(below)
        self.line.setMinimumWidth(1)
        column = QVBoxLayout(self.work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(upper, 3)
        column.addWidget(self.said)
        column.addWidget(self.waiting, 2)
        self.said.hide()
        self._nothing = EmptyState("calendar-check", "还没有活动", "市总发来活动以后，这里排走访。")
        self._stack = QStackedWidget()
        for part in (self.work, self._nothing):
            self._stack.addWidget(part)
        self._awaited = Awaited(self._stack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._awaited)

    def _listen(self) -> None:
        self.reading.begun.connect(self._note_begun)
        self.reading.done.connect(self._show)
        self.reading.failed.connect(self._not_read)
        self.campaign.activated.connect(self._choose)
        self.grid.spot_changed.connect(self._follow)
        self.grid.move_wanted.connect(self._move)
        self.grid.units_dropped.connect(lambda units, row, week: self._place(units))
        self.grid.removed.connect(self._take_off)
        self.grid.opened.connect(partial(self._desk.open, Plan.type_name))
        self.grid.filling.connect(self.waiting.table.setFocus)
        self.waiting.placing.connect(self._place)
        self.waiting.table.spot_stepped.connect(self.grid.step)

    # -- reading

    def _offer(self, choices: Sequence[Choice]) -> None:
        self._choices = choices
        self.campaign.clear()
        self.campaign.addItems([one.title for one in choices])
        self._name_campaign()

    def _name_campaign(self) -> None:
        codes = [one.code for one in self._choices]
        if self.board is not None and self.board.campaign.code in codes:
            self.campaign.setCurrentIndex(codes.index(self.board.campaign.code))

    def _choose(self, place: int) -> None:
        self._undo.clear()
        self._settle()
        code = self._choices[place].code
        self.reading.replace(partial(board, self._desk.office, code))

    def _note_begun(self) -> None:
        self._seen_written = self._written

    def _show(self, found: PlanBoard) -> None:
        """What was read before the last placing is older than what is shown."""
        if self._under_way or self._seen_written != self._written:
            self.reading.outdate()
            return
        self._show_board(found)
        self._name_campaign()
        if self._awaited.waits:
            self._first_shown()
        self.shown.emit()

    def _first_shown(self) -> None:
        """Who waits for the board goes on in it."""
        waited = self._awaited.sign.hasFocus()
        self._stack.setCurrentWidget(self.work)
        self._awaited.answer()
        self.reshaped.emit()
        if waited:
            self.grid.setFocus()

    def _show_board(self, found: PlanBoard) -> None:
        self.board = found
        self.grid.show_board(found)
        self.waiting.show_units(found.waiting)
        self._head.setText(board_counts(found))
        self._follow()

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, UserError) and error.code == "NO_CAMPAIGN":
            self._stack.setCurrentWidget(self._nothing)
            self._awaited.answer()
        else:
            self._desk.problems.show(error)

    # -- placing

    def place_roster(self) -> None:
        """Place what waits of the roster of the spot's group, all of it at the spot."""
        group = self.grid.group
        units = self.waiting.of_roster(group.group) if group is not None else ()
        if units:
            self._place(list(units))
        elif group is not None and not group.group:
            self._say("info", "名单是工作组的：先在左边选一个组，再按 Ctrl+M。")
        else:
            words = "这一组的走访单位都排上了，或者名单里还没有写。"
            self._say("info", f"{words}名单在“工作组”里填（Alt+3）。")

    def take_back(self) -> None:
        """Make the last placing undone."""
        if self._undo and not self._under_way:
            done = self._undo[-1]
            self._taking = True
            self._write(partial(placing.take_back, done=done), self._taken_back)

    def begin_visit(self) -> None:
        """Register the visit of the chosen unit: its enterprise and group are known."""
        chosen, found = self.grid.chosen, self.board
        if chosen is None or found is None:
            self._say("info", "先在表里选一个单位，再按 Ctrl+1 登记走访。")
            return
        body = {"enterprise": chosen.unit.id, "enterprise_name": chosen.unit.name}
        body |= {"area": chosen.unit.area, "group": chosen.group, "campaign": found.campaign.code}
        self._desk.start(Visit.type_name, {name: value for name, value in body.items() if value})

    def _place(self, units: Sequence[str], spread: bool = False) -> None:
        """All of them at the spot, or one a week from there on."""
        found, group = self.board, self.grid.group
        if found is None or group is None:
            return
        last = len(found.weeks) - 1
        weeks = [min(self.grid.week + n * spread, last) for n in range(len(units))]
        wanted = [
            (unit, Spot(group.group, found.last_day(week)))
            for unit, week in zip(units, weeks, strict=True)
        ]
        job = partial(placing.place, campaign=found.campaign.code, units=wanted)
        self._write(job, partial(self._done, "排上"))

    def _move(self, plans: Sequence[str], row: int, week: int) -> None:
        found = self.board
        if found is not None:
            spot = Spot(found.rows[row].group, found.last_day(week))
            moved = [(plan, spot) for plan in plans]
            job = partial(placing.move, plans=moved, seen=self._seen(found, plans))
            self._sent |= dict(moved)
            self._write(job, partial(self._done, "挪了"))

    def _take_off(self, plan: str) -> None:
        found = self.board
        if found is not None:
            job = partial(placing.take_off, plans=[plan], seen=self._seen(found, [plan]))
            self._sent[plan] = None
            self._write(job, partial(self._done, "取下"))

    def _seen(self, found: PlanBoard, plans: Sequence[str]) -> Seen:
        """Where plans stand, or will when what is being written is done."""
        sent = {plan: self._sent[plan] for plan in plans if plan in self._sent}
        return {**placing.seen_on(found, plans), **sent}

    def _write(self, job: Job, then: Callable[[Placed], None]) -> None:
        self._under_way += 1
        writing = self._desk.worker.write(partial(job, self._desk.office))
        writing.done.connect(partial(self._take_in, then))
        writing.failed.connect(self._refused)

    def _take_in(self, then: Callable[[Placed], None], done: Placed) -> None:
        self._end_one()
        self._written += 1
        if self.board is not None:
            self._show_board(self.board.with_plans(done.plans))
            moved = next((plan for plan, one in done.plans.items() if one is not None), "")
            if self.grid.hasFocus():
                self.grid.choose(moved)
        then(done)
        self._settle()
        self.placed.emit()

    def _end_one(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._sent.clear()

    def _refused(self, error: Exception) -> None:
        """What others did meanwhile is shown, and the step they changed is taken back no more."""
        self._end_one()
        self._desk.problems.show(error)
        if isinstance(error, UserError) and error.code == "STALE":
            self._undo = self._undo[:-1] if self._taking else self._undo
            self.reading.start()
        self._taking = False
        self._settle()
        self.placed.emit()

    def _done(self, what: str, done: Placed) -> None:
        if done.plans:
            self._undo = [*self._undo[1 - _DEEP :], done]
        words = f"{what} {len(done.plans)} 家。"
        if done.skipped:
            words += f"有 {done.skipped} 家刚才已经排过，没有重排。"
        both = self._both(done)
        self._say("warning" if both else "ok", f"{words}{both}")

    def _both(self, done: Placed) -> str:
        """Whom two levels go to now: 不重复、不交叉 speaks while one plans (R37)."""
        found = self.board
        told = []
        for plan, finding in done.findings:
            one = found.plan_of(plan) if found is not None else None
            if one is not None:
                told.append(f"“{one.unit.name}”{finding.sentence}")
        if not told:
            return ""
        more = f"另有 {len(told) - _TOLD} 处。" if len(told) > _TOLD else ""
        return f"{''.join(told[:_TOLD])}{more}请先联系，不要重复走访；不去的按 Del 取下。"

    def _taken_back(self, done: Placed) -> None:
        self._undo.pop()
        self._taking = False
        self._say("ok", f"撤销了 {len(done.plans)} 家的安排。")

    def _say(self, kind: str, words: str) -> None:
        self.said.say(kind, words)
        self.said.show()

    def _settle(self) -> None:
        self.undo.setEnabled(bool(self._undo))

    def _follow(self) -> None:
        """Say what stands at the spot, and where units would go."""
        found, group = self.board, self.grid.group
        if found is not None and group is not None:
            self.line.setText(self.grid.words())
            self.line.setToolTip(tip(self.grid.words()))
            self.waiting.follow(group.group, self.grid.spot())

    # -- paper

    def show_paper(self) -> None:
        """The board as the table 计划安排, in the place of the board."""
        found = self.board
        if found is None:
            return
        if self.paper is None:
            self.paper = PaperPanel(self._desk)
            self.paper.closed.connect(self._leave_paper)
            self._stack.addWidget(self.paper)
        self._stack.setCurrentWidget(self.paper)
        self.reshaped.emit()
        render = partial(print_schedule, self._desk.office, campaign=found.campaign.code)
        self.paper.show_paper("走访计划安排", "同实施方案一起报市总工会。", render)
        self.paper.go_in()

    def _leave_paper(self) -> None:
        self._stack.setCurrentWidget(self.work)
        self.reshaped.emit()
        self.grid.setFocus()

    @property
    def _on_paper(self) -> bool:
        return self.paper is not None and self._stack.currentWidget() is self.paper
