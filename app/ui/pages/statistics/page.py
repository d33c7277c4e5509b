"""统计: how far the visits reach, the 汇总表 to hand in, and what two levels both met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Attainment, Campaign, Target
from app.services.figures.statistics import (
    Choice,
    FirstLook,
    Statistics,
    campaigns,
    first_look,
    statistics,
)
from app.services.lists.chips import Chip
from app.services.todo.campaign_progress import TYPES_LOOKED_AT
from app.ui.keys import AGAIN, PRINT, SAVE_AS, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.statistics.coverage_view import CoverageView
from app.ui.pages.statistics.evaluation_views import EvaluationViews
from app.ui.pages.statistics.handed_out import HandedOut, handed_out
from app.ui.pages.statistics.indicators_view import AttainmentsView
from app.ui.pages.statistics.leaders_view import LeadersView
from app.ui.pages.statistics.overlaps_view import OverlapsView
from app.ui.pages.statistics.pictures_view import PicturesView
from app.ui.pages.statistics.rates_view import RatesView
from app.ui.pages.statistics.table_view import TableView
from app.ui.pages.statistics.tally_view import TalliesView
from app.ui.parts.combo import Combo
from app.ui.parts.empty import EmptyState
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.reading import Reading
from app.ui.parts.tabs import Tabs
from app.ui.parts.work_bar import WorkBar
from app.ui.printing.paper_panel import PaperPanel
from app.ui.problems import Notice
from app.ui.shell.page import Page
from app.ui.theme import LIGHT

WithTable = TableView | TalliesView | AttainmentsView | RatesView | LeadersView | EvaluationViews
View = CoverageView | OverlapsView | PicturesView | WithTable

_ANEW = AGAIN("重新统计")
VIEWS = (
    ("coverage", "走访覆盖"),
    ("table", "汇总表"),
    ("overlaps", "重复交叉"),
    ("pictures", "图"),
    ("tallies", "分类统计"),
    ("indicators", "指标进度"),
    ("rates", "建会等比率"),
    ("leaders", "领导带队"),
    ("scores", "考评"),
)
_OF_THEIR_OWN = ("tallies", "indicators", "rates", "leaders", "scores")
"""Views that count for themselves and stand there also where nobody was visited."""
_OF_INDICATORS = {Attainment.type_name, Target.type_name, Campaign.type_name}
_EXCEL, _WORD = "Excel 表格 (*.xlsx)", "Word 文档 (*.docx)"
_NARROWEST, _WIDEST = 104, 300
"""Of the choice of a campaign, in pixels: the tabs beside it keep their words."""
_PATIENCE = 400
"""Milliseconds before one is told that counting takes a while."""


class StatisticsPage(Page):
    """The views of a campaign's figures; `counted(Statistics)` when shown, `written(path)`."""

    counted = Signal(object)
    written = Signal(str)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._seen: Statistics | None = None
        self._another = False
        self._choices: Sequence[Choice] = ()
        self.paper: PaperPanel | None = None
        self.save_to: Callable[[str], str] = self._dialog
        self.export = Action(SAVE_AS("存为 Excel"), self._export, self, icon="table")
        self.print = Action(PRINT, self._print, self, icon="printer")
        self.again = Action(_ANEW, self._count_again, self, icon="arrows-clockwise")
        self.tabs = Tabs(VIEWS)
        self.campaign = Combo()
        self.work = WorkBar()
        self.coverage, self.table = CoverageView(), TableView(desk, self.export, self.print)
        self.overlaps, self.pictures = OverlapsView(), PicturesView(desk)
        self.tallies = TalliesView(desk, self.export, self.print)
        self.indicators = AttainmentsView(desk, self.export, self.print)
        self.rates = RatesView(desk, self.export, self.print)
        self.leaders = LeadersView(desk)
        self.scores = EvaluationViews(desk, self.export, self.print)
        self.evaluation = self.scores.own
        self._views: dict[str, View] = {
            "coverage": self.coverage,
            "table": self.table,
            "overlaps": self.overlaps,
            "pictures": self.pictures,
            "tallies": self.tallies,
            "indicators": self.indicators,
            "rates": self.rates,
            "leaders": self.leaders,
            "scores": self.scores,
        }
        self._lay_out()
        self._listen()
        self._set_enabled()

    @property
    def actions_shown(self) -> Sequence[Action]:
        return (self.again,)

    def activate(self) -> None:
        if not self._choices:
            choosing = self._desk.worker.read(partial(campaigns, self._desk.office))
            choosing.done.connect(self._offer)
            self._awaited.watch(choosing)
            self.setFocus()
        self._views[self.tabs.current].activate()

    def show_record(self, type_name: str, record: str) -> None:
        self.tabs.go("scores")
        self.scores.open(type_name, record)

    def changed(self, changes: Changes) -> None:
        self.rates.outdated(changes)
        self.leaders.outdated(changes)
        self.scores.outdated(changes)
        if changes.types & TYPES_LOOKED_AT:
            self.reading.outdate()
        if changes.types & _OF_INDICATORS:
            self.indicators.outdate()

    def set_narrow(self, narrow: bool) -> None:
        for view in self._views.values():
            view.set_narrow(narrow)

    def _lay_out(self) -> None:
        self.campaign.setAccessibleName("活动")
        self.campaign.setMinimumWidth(_NARROWEST)
        self.campaign.setMaximumWidth(_WIDEST)
        self.campaign.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        upper = QHBoxLayout()
        upper.addWidget(self.tabs)
        upper.addStretch(1)
        upper.addWidget(label("活动", "label"))
        upper.addWidget(self.campaign, 1000)
        self._stack = QStackedWidget()
        self._places = {name: Awaited(view, "正在统计") for name, view in self._views.items()}
        for place in self._places.values():
            self._stack.addWidget(place)
        self._nothing = EmptyState(
            "chart-bar",
            "还没有可统计的",
            "登记走访、建好单位名录以后，\n这里有覆盖情况和汇总表。",
        )
        self._stopped = EmptyState(
            "hand-palm", "没有统计完", "可以先做别的，有空时再统计。", [self.again]
        )
        self._whole = QStackedWidget()
        self._whole.addWidget(self._stopped)
        self._whole.addWidget(self._nothing)
        self._whole.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, LIGHT.margin)
        column.setSpacing(8)
        column.addLayout(upper)
        column.addWidget(self.work)
        self._awaited = Awaited(self._whole, "正在统计")
        column.addWidget(self._awaited, 1)

    def _listen(self) -> None:
        office = self._desk.office
        self.reading = Reading(self._desk.worker, partial(statistics, office), self, rest=10)
        self.reading.done.connect(self._show)
        self.reading.failed.connect(self._not_counted)
        self.reading.stopped.connect(self._say_stopped)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_PATIENCE)
        self._slow.timeout.connect(self._tell)
        self.reading.begun.connect(self._slow.start)
        self.reading.begun.connect(self._await_count)
        self.tabs.chosen.connect(self._turn)
        self.campaign.activated.connect(self._choose)
        for view in (self.coverage, self.overlaps, self.leaders):
            view.opened.connect(self._desk.open)
        for of_its_own in (self.tallies, self.rates):
            of_its_own.listed.connect(self._set_enabled)
        self.coverage.wanted.connect(self._open_list)
        tell(self, Key(f"Alt+1…{len(VIEWS)}", "换一页"), _ANEW)
        for place, (name, words) in enumerate(VIEWS, 1):
            pressed = Key(f"Alt+{place}", words, (f"Alt+{place}",))
            Action(pressed, partial(self.tabs.go, name), self)

    def _open_list(self, type_name: str, chip: Chip) -> None:
        self._desk.show_list(type_name, (chip,))

    def _offer(self, choices: Sequence[Choice]) -> None:
        """The campaigns to choose from; the one of today is counted first."""
        self._choices = choices
        self.campaign.clear()
        self.campaign.addItems([one.title for one in choices])
        self.tallies.offer_campaigns(choices)
        for name in _OF_THEIR_OWN:
            self._places[name].answer()
        self.campaign.setCurrentIndex(-1)
        looking = self._desk.worker.read(partial(first_look, self._desk.office))
        looking.done.connect(self._show_first)
        looking.failed.connect(self._not_counted)
        looking.ended.connect(self.reading.start)
        self._awaited.watch(looking)

    def _choose(self, place: int) -> None:
        self._leave_paper()
        code = self._choices[place].code
        self._another = True
        for view in (self.tallies, self.indicators, self.rates, self.leaders, self.scores):
            view.set_campaign(code)
        self.reading.replace(partial(statistics, self._desk.office, code))

    def _count_again(self) -> None:
        self.reading.start()

    def _await_count(self) -> None:
        operation = self.reading.under_way
        if operation is not None:
            if self._another:
                self._awaited.wait(operation, at_once=False)
            for place in (self._awaited, *self._places.values(), self.coverage.listing):
                place.watch(operation, stops=True)

    def _tell(self) -> None:
        operation = self.reading.under_way
        waits = self._awaited.waits or self._places[self.tabs.current].waits
        if operation is not None and not waits:
            self.work.watch(operation, "正在统计", "停止以后保留上一次的数。")

    def _show_first(self, look: FirstLook | None) -> None:
        """What is known so far, while the rest is counted."""
        if look is None or not look.tells:
            return
        self.coverage.show_figures(look.figures, by_unit=True)
        self.pictures.show_pictures(look.weeks, look.categories)
        for name in ("coverage", "pictures"):
            self._places[name].answer()
        self._whole.setCurrentWidget(self._stack)
        self._awaited.answer()
        if self.isVisible():
            self._views[self.tabs.current].activate()

    def _show(self, seen: Statistics) -> None:
        first, self._seen, self._another = self._seen is None, seen, False
        codes = [one.code for one in self._choices]
        self.campaign.setCurrentIndex(codes.index(seen.campaign) if seen.campaign in codes else -1)
        for name, view in self._views.items():
            view.show_statistics(seen)
            self._places[name].answer()
        flagged = sum(one.flagged for one in seen.overlaps)
        self.tabs.count("overlaps", flagged or None)
        if not self._on_paper:
            self._whole.setCurrentWidget(self._shown_whole)
        self._awaited.answer()
        self.note = f"截至 {seen.as_of}"
        self.note_changed.emit(self.note)
        self._set_enabled()
        if first and self.isVisible():
            self._views[self.tabs.current].activate()
        self.counted.emit(seen)

    def _say_stopped(self) -> None:
        """What was counted before stands again, under the campaign it is of."""
        if self._seen is not None:
            self._show(self._seen)
        else:
            self._whole.setCurrentWidget(self._stopped)
            self._awaited.answer()

    def _not_counted(self, error: Exception) -> None:
        if isinstance(error, UserError) and error.code == "NO_CAMPAIGN":
            self._whole.setCurrentWidget(self._nothing)
            self._awaited.answer()
        else:
            self._desk.problems.show(error)

    @property
    def _shown_whole(self) -> QWidget:
        """The views, or that there is nothing to count in the one chosen."""
        empty = self._seen is not None and self._seen.empty
        return self._nothing if empty and self.tabs.current not in _OF_THEIR_OWN else self._stack

    def _turn(self, name: str) -> None:
        self._leave_paper()
        if self._seen is not None:
            self._whole.setCurrentWidget(self._shown_whole)
            self._set_enabled()
        self._stack.setCurrentWidget(self._places[name])
        self._views[name].activate()

    def _set_enabled(self) -> None:
        """While the paper is looked at its own keys count."""
        view = self._views[self.tabs.current]
        if isinstance(view, TalliesView | RatesView):
            there = view.shown is not None
        else:
            counted = self._seen is not None and not self._seen.empty
            there = counted or self.tabs.current in _OF_THEIR_OWN
        for action in (self.export, self.print):
            action.setEnabled(there and not self._on_paper)
        self.again.setEnabled(not self._on_paper)

    @property
    def _on_paper(self) -> bool:
        return self.paper is not None and self._whole.currentWidget() is self.paper

    @property
    def _handed_out(self) -> HandedOut | None:
        """What the keys of 另存 and 打印 are about: the table shown, else the 汇总表."""
        view = self._views[self.tabs.current]
        shown = (view if isinstance(view, WithTable) else self.table).shown
        return handed_out(self._desk.office, shown) if shown is not None else None

    def _export(self) -> None:
        handed = self._handed_out
        chosen = self.save_to(f"{handed.name}{handed.ending}") if handed is not None else ""
        if handed is not None and chosen:
            job = partial(handed.write, Path(chosen))
            self._desk.worker.read(job, long=True).done.connect(self._say_written)

    def _say_written(self, path: Path) -> None:
        self._desk.problems.noticed.emit(Notice("ok", f"已存为“{path}”。"))
        self.written.emit(str(path))

    def _dialog(self, name: str) -> str:
        wanted = str(Path.home() / name)
        kinds = _WORD if name.endswith(".docx") else _EXCEL
        return QFileDialog.getSaveFileName(self, "存到", wanted, kinds)[0]

    def _print(self) -> None:
        """The paper is looked at in the place of the table, and printed or kept from there."""
        handed = self._handed_out
        if handed is None:
            return
        if self.paper is None:
            self.paper = PaperPanel(self._desk)
            self.paper.closed.connect(self._leave_paper)
            self._whole.addWidget(self.paper)
        self._whole.setCurrentWidget(self.paper)
        self._set_enabled()
        self.paper.show_paper(handed.name, handed.advice, handed.render)
        self.paper.go_in()

    def _leave_paper(self) -> None:
        if self._on_paper:
            self._whole.setCurrentWidget(self._shown_whole)
            self._set_enabled()
            self._views[self.tabs.current].activate()
