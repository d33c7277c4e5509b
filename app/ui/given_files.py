"""Files that somebody opened with the program: kept until an office is open to take them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal


class GivenFiles(QObject):
    """Holds the paths; `came` says that some may be taken now."""

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Path] = []

    def put(self, paths: Sequence[Path]) -> None:
        """Keep them; whoever listens takes them at once."""
        self._waiting += paths
        if self._waiting:
            self.came.emit()

    def take(self) -> list[Path]:
        """What waits, which is the taker's from now on."""
        taken, self._waiting = self._waiting, []
        return taken

    @property
    def names(self) -> str:
        """The names of what waits, at most three of them."""
        named = "、".join(path.name for path in self._waiting[:3])
        count = len(self._waiting)
        return named if count <= 3 else f"{named}等 {count} 个文件"
