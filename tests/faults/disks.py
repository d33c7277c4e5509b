"""The disk is full, may not be written, breaks, or is pulled out: that is told, nothing is lost."""

from __future__ import annotations

import errno
import resource
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.domain.kernel.errors import Problem
from tests.faults import children
from tests.faults.children import Ended, Tell
from tests.faults.jobs import JOBS, Job
from tests.faults.ready import Ready, numbered, scratch
from tests.faults.shim import Change, Mode, Plan
from tests.faults.stage import Stage

NAME = "disk"
FULL, SHORT = 2_000, 8
_AFTER = ("add", "submit", "merge", "undo", "backup", "restore", "enrol", "settings", "attachments")
_ON_STICK = ("submit", "backup", "enrol", "merge")
_LARGEST = 400_000
"""Bytes that files may still grow by, where they may not grow without end."""


_UNTRUE = ("STORE_BUSY", "IN_USE", "STORE_DAMAGED", "WRONG_PASSPHRASE")
"""What must not be told of a disk that fails: nobody else is at work, and nothing is damaged."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the disk, from which change on, and for which jobs."""

    name: str
    mode: Mode
    error: int
    counted: Change = Change.ANY
    stick: bool = False
    early: bool = False
    """From before the data is opened."""
    jobs: tuple[str, ...] = _AFTER


FAULTS = (
    Fault("full disk", Mode.ON, errno.ENOSPC),
    Fault("full stick", Mode.ON, errno.ENOSPC, stick=True, jobs=_ON_STICK[:3]),
    Fault("read-only", Mode.ON, errno.EROFS),
    Fault("read-only from the start", Mode.ON, errno.EROFS, early=True),
    Fault("stick pulled", Mode.VANISH, errno.EIO, stick=True, jobs=_ON_STICK),
    Fault("EIO on fsync", Mode.ONCE, errno.EIO, counted=Change.SYNC),
    Fault("EIO on every fsync", Mode.ON, errno.EIO, counted=Change.SYNC),
    Fault("EIO on a write", Mode.ONCE, errno.EIO),
    Fault("broken from here on", Mode.ON, errno.EIO),
    Fault("file may not grow", Mode.COUNT, errno.EFBIG),
)


@dataclass(frozen=True, slots=True)
class Try:
    """One fault that comes over one job."""

    stage: Stage
    fault: Fault
    job: Job

    def plan(self, place: Path, at: int) -> Plan:
        """For the shim; with 0 it counts only."""
        fault, stick = self.fault, place / "stick"
        pulled = fault.mode is Mode.VANISH
        return Plan(
            stick if fault.stick and not pulled else place,
            fault.mode if at else Mode.COUNT,
            at,
            fault.error,
            fault.counted,
            leaves=stick if pulled else None,
        )

    def changes(self) -> int:
        """How many changes there are at which the fault may come."""
        self.stage.warm(self.job)
        if self.fault.early or self.fault.error == errno.EFBIG:
            return 1
        with scratch() as folder:
            ended = self.play(self.stage.ready.place(self.job.data, folder), 0)
        if ended.how != "done":
            raise RuntimeError(f"{self.job.name} does not even end by itself: {ended.why}")
        return max(ended.changes, 1)

    def play(self, place: Path, at: int) -> Ended:
        """Do the job with the packages on the stick, the fault coming at this change."""
        ready = _laid(self.stage.ready, place)
        ended = children.run(
            self.stage.shim, self.plan(place, at), partial(self._work, ready, place)
        )
        _put_back(place)
        return ended

    def _work(self, ready: Ready, place: Path, tell: Tell) -> None:
        """The job; refused, it is done once more by the same program, the fault mended."""

        def told(text: str) -> None:
            if text != "begin" or not self.fault.early:
                tell(text)
            if text == "begin" and self.fault.error == errno.EFBIG:
                _limit(_LARGEST + max(path.stat().st_size for path in place.rglob("*.db")) // 2)

        if self.fault.early:
            tell("begin")
        try:
            self.job.work(ready, place, told)
        except Problem:
            self.stage.shim.calm()
            _limit(resource.RLIM_INFINITY)
            _put_back(place)
            self.job.work(ready, place, lambda text: tell(text) if text != "begin" else None)
            raise


def run(stage: Stage, numbers: Iterator[int]) -> None:
    """Try these numbers; each is a fault, a job and a moment."""
    most: dict[tuple[str, str], int] = {}
    jobs = {job.name: job for job in JOBS}
    pairs = [(fault, jobs[name]) for fault in FAULTS for name in fault.jobs]
    with scratch() as folder:
        for number, empty in zip(numbers, numbered(folder), strict=False):
            one = Try(stage, *pairs[number % len(pairs)])
            key = one.fault.name, one.job.name
            if key not in most:
                most[key] = one.changes()
            _judge(one, stage.ready.place(one.job.data, empty), number, most[key])


def _judge(one: Try, place: Path, number: int, most: int) -> None:
    line, tally = f"{NAME}: {one.fault.name}: {one.job.name}", one.stage.tally
    at = one.stage.dice(NAME, number).randint(1, most)
    ended = one.play(place, at)
    if ended.how in ("fell", "killed") or ended.why.startswith(_UNTRUE):
        found = [f"{ended.how}: {ended.why}"]
    else:
        found = one.stage.losses(place, one.job, ended.told)
    if found:
        tally.lose(line, number, f"at {at}: {'; '.join(found)}")
    else:
        tally.add(line, "refused" if ended.how == "refused" else "survived")
    if ended.how == "refused":
        tally.codes[f"{one.fault.name}: {ended.why.split(' ', 1)[0]}"] += 1


def _laid(ready: Ready, place: Path) -> Ready:
    """The packages lie on the stick."""
    laid = [
        replace(one, path=Path(shutil.copy(one.path, place / "stick"))) for one in ready.packages
    ]
    return replace(ready, packages=tuple(laid))


def _put_back(place: Path) -> None:
    """The stick that was pulled is plugged in again."""
    if (place / "stick.gone").exists():
        (place / "stick.gone").rename(place / "stick")


def _limit(size: int) -> None:
    """No file may become larger from here on."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
