"""Long work while no page is open: the backup before closing, a backup being brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.kernel.errors import Problem
from app.ui.keys import AGAIN, Action, Key
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.work_bar import WorkBar
from app.ui.problems import notice_of
from app.ui.theme import LIGHT
from app.ui.worker import Operation

TRY_AGAIN = AGAIN("再试一次")
LEAVE = Key("Enter", "退出", ("Return", "Enter"))


class WorkingPage(QWidget):
    """A card with a bar; after a failure it can be tried `again`, or one can `leave`."""

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self.work = WorkBar()
        self.message = MessageLine()
        self.again = Action(TRY_AGAIN, self._rest, self)
        self.leave = Action(LEAVE, lambda: None, self)
        card = Card(title)
        card.setFixedWidth(520)
        said = label(note)
        said.setWordWrap(True)
        card.body.addWidget(said)
        card.body.addWidget(self.message)
        card.body.addWidget(self.work)
        bar = card.add_bar()
        self._bar = bar.parentWidget()
        bar.addWidget(KeyButton(self.again))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.leave, primary=True))
        self._rest()
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        column.setContentsMargins(*[LIGHT.margin] * 4)

    def watch(self, operation: Operation, words: str, on_stop: str, stop: str = "停止") -> None:
        """Show one operation; Esc stops it."""
        self._rest()
        self.work.watch(operation, words, on_stop)
        self.work.stop.setText(stop)
        self.setFocus()

    def refuse(self, problem: Problem) -> None:
        """Say why it failed, and offer to try again or to leave it."""
        self.message.say(notice_of(problem).kind, str(problem))
        self._offer(True)
        self.setFocus()

    def _rest(self) -> None:
        self.message.clear()
        self._offer(False)

    def _offer(self, offered: bool) -> None:
        self._bar.setVisible(offered)
        for action in (self.again, self.leave):
            action.setVisible(offered)
