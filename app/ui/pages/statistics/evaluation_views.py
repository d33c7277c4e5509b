"""The two sides of 考评: what this office scores, and what the office above gave it."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.records import ScoreSheet
from app.services.evaluating.evaluation_seen import EvaluationSeen
from app.services.evaluating.result_sheets import SheetSeen
from app.services.figures.statistics import Statistics
from app.ui.keys import TURN, Action, tell_also
from app.ui.page_context import PageContext
from app.ui.pages.statistics.evaluation_view import EvaluationView
from app.ui.pages.statistics.results_view import ResultsView
from app.ui.parts.tabs import Tabs

OWN, RESULTS = "own", "results"
_TURN = TURN("换一边")


class EvaluationViews(QWidget):
    """Shows the results at first where this office scores nobody; without any there is one side.

    Results are of all campaigns: an office has a few.
    """

    def __init__(self, desk: PageContext, export: Action, print_it: Action) -> None:
        super().__init__()
        self.own = EvaluationView(desk, export, print_it)
        self.results = ResultsView(desk, export, print_it)
        self.tabs = Tabs(((OWN, "本单位考评下级"), (RESULTS, "上级考评本单位")))
        self._turn = Action(_TURN, self.tabs.turn, self)
        self._chosen = False
        self._there: int | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.own)
        self._stack.addWidget(self.results)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.hide()
        self._turn.setEnabled(False)
        self.tabs.chosen.connect(self._choose)
        self.results.looked.connect(self._offer)
        self.own.listed.connect(lambda: self._offer(self._there))

    @property
    def shown(self) -> EvaluationSeen | SheetSeen | None:
        """What stands there."""
        return self._side.shown

    def activate(self) -> None:
        """Put the focus where one begins to look; read what changed."""
        self.own.activate()
        self._side.table.setFocus()

    def open(self, type_name: str, record: str) -> None:
        """Show the side of results or of what is scored here, and this one of it."""
        self._choose(RESULTS if type_name == ScoreSheet.type_name else OWN)
        self._side.open(record)

    def set_narrow(self, narrow: bool) -> None:
        """Less room beside the tables."""
        self.own.set_narrow(narrow)
        self.results.set_narrow(narrow)

    def show_statistics(self, seen: Statistics) -> None:
        """Something was counted anew, perhaps of another campaign."""
        self.set_campaign(seen.campaign)

    def set_campaign(self, code: str) -> None:
        """Whose 考评 are shown."""
        self.own.set_campaign(code)
        self.results.read()

    def outdated(self, changes: Changes) -> None:
        """Records were written."""
        self.own.outdated(changes)
        self.results.outdated(changes)

    @property
    def _side(self) -> EvaluationView | ResultsView:
        return self.results if self._stack.currentWidget() is self.results else self.own

    def _offer(self, there: int | None) -> None:
        """Whoever is scored and scores nobody sees the results; who turned stays there."""
        self._there = there
        if there is None:
            return
        self.tabs.setVisible(there > 0)
        self._turn.setEnabled(there > 0)
        for table in (self.own.table, self.results.table):
            tell_also(table, _TURN, works=there > 0)
        if not there:
            self._turn_to(OWN)
        elif self.own.shown is None and not self._chosen:
            self._turn_to(RESULTS)

    def _turn_to(self, name: str) -> None:
        self.tabs.mark(name)
        self._stack.setCurrentWidget(self.results if name == RESULTS else self.own)

    def _choose(self, name: str) -> None:
        self._chosen = True
        self._turn_to(name)
        self._side.table.setFocus()
