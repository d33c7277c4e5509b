"""Work that several threads may ask for: one does it, the others hear how far it is, and wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.kernel.progress import Cancel, Progress, Step

_PATIENCE = 0.1
"""Seconds between two looks at 取消 while another works."""


class OneAtATime:
    """A lock whose waiting can be watched and stopped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._step: Step | None = None

    @contextmanager
    def turn(self, progress: Progress, cancel: Cancel) -> Iterator[Progress]:
        """Work alone, and say by what is given how far it is; raises `Cancelled`."""
        while not self._lock.acquire(timeout=_PATIENCE):
            cancel.check()
            if self._step is not None:
                progress(self._step)
        try:
            yield self._heard_by(progress)
        finally:
            self._step = None
            self._lock.release()

    def _heard_by(self, progress: Progress) -> Progress:
        def told(step: Step) -> None:
            self._step = step
            progress(step)

        return told
