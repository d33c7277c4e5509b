"""What every kind of fault is given, and the look afterwards."""

from __future__ import annotations

import gc
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.faults import children
from tests.faults.checks import check
from tests.faults.jobs import Job
from tests.faults.ready import Ready, scratch
from tests.faults.shim import Plan, Shim
from tests.faults.tally import Tally


@dataclass(frozen=True, slots=True)
class Stage:
    """The shim, the offices, the seed that repeats everything, and the count."""

    shim: Shim
    ready: Ready
    seed: int
    tally: Tally = field(default_factory=Tally)
    _warm: set[str] = field(default_factory=set)

    def dice(self, kind: str, number: int) -> random.Random:
        """The chance of one try."""
        return random.Random(f"{self.seed} {kind} {number}")

    def warm(self, job: Job) -> None:
        """Do a job and the look behind it once in this process, for the sake of its children.

        They inherit what was imported and compiled on the way, which is most of what a try
        would cost.
        """
        if job.name not in self._warm:
            with scratch() as folder:
                place = self.ready.place(job.data, folder)
                job.work(self.ready, place, _unheard)
                check(self.ready, place, job, (), _unheard)
            gc.collect()
            gc.freeze()
            self._warm.add(job.name)

    def losses(self, place: Path, job: Job, told: Sequence[str]) -> list[str]:
        """What of all that was told is not there, and what no longer works; found by a child."""
        ended = children.run(self.shim, Plan(place), partial(check, self.ready, place, job, told))
        return [*ended.told, *([] if ended.how == "done" else [f"{ended.how}: {ended.why}"])]


def _unheard(_: str) -> None:
    """Tell nobody."""
