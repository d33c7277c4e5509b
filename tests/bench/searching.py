"""Ctrl+F among a million records of all types: what a person waits for after each letter.

Floor: the raw library fetching, by key, the very records that ours shows. What ours does beside
that: look the words up, judge what they lead to, put it in order, count, and make lines of it.

Making the store takes some minutes and 2 GB; it is kept like the others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from app.services.lists import searching
from app.services.office.office import Office
from database.store.engine import connect
from tests.bench.measuring import Outcome, Plan, compare
from tests.bench.stores import opened

NAME = "search"
EACH = 6
"""Lines of a type, as under the search box."""

TYPED = (
    "乐 乐山 乐山沙湾 公司 有限责任公司 勇 刘勇 李建国 l ls lsw lswxd jxc q qx x vvv 没有这个"
    " 0137 5 51 5111 511111 19650307 138 1380013 003291 511111-2011-003291 王q 曾y"
).split()
"""A letter, a character, names, initials, parts of numbers; much, little and nothing found."""


def run(plan: Plan) -> Iterator[Outcome]:
    """One line; the note is what counts for the person."""
    count = plan.size(1_000_000, 5_000)
    folder = plan.prepared.county(count)
    office = opened(folder)
    raw = connect(office.folder.store, office.store.key, query_only=True)
    bench = _Bench(office, raw)
    times = compare(plan, bench.ours, bench.floor, per=len(TYPED))
    raw.close()
    office.close()
    note = f"p95 {bench.at(95):.0f} ms, longest {bench.at(100):.0f} ms (aim p95 100)"
    yield Outcome(f"a search among {count:,}", times, note=note)


@dataclass
class _Bench:
    """Both sides over one store that nothing is written to."""

    office: Office
    raw: Any
    waits: list[float] = field(default_factory=list)

    @contextmanager
    def ours(self) -> Iterator[Callable[[], object]]:
        """Search for everything typed, one after the other."""
        yield self._search_all

    @contextmanager
    def floor(self) -> Iterator[Callable[[], object]]:
        """Fetch what was found."""
        groups = [group for text in TYPED for group in self._found(text).groups]
        keys = [(group.type_name, [line.id for line in group.lines]) for group in groups]
        yield partial(self._fetch, keys)

    def at(self, percent: int) -> float:
        """Milliseconds that so many of a hundred searches took at most."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] * 1000

    def _found(self, text: str) -> searching.Found:
        return searching.search(self.office, text, EACH)

    def _search_all(self) -> None:
        for text in TYPED:
            begin = time.perf_counter()
            self._found(text)
            self.waits.append(time.perf_counter() - begin)

    def _fetch(self, keys: Sequence[tuple[str, Sequence[str]]]) -> None:
        for type_name, ids in keys:
            marks = ",".join("?" * len(ids))
            sql = f"SELECT * FROM state_{type_name} WHERE id IN ({marks})"
            assert len(self.raw.execute(sql, ids).fetchall()) == len(ids)
