"""A mark that the program runs; what is left of it says that it ended without an end.

Each process has its own file beside the log of faults (app.services.office.faults), locked
while it runs. Into it the interpreter writes where every thread was when the program falls
(faulthandler). After a normal end it is deleted. One that is left and not locked is of a
process that was killed, fell or lost its power: it is entered in the log and deleted.
"""

from __future__ import annotations

import atexit
import faulthandler
import os
import re
import sys
from collections.abc import Iterator

from app.services.office import faults

WINDOW, COMMAND = "window", "command"

_FILES = "running-*.txt"
_MOST_READ = 64_000
"""Bytes of what a fall has written; it is some thousand."""
_MOST_FILES = 50
_LOCKED = 1 << 30
"""Where the file is locked: far behind what is written, since Windows keeps others from both."""
_PLACE = re.compile(r'  File "(?P<file>.*)", line (?P<line>\d+) in (?P<name>.*)')
_KEPT = re.compile(r"(Fatal Python error|Windows fatal exception|Thread 0x|Current thread 0x)")


class RunMark:
    """Stands while the process runs; make it before anything else is loaded.

    Without a place to write there is no mark, and the program runs all the same.
    """

    def __init__(self, kind: str) -> None:
        self._ended = False
        self._path = faults.log_file().with_name(f"running-{os.getpid()}.txt")
        self._file: int | None = None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            _lock(self._file)
            os.write(self._file, f"{kind}\n{faults.head()}\n".encode())
            os.fsync(self._file)
        except OSError:
            return
        faulthandler.enable(self._file)
        # Registered before Qt registers its own end, so it is called after that.
        atexit.register(self._lift)

    def end(self) -> None:
        """The program ends as it should; the mark goes when the process does."""
        self._ended = True

    def _lift(self) -> None:
        if self._ended and self._file is not None:
            faulthandler.disable()
            os.close(self._file)
            self._path.unlink(missing_ok=True)


def unended() -> bool:
    """Whether a window ended without an end since this was asked last; the log tells of it."""
    return WINDOW in list(_entered())


def _entered() -> Iterator[str]:
    """The kinds of the processes that left a mark, each entered in the log."""
    for path in sorted(faults.log_file().parent.glob(_FILES))[:_MOST_FILES]:
        try:
            with path.open("r+b") as file:
                _lock(file.fileno())
                kind, *rest = file.read(_MOST_READ).decode("utf-8", "replace").splitlines() or [""]
            # A file without a word is of a process that is about to lock it.
            if kind:
                path.unlink()
        except OSError:
            continue
        trace = list(_without_names(rest[1:]))
        if rest and (kind == WINDOW or trace):
            faults.append([rest[0], f"ended without an end ({kind})", *trace])
            yield kind


def _without_names(lines: list[str]) -> Iterator[str]:
    """Threads and places; the folder of a library or program says whose computer it is."""
    for line in lines:
        if place := _PLACE.fullmatch(line):
            yield f"  {faults.from_package(place['file'])}:{place['line']} {place['name']}"
        elif _KEPT.match(line):
            yield line


def _lock(file: int) -> None:
    """Raise OSError when another process has it; the lock goes with the process."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  (this system's only)

        here = os.lseek(file, 0, os.SEEK_CUR)
        os.lseek(file, _LOCKED, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, here, os.SEEK_SET)
    else:
        import fcntl  # noqa: PLC0415  (these systems' only)

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
