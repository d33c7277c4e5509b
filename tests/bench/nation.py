"""`python -m tests.bench.nation`: a nation's tables on one PostgreSQL server, parted by station.

Rows of one office are multiplied inside the server; the queries of the desk are explained as they
run. What a whole nation would need is calculated from it in `nation.md` beside this.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from app.services.starting import move_store
from tests.bench.stores import Prepared
from tests.postgres import running
from tests.services.offices import PASSPHRASE

SETTINGS = ("shared_buffers=1GB", "maintenance_work_mem=512MB", "max_parallel_workers_per_gather=0")
BASE = 1_000
"""Revisions of the office that is multiplied."""

STATION = "(100000 + 1 + (k - 1) % {counties})::text"
TABLES = {
    "revision": ("station", {"n": "n + k * 2000", "id": "md5(id || k)", "mark": "mark + k"}),
    "state_visit": ("owner", {"id": "md5(id || k)"}),
    "state_person": (
        "owner",
        {"id": "md5(id || k)", "resident_id": "left(resident_id, 13) || lpad(k::text, 5, '0')"},
    ),
}
"""By what each is parted, and which of its columns differ from copy to copy."""

ONE, CITY = "'100007'", "'{100001,100002,100003,100004,100005,100006,100007,100008,100009,100010}'"
QUERIES = {
    "one county's newest 50 visits": f"SELECT id, number, enterprise_name FROM nation_state_visit"
    f" WHERE owner = {ONE} AND void = 0 ORDER BY visited_on DESC, id DESC LIMIT 50",
    "the history of one record": f"SELECT n, h, raw FROM nation_revision WHERE station = {ONE} AND"
    f" id = (SELECT id FROM nation_revision WHERE station = {ONE} LIMIT 1) ORDER BY n",
    "what one county saved since": "SELECT type, id FROM nation_revision"
    f" WHERE station = {ONE} AND n > 14900 AND n < 15000 ORDER BY n",
    "figures of a city of ten": "SELECT owner, count(*), sum(workers_met) FROM nation_state_visit"
    f" WHERE owner = ANY ({CITY}) AND void = 0 GROUP BY owner",
    "one ID number anywhere": "SELECT owner, id FROM nation_state_person"
    f" WHERE resident_id = (SELECT resident_id FROM nation_state_person WHERE owner = {ONE}"
    " LIMIT 1)",
    "figures of the nation": "SELECT owner, count(*), sum(workers_met) FROM nation_state_visit"
    " WHERE void = 0 GROUP BY owner",
}


class Size(NamedTuple):
    """How many counties, and how many times the office in each."""

    counties: int
    copies: int


def main() -> None:
    """Measure four sizes and print what was found, with the plans of the last.

    The last has counties × copies offices: 1,000 × 8 are 10⁷ revisions and 20 GB of disk.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.bench.nation", description=__doc__)
    parser.add_argument("--counties", type=int, default=1_000)
    parser.add_argument("--copies", type=int, default=8)
    parser.add_argument("--partitions", type=int, default=64)
    asked = parser.parse_args()
    few = max(asked.counties // 10, 10)
    small = Size(few, 1), Size(asked.counties, 1), Size(few, 10)
    sizes = *small, Size(asked.counties, asked.copies)
    prepared = Prepared()
    with (
        prepared.copy_of(prepared.county(BASE)) as folder,
        running(*SETTINGS, within=Path(tempfile.gettempdir())) as server,
    ):
        there = server.empty()
        done = move_store.move_to_server(folder, PASSPHRASE, there)
        if done.aside:
            shutil.rmtree(done.aside)
        with psycopg.connect(there.url, autocommit=True) as connection:
            for size in sizes:
                make(connection, size, asked.partitions)
                print("\n".join(told(connection, size)), flush=True)
            print("\n".join(plans(connection)))


def make(connection: psycopg.Connection[Any], size: Size, partitions: int) -> None:
    """The tables of a nation of this size, with the indexes that the program has."""
    for name, (key, differing) in TABLES.items():
        station = STATION.format(counties=size.counties)
        told = [f'"{one}"' for one in _columns(connection, name)]
        values = [{f'"{a}"': b for a, b in differing.items()}.get(one, one) for one in told]
        if key == "owner":
            values[told.index('"owner"')] = station
        else:
            told, values = [*told, key], [*values, station]
        own = ", station text" if key == "station" else ""
        tell(connection, f"DROP TABLE IF EXISTS nation_{name}")
        tell(connection, f"CREATE TABLE nation_{name} (LIKE {name}{own}) PARTITION BY HASH ({key})")
        for at in range(partitions):
            tell(
                connection,
                f"CREATE TABLE nation_{name}_{at} PARTITION OF nation_{name}"
                f" FOR VALUES WITH (MODULUS {partitions}, REMAINDER {at})",
            )
        tell(
            connection,
            f"INSERT INTO nation_{name} ({', '.join(told)}) SELECT {', '.join(values)}"
            f" FROM {name}, generate_series(1, {size.counties * size.copies}) k",
        )
        for columns in _indexes(connection, name, key):
            tell(connection, f"CREATE INDEX ON nation_{name} ({columns})")
        tell(connection, f"VACUUM ANALYZE nation_{name}")


def _columns(connection: psycopg.Connection[Any], table: str) -> list[str]:
    asked = "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY"
    return [one for (one,) in connection.execute(f"{asked} ordinal_position", (table,))]


def _indexes(connection: psycopg.Connection[Any], table: str, key: str) -> Iterator[str]:
    """Columns of every index; a key of the log is one within its station."""
    for (made,) in connection.execute(
        "SELECT indexdef FROM pg_indexes WHERE tablename = %s AND indexname !~ 'rowid'", (table,)
    ):
        found = re.search(r"\((.+)\)$", made)
        assert found
        yield f"{key}, {found[1]}" if key == "station" else found[1]


def told(connection: psycopg.Connection[Any], size: Size) -> Iterator[str]:
    """Rows, bytes, and the median milliseconds of every query."""
    yield f"\n{size.counties} counties of {size.copies * BASE:,} revisions"
    for name in TABLES:
        rows, of = connection.execute(
            f"SELECT (SELECT count(*) FROM nation_{name}), (SELECT sum(pg_total_relation_size("
            f"inhrelid)) FROM pg_inherits WHERE inhparent = 'nation_{name}'::regclass)".encode()
        ).fetchone() or (0, 0)
        yield f"  {name}: {rows:,} rows, {int(of) / max(rows, 1):,.0f} bytes each with indexes"
    for name, sql in QUERIES.items():
        planned, ran = zip(*(_explained(connection, sql) for _ in range(5)), strict=True)
        yield f"  {name}: {sorted(ran)[2]:.2f} ms, planned in {sorted(planned)[2]:.2f} ms"


def _explained(connection: psycopg.Connection[Any], sql: str) -> Sequence[float]:
    row = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}".encode()).fetchone()
    assert row
    return row[0][0]["Planning Time"], row[0][0]["Execution Time"]


def plans(connection: psycopg.Connection[Any]) -> Iterator[str]:
    """The first lines of the plan of every query."""
    for name, sql in QUERIES.items():
        yield f"\n-- {name}"
        rows = connection.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}".encode())
        yield from (line for (line,) in rows.fetchmany(9))


def tell(connection: psycopg.Connection[Any], statement: str) -> None:
    """Carry out a statement."""
    connection.execute(statement.encode())


if __name__ == "__main__":
    main()
