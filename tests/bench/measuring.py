"""Ours and the floor in turn, A B A B, in one run; what counts is the ratio."""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
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
class Times:
    """Milliseconds of both sides, one per round: on the clock, and of the CPU.

    The CPU's ratio is the steadier one where others use the machine as well; it leaves out
    waiting for the disk.
    """

    ours: tuple[float, ...]
    floor: tuple[float, ...]
    ours_cpu: tuple[float, ...]
    floor_cpu: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours by floor on the clock, round by round."""
        return _ratios(self.ours, self.floor)

    @property
    def cpu_ratios(self) -> tuple[float, ...]:
        """Ours by floor of the CPU, round by round."""
        return _ratios(self.ours_cpu, self.floor_cpu)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table.

    `aim` is the largest ratio wished for, `peak_mb` the memory of ours in a process of its own,
    `note` a word beside the numbers, or why there are none.
    """

    name: str
    times: Times | None = None
    aim: float | None = None
    peak_mb: float | None = None
    peak_aim: float | None = None
    note: str = ""


def compare(plan: Plan, ours: Side, floor: Side, *, per: int = 1) -> Times:
    """Time both sides in turn, after one turn that does not count.

    `per` is how many results one call makes; the times are for one of them.
    """
    rounds: list[tuple[float, ...]] = []
    for _ in range(plan.rounds + 1):
        mine, least = timed(ours), timed(floor)
        rounds.append((mine[0], least[0], mine[1], least[1]))
    columns = zip(*rounds[1:], strict=True)
    return Times(*(tuple(value * 1000 / per for value in column) for column in columns))


def timed(side: Side) -> tuple[float, float]:
    """Seconds on the clock and of the CPU."""
    with side() as run:
        # What lies ready must not be looked through again by every collection on the way.
        gc.collect()
        gc.freeze()
        begin, cpu = time.perf_counter(), _cpu()
        run()
        spent = time.perf_counter() - begin, _cpu() - cpu
        gc.unfreeze()
    return spent


def _cpu() -> float:
    """Seconds of the CPU that this process and its finished children have used."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _ratios(ours: Sequence[float], floor: Sequence[float]) -> tuple[float, ...]:
    return tuple(a / b for a, b in zip(ours, floor, strict=True) if b)


def median(values: Sequence[float]) -> float:
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
