"""The city's desk over 350,000 records: what stands there first, the whole, and `check`.

Floor of a figure: the raw library fetching the few columns that figures count, of every record,
and nothing made of them. What ours does beside that: records of them, who was visited at which
level, sums by unit, what two levels both met, names and 编号 for the screen.

Floor of `check`: the same file read by the engine's own checks. What ours does beside that:
the seal of every revision, every row made again from the log and compared, every link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from app.domain.records import TYPES
from app.services.backup import integrity
from app.services.figures import reminders, statistics, tally_look
from app.services.figures.tallies import Asked
from app.services.office.office import Office
from app.services.todo import campaign_progress
from database.store.engine import connect
from tests.bench.growing import BEFORE, LITTLE
from tests.bench.measuring import Outcome, Plan, compare, median
from tests.bench.stores import opened

NAME = "figures"
_ALWAYS = ("id", "number", "unit", "owner")

FIGURES: dict[str, tuple[Callable[[Office], object], float]] = {
    "统计, what is there first": (statistics.first_look, 1.0),
    "统计, whole": (statistics.statistics, 4.0),
    "分类统计, 六个到位 by unit": (partial(tally_look.look, asked=Asked("six", "unit")), 2.0),
    "分类统计, units by type": (partial(tally_look.look, asked=Asked("firms-kind")), 2.0),
    "谁还没报": (reminders.outstanding, 1.5),
    "首页, progress": (campaign_progress.headway, 1.5),
}
"""What is measured, and the largest ratio wished for."""


def run(plan: Plan) -> Iterator[Outcome]:
    """One line a figure, and one for `check`."""
    count = plan.size(350_000, 20_000)
    first = plan.prepared.follow_up(BEFORE, LITTLE).first
    folder = plan.prepared.filled_city(count, first)
    office = opened(folder)
    raw = connect(folder / "store.db", office.store.key, query_only=True)
    floor = partial(ready, partial(fetch, raw))
    for name, (look, aim) in FIGURES.items():
        times = compare(plan, partial(ready, partial(look, office)), floor)
        note = f"{median(times.ours_cpu) / 1000:.1f} s of the CPU"
        yield Outcome(f"{name}, of {count:,}", times, aim=aim, note=note)
    checks = compare(
        plan,
        partial(ready, partial(integrity.examine_store, office)),
        partial(ready, partial(_engine_checks, raw)),
    )
    raw.close()
    office.close()
    note = f"{median(checks.ours_cpu) / 1000:.0f} s of the CPU"
    yield Outcome(f"check, of {count:,}", checks, aim=4.0, note=note)


@contextmanager
def ready(work: Callable[[], object]) -> Iterator[Callable[[], object]]:
    """A side that needs nothing made ready."""
    yield work


def fetch(raw: Any) -> None:
    """The least that a figure reads: the columns that are counted, of every record."""
    for record_type in TYPES.values():
        if record_type.facts.counted:
            names = ", ".join(f'"{name}"' for name in (*_ALWAYS, *record_type.facts.counted))
            raw.execute(f"SELECT {names} FROM state_{record_type.type_name}").fetchall()


def _engine_checks(raw: Any) -> None:
    for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
        raw.execute(f"PRAGMA {pragma}").fetchall()
