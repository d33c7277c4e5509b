"""疑似重复: comparing all records, and comparing again after one decision.

The floor of the first line is reading the same columns of the same records out of the encrypted
store; that of the second is the first: what changed is a pair, so little may be compared again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from app.domain.records import Enterprise
from app.services.figures import compared_records, possible_doubles
from app.services.office.office import Office
from app.services.reviewing import pair_decisions
from database.state import states
from database.state.filters import live
from tests.bench.measuring import Outcome, Plan, compare
from tests.bench.stores import opened

NAME = "doubles"
BEFORE, LITTLE = 1_000, 100


def run(plan: Plan) -> Iterator[Outcome]:
    """Two lines."""
    size = plan.size(200_000, 20_000)
    whole = compare(plan, partial(_whole, plan, size), partial(_read, plan, size))
    yield Outcome(f"doubles among {size:,} records (floor: reading them)", whole, aim=10.0)
    again = compare(plan, partial(_decided, plan, size), partial(_whole, plan, size))
    yield Outcome(f"doubles after a decision at {size:,} (floor: all)", again, aim=0.2)


@contextmanager
def _city(plan: Plan, size: int) -> Iterator[Office]:
    sent = plan.prepared.follow_up(BEFORE, LITTLE)
    with plan.prepared.copy_of(plan.prepared.filled_city(size, sent.first)) as folder:
        office = opened(folder)
        yield office
        office.close()


@contextmanager
def _whole(plan: Plan, size: int) -> Iterator[Callable[[], object]]:
    with _city(plan, size) as office:
        yield partial(possible_doubles.duplicates, office)


@contextmanager
def _decided(plan: Plan, size: int) -> Iterator[Callable[[], object]]:
    with _city(plan, size) as office:
        possible_doubles.duplicates(office)
        with office.store.read() as connection:
            one, other = (
                row[0] for row in states.pick(connection, Enterprise, ("id",), live())[:2]
            )
        pair_decisions.link(office, Enterprise, one, other, same=False, reason="看过")
        yield partial(possible_doubles.duplicates, office)


@contextmanager
def _read(plan: Plan, size: int) -> Iterator[Callable[[], object]]:
    with _city(plan, size) as office:
        yield partial(_rows, office)


def _rows(office: Office) -> None:
    with office.store.read() as connection:
        for kind, names in compared_records.FIELDS.items():
            for _ in states.rows(connection, kind, names):
                pass
