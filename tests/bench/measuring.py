"""Ours and the floor in turn, A B A B, in one run; what counts is the ratio."""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.stores import Prepared

Side = Callable[[], AbstractContextManager[Callable[[], object]]]
"""Gets everything ready, yields what is timed, and tidies up; only the yielded call is timed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How large and how often: `many` revisions in the large packages, `rounds` per side."""

    quick: bool
    rounds: int
    prepared: Prepared

    def size(self, full: int, quick: int) -> int:
        """One of two sizes."""
        return quick if self.quick else full


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table.

    `ours` and `floor` are milliseconds, one per round; `aim` is the largest ratio wished for,
    `peak_mb` the memory of ours in a process of its own, `note` a word beside the numbers, or
    why there are none.
    """

    name: str
    ours: tuple[float, ...] = ()
    floor: tuple[float, ...] = ()
    aim: float | None = None
    peak_mb: float | None = None
    peak_aim: float | None = None
    note: str = ""

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours by floor, round by round."""
        return tuple(a / b for a, b in zip(self.ours, self.floor, strict=True))


def alternate(plan: Plan, ours: Side, floor: Side, *, per: int = 1) -> tuple[list[float], ...]:
    """The milliseconds of both sides, in turn, after one turn that does not count.

    `per` is how many results one call makes; the times are for one of them.
    """
    timed: tuple[list[float], list[float]] = ([], [])
    for turn in range(plan.rounds + 1):
        for side, kept in zip((ours, floor), timed, strict=True):
            spent = _timed(side) / per
            if turn:
                kept.append(spent)
    return timed


def _timed(side: Side) -> float:
    with side() as run:
        # What lies ready must not be looked through again by every collection on the way.
        gc.collect()
        gc.freeze()
        begin = time.perf_counter()
        run()
        spent = (time.perf_counter() - begin) * 1000
        gc.unfreeze()
    return spent


def compare(
    plan: Plan, name: str, ours: Side, floor: Side, *, aim: float | None, per: int = 1
) -> Outcome:
    """Time both sides and make a line of it."""
    mine, least = alternate(plan, ours, floor, per=per)
    return Outcome(name, tuple(mine), tuple(least), aim)


def median(values: tuple[float, ...]) -> float:
    """The middle value."""
    return statistics.median(values)


def peak_mb() -> float:
    """The most memory this process has had, in MB.

    Linux's `VmHWM`, because `ru_maxrss` of a process begins with what its parent had.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
