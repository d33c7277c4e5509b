"""The window is killed at one of its changes, while packages are taken in and pages are read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.faults.jobs import JOBS
from tests.faults.ready import numbered, scratch
from tests.faults.shim import Mode
from tests.faults.stage import Stage
from tests.services.offices import CITY, PASSPHRASE

NAME = "window"
FULL, SHORT = 60, 1
_CHANGES = 300
"""About so many a window makes until the package is in."""
_LIMIT = 400
"""Seconds after which a window hangs."""


def run(stage: Stage, numbers: Iterator[int]) -> None:
    """Try these numbers; each is a window, hurried through its pages, and a moment."""
    job = next(job for job in JOBS if job.name == "merge")
    with scratch() as folder:
        for number, empty in zip(numbers, numbered(folder), strict=False):
            place = stage.ready.place(CITY, empty)
            at = stage.dice(NAME, number).randint(1, _CHANGES)
            status = _played(stage, place, number, at)
            found = stage.losses(place, job, ())
            if status not in (0, -signal.SIGKILL):
                found.append(f"ended with {status}")
            if found:
                stage.tally.lose(f"{NAME}: killed", number, f"at {at}: {'; '.join(found)}")
            elif status:
                stage.tally.add(f"{NAME}: killed", "survived")


def _played(stage: Stage, place: Path, number: int, at: int) -> int:
    """The exit status of a window under the shim."""
    package = stage.ready.packages[-1].path
    words = ["merge", str(number), str(_LIMIT), str(package), PASSPHRASE]
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
        check=False,
    )
    return ended.returncode
