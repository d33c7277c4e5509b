"""Whose neighbours visits and aids are compared with: what is likely one unit, or one household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from app.domain.doubles.evidence import Strength, Verdict
from app.domain.merging.link_decisions import Pair, Sameness

SURE = frozenset({Strength.HIGH, Strength.MEDIUM})
"""How much must speak for a pair before a person is asked about it."""
BY_NAME = "~"
"""Before what stands for a unit that a visit names and the directory does not know."""

Near = dict[Pair, Verdict]


class Wanted(dict[str, tuple[str, ...]]):
    """The keys of what was visited or helped: its own and those it shares with neighbours."""

    def __init__(self, near: Mapping[str, tuple[str, ...]], same: Sameness) -> None:
        super().__init__()
        self._near, self._same = near, same

    def __missing__(self, record: str) -> tuple[str, ...]:
        root = self._same.one(record)
        found = self[record] = self._near.get(root) or (f"e{root}",)
        return found


def neighbours(
    same: Sameness, pairs: Iterable[tuple[Pair, Verdict]]
) -> tuple[Near, dict[str, tuple[str, ...]]]:
    """Which of the records that stand for others are likely one: their verdicts, and their keys.

    What is decided not to be the same is no neighbour; the surest of several verdicts counts.
    """
    near: Near = {}
    beside: dict[str, set[str]] = defaultdict(set)
    order = list(Strength).index
    for (one, other), verdict in pairs:
        first, second = same.one(one), same.one(other)
        named = one.startswith(BY_NAME) or other.startswith(BY_NAME)
        if not (named or verdict.strength in SURE):
            continue
        if first == second or same.different(first, second):
            continue
        for both in ((first, second), (second, first)):
            known = near.get(both)
            if known is None or (order(verdict.strength), verdict) < (order(known.strength), known):
                near[both] = verdict
    for first, second in near:
        low, high = sorted((first, second))
        # The verdict is part of the key, so that what is said of it is said anew when it changes.
        verdict = near[first, second]
        beside[first].add(f"n{low}{high}{verdict.strength}{reason_of(verdict)}")
    return near, {root: (f"e{root}", *sorted(keys)) for root, keys in beside.items()}


def reason_of(verdict: Verdict) -> str:
    """Its first reason, to stand within a sentence."""
    return verdict.reasons[0].rstrip("。")
