"""A made year of a whole city (tests/bench/city_year): 汇总 of all its packages, then its desk.

Floor of the merge: every package deciphered, each line parsed, one row of the log and one of the
state by raw `executemany` (`importing.least`), a transaction each, in one SQLCipher file. What
ours does beside that stands in `importing`; here it is paid for each of a hundred packages, and
every package is one commit that waits for the disk.

Floor of a list of the desk: the raw library fetching the few columns that figures count, of every
record (as in `figures`). What counts for the person is the wait in the note.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.services.deciding import differing, findings
from app.services.figures import double_aid, possible_doubles, reminders
from app.services.office.office import Office
from app.services.receiving import inbox, kept_runs, take_package
from app.services.reviewing import drafts_list, passed_up
from database.store.engine import connect
from tests.bench.city_year import stores
from tests.bench.figures import fetch, ready
from tests.bench.importing import TABLES, least
from tests.bench.measuring import Outcome, Plan, compare, median
from tests.bench.stores import opened

NAME = "year"
SEED = 1

DESK: dict[str, Callable[[Office], object]] = {
    "收到的文件": partial(inbox.deliveries, looked={}),
    "疑似重复": possible_doubles.duplicates,
    "填写不一致": differing.disagreements,
    "谁还没报": reminders.outstanding,
    "汇总情况": kept_runs.kept,
    "逻辑检查": findings.look,
    "待确认": drafts_list.drafts,
    "诉求答复": passed_up.passed_up,
    "一年内重复帮扶": partial(double_aid.look, year=2011),
}
"""The lists of the city's desk, as Alt+1 … 8 and F10 read them."""


def run(plan: Plan) -> Iterator[Outcome]:
    """The merge of the year, then every list of the desk over it."""
    made = stores.kept(plan.prepared, SEED, 0.01 if plan.quick else 1.0)
    files = sorted((made / "报送").iterdir())
    once = replace(plan, rounds=min(plan.rounds, 2))
    times = compare(once, partial(_merged, plan, made, files), partial(_floor, plan, made, files))
    used = f"{median(times.ours_cpu) / 1000:.0f} s of the CPU"
    yield Outcome(f"汇总 of a year in {len(files)} packages", times, aim=4.0, note=used)
    with _merged(plan, made, files) as merge:
        office = merge()
        yield from _desk(plan, office)


@contextmanager
def _merged(plan: Plan, made: Path, files: Sequence[Path]) -> Iterator[Callable[[], Office]]:
    with plan.prepared.copy_of(made / "市总") as folder:
        office = opened(folder)

        def merge() -> Office:
            accounts = take_package.receive_all(office, files)
            assert {one.state for one in accounts} == {"merged"}
            return office

        yield merge
        office.close()


@contextmanager
def _floor(plan: Plan, made: Path, files: Sequence[Path]) -> Iterator[Callable[[], object]]:
    office = opened(made / "市总")
    secret, key = office.secrets.age_identity, office.store.key
    office.close()
    with plan.prepared.work() as folder:
        connection = connect(folder / "floor.db", key)
        for table in TABLES:
            connection.execute(table)

        def insert() -> None:
            for file in files:
                least(connection, Path(shutil.copy(file, folder)), secret)

        yield insert
        connection.close()


def _desk(plan: Plan, office: Office) -> Iterator[Outcome]:
    raw = connect(office.store.path, office.store.key, query_only=True)
    for name, look in DESK.items():
        begin = time.perf_counter()
        look(office)
        first = time.perf_counter() - begin
        times = compare(
            plan, partial(ready, partial(look, office)), partial(ready, partial(fetch, raw))
        )
        told = f"longest {max(times.ours):.0f} ms (aim 1000), the first time {first * 1000:.0f}"
        yield Outcome(f"the desk: {name}", times, note=told)
    raw.close()
