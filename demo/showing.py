"""The demonstration on the screen: made beside the data, opened as one of its offices."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.domain.kernel.progress import Cancel, Progress, Step
from demo.places import CITY, QIAOBA, SHAWAN
from demo.playing import ACCOUNT, PASSPHRASE, run
from demo.stage import ZONE

SHOWN = {"county": SHAWAN, "township": QIAOBA, "city": CITY}
"""Which office shows each role."""

LAST_DAY = dt.date(2011, 12, 19)
"""The day it is in the demonstration, a little after its story ends."""

__all__ = ["PASSPHRASE", "SHOWN", "make", "present"]


def make(root: Path, role: str, progress: Progress, cancel: Cancel) -> Path:
    """The data folder of the office that shows a role; played first where it is not there yet.

    Raises `UserError` FOLDER_IN_USE, `EnvironmentProblem`, `Cancelled`; what was stopped is
    played anew the next time.
    """

    def say(line: str) -> None:
        cancel.check()
        if line:
            progress(Step(line))

    if not (root / ACCOUNT).exists():
        run(root, say)
    return root / SHOWN[role].folder


def present() -> dt.datetime:
    """The time of day to the second, on the day it is in the demonstration."""
    time = dt.datetime.now(ZONE).time().replace(microsecond=0)
    return dt.datetime.combine(LAST_DAY, time, ZONE)
