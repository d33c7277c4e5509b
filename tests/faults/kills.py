"""The program is killed at one of its changes on the disk, whatever it is doing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.faults import children
from tests.faults.jobs import JOBS, Job
from tests.faults.ready import numbered, scratch
from tests.faults.shim import Mode, Plan
from tests.faults.stage import Stage

NAME = "kill"
FULL, SHORT = 2_000, 6
_LIVES = 6
"""At most so many deaths before somebody looks."""
_AGAIN = 0.7
"""How likely one more death is."""


def run(stage: Stage, numbers: Iterator[int]) -> None:
    """Try these numbers; each is a job, a moment, and whether it is killed again."""
    most: dict[str, int] = {}
    with scratch() as folder:
        for number, empty in zip(numbers, numbered(folder), strict=False):
            job = JOBS[number % len(JOBS)]
            if job.name not in most:
                most[job.name] = _changes(stage, job)
            place = stage.ready.place(job.data, empty)
            _try(stage, job, place, number, most[job.name])


def _changes(stage: Stage, job: Job) -> int:
    """How many changes the job makes when nobody kills it."""
    stage.warm(job)
    with scratch() as folder:
        place = stage.ready.place(job.data, folder)
        ended = children.run(stage.shim, Plan(place), partial(job.work, stage.ready, place))
    if ended.how != "done" or not ended.changes:
        raise RuntimeError(f"{job.name} does not even end by itself: {ended.why}")
    return ended.changes


def _try(stage: Stage, job: Job, place: Path, number: int, most: int) -> None:
    line, dice = f"{NAME}: {job.name}", stage.dice(NAME, number)
    told: list[str] = []
    moments: list[int] = []
    deaths = 0
    while not moments or (len(moments) < _LIVES and dice.random() < _AGAIN):
        moments.append(dice.randint(1, most))
        plan = Plan(place, Mode.KILL, moments[-1])
        ended = children.run(stage.shim, plan, partial(job.work, stage.ready, place))
        told += ended.told
        if ended.how in ("fell", "refused"):
            stage.tally.lose(line, number, f"at {moments}: {ended.how}: {ended.why}")
            return
        deaths += ended.how == "killed"
    found = stage.losses(place, job, told)
    if found:
        stage.tally.lose(line, number, f"at {moments}: {'; '.join(found)}")
        deaths -= 1
    stage.tally.add(line, "survived", max(deaths, 0))
