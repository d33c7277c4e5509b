"""首页 of a new office: nothing is there yet, and three ways to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.icons import icon
from app.ui.keys import Action, tell
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, surface
from app.ui.theme import LIGHT

_WIDTH = 560


@dataclass(frozen=True, slots=True)
class Way:
    """One way to begin: what it is, why, and the action that does it."""

    sign: str
    title: str
    why: str
    action: Action


class Beginning(Card):
    """A heading, two lines of why, and at most three ways; the first is the primary one."""

    def __init__(self, heading: str, why: str, ways: Sequence[Way]) -> None:
        super().__init__()
        self.heading = label(heading, "title")
        self.body.setSpacing(8)
        self.body.addStretch(1)
        picture = QLabel()
        picture.setPixmap(icon("house", LIGHT.slate2).pixmap(48, 48))
        note = label(why, "label")
        for part in (picture, self.heading, note):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.body.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addSpacing(12)
        for place, way in enumerate(ways):
            self.body.addWidget(_row(way, primary=place == 0), 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(2)
        tell(self, *(way.action.key for way in ways))


def _row(way: Way, *, primary: bool) -> QWidget:
    made = surface("card")
    made.setFixedSize(_WIDTH, 64)
    made.setStyleSheet(f'QFrame[role="card"] {{ background: {LIGHT.sub}; }}')
    sign = QLabel()
    sign.setPixmap(icon(way.sign).pixmap(18, 18))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addStretch(1)
    words.addWidget(label(way.title, "strong"))
    words.addWidget(label(way.why, "note"))
    words.addStretch(1)
    row = QHBoxLayout(made)
    row.setContentsMargins(18, 0, LIGHT.margin, 0)
    row.setSpacing(14)
    row.addWidget(sign)
    row.addLayout(words, 1)
    row.addWidget(KeyButton(way.action, primary=primary))
    return made
