"""Which numbers of a channel are here, and exactly which are missing (package format §1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """`seq` is the last number up to which nothing is missing (0 = nothing yet)."""

    seq: int
    missing: tuple[int, ...]


def reach(seqs: Collection[int], baseline: int = 0) -> Reach:
    """How far a channel reaches without a gap, counted on from `baseline`.

    An office that joined late never gets what was sent before it: `baseline` is
    the last number before the first that was meant for it.
    """
    here = {seq for seq in seqs if seq > baseline}
    last = baseline
    while last + 1 in here:
        last += 1
    missing = tuple(seq for seq in range(last + 1, max(here, default=last)) if seq not in here)
    return Reach(last if here else 0, missing)
