"""首页（待办）: what to do next, how far the campaign is, whether all is sent and safe."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Visit
from app.services.campaigns import campaign_list
from app.services.todo import todo_city
from app.services.todo.campaign_progress import TYPES_LOOKED_AT, CampaignProgress, headway
from app.services.todo.progress_behind import Number, behind, behind_month
from app.services.todo.today import Today
from app.services.todo.todo_office import Waiting, in_order
from app.ui.found_list import open_found
from app.ui.keys import NEW, Action, Key, key
from app.ui.page_context import PageContext
from app.ui.pages.home.beginning import Beginning
from app.ui.pages.home.figures import FigureCard
from app.ui.pages.home.outgoing import OutgoingCard
from app.ui.pages.home.phases import PhaseCard
from app.ui.pages.home.progress import ProgressCard
from app.ui.pages.home.waiting_card import WaitingCard
from app.ui.pages.home.ways import ways
from app.ui.pages.home.words import spoken
from app.ui.parts.open_chart import Series
from app.ui.parts.reading import Reading
from app.ui.problems import Notice
from app.ui.shell.page import Page
from app.ui.theme import LIGHT
from app.ui.today_reading import today_reading

_OPEN = Key("Enter", "打开", ("Return", "Enter"))
_TURN = key("Alt+C", "换活动")
_SIDE, _SIDE_NARROW = 420, 372
_TOP, _TOP_NARROW = 464, 392


class Home(Page):
    """The list comes first; figures and picture are counted beside it and follow (`counted`)."""

    counted = Signal(object)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._lines: dict[str, Sequence[Waiting]] = {}
        self.note = spoken(desk.office.today())
        self.add = Action(NEW("添加走访"), self._add, self, icon="plus")
        self.turn = Action(_TURN, self._turn_campaign, self, icon="flag-banner")
        self._campaign = ""
        self._counted: CampaignProgress | None = None
        self.phases, self.figures = PhaseCard(), FigureCard()
        self.waiting = WaitingCard(Action(_OPEN, self._open, self))
        self.progress = ProgressCard()
        self.outgoing = OutgoingCard(desk.office.identity.role)
        self.waiting.asked.connect(self._go_to)
        self.outgoing.asked.connect(self._go)
        self.figures.asked.connect(self._open_figure)
        self.progress.chart.opened.connect(self._open_month)
        self._beginning: Beginning | None = None
        self._lay_out()
        self._listen()
        self._today.start()

    @property
    def actions_shown(self) -> Sequence[Action]:
        return (self.turn, self.add)

    def activate(self) -> None:
        """What is only typed so far is in no `changed`: it is looked at again on coming back."""
        self._put_focus()
        if "today" in self._lines:
            self._today.start()

    def changed(self, changes: Changes) -> None:
        self._today.outdate()
        if changes.types & TYPES_LOOKED_AT:
            self._headway.outdate()
            self._looked.outdate()

    def set_narrow(self, narrow: bool) -> None:
        self._side.setFixedWidth(_SIDE_NARROW if narrow else _SIDE)
        self.phases.setFixedWidth(_TOP_NARROW if narrow else _TOP)
        self.progress.note.setVisible(not narrow)

    @property
    def _fresh(self) -> bool:
        return self._stack.currentIndex() == 1

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(LIGHT.gap)
        upper.addWidget(self.phases)
        upper.addWidget(self.figures, 1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(LIGHT.gap)
        side.addWidget(self.progress, 1)
        side.addWidget(self.outgoing)
        lower = QHBoxLayout()
        lower.setSpacing(LIGHT.gap)
        lower.addWidget(self.waiting, 1)
        lower.addWidget(self._side)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.setSpacing(LIGHT.gap)
        column.addLayout(upper)
        column.addLayout(lower, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.set_narrow(False)

    def _listen(self) -> None:
        office, worker = self._desk.office, self._desk.worker
        self._today = today_reading(self._desk, self)
        self._headway = Reading(worker, partial(headway, office), self)
        self._looked = Reading(worker, partial(todo_city.looked_up, office), self, rest=30)
        self._today.done.connect(self._show_today)
        self._headway.done.connect(self._show_headway)
        self._headway.failed.connect(partial(self._not_counted, "headway"))
        self._looked.done.connect(partial(self._list, "looked"))
        self._looked.failed.connect(partial(self._not_counted, "looked"))
        for card in (self.phases, self.outgoing, self.waiting):
            card.awaited.follow(self._today)
        for counted in (self.figures, self.progress):
            counted.awaited.follow(self._headway)

    def _show_today(self, seen: Today) -> None:
        first = "today" not in self._lines
        self.note = spoken(seen.date)
        self.note_changed.emit(self.note)
        self._campaign = seen.campaign
        self.phases.show_today(seen)
        self.outgoing.show_today(seen)
        self._list("today", seen.waiting)
        if seen.fresh and self._beginning is None:
            self._begin(seen)
        self._stack.setCurrentIndex(1 if seen.fresh else 0)
        if first and self.isVisible():
            self._put_focus()
        if first:
            self._headway.start()
            if self._desk.office.is_city:
                self._looked.start()

    def _show_headway(self, seen: CampaignProgress) -> None:
        self._counted = seen
        self.figures.show_headway(seen)
        self.progress.show_headway(seen)
        self._list("headway", seen.waiting)
        self.counted.emit(seen)

    def _not_counted(self, part: str, error: Exception) -> None:
        if isinstance(error, UserError) and error.code == "NO_CAMPAIGN":
            self.progress.say("还没有收到活动，没有进度可看。")
            self.figures.awaited.answer()
            self._list(part, ())
        else:
            self._desk.problems.show(error)

    def _put_focus(self) -> None:
        shown = self._beginning if self._fresh else self.waiting.table
        (shown or self).setFocus()

    def _list(self, part: str, lines: Sequence[Waiting]) -> None:
        self._lines[part] = lines
        every = in_order(line for found in self._lines.values() for line in found)
        parts = ("today", "headway", *(("looked",) if self._desk.office.is_city else ()))
        whole = self._lines.keys() >= set(parts)
        self.waiting.show_lines(every, self._desk.office.today(), whole=whole)
        self.badge_changed.emit(len(every))

    def _begin(self, seen: Today) -> None:
        """Nothing is there yet: what there is to see makes room for ways to begin."""
        office = self._desk.office
        self._beginning = Beginning(*ways(office.identity.role, seen, self, self.add, self._go))
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.addWidget(self._beginning)
        self._stack.addWidget(around)

    def _turn_campaign(self) -> None:
        """Look at the next campaign: all that follows it does too."""
        job = partial(campaign_list.turn, self._desk.office, self._campaign)
        self._desk.worker.write(job).done.connect(self._look_anew)

    def _look_anew(self, changes: Changes) -> None:
        office = self._desk.office
        self._today.start()
        self._headway.replace(partial(headway, office))
        reading = self._headway.under_way
        if reading is not None:
            for counted in (self.figures, self.progress):
                counted.awaited.wait(reading)

    def _add(self) -> None:
        self._desk.start(Visit.type_name, {})

    def _open(self) -> None:
        if self.outgoing.table.hasFocus():
            self.outgoing.go(self.outgoing.table.row)
        elif self.progress.chart.hasFocus():
            self.progress.chart.open()
        elif not self.figures.open():
            self.waiting.go()

    def _open_figure(self, number: Number) -> None:
        if self._counted is not None:
            open_found(self._desk, partial(behind, self._desk.office, self._counted, number))

    def _open_month(self, series: str, place: int) -> None:
        if self._counted is not None:
            due = series == Series.LINE
            job = partial(behind_month, self._desk.office, self._counted, place, due=due)
            open_found(self._desk, job)

    def _go_to(self, line: Waiting) -> None:
        if line.record and self._desk.open(line.type, line.record):
            return
        if not (line.view and self._desk.show_view(line.page, line.view)):
            self._go(line.page)

    def _go(self, place: str) -> None:
        if not self._desk.go(place):
            self._desk.problems.noticed.emit(Notice("info", "这一页现在不能打开。"))
