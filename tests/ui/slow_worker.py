"""A worker whose reads answer only when they are let: every page as it stands while it loads."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.ui.lanes import Answer
from app.ui.worker import Worker


class SlowWorker(Worker):
    """Runs everything at once, but keeps back what was read until `let_one` or `let_go`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holding = False
        self._kept: dict[int, Answer] = {}

    def hold(self) -> None:
        """From now on no read is answered."""
        self._holding = True

    @property
    def holds_all(self) -> bool:
        """Whether nothing goes on any more: every answer is here and kept back."""
        return self._under_way.keys() == self._kept.keys()

    @property
    def held(self) -> int:
        """How many answers are kept back."""
        return len(self._kept)

    def let_one(self) -> None:
        """Give the oldest answer."""
        number = next(iter(self._kept))
        super()._tell(number, self._kept.pop(number))

    def let_go(self) -> None:
        """Give every answer, and those that come from now on at once."""
        self._holding = False
        while self._kept:
            self.let_one()

    def _tell(self, number: int, answer: Answer) -> None:
        looks = self._under_way[number][0].looks
        if self._holding and looks and answer is not None:
            self._kept[number] = answer
        else:
            super()._tell(number, answer)
