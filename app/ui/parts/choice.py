"""One of a few, chosen from a list that drops down; the wheel never changes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.ui.parts.combo import Combo


class Choice(Combo):
    """`taken(name)` when a person took another; `name` is what is chosen."""

    taken = Signal(str)

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self.setAccessibleName(what)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda place: self.taken.emit(self._names[place]))

    @property
    def name(self) -> str:
        """What is chosen, "" while nothing is offered."""
        place = self.currentIndex()
        return self._names[place] if 0 <= place < len(self._names) else ""

    def offer(self, choices: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Offer these (name, words); what was chosen stays so if it is still among them."""
        before = self.name or chosen
        self._names = [name for name, _ in choices]
        self.clear()
        self.addItems([words for _, words in choices])
        self.setCurrentIndex(self._names.index(before) if before in self._names else 0)

    def go(self, name: str) -> None:
        """Choose this, as a person would."""
        self.setCurrentIndex(self._names.index(name))
        self.taken.emit(name)
