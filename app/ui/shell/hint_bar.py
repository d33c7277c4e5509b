"""The bar at the bottom: the keys that work where the focus is, and whether all is saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.icons import paint_icon
from app.ui.keys import TELLING, Key, hints_for
from app.ui.parts.keycap import keycap_width, paint_keycap
from app.ui.theme import CHIPS, LIGHT, text_font

_UNSAVED = "没有保存"
"""How a state begins that is no good news."""


class HintBar(QWidget):
    """Follows the focus within its window; what does not fit is left away from the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hints: Sequence[Key] = ()
        self._state = ""
        self.setFixedHeight(LIGHT.hint_bar)
        self.setAccessibleName("按键提示")
        self._application().focusChanged.connect(self._follow)
        TELLING.changed.connect(self.refresh)

    @property
    def hints(self) -> Sequence[Key]:
        """The keys shown now."""
        return self._hints

    @property
    def state(self) -> str:
        """The save state shown now."""
        return self._state

    def say(self, state: str) -> None:
        """Show a save state at the right: 已保存 10:42:07."""
        self._state = state
        self.update()

    def refresh(self) -> None:
        """Look again at the focused widget, whose keys have changed."""
        self._follow(None, QApplication.focusWidget())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(LIGHT.nav))
            painter.fillRect(self.rect().adjusted(0, 0, 0, 1 - self.height()), QColor(LIGHT.line))
            self._paint_hints(painter, self._paint_state(painter) - LIGHT.margin)

    def _application(self) -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return application

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new.window() is not self.window():
            return
        self._hints = hints_for(new)
        words = "；".join(f"{key.shown} {key.words}" for key in self._hints)
        self.setAccessibleDescription(words)
        self.update()

    def _paint_state(self, painter: QPainter) -> int:
        """Draw the save state; where it begins."""
        if not self._state:
            return self.width()
        font = text_font(LIGHT.small)
        width = QFontMetrics(font).horizontalAdvance(self._state)
        words = QRect(self.width() - LIGHT.margin - width, 1, width + 1, self.height() - 1)
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.text2))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._state)
        sign = QRect(words.left() - 26, self.height() // 2 - 7, 14, 14)
        unsaved = self._state.startswith(_UNSAVED)
        name, kind = ("warning-circle", "error") if unsaved else ("check-circle", "ok")
        paint_icon(painter, sign, name, CHIPS[kind].text)
        return sign.left()

    def _paint_hints(self, painter: QPainter, end: int) -> None:
        font = text_font(LIGHT.small)
        metrics = QFontMetrics(font)
        left = LIGHT.margin
        for key in self._hints:
            cap = QRect(left, 1, keycap_width(key.shown), self.height() - 1)
            width = metrics.horizontalAdvance(key.words)
            words = QRect(cap.right() + 7, 1, width + 1, self.height() - 1)
            if words.right() > end:
                return
            paint_keycap(painter, cap, key.shown, QColor(LIGHT.text2), QColor(LIGHT.control))
            painter.setFont(font)
            painter.setPen(QColor(LIGHT.text2))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, key.words)
            left = words.right() + 14
