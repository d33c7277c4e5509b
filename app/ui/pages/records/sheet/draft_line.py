"""A line above the form: what was typed and not saved is kept, thrown away, or brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.keys import Action
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import CHIPS, LIGHT

_SURE = "再按一次就丢掉，接着填就留着。"
_GONE = "已经丢掉，按 Ctrl+Z 找回来。"


class DraftLine(QFrame):
    """Offers `discard` for what stands in the form, and `bring_back` for what was thrown away."""

    def __init__(self, discard: Action, bring_back: Action) -> None:
        super().__init__()
        self.words = label(role="note")
        self.words.setWordWrap(True)
        self.discard, self.bring_back = KeyButton(discard), KeyButton(bring_back)
        self.asks = False
        row = QHBoxLayout(self)
        row.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.discard)
        row.addWidget(self.bring_back)
        self.hide()

    def show_draft(self, at: str, who: str) -> None:
        """Say when it was typed (RFC 3339) and by whom; nothing hides the line."""
        by = f"{who} " if who else ""
        words = f"{by}{at[5:10]} {at[11:16]} 填的还没有保存，可以接着填。" if at else ""
        self._say("info", words, self.discard)

    def ask(self) -> None:
        """Ask once whether it is to be thrown away."""
        self._say("warning", _SURE, self.discard)
        self.asks = True

    def show_gone(self) -> None:
        """Say that it is gone, and how it comes back."""
        self._say("info", _GONE, self.bring_back)

    def _say(self, kind: str, words: str, button: KeyButton) -> None:
        self.asks = False
        tone = CHIPS[kind]
        self.setStyleSheet(f"DraftLine {{ background: {tone.ground}; }}")
        self.words.setStyleSheet(f"color: {tone.text};")
        self.words.setText(words)
        for one in (self.discard, self.bring_back):
            one.setVisible(one is button)
        self.setVisible(bool(words))
