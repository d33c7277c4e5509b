"""Python's garbage is collected on the main thread only.

The collector runs wherever memory is asked for, so in the worker's threads too, and would
take the widgets of a page that was left apart there; their timers then go off into nothing,
and the program falls.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds between two looks at how much there is."""
_OLDEST = 2
_SHARE = 200
"""A whole collection may take one part in so many of the window's time."""


class Garbage(QObject):
    """Takes the collector's work over until `leave`; make it on the main thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY)
        self._due = 0.0
        gc.disable()

    def leave(self) -> None:
        """Give the work back, once there is no other thread."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _look(self) -> None:
        """As the collector itself decides: the oldest generation that has grown enough."""
        pairs = zip(gc.get_count(), gc.get_threshold(), strict=True)
        grown = [place for place, (count, most) in enumerate(pairs) if count > most]
        if grown:
            self._collect(grown[-1])

    def _collect(self, generation: int) -> None:
        """The window stands still meanwhile: a whole collection waits until it is due again.

        What outlives the first one, the program itself above all, is not looked at any more.
        """
        began = time.perf_counter()
        if generation < _OLDEST or began < self._due:
            gc.collect(min(generation, _OLDEST - 1))
            return
        gc.collect()
        if not self._due:
            gc.freeze()
        ended = time.perf_counter()
        self._due = ended + (ended - began) * _SHARE
