"""Import: 汇总 of a year's package at the city.

Floor: decrypting and decompressing it, then putting the very rows that ours ends with, and the
words they are found by, into an identical fresh store by raw `executemany`, table by table, in
one transaction. What ours does beside that: copy the file in, verify signature and digests, parse
and judge every line, decide what each changes, fold the records that were changed, and take the
words apart.

The aim was 1.4 before the first measurement, for an import without checks. Judging a line (its
form, hash, type, owner, fields) costs two thirds of inserting it, so the aim is 1.7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.services.office.folder import Folder
from app.services.office.office import Office
from app.services.receiving import take_package
from database.store.engine import connect
from database.store.tables import METADATA
from tests.bench import child
from tests.bench.measuring import Outcome, Plan, compare, peak_mb
from tests.bench.packages import plain_records
from tests.bench.stores import opened

NAME = "import"
PEAK_JOB = "import-peak"


def size(plan: Plan) -> int:
    """How many revisions."""
    return plan.size(100_000, 5_000)


def run(plan: Plan) -> Iterator[Outcome]:
    """One line, with the peak memory of ours."""
    ours, floor = partial(_ours, plan), partial(_floor, plan, _rows_made(plan))
    times, peak = compare(plan, ours, floor), child.run(PEAK_JOB, plan, float)
    yield Outcome(f"import of {size(plan):,}", times, aim=1.7, peak_mb=peak, peak_aim=250.0)


@contextmanager
def _ours(plan: Plan) -> Iterator[Callable[[], object]]:
    package = plan.prepared.package(size(plan))
    with plan.prepared.copy_of(plan.prepared.city()) as folder:
        office = opened(folder)
        yield partial(taken_in, office, package)
        office.close()


def taken_in(office: Office, package: Path) -> None:
    """Receive a package that nothing is wrong with."""
    account = take_package.receive(office, package)
    assert (account.state, account.contained) == ("merged", account.new), account


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows for one table, with the statement that puts them in."""

    statement: str
    values: Sequence[tuple[Any, ...]]


def _rows_made(plan: Plan) -> list[Rows]:
    package = plan.prepared.package(size(plan))
    return new_rows(plan, plan.prepared.city(), lambda office: taken_in(office, package))


def new_rows(plan: Plan, kept: Path, work: Callable[[Office], None]) -> list[Rows]:
    """Every row that some work leaves behind, by table, in the order of its keys."""
    before = _dumped(kept)
    with plan.prepared.copy_of(kept) as folder:
        office = opened(folder)
        work(office)
        office.close()
        after = _dumped(folder)
    return [
        Rows(_insert(name, len(rows[0])), rows)
        for name in after
        if (rows := [row for row in after[name] if row not in before[name]])
    ]


Dump = dict[str, dict[tuple[Any, ...], None]]


def _dumped(folder: Path) -> Dump:
    """All rows of a store, table by table, those pointed at before those that point."""
    connection = connect(Folder(folder).store, _key(folder))
    names = [table.name for table in METADATA.sorted_tables]
    rows = {name: dict.fromkeys(connection.execute(f'SELECT * FROM "{name}"')) for name in names}
    connection.close()
    return rows


def _key(folder: Path) -> bytes | None:
    office = opened(folder)
    office.close()
    return office.store.key


def _insert(name: str, width: int) -> str:
    return f'INSERT INTO "{name}" VALUES ({",".join("?" * width)})'


@contextmanager
def _floor(plan: Plan, made: Sequence[Rows]) -> Iterator[Callable[[], object]]:
    package = plan.prepared.package(size(plan))
    with plan.prepared.copy_of(plan.prepared.city()) as folder:
        office = opened(folder)
        secret = office.secrets.age_identity
        office.close()
        connection = connect(office.folder.store, office.store.key)
        yield partial(_insert_all, connection, package, secret, made)
        connection.close()


def _insert_all(connection: Any, package: Path, secret: str, made: Sequence[Rows]) -> None:
    for part in plain_records(package, secret):
        assert part
    insert_rows(connection, made)


def insert_rows(connection: Any, made: Sequence[Rows]) -> None:
    """Put rows in, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for rows in made:
        connection.executemany(rows.statement, rows.values)
    connection.execute("COMMIT")


def measure_peak(plan: Plan) -> float:
    """The peak memory of ours in this process, in MB."""
    with _ours(plan) as take_in:
        take_in()
        return peak_mb()
