"""An empty state: an icon, a heading, why it is empty, and how to begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

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
        self._buttons = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._buttons)
        self._row.setContentsMargins(0, 0, 0, 0)
        for place, action in enumerate(actions):
            button = KeyButton(action, primary=place == 0)
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._wide = self._row.sizeHint().width()
        column.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ways stand below each other where they do not fit beside each other."""
        super().resizeEvent(event)
        fits = self._wide <= self.width() - 2 * LIGHT.margin
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(beside if fits else below)

    def minimumSizeHint(self) -> QSize:
        """No wider than its words: the buttons find room below each other."""
        return QSize(_WIDTH, super().minimumSizeHint().height())
