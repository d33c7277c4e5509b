"""The order of a list: by which columns, up or down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

MOST = 3
"""Columns that count; what was asked for before them is forgotten."""


@dataclass(frozen=True, slots=True)
class By:
    """A column by which is ordered, rising or falling."""

    field: str
    falling: bool = False


Order = tuple[By, ...]
"""The column asked for last comes first; those before it tell what is equal there apart."""


def turned(order: Sequence[By], field: str) -> Order:
    """The order when a column is asked for: rising, then falling, then not at all.

    As with a stable sort, what was in order before stays so among equals.
    """
    first = order[0] if order else None
    if first is None or first.field != field:
        return led_by(order, By(field))
    return tuple(order[1:]) if first.falling else (replace(first, falling=True), *order[1:])


def led_by(order: Sequence[By], first: By) -> Order:
    """The order with this column before all others."""
    return (first, *(by for by in order if by.field != first.field))[:MOST]
