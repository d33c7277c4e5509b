"""The card the pages of the first start stand in: heading, page, what is said, the buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.ui.keys import Action
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.start.wizard.step import Step, stretch
from app.ui.theme import LIGHT


class Frame(QWidget):
    """Made first; `lay_out` fills it. `painted` comes once."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._new = True
        self.message = MessageLine()
        self.progress = QProgressBar()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._new:
            self._new = False
            QTimer.singleShot(0, self.painted.emit)

    def lay_out(
        self,
        steps: Sequence[Step],
        left: Sequence[Action],
        right: Sequence[Action],
        *,
        title: str = "初次使用",
    ) -> None:
        """Put the pages and the buttons in; the last one at the right is the primary one."""
        stretch(steps)
        self.card = Card(title, " ")
        self.card.setFixedWidth(640)
        self.card.body.setContentsMargins(0, 0, 0, 8)
        self.stack = QStackedWidget()
        self.stack.setFixedHeight(336)
        for step in steps:
            self.stack.addWidget(step)
        self.card.body.addWidget(self.stack)
        self.card.body.addLayout(self._below())
        _fill_bar(self.card.add_bar(), left, right)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        column.addStretch(1)
        column.addWidget(
            label(f"走访帮扶登记系统　{title}", "title"), 0, Qt.AlignmentFlag.AlignHCenter
        )
        column.addSpacing(LIGHT.gap)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def _below(self) -> QVBoxLayout:
        below = QVBoxLayout()
        below.setContentsMargins(32, 0, 32, 0)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        kept = self.progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(kept)
        self.progress.hide()
        self.message.setMinimumHeight(36)
        below.addWidget(self.message)
        below.addWidget(self.progress)
        return below


def _fill_bar(bar: QHBoxLayout, left: Sequence[Action], right: Sequence[Action]) -> None:
    for action in left:
        bar.addWidget(KeyButton(action))
    bar.addStretch(1)
    for action in right:
        bar.addWidget(KeyButton(action, primary=action is right[-1]))
