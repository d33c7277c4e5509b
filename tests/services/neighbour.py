"""A second process at work in the same data folder, and the word it waits for or gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.domain.kernel.progress import Cancel
from app.services.backup import backup
from app.services.office.office import Office, open_office
from app.services.packages import sealing
from app.services.receiving import take_package
from tests.services.offices import PASSPHRASE


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


class Saying(Cancel):
    """Says once that the work has begun, or waits for its turn."""

    def __init__(self) -> None:
        super().__init__()
        self._said = False

    def check(self) -> None:
        if not self._said:
            self._said = True
            say("begun")


def seal_in_vain(office: Office, argument: str) -> None:
    """Begin to seal, and fail in the middle of it."""
    write = office.store.write

    def knocking() -> Any:
        say("begun")
        return write()

    office.store.write = knocking  # type: ignore[method-assign]
    try:
        with sealing.writing(office):
            raise ArithmeticError(argument)
    except ArithmeticError:
        say("failed")


def receive(office: Office, argument: str) -> None:
    say(take_package.receive(office, Path(argument), cancel=Saying()).state)


def back_up(office: Office, argument: str) -> None:
    backup.back_up(office, Path(argument))
    say("begun")


JOBS = {one.__name__: one for one in (seal_in_vain, receive, back_up)}


@contextmanager
def neighbour(job: str, root: Path, argument: str | Path = "") -> Iterator[subprocess.Popen[str]]:
    """Start a job in another process; on leaving, wait for its end."""
    words = [sys.executable, "-m", __name__, job, str(root), str(argument)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.wait() == 0


def heard(process: subprocess.Popen[str]) -> str:
    """The next word of the other process."""
    assert process.stdout is not None
    word = process.stdout.readline().strip()
    assert word
    return word


if __name__ == "__main__":
    office = open_office(Path(sys.argv[2]), PASSPHRASE)
    JOBS[sys.argv[1]](office, sys.argv[3])
    office.close()
