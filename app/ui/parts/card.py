"""A white card with a head, a body and, where it is worked on, a bar of buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.parts.button_bar import ButtonBar
from app.ui.parts.label import label, surface
from app.ui.theme import LIGHT


class Card(QFrame):
    """Put widgets into `head` (after the title), `body` and, by `add_bar`, the button bar."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self.title = label(title, "strong")
        self.note = label(note, "note")
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
