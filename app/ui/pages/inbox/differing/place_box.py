"""One place of a record that differs, with what may be chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout

from app.services.deciding.differing import Claim, Place
from app.ui.keys import SPACE, TAB, UP_DOWN, tell
from app.ui.parts.label import label
from app.ui.theme import LIGHT

_MARKS = "甲乙丙丁"


class PlaceBox(QFrame):
    """One place that differs, and what may be chosen; `chosen` when a person did."""

    chosen = Signal()

    def __init__(self, place: Place, free: bool) -> None:
        super().__init__()
        self.setProperty("role", "head")
        self.place = place
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, LIGHT.gap, LIGHT.margin, LIGHT.gap)
        column.setSpacing(6)
        column.addWidget(label(place.label, "strong"))
        for number, claim in enumerate(place.claims):
            column.addLayout(self._option(number, claim, free))
        self._group.idClicked.connect(lambda _: self.chosen.emit())

    @property
    def claim(self) -> Claim | None:
        """What was chosen."""
        number = self._group.checkedId()
        return self.place.claims[number] if number >= 0 else None

    def focus(self) -> None:
        """Go to the first that may be chosen."""
        self._group.buttons()[0].setFocus()

    def _option(self, number: int, claim: Claim, free: bool) -> QHBoxLayout:
        words, mark = claim.words or "（空白）", _MARKS[number % len(_MARKS)]
        row = QHBoxLayout()
        row.setSpacing(LIGHT.gap)
        top = Qt.AlignmentFlag.AlignTop
        if free:
            button = QRadioButton(mark)
            button.setAccessibleName(f"{self.place.label}：{words}")
            tell(button, UP_DOWN("换一个"), SPACE("选定"), TAB("下一处"))
            self._group.addButton(button, number)
            row.addWidget(button, 0, top)
            row.addWidget(_Words(words, button), 1)
        else:
            row.addWidget(label(mark), 0, top)
            row.addWidget(_Words(words), 1)
        when = claim.at[:16].replace("T", " ")
        row.addWidget(label("　".join(filter(None, (claim.who, when))), "note"), 0, top)
        return row


class _Words(QLabel):
    """A value in as many lines as it takes; a click on it is one on its button."""

    def __init__(self, words: str, button: QRadioButton | None = None) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._button = button

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._button is not None:
            self._button.click()
