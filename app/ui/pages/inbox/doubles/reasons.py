"""Why two records may be one, and what speaks against it: chips that wrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.parts.chip import HEIGHT, chip_width, paint_chip
from app.ui.theme import LIGHT, text_font

_GAP, _LINE = 8, 26


@dataclass(frozen=True, slots=True)
class Word:
    """A chip of a kind (`theme.CHIPS`), or without one a bold heading of what follows."""

    text: str
    kind: str = ""


class Reasons(QWidget):
    """Words one after the other, on as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        self._words: Sequence[Word] = ()
        self._places: list[QRect] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_LINE + 2 * _GAP)

    def show_words(self, words: Sequence[Word]) -> None:
        """Show these."""
        self._words = words
        self.setAccessibleName("，".join(word.text for word in words))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            bottom = QRect(0, self.height() - 1, self.width(), 1)
            painter.fillRect(bottom, QColor(LIGHT.line))
            for word, place in zip(self._words, self._places, strict=True):
                if word.kind:
                    paint_chip(painter, place, word.text, word.kind)
                    continue
                painter.setFont(text_font(LIGHT.normal, bold=True))
                painter.setPen(QColor(LIGHT.text))
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), word.text)

    def _arrange(self) -> None:
        metrics = QFontMetrics(text_font(LIGHT.normal, bold=True))
        x, y = LIGHT.margin, _GAP
        self._places = []
        for word in self._words:
            width = chip_width(word.text) if word.kind else metrics.horizontalAdvance(word.text)
            if x > LIGHT.margin and x + width > self.width() - LIGHT.margin:
                x, y = LIGHT.margin, y + _LINE
            self._places.append(QRect(x, y, width + 1, max(HEIGHT, _LINE)))
            x += width + _GAP
        self.setFixedHeight(y + _LINE + _GAP)
        self.update()
