"""A line that asks for a reason in place; Enter gives it, Esc takes it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.keys import ENTER, ESCAPE, commit_composition, tell
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AskRow(QFrame):
    """Hidden until `ask`; one question at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.question = label(role="label")
        self.reason = QLineEdit()
        self.reason.installEventFilter(self)
        self.warning = MessageLine()
        self.warning.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        column.setSpacing(4)
        column.addWidget(self.warning)
        row = QHBoxLayout()
        row.setSpacing(LIGHT.gap)
        row.addWidget(self.question)
        row.addWidget(self.reason, 1)
        column.addLayout(row)
        self._given: Callable[[str], object] = lambda reason: None
        self._back: QWidget | None = None
        self.hide()

    def ask(self, question: str, hint: str, deed: str, given: Callable[[str], object]) -> None:
        """Ask, e.g. “作废原因”; `deed` says what Enter does, `given(reason)` does it."""
        self.warn("")
        self._back = QApplication.focusWidget()
        self._given = given
        self.question.setText(question)
        self.reason.setAccessibleName(question)
        self.reason.setPlaceholderText(hint)
        self.reason.clear()
        tell(self.reason, ENTER(deed), ESCAPE(f"不{deed}"))
        self.show()
        self.reason.setFocus()

    def warn(self, words: str) -> None:
        """Say something above the question; "" for nothing."""
        self.warning.say("warning", words)
        self.warning.setVisible(bool(words))

    def end(self) -> None:
        """Take the question back."""
        if not self.isHidden():
            self.hide()
            if self._back is not None:
                self._back.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ENTER and not event.modifiers():
                self._give()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.end()
                return True
        return super().eventFilter(watched, event)

    def _give(self) -> None:
        commit_composition()
        reason = self.reason.text().strip()
        if reason:
            self.end()
            self._given(reason)
