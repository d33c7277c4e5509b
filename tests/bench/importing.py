"""Import: 汇总 of a year's package at the city.

Floor: the least that any program must do with such a package. The same bytes are deciphered and
decompressed, each line is parsed by msgspec, and one row of the log and one row of the state (the
body as it came, of each record the last) go by raw `executemany` into two tables without any
index, in a SQLCipher file with the same pragmas, in one transaction. Its tables stand here and
not in the program, so it does not grow with the program's own schema. Beside it stands the floor
of the schema as it is: the very rows that ours ends with, inserted raw.

What ours does beside that: copy the file in, verify signature and digests, judge every line, decide
what each changes, part the body into columns, fold the records that were changed, keep the indexes
of lists and links. The words of the search are taken in afterwards, beside the work; what that
takes stands in a line of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from app.services.lists import search_upkeep
from app.services.receiving import take_package
from database.store.engine import connect
from tests.bench import child
from tests.bench.measuring import Outcome, Plan, compare, median, peak_mb
from tests.bench.packages import plain_records
from tests.bench.rows import Rows, insert_rows, new_rows
from tests.bench.stores import opened

NAME = "import"
PEAK_JOB = "import-peak"
TABLES = (
    "CREATE TABLE log (n INTEGER PRIMARY KEY, h TEXT, id TEXT, type TEXT, parents TEXT,"
    " writer TEXT, at TEXT, by TEXT, op TEXT, raw BLOB)",
    "CREATE TABLE state (id TEXT, type TEXT, h TEXT, at TEXT, by TEXT, writer TEXT, body TEXT)",
)


class Saved(msgspec.Struct):
    """What a line says of the record that was saved."""

    id: str
    type: str
    parents: list[str]
    writer: str
    at: str
    by: str
    op: str
    body: dict[str, Any]


class Line(msgspec.Struct):
    """One line of a package."""

    h: str
    r: msgspec.Raw


lines_of = msgspec.json.Decoder(Line).decode_lines
"""The lines of a record file."""
_saved = msgspec.json.Decoder(Saved).decode
_text = msgspec.json.Encoder().encode


def size(plan: Plan) -> int:
    """How many revisions."""
    return plan.size(100_000, 5_000)


def run(plan: Plan) -> Iterator[Outcome]:
    """The import with the peak memory of ours; the same package again; the search afterwards."""
    again: list[float] = []
    searchable: list[float] = []
    ours, floor = partial(_ours, plan, again, searchable), partial(_floor, plan)
    times, peak = compare(plan, ours, floor), child.run(PEAK_JOB, plan, float)
    yield Outcome(f"import of {size(plan):,}", times, aim=2.0, peak_mb=peak, peak_aim=250.0)
    same = compare(plan, partial(ours_alone, plan), partial(_same_rows, plan, _rows_made(plan)))
    yield Outcome(f"import of {size(plan):,} (floor: its very rows, raw)", same)
    yield Outcome("the same package again", note=f"{median(again) * 1000:.0f} ms (aim 100)")
    took = median(searchable)
    yield Outcome("its search put in order beside the work", note=f"{took:.1f} s in small steps")


def ours_alone(plan: Plan) -> AbstractContextManager[Callable[[], object]]:
    """汇总 of the package, for others to stand beside."""
    return _ours(plan, [], [])


@contextmanager
def _ours(
    plan: Plan, again: list[float], searchable: list[float]
) -> Iterator[Callable[[], object]]:
    package = plan.prepared.package(size(plan))
    with plan.prepared.copy_of(plan.prepared.city()) as folder:
        office = opened(folder)
        yield partial(taken_in, office, package)
        begin = time.perf_counter()
        assert take_package.receive(office, package).state == "duplicate"
        again.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        search_upkeep.keep_up(office)
        searchable.append(time.perf_counter() - begin)
        office.close()


def taken_in(office: Any, package: Path) -> None:
    """Receive a package that nothing is wrong with."""
    account = take_package.receive(office, package)
    assert (account.state, account.contained) == ("merged", account.new), account


@contextmanager
def _floor(plan: Plan) -> Iterator[Callable[[], object]]:
    package = plan.prepared.package(size(plan))
    office = opened(plan.prepared.city())
    secret, key = office.secrets.age_identity, office.store.key
    office.close()
    with plan.prepared.work() as folder:
        connection = connect(folder / "floor.db", key)
        for table in TABLES:
            connection.execute(table)
        yield partial(least, connection, package, secret)
        connection.close()


def least(connection: Any, package: Path, secret: str) -> None:
    """Decipher, parse, insert."""
    connection.execute("BEGIN IMMEDIATE")
    states: dict[str, tuple[Any, ...]] = {}
    for part in plain_records(package, secret):
        rows = []
        for line in lines_of(part):
            one = _saved(line.r)
            head = (line.h, one.id, one.type, " ".join(one.parents))
            rows.append((*head, one.writer, one.at, one.by, one.op, bytearray(line.r)))
            body = _text(one.body).decode()
            states[one.id] = (one.id, one.type, line.h, one.at, one.by, one.writer, body)
        connection.executemany(
            "INSERT INTO log (h, id, type, parents, writer, at, by, op, raw)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            rows,
        )
    connection.executemany("INSERT INTO state VALUES (?,?,?,?,?,?,?)", states.values())
    connection.execute("COMMIT")


def _rows_made(plan: Plan) -> list[Rows]:
    package = plan.prepared.package(size(plan))
    return new_rows(plan, plan.prepared.city(), lambda office: taken_in(office, package))


@contextmanager
def _same_rows(plan: Plan, made: Sequence[Rows]) -> Iterator[Callable[[], object]]:
    package = plan.prepared.package(size(plan))
    with plan.prepared.copy_of(plan.prepared.city()) as folder:
        office = opened(folder)
        secret = office.secrets.age_identity
        office.close()
        connection = connect(office.folder.store, office.store.key)
        yield partial(_insert_same, connection, package, secret, made)
        connection.close()


def _insert_same(connection: Any, package: Path, secret: str, made: Sequence[Rows]) -> None:
    for part in plain_records(package, secret):
        assert part
    insert_rows(connection, made)


def measure_peak(plan: Plan) -> float:
    """The peak memory of ours in this process, in MB."""
    with ours_alone(plan) as take_in:
        take_in()
        return peak_mb()
