"""审签 and 生成报送文件: the frozen totals, what changed since, and the files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.services.reporting.report_changes import Since, TotalLine
from app.services.reporting.reporting_steps import Situation
from app.ui.page_context import PageContext
from app.ui.pages.submit.changes_card import ChangesCard
from app.ui.pages.submit.files_card import FilesCard
from app.ui.pages.submit.panel import StepPanel
from app.ui.pages.submit.totals_card import TotalsCard
from app.ui.theme import LIGHT
from app.ui.worker import Operation


class SigningPanel(StepPanel):
    """Three cards; their signals are the page's to listen to."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._report = 0
        self.totals = TotalsCard()
        self.totals.table.setMinimumHeight(2 * LIGHT.row)
        self.changes = ChangesCard()
        self.files = FilesCard(desk)
        self.changes.chosen.connect(lambda: self.files.want_again(self.changes.wants_again))
        self._right = QVBoxLayout()
        self._right.setSpacing(LIGHT.gap)
        self._right.addWidget(self.changes, 1)
        self._right.addWidget(self.files)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self.totals, 9)
        row.addLayout(self._right, 12)

    def show_situation(self, seen: Situation) -> None:
        step = seen.steps[1]
        self.totals.note.setText(f"{step.when} 定数　{step.who}".strip())
        self.files.show_situation(seen)
        self.files.want_again(self.changes.wants_again)

    def await_changes(self, report: int, reading: Operation) -> None:
        """They are being read; those of another report are shown no longer."""
        for card in (self.totals, self.changes):
            if report == self._report:
                card.awaited.watch(reading)
            else:
                card.awaited.wait(reading)
        self._report = report

    def show_changes(self, totals: Sequence[TotalLine], since: Sequence[Since]) -> None:
        """What the frozen totals were, and what was changed after that."""
        self.totals.show_totals(totals)
        self.changes.show_changes(since)
        self.changes.setMaximumHeight(16_777_215 if since else 92)

    def go_in(self) -> None:
        self.files.go_in()

    def set_busy(self, busy: bool) -> None:
        self.files.set_busy(busy)
        self.totals.print.setEnabled(not busy)

    def set_narrow(self, narrow: bool) -> None:
        self.totals.hint.setVisible(not narrow)
        self.changes.set_narrow(narrow)
        self.files.set_narrow(narrow)
        self._right.setSpacing(8 if narrow else LIGHT.gap)
