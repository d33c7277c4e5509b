"""The library that stands between a program and its disk (shim.c), and how it is told what to do.

It counts each change below one folder: a write, a sync, a change of names. At the chosen change
it kills the program or refuses the change, as a full or broken disk would.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from pathlib import Path

_SOURCE = Path(__file__).with_name("shim.c")
_MADE = Path(__file__).resolve().parents[2] / "build" / "faults"
_OURS = "ZOUFANG_FAULTS_SHIM"


class Mode(IntEnum):
    """What is done at the chosen change."""

    COUNT = 1
    KILL = 2
    ONCE = 3
    """Refuse this one change."""
    ON = 4
    """Refuse it and all that follow."""
    VANISH = 5
    """The folder is gone from then on."""


class Change(IntFlag):
    """Which changes are counted."""

    WRITE = 1
    SYNC = 2
    NAME = 4
    ANY = 7


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen below a folder, and at which of the changes there, counted from 1."""

    root: Path
    mode: Mode = Mode.COUNT
    at: int = 0
    error: int = errno.EIO
    counted: Change = Change.ANY
    leaves: Path | None = None
    """What is gone, for `VANISH`."""


def built() -> Path | None:
    """The library, made when it is older than its source; None without a compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        return None
    _MADE.mkdir(parents=True, exist_ok=True)
    library = _MADE / "shim.so"
    if not library.exists() or library.stat().st_mtime < _SOURCE.stat().st_mtime:
        part = library.with_suffix(f".{os.getpid()}")
        words: list[str | Path] = [
            compiler,
            "-shared",
            "-fPIC",
            "-O2",
            "-o",
            part,
            _SOURCE,
            "-ldl",
            "-lpthread",
        ]
        subprocess.run(words, check=True)
        part.replace(library)
    return library


def under(library: Path, command: Sequence[str]) -> None:
    """Become this command with the library under it, unless it is there already."""
    if os.environ.get(_OURS) != str(library):
        environment = {**os.environ, _OURS: str(library), "LD_PRELOAD": str(library)}
        os.execve(sys.executable, [sys.executable, *command], environment)


class Shim:
    """The library in this process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[_OURS])

    def arm(self, plan: Plan) -> None:
        """Begin to count."""
        folder = str(plan.root.resolve()).encode()
        numbers = (plan.mode, int(plan.counted), ctypes.c_long(plan.at), plan.error)
        leaves = str((plan.leaves or plan.root).resolve()).encode()
        self._library.faults_arm(folder, leaves, *numbers)

    def calm(self) -> None:
        """Let everything pass from now on."""
        self._library.faults_arm(b"", b"", 0, 0, ctypes.c_long(0), 0)

    def count(self) -> int:
        """How many changes there were since `arm`."""
        self._library.faults_count.restype = ctypes.c_long
        return int(self._library.faults_count())

    def log(self, file: int) -> None:
        """Write each change into this open file."""
        self._library.faults_log(file)

    def note(self, text: str) -> None:
        """Write down, between the changes, what a person was told."""
        self._library.faults_note(text.encode())
