"""The time of day, handed in so that tests and demonstrations can choose it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]


def wall_clock() -> dt.datetime:
    """Now, with the computer's offset, to the second."""
    return dt.datetime.now().astimezone().replace(microsecond=0)
