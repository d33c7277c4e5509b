"""The window is killed at one of its changes, while packages are taken in or units are keyed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.faults.jobs import JOBS
from tests.faults.ready import numbered, scratch
from tests.faults.shim import Mode
from tests.faults.stage import Stage
from tests.services.offices import CITY, COUNTY, PASSPHRASE

NAME = "window"
FULL, SHORT = 60, 2
_LIMIT = 400
"""Seconds after which a window hangs."""


class _Play(NamedTuple):
    """What is done in the window: in whose data, about how many changes, like which job."""

    name: str
    data: str
    changes: int
    job: str


_PLAYS = (_Play("merge", CITY, 300, "merge"), _Play("key", COUNTY, 400, "add"))


def run(stage: Stage, numbers: Iterator[int]) -> None:
    """Try these numbers; each is a window, hurried through what is done in it, and a moment."""
    with scratch() as folder:
        for number, empty in zip(numbers, numbered(folder), strict=False):
            play = _PLAYS[number % len(_PLAYS)]
            place = stage.ready.place(play.data, empty)
            _try(stage, play, place, number)


def _try(stage: Stage, play: _Play, place: Path, number: int) -> None:
    at = stage.dice(NAME, number).randint(1, play.changes)
    status, told = _played(stage, play, place, number, at)
    job = next(job for job in JOBS if job.name == play.job)
    found = stage.losses(place, job, told)
    line = f"{NAME}: {play.name} killed"
    if status not in (0, -signal.SIGKILL):
        found.append(f"ended with {status}")
    if found:
        stage.tally.lose(line, number, f"at {at}: {'; '.join(found)}")
    elif status:
        stage.tally.add(line, "survived")


def _played(
    stage: Stage, play: _Play, place: Path, number: int, at: int
) -> tuple[int, Sequence[str]]:
    """The exit status of a window under the shim, and what it told as saved."""
    package = stage.ready.packages[-1].path
    words = [play.name, str(number), str(_LIMIT), str(package), PASSPHRASE]
    armed = {"FAULTS_ROOT": str(place.resolve()), "FAULTS_MODE": str(int(Mode.KILL))}
    quiet = {
        "QT_QPA_PLATFORM": "offscreen",
        "DISPLAY": ":0",
        "ZOUFANG_LOG": str(place / "log" / "faults.log"),
        "XDG_CONFIG_HOME": str(place / "config"),
    }
    command = [sys.executable, "-m", "tests.soak.round", *words, "--data", str(place / "data")]
    ended = subprocess.run(
        command,
        env={**os.environ, **quiet, **armed, "FAULTS_AT": str(at)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in ended.stdout.splitlines() if line.startswith("saved ")]
    return ended.returncode, told
