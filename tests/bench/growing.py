"""Import of a small package into a small and into a large city: age must not slow it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from tests.bench.importing import taken_in
from tests.bench.measuring import Outcome, Plan, compare
from tests.bench.stores import opened

NAME = "growth"
BEFORE, LITTLE = 1_000, 100


def run(plan: Plan) -> Iterator[Outcome]:
    """One line; its floor is the same import into the small city."""
    small, large = plan.size(10_000, 5_000), plan.size(200_000, 20_000)
    name = f"import of {LITTLE} at {large:,} (floor: at {small:,})"
    times = compare(plan, partial(_city, plan, large), partial(_city, plan, small))
    yield Outcome(name, times, aim=1.15)


@contextmanager
def _city(plan: Plan, count: int) -> Iterator[Callable[[], object]]:
    sent = plan.prepared.follow_up(BEFORE, LITTLE)
    with plan.prepared.copy_of(plan.prepared.filled_city(count, sent.first)) as folder:
        office = opened(folder)
        yield partial(taken_in, office, sent.second)
        office.close()
