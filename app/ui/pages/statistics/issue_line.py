"""A line that asks before 定稿 or 印发: what it means, and how it is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.keys import ESCAPE, Action
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import CHIPS, LIGHT

_WORDS = (
    "定稿把这张表的数、今天的日期和您的名字一起存下来，以后不能改，也不能删。"
    "再按一次 Ctrl+J 定稿，按 Esc 不定稿。"
)


class IssueLine(QFrame):
    """Hidden until `ask`; it asks in these words. Esc takes the question back and calls `left`."""

    def __init__(
        self, left: Callable[[], object], words: str = _WORDS, leave: str = "不定稿"
    ) -> None:
        super().__init__()
        self._left, self._asked = left, words
        tone = CHIPS["warning"]
        self.setStyleSheet(f"IssueLine {{ background: {tone.ground}; }}")
        self.words = label(role="note")
        self.words.setWordWrap(True)
        self.words.setStyleSheet(f"color: {tone.text};")
        row = QHBoxLayout(self)
        row.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(KeyButton(Action(ESCAPE(leave), self._leave, self)))
        self.hide()

    @property
    def asks(self) -> bool:
        """Whether the question stands there."""
        return not self.isHidden()

    def ask(self, first: str = "") -> None:
        """Ask; `first` stands before the words."""
        self.words.setText(first + self._asked)
        self.show()

    def end(self) -> None:
        """Take the question back."""
        self.hide()

    def _leave(self) -> None:
        self.end()
        self._left()
