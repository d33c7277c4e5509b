"""Durable save: 已保存 means it survives a pulled plug.

Floor: the same rows (revision, state, serial number), committed one save at
a time by the raw library into an identical store with the same pragmas. What ours does beside
that: read what was typed, prefill, look for the record and its past, check it, number it, hash it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from app.domain.records import TYPES, Enterprise, Visit
from app.services.office.office import Office
from app.services.records import saving
from database.state.states import statements, table_of
from database.store.engine import connect
from tests.bench import child
from tests.bench.measuring import Outcome, Plan, Times, compare
from tests.bench.stores import opened

NAME = "save"
JOB = "save"
AIM = 1.4
RECORDS = 10_000
"""Revisions in the office that saves: a busy year."""

Statement = tuple[str, tuple[Any, ...]]


def run(plan: Plan) -> Iterator[Outcome]:
    """A changed and a new visit, on this disk and on one that takes 2 ms longer."""
    yield from _lines(plan, "as it is", {}, None)
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        yield Outcome("save, fsync +2 ms", aim=AIM, note="not measured: no gcc here")
        return
    with plan.prepared.work() as folder:
        library = folder / "slow_sync.so"
        source = Path(__file__).with_name("slow_sync.c")
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True
        )
        yield from _lines(plan, "fsync +2 ms", {"LD_PRELOAD": str(library)}, AIM)


def _lines(
    plan: Plan, disk: str, environment: dict[str, str], aim: float | None
) -> Iterator[Outcome]:
    for what, times in child.run(JOB, plan, dict[str, Times], environment).items():
        yield Outcome(f"save of {what}, {disk}", times, aim)


def measure(plan: Plan) -> dict[str, Times]:
    """Both kinds of save, the times for one of them."""
    each = plan.size(100, 20)
    stored = plan.prepared.county(plan.size(RECORDS, 1_000))
    found = {}
    for what, saves in (("a changed visit", changes), ("a new visit", _news)):
        with plan.prepared.copy_of(stored) as mine, plan.prepared.copy_of(stored) as other:
            pair = _Pair(opened(mine), other, saves, each)
            found[what] = compare(plan, pair.ours, pair.floor, per=each)
            pair.close()
    return found


Save = Callable[[], object]
Saves = Callable[[Office, int], Iterator[Save]]


class _Pair:
    """Two stores that stay the same: ours saves into one, and its rows go into the other."""

    def __init__(self, office: Office, other: Path, saves: Saves, each: int) -> None:
        self._office = office
        self._saves = saves(office, each * 100)
        self._each = each
        self._raw = connect(other / office.folder.store.name, office.store.key)
        self._seen = self._last()

    def close(self) -> None:
        """Close both stores."""
        self._office.close()
        self._raw.close()

    @contextmanager
    def ours(self) -> Iterator[Callable[[], object]]:
        """The next saves, as a person's."""
        self._seen = self._last()
        todo = [next(self._saves) for _ in range(self._each)]
        yield lambda: [save() for save in todo]

    @contextmanager
    def floor(self) -> Iterator[Callable[[], object]]:
        """The rows of those saves, save by save."""
        yield partial(_commit_each, self._raw, self._written())

    def _last(self) -> int:
        with self._office.store.read() as connection:
            return int(connection.exec_driver_sql("SELECT max(n) FROM revision").scalar_one())

    def _written(self) -> list[list[Statement]]:
        """Per save the rows it left: its revision, its state, and for a new visit the serial."""
        with self._office.store.read() as connection:

            def rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
                return [tuple(row) for row in connection.exec_driver_sql(sql, values)]

            revisions = rows("SELECT * FROM revision WHERE n > ? ORDER BY n", self._seen)
            serials = rows("SELECT prefix, last FROM numbering WHERE prefix NOT LIKE '%企%'")
            saves: list[list[Statement]] = []
            for revision in revisions:
                kind = TYPES[revision[3]]
                (state,) = rows(f"SELECT * FROM {table_of(kind)} WHERE id = ?", revision[2])
                new = not revision[4]
                put = statements(kind).insert if new else statements(kind).upsert
                if kind is Visit or not saves:
                    saves.append([])
                # What a visit says of its enterprise is saved with it.
                saves[-1] += [(_REVISION, revision), (put, state)]
                saves[-1] += [(_SERIAL, row) for row in serials if new and kind is Visit]
            return saves


_REVISION = f"INSERT INTO revision VALUES ({','.join('?' * 12)})"
_SERIAL = (
    "INSERT INTO numbering (prefix, last) VALUES (?, ?)"
    " ON CONFLICT (prefix) DO UPDATE SET last = excluded.last"
)


def _commit_each(connection: Any, saves: Sequence[Sequence[Statement]]) -> None:
    for save in saves:
        connection.execute("BEGIN IMMEDIATE")
        for sql, values in save:
            connection.execute(sql, values)
        connection.execute("COMMIT")


def changes(office: Office, count: int) -> Iterator[Save]:
    """Changes of one visit after the other, of those whose enterprise the list knows."""
    stored = saving.listing(office, Visit)
    visits = [state.id for state in stored if getattr(state.record, "enterprise", "")]
    for n in range(count):
        typed = {"opinions": f"电话核对后补充第{n}条意见。", "workers_met": str(n % 90 + 1)}
        yield partial(saving.save, office, Visit, typed, record=visits[n % len(visits)])


def _news(office: Office, count: int) -> Iterator[Save]:
    """New visits to enterprises that the list knows."""
    names = [getattr(state.record, "name", "") for state in saving.listing(office, Enterprise)]
    for n in range(count):
        typed = {
            "leaders": "李明书、付志勇",
            "enterprise_name": names[n % len(names)],
            "headcount": "1250人",
            "visited_on": "2011.7.20",
            "workers_met": "３５",
            "opinions": f"一是希望加强技能培训；二是第{n}条意见。",
        }
        yield partial(saving.save, office, Visit, typed)
