"""A strip of views at the top of a page or card: words, a count, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.ui.theme import LIGHT

_HEIGHT = 30
_SIDE = 5
"""Beside the words at least, in pixels."""
_STYLE = (
    "QPushButton {{ padding: {padding}; border: none; border-radius: 0; background: transparent;"
    " color: {text2}; min-height: 26px; }}"
    "QPushButton:checked {{ color: {text}; font-weight: bold; border-bottom: 2px solid {bar}; }}"
    "QPushButton:focus {{ color: {focus}; }}"
)


class _Tab(QPushButton):
    """As wide as its words when it is chosen, and never narrower."""

    def sizeHint(self) -> QSize:
        font = QFont(self.font())
        font.setBold(True)
        words = QFontMetrics(font).horizontalAdvance(self.text())
        return QSize(words + 2 * _SIDE, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Tabs(QWidget):
    """Emits `chosen(name)` when a person goes to another view."""

    chosen = Signal(str)

    def __init__(self, views: Sequence[tuple[str, str]], *, underlined: bool = True) -> None:
        super().__init__()
        self._words = dict(views)
        self._group = QButtonGroup(self)
        bar = LIGHT.focus if underlined else "transparent"
        padding = "0 4px" if underlined else "0 8px 0 0"
        style = _STYLE.format(
            padding=padding, text=LIGHT.text, text2=LIGHT.text2, bar=bar, focus=LIGHT.focus
        )
        self._buttons = {name: self._button(name, words, style) for name, words in views}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap if underlined else 4)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        self.setFixedHeight(_HEIGHT)
        self.current = views[0][0]
        self._buttons[self.current].setChecked(True)

    def count(self, name: str, number: int | None) -> None:
        """Say how many there are; None says nothing."""
        words = self._words[name]
        self._buttons[name].setText(words if number is None else f"{words} {number:,}")

    def go(self, name: str) -> None:
        """Choose a view."""
        self.mark(name)
        self.chosen.emit(name)

    def mark(self, name: str) -> None:
        """Show which view is shown, where it was chosen elsewhere."""
        self._buttons[name].setChecked(True)
        self.current = name

    def step(self, by: int) -> None:
        """Choose the view beside; stops at the ends."""
        names = list(self._words)
        at = names.index(self.current) + by
        if 0 <= at < len(names):
            self.go(names[at])

    def turn(self) -> None:
        """Choose the next view, after the last one the first."""
        names = list(self._words)
        self.go(names[(names.index(self.current) + 1) % len(names)])

    def words(self, name: str) -> str:
        """What stands on the button of a view."""
        return self._buttons[name].text()

    def _button(self, name: str, words: str, style: str) -> QPushButton:
        button = _Tab(words)
        button.setCheckable(True)
        button.setFlat(True)
        button.setAutoDefault(False)
        button.setStyleSheet(style)
        button.clicked.connect(lambda: self.go(name))
        self._group.addButton(button)
        return button
