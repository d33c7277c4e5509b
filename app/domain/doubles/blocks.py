"""Records by what they share, so that only those are compared, and again only where it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from app.domain.doubles.evidence import CROWD
from app.domain.merging.link_decisions import Pair, pair

Members = tuple[str, ...]
PairsIn = Callable[[Sequence[str]], Iterable[Pair]]


def every_pair(members: Sequence[str]) -> Iterator[Pair]:
    """All pairs of records that share a key; of a crowd none."""
    if len(members) <= CROWD:
        yield from combinations(sorted(members), 2)


class Blocks:
    """The keys of every record, and the records of every key.

    `change` says which pairs are to be judged again: those that share a key whose records are
    not the same as before. Filling it from empty is the same as any other change.
    """

    def __init__(self, pairs_in: PairsIn = every_pair) -> None:
        self._pairs_in = pairs_in
        self._keys: dict[str, tuple[str, ...]] = {}
        self._members: dict[str, str | list[str]] = {}
        self._shared: set[str] = set()

    def size(self, key: str) -> int:
        """How many records have this key."""
        held = self._members.get(key)
        return len(held) if isinstance(held, list) else int(held is not None)

    def shared(self) -> Iterator[tuple[str, int]]:
        """Every key that two or more have, and how many."""
        return ((key, self.size(key)) for key in self._shared)

    def keys(self, record: str) -> tuple[str, ...]:
        """The keys of a record."""
        return self._keys.get(record, ())

    def change(self, changes: Mapping[str, tuple[str, ...] | None]) -> set[Pair]:
        """Give records new keys (None: the record is gone); the pairs to judge again."""
        if not self._keys:
            return self._fill(changes)
        touched: dict[str, Members] = {}
        for record, new in changes.items():
            old = self._keys.get(record, ())
            for key in old:
                touched.setdefault(key, self._of(key))
            if new != old:
                for key in old:
                    self._drop(key, record)
                for key in new or ():
                    if key not in touched:
                        touched[key] = self._of(key)
                    self._put(key, record)
            if new is None:
                self._keys.pop(record, None)
            else:
                self._keys[record] = new
        return self._again(touched, changes)

    def _fill(self, changes: Mapping[str, tuple[str, ...] | None]) -> set[Pair]:
        """The same from empty, where nothing was there before."""
        self._keys = {record: keys for record, keys in changes.items() if keys is not None}
        members, shared = self._members, self._shared
        for record, keys in self._keys.items():
            for key in keys:
                held = members.get(key)
                if held is None:
                    members[key] = record
                elif isinstance(held, list):
                    held.append(record)
                else:
                    members[key] = [held, record]
                    shared.add(key)
        found: set[Pair] = set()
        for key in shared:
            found.update(self._pairs_in(self._of(key)))
        return found

    def _again(self, touched: Mapping[str, Members], changes: Mapping[str, object]) -> set[Pair]:
        found: set[Pair] = set()
        for key, before in touched.items():
            held = self._members.get(key)
            if isinstance(held, list):
                found.update(self._pairs_in(held))
            if len(before) > 1:
                still = [one for one in before if one not in changes]
                found.update(self._pairs_in(still))
        return found

    def meet(self, both: Pair) -> bool:
        """Whether two records still share a key that tells something."""
        one, other = both
        mine = set(self.keys(one)).intersection(self.keys(other))
        return any(both in set(map(_pair, self._pairs_in(self._of(key)))) for key in mine)

    def _of(self, key: str) -> Members:
        held = self._members.get(key)
        if held is None:
            return ()
        return tuple(held) if isinstance(held, list) else (held,)

    def _put(self, key: str, record: str) -> None:
        held = self._members.get(key)
        if held is None:
            self._members[key] = record
        elif isinstance(held, list):
            held.append(record)
        else:
            self._members[key] = [held, record]
            self._shared.add(key)

    def _drop(self, key: str, record: str) -> None:
        held = self._members[key]
        if isinstance(held, list):
            held.remove(record)
            if len(held) > 1:
                return
            self._members[key] = held[0]
            self._shared.discard(key)
        else:
            del self._members[key]


def _pair(both: Pair) -> Pair:
    return pair(*both)
