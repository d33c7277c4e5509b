"""A line above the form: what stands there was typed before and not saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from app.ui.parts.label import label
from app.ui.theme import CHIPS, LIGHT


class DraftLine(QFrame):
    """`refused` when it is not wanted any more."""

    refused = Signal()

    def __init__(self) -> None:
        super().__init__()
        tone = CHIPS["info"]
        self.setStyleSheet(f"Remembered {{ background: {tone.ground}; }}")
        self.words = label(role="note")
        self.words.setStyleSheet(f"color: {tone.text};")
        self.button = QPushButton("不要这些内容")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.refused)
        row = QHBoxLayout(self)
        row.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        self.hide()

    def show_draft(self, at: str, who: str) -> None:
        """Say when it was typed (RFC 3339) and by whom; nothing hides the line."""
        by = f"{who} " if who else ""
        self.words.setText(f"{by}{at[5:10]} {at[11:16]} 填的还没有保存，可以接着填。")
        self.setVisible(bool(at))
