"""A form row: a label at the left, right-aligned, and what belongs to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from app.ui.keys import Action, Key
from app.ui.parts.card import Card
from app.ui.parts.keycap import Keycap
from app.ui.parts.label import label

LABEL = 76


def form_row(words: str, *parts: QWidget) -> QHBoxLayout:
    """The first part takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    name = label(words, "label")
    name.setFixedWidth(LABEL)
    name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(name)
    row.addSpacing(4)
    for place, part in enumerate(parts):
        row.addWidget(part, 1 if place == 0 else 0)
    return row


def show_head(card: Card, shown: bool) -> None:
    """Show or leave away the head of a card."""
    head = card.title.parentWidget()
    if head is not None:
        head.setVisible(shown)


class Option(QWidget):
    """One of a few to choose from, with a key of its own; `button` is the round one."""

    def __init__(self, key: Key, owner: QWidget) -> None:
        super().__init__()
        self.button = QRadioButton(key.words)
        self.action = Action(key, self._choose, owner)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(Keycap(key.shown))

    def _choose(self) -> None:
        self.button.setChecked(True)
        self.button.setFocus()
