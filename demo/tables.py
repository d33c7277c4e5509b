"""Tables written as text: one row a line, the cells parted by |."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

YEAR = 2011


def rows(kind: Callable[..., T], text: str) -> tuple[T, ...]:
    """The rows of a table; cells missing at the end of a line are left to their defaults."""
    return tuple(
        kind(*(cell.strip() for cell in line.split("|"))) for line in text.split("\n") if line
    )


def day(text: str) -> dt.date:
    """The day of the story's year that `month-day` names."""
    month, number = map(int, text.split("-"))
    return dt.date(YEAR, month, number)
