"""An empty state: an icon, a heading, why it is empty, and how to begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.icons import icon
from app.ui.keys import Action
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import LIGHT

_WIDTH = 420


class EmptyState(QWidget):
    """At most three ways to begin; the first is the primary one."""

    def __init__(
        self,
        sign: str,
        heading: str,
        why: str,
        actions: Sequence[Action] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(LIGHT.gap)
        picture = QLabel()
        picture.setPixmap(icon(sign, LIGHT.slate2).pixmap(48, 48))
        note = label(why, "note")
        note.setWordWrap(True)
        note.ensurePolished()
        note.setFixedSize(_WIDTH, note.heightForWidth(_WIDTH))
        column.addStretch(1)
        for part in (picture, label(heading, "title"), note):
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        for place, action in enumerate(actions):
            row.addWidget(KeyButton(action, primary=place == 0))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
