"""What was decided about pairs of records: the same, or not the same (同一认定)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.records import Link

Pair = tuple[str, str]


def pair(one: str, other: str) -> Pair:
    """The two ids in order, so that a pair has one name."""
    return (one, other) if one <= other else (other, one)


class Sameness:
    """Records decided to be one count once; of several words on a pair the last holds.

    `decisions` are (one, other, same?) in the order they were taken. Sameness
    goes on: a = b and b = c make a = c; a = b and b ≠ c make a ≠ c.
    """

    def __init__(self, decisions: Iterable[tuple[str, str, bool]] = ()) -> None:
        last = {pair(one, other): same for one, other, same in decisions if one != other}
        self._parent: dict[str, str] = {}
        self.pairs: tuple[Pair, ...] = tuple(sorted(p for p, same in last.items() if same))
        """Pairs called the same."""
        self.joined: frozenset[str] = frozenset(record for both in self.pairs for record in both)
        """Records decided to be one with another."""
        for one, other in self.pairs:
            self._join(one, other)
        unlike = sorted(p for p, same in last.items() if not same)
        self.disputed: tuple[Pair, ...] = tuple(p for p in unlike if self.same(*p))
        """Pairs called different that other decisions make the same."""
        self._unlike = {pair(self.one(a), self.one(b)) for a, b in unlike}

    @classmethod
    def of(cls, links: Mapping[str, Link], kind: str) -> Sameness:
        """Read the link records of one kind (`enterprise`, `person` …), oldest id first."""
        return cls(
            (link.one, link.other, link.same)
            for _, link in sorted(links.items(), key=lambda item: item[0])
            if link.kind == kind and link.same is not None
        )

    def one(self, record: str) -> str:
        """The id that stands for all records that are the same as this one (the smallest)."""
        root = record
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(record, record)) != root:
            self._parent[record], record = root, above
        return root

    def same(self, one: str, other: str) -> bool:
        """Tell whether two records were decided to be one."""
        return self.one(one) == self.one(other)

    def different(self, one: str, other: str) -> bool:
        """Tell whether two records were decided not to be one."""
        first, second = self.one(one), self.one(other)
        return first != second and pair(first, second) in self._unlike

    def classes(self, records: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The given records by the one that stands for them, both in order of id."""
        found: dict[str, list[str]] = {}
        for record in sorted(records):
            found.setdefault(self.one(record), []).append(record)
        return {root: tuple(members) for root, members in sorted(found.items())}

    def _join(self, one: str, other: str) -> None:
        low, high = pair(self.one(one), self.one(other))
        self._parent[high] = low
