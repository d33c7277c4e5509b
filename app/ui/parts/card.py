"""A white card with a head, a body and, where it is worked on, a bar of buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.parts.button_bar import ButtonBar
from app.ui.parts.label import surface, tip
from app.ui.theme import LIGHT

_LEAST, _LEAST_NOTE = 48, 160
"""Pixels that a title and the note beside it keep where there is hardly any room."""


class Title(QLabel):
    """A line that ends in … where there is no room for all of it; the tooltip says the whole."""

    def __init__(self, text: str, role: str = "strong", least: int = _LEAST) -> None:
        super().__init__(text)
        self._least = least
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    @property
    def shown(self) -> str:
        """What there is room for."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), self._least), least.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown
        self.setToolTip(tip("" if shown == self.text() else self.text()))
        if shown == self.text():
            super().paintEvent(event)
            return
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                self.contentsRect(),
                int(Qt.AlignmentFlag.AlignVCenter),
                self.palette(),
                self.isEnabled(),
                shown,
                self.foregroundRole(),
            )


class Card(QFrame):
    """Put widgets into `head` (after the title), `body` and, by `add_bar`, the button bar."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self.title = Title(title)
        self.note = Title(note, "note", _LEAST_NOTE)
        self.head = self._head() if title else QHBoxLayout()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*[LIGHT.margin] * 4)
        self._column.addLayout(self.body, 1)

    def add_bar(self) -> QHBoxLayout:
        """The bar at the bottom; put the primary button last, at its right end."""
        bar = ButtonBar()
        self._column.addWidget(bar)
        return bar.row

    def _head(self) -> QHBoxLayout:
        head = surface("head")
        head.setFixedHeight(LIGHT.icon_row)
        row = QHBoxLayout(head)
        row.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        row.addWidget(self.title)
        row.addWidget(self.note)
        row.addStretch(1)
        self._column.addWidget(head)
        return row


def card_around(inner: QWidget) -> Card:
    """A card that shows one thing only, such as that there is nothing."""
    card = Card()
    card.body.addWidget(inner)
    return card
