"""The very rows that some work leaves behind, put into an identical store by the raw library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.services.office.folder import Folder
from app.services.office.office import Office
from database.store.engine import connect
from database.store.tables import METADATA
from tests.bench.measuring import Plan
from tests.bench.stores import opened


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows for one table, with the statement that puts them in."""

    statement: str
    values: Sequence[tuple[Any, ...]]


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


def insert_rows(connection: Any, made: Sequence[Rows]) -> None:
    """Put rows in, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for rows in made:
        connection.executemany(rows.statement, rows.values)
    connection.execute("COMMIT")
