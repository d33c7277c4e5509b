"""A piece of a letter on its way to the pages of a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Something `height` points high that stays together, drawn from its upper edge.

    It is not parted from the next where it `holds`; `head` is drawn again above it where a
    page begins with it, `air` is left out there. What is `low` stands at the foot of its page.
    """

    height: float
    draw: Callable[[float], None]
    holds: bool = False
    air: bool = False
    head: Piece | None = None
    low: bool = False
