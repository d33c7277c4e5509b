"""A line of progress on the terminal, and Ctrl-C as 取消."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from app.domain.kernel.progress import Cancel, Step

_CLEAR = "\r\x1b[K"


class Watch:
    """What a long job is given: where it says how far it is, and the flag that stops it."""

    def __init__(self) -> None:
        self.cancel = Cancel()
        self._asked = False
        self._shown = ""

    def progress(self, step: Step) -> None:
        """Show the step when a person looks on and something new is to be seen."""
        text = f"{step.label} {step.done * 100 // step.total}%" if step.total else step.label
        if text != self._shown and sys.stderr.isatty():
            sys.stderr.write(f"{_CLEAR}{text}")
            sys.stderr.flush()
            self._shown = text

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-C: the job stops where it can stop cleanly; a second one stops at once."""
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        self.cancel.set()

    def clear(self) -> None:
        """Leave the terminal's line empty."""
        if self._shown:
            sys.stderr.write(_CLEAR)
            self._shown = ""


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch a long job."""
    watch = Watch()
    before = signal.signal(signal.SIGINT, watch.interrupt)
    try:
        yield watch
    finally:
        signal.signal(signal.SIGINT, before)
        watch.clear()
