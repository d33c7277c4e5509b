"""Several workers share the tries of one kind; where one falls, another goes on behind it.

What a worker has counted stands in a file of its own after every try, so that a fall of the
harness (a bug in these modules, a crash of a library) costs one try and is told with its
number, and the table can be read while the campaign runs.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.faults.ready import Ready, scratch
from tests.faults.shim import Shim
from tests.faults.stage import Stage
from tests.faults.tally import Tally

_LOOK = 20.0
"""Seconds between two looks at what the workers have counted."""


class Kind(Protocol):
    """What a module of faults offers."""

    NAME: str
    FULL: int
    SHORT: int

    def run(self, stage: Stage, numbers: Iterator[int]) -> None:
        """Make these tries."""


_stopped: list[int] = []
_living: set[int] = set()


def stop(number: int, _: object) -> None:
    """Asked to end (SIGTERM, Ctrl+C), every worker ends its try, and the table is written."""
    if not _stopped:
        _stopped.append(number)
        for worker in _living:
            os.kill(worker, signal.SIGTERM)


def stopped() -> bool:
    """Whether somebody asked to end."""
    return bool(_stopped)


@dataclass(frozen=True, slots=True)
class Crew:
    """What every worker of a kind is given; `until` is a moment of the monotonic clock."""

    kind: Kind
    ready: Ready
    seed: int
    until: float

    def run(self, shares: Sequence[range], say: Callable[[Tally], None]) -> Tally:
        """Make the tries, a worker for each share; `say` hears now and then how far they are."""
        ended = Tally()
        with scratch() as folder:
            under_way = [_Worker(self, share, folder / f"{n}") for n, share in enumerate(shares)]
            while under_way:
                fallen_or_done, _, _ = select.select(under_way, [], [], _LOOK)
                for worker in fallen_or_done:
                    under_way.remove(worker)
                    rest = worker.end(ended)
                    if rest and not stopped():
                        under_way.append(_Worker(self, rest, worker.file))
                say(Tally.sum([ended, *(worker.counted() for worker in under_way)]))
        return ended


class _Worker:
    """A child process with a share of the numbers."""

    def __init__(self, crew: Crew, share: range, file: Path) -> None:
        self.file, self._crew, self._share = file, crew, share
        file.write_text("{}", "utf-8")
        self._child = os.fork()
        if self._child == 0:
            _living.clear()
            os._exit(self._work())
        _living.add(self._child)
        self._handle = os.pidfd_open(self._child)

    def fileno(self) -> int:
        """Can be read from when the child has ended."""
        return self._handle

    def counted(self) -> Tally:
        """What the worker had counted before the try it is at."""
        told = json.loads(self.file.read_text("utf-8"))
        return Tally.of_json(told["tally"]) if told else Tally()

    def end(self, whole: Tally) -> range:
        """Add what an ended worker counted; returns the numbers that are left where it fell."""
        os.close(self._handle)
        _living.discard(self._child)
        status = os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
        whole.join(self.counted())
        if not status:
            return range(0)
        told = json.loads(self.file.read_text("utf-8"))
        at = told.get("at")
        why = told.get("why") or f"ended with {status}"
        whole.fall(self._crew.kind.NAME, at, self._crew.seed, why)
        return self._share[self._share.index(at) + 1 :] if at is not None else range(0)

    def _work(self) -> int:
        """The life of the child; returns its exit status."""
        crew = self._crew
        stage = Stage(Shim(), crew.ready, crew.seed)
        at: list[int] = []
        try:
            crew.kind.run(stage, self._numbers(stage.tally, at))
        except BaseException:  # noqa: BLE001  (told to the parent)
            traceback.print_exc()
            self._write(stage.tally, at, traceback.format_exc().strip())
            return 1
        self._write(stage.tally, at)
        sys.stderr.flush()
        return 0

    def _numbers(self, tally: Tally, at: list[int]) -> Iterator[int]:
        for number in self._share:
            if time.monotonic() > self._crew.until or stopped():
                return
            at[:] = [number]
            self._write(tally, at)
            yield number

    def _write(self, tally: Tally, at: Sequence[int], why: str = "") -> None:
        told = {"at": at[0] if at else None, "why": why, "tally": tally.as_json()}
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps(told), "utf-8")
        part.replace(self.file)
