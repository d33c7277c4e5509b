"""A line above the page that says what went wrong, and stays until it is closed or outdated."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.icons import icon, paint_icon
from app.ui.parts.label import label
from app.ui.parts.message_line import SIGNS, WORDS
from app.ui.problems import Notice
from app.ui.theme import CHIPS, LIGHT, colour


class MessageBar(QWidget):
    """Shows one `Notice`, the latest; hidden without one. Never takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._notice = Notice("info", "")
        self._word = label(role="strong")
        self._text = label()
        self._text.setWordWrap(True)
        close = QPushButton(icon("x"), "")
        close.setFlat(True)
        close.setAutoDefault(False)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.setAccessibleName("关闭这条消息")
        close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(LIGHT.margin + 24, 6, 8, 6)
        row.addWidget(self._word)
        row.addWidget(self._text, 1)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, or nothing."""
        return "" if self.isHidden() else f"{self._word.text()}{self._text.text()}"

    def show_notice(self, notice: Notice) -> None:
        """Show these words in place of the ones before."""
        self._notice = notice
        tone = f"color: {CHIPS[notice.kind].text};"
        self._word.setText(WORDS.get(notice.kind, ""))
        self._word.setVisible(bool(self._word.text()))
        self._text.setText("".join((notice.what, notice.why, notice.remedy)))
        for part in (self._word, self._text):
            part.setStyleSheet(tone)
        self.setAccessibleName(self._text.text())
        self.show()
        self.update()

    def clear(self) -> None:
        """Hide it."""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = CHIPS[self._notice.kind]
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(tone.ground))
            bottom = self.rect().adjusted(0, self.height() - 1, 0, 0)
            painter.fillRect(bottom, colour(tone.text, 0.18))
            sign = QRect(LIGHT.margin, self.height() // 2 - 8, 16, 16)
            paint_icon(painter, sign, SIGNS.get(self._notice.kind, "info"), tone.text)
