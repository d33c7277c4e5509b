"""A list of 100,000 as a table: how soon its first rows stand there, in any order.

Floor: the raw library reading the ids of the same table in the order of the same column, and the
rows of the first screen. What ours does beside that: pinyin, names of what links point at, what
is empty last, words for the cells.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from app.domain.kernel.order import By
from app.domain.records import Visit
from app.services.lists import table_query
from app.services.lists.listing import ENOUGH
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from database.store.engine import connect
from tests.bench.measuring import Outcome, Plan, compare
from tests.bench.stores import opened

NAME = "table"
VISITS = 3.7
"""So many revisions of a county have one visit among them."""
COLUMNS = "visited_on headcount number enterprise_name leaders enterprise area level".split()
"""A day, a count, texts by pinyin, names, links by what they point at, a code."""


def run(plan: Plan) -> Iterator[Outcome]:
    """Two lines; the notes are what counts for the person."""
    count = plan.size(100_000, 2_000)
    folder = plan.prepared.county(int(count * VISITS))
    office = opened(folder)
    raw = connect(office.folder.store, office.store.key, query_only=True)
    for name, orders, aim in (("as it comes", [""], 1.0), ("by a column", COLUMNS, 2.0)):
        bench = _Bench(office, raw, orders)
        times = compare(plan, bench.ours, bench.floor, per=len(orders))
        slowest = max(bench.waits, key=lambda order: bench.waits[order])
        told = f"longest {max(bench.waits.values()) * 1000:.0f} ms {slowest} (aim 1000)"
        yield Outcome(f"a table of {count:,} {name}", times, aim=aim, note=told)
    raw.close()
    office.close()


@dataclass
class _Bench:
    """Both sides over one store that nothing is written to."""

    office: Office
    raw: Any
    orders: list[str]
    waits: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def ours(self) -> Iterator[Callable[[], object]]:
        """The table in each order, and its first screen."""
        yield self._look

    @contextmanager
    def floor(self) -> Iterator[Callable[[], object]]:
        """The ids in each order, and the rows of the first screen."""
        yield partial(self._select)

    def _look(self) -> None:
        for order in self.orders:
            begin = time.perf_counter()
            query = TableQuery(Visit, order=(By(order, falling=True),) if order else ())
            found = table_query.listed(self.office, query)
            assert table_query.rows(self.office, query, found.ids[:ENOUGH])
            self.waits[order] = max(self.waits.get(order, 0), time.perf_counter() - begin)

    def _select(self) -> None:
        for order in self.orders:
            by = f"{order or 'id'} DESC, id DESC"
            select = f"SELECT id FROM state_visit WHERE void = 0 ORDER BY {by}"
            ids = [id for (id,) in self.raw.execute(select).fetchall()][:ENOUGH]
            marks = ",".join("?" * len(ids))
            rows = self.raw.execute(f"SELECT * FROM state_visit WHERE id IN ({marks})", ids)
            assert len(rows.fetchall()) == len(ids)
