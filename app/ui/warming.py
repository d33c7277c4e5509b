"""The pages are loaded before they are asked for, a little at a time between two keys.

Modules that know Qt are imported on the main thread only; app.ui.worker says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal


class Warming(QObject):
    """Imports one module whenever the window has nothing else to do; `done` after the last."""

    done = Signal()

    def __init__(self, modules: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._rest = list(modules)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._load_one)

    def start(self) -> None:
        """Begin; a second time goes on."""
        self._timer.start(0)

    def stop(self) -> None:
        """Load nothing more."""
        self._timer.stop()

    def _load_one(self) -> None:
        if self._rest:
            import_module(self._rest.pop(0))
        else:
            self._timer.stop()
            self.done.emit()
