"""A line that asks why, and takes the answer with Enter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from app.ui.keys import ENTER, ESCAPE, Action, tell
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import CHIPS, LIGHT

ASKS = (
    "印发以后这一期锁住，里面的信息记为采用，随回执告诉来稿单位；告诉以前可以撤回。"
    "再按一次 Ctrl+J 印发，按 Esc 不印发。"
)
"""Asked before 印发."""


class AskingLine(QFrame):
    """Hidden until `ask`; `answered(words)` on Enter, `left` on Esc."""

    answered = Signal(str)
    left = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        tone = CHIPS["warning"]
        self.setStyleSheet(f"AskingLine {{ background: {tone.ground}; }}")
        self.typed = QLineEdit()
        self.typed.setAccessibleName(words)
        self.typed.setMaxLength(200)
        said = label(words, "note")
        said.setStyleSheet(f"color: {tone.text};")
        row = QHBoxLayout(self)
        row.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        row.addWidget(said)
        row.addWidget(self.typed, 1)
        row.addWidget(KeyButton(Action(ESCAPE("不撤回"), self._leave, self)))
        self.typed.returnPressed.connect(self._answer)
        tell(self.typed, ENTER("撤回"), ESCAPE("不撤回"))
        self.hide()

    def ask(self) -> None:
        """Ask."""
        self.typed.clear()
        self.show()
        self.typed.setFocus()

    def _answer(self) -> None:
        self.hide()
        self.answered.emit(self.typed.text())

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
