"""The line directly under a field: icon, word, sentence. Never covers the next field."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.icons import paint_icon
from app.ui.theme import CHIPS, LIGHT

SIGNS = {"error": "warning-circle", "warning": "warning", "ok": "check-circle", "info": "info"}
WORDS = {"error": "错误", "warning": "提醒"}


class MessageLine(QLabel):
    """Says one thing in the colour of its kind (`theme.CHIPS`), or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumHeight(20)
        self._kind = ""

    def say(self, kind: str, text: str) -> None:
        """Say this; no words are nothing, without a sign of its kind."""
        if not text:
            self.clear()
            return
        self._kind = kind
        word = WORDS.get(kind, "")
        self.setText(f"{word}　{text}" if word else text)
        tone = f"color: {CHIPS[kind].text}; font-size: {LIGHT.small}px;"
        self.setStyleSheet(f"{tone} padding-left: 18px;")
        self.setAccessibleName(self.text())

    def clear(self) -> None:
        """Say nothing."""
        self._kind = ""
        self.setAccessibleName("")
        super().clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._kind:
            with QPainter(self) as painter:
                where = QRect(0, self.height() // 2 - 6, 13, 13)
                paint_icon(painter, where, SIGNS.get(self._kind, "info"), CHIPS[self._kind].text)
