"""起草报告 where the report is owed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.ui.page_context import PageContext
from app.ui.pages.letters.letter_panel import LetterPanel
from app.ui.parts.panel import Panel


class LetterOverlay(Panel):
    """The panel of 材料, over the steps; `closed` on Esc."""

    closed = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self.inner = LetterPanel(desk)
        self.inner.row.setContentsMargins(0, 0, 0, 0)
        self.inner.closed.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.inner)

    def begin(self) -> None:
        """Put the report together."""
        self.inner.begin(None)
        self.inner.activate()

    def go_in(self) -> None:
        self.inner.activate()
