"""The one shape of long work: `fn(progress, cancel) -> result`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.domain.kernel.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Step:
    """How far a long job is: `done` of `total` (0 = unknown) and what it does now.

    Of several things in a row it is at number `place` of `several`, from 1 on; 0 for one alone.
    """

    label: str
    done: int = 0
    total: int = 0
    place: int = 0
    several: int = 0


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """The progress of a caller that does not watch."""


def of_several(progress: Progress, place: int, several: int, name: str) -> Progress:
    """The progress of one thing of several: its steps say which one it is, from 1 on."""

    def tell(step: Step) -> None:
        told = replace(step, label=f"{name}　{step.label}")
        if several > 1:
            label = f"第 {place:,} 个，共 {several:,} 个　{told.label}"
            told = replace(told, label=label, place=place, several=several)
        progress(told)

    return tell


class Cancel:
    """A flag set by 取消 and asked by the job at points where it can stop cleanly."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the job to stop."""
        self._event.set()

    def check(self) -> None:
        """Raise `Cancelled` when the person asked to stop."""
        if self._event.is_set():
            raise Cancelled
