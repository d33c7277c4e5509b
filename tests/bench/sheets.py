"""从 Excel 导入 of a large sheet of persons: looked at, and then brought in.

Floor: calamine reading the same file, then putting the very rows that ours ends with into an
identical fresh store by raw `executemany`, table by table, in one transaction. What ours does
beside that: understand every cell, look for every row among what is here and among the other
rows, check it, say what becomes of it, and keep all of that until a person agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from app.domain.records import Person
from app.services.office.office import Office
from app.services.workbooks import excel_preview
from database.store.engine import connect
from tests.bench import child
from tests.bench.measuring import Outcome, Plan, compare, peak_mb
from tests.bench.rows import Rows, insert_rows, new_rows
from tests.bench.stores import opened

NAME = "sheet"
PEAK_JOB = "sheet-peak"


def size(plan: Plan) -> int:
    """How many persons."""
    return plan.size(100_000, 3_000)


def run(plan: Plan) -> Iterator[Outcome]:
    """One line, with the peak memory of ours."""
    ours, floor = partial(_ours, plan), partial(_floor, plan, _rows_made(plan))
    times, peak = compare(plan, ours, floor), child.run(PEAK_JOB, plan, float)
    yield Outcome(f"sheet of {size(plan):,}", times, aim=1.6, peak_mb=peak, peak_aim=450.0)


def brought_in(office: Office, sheet: Path) -> None:
    """Look at a sheet that nothing is wrong with, and bring it in."""
    seen = excel_preview.preview(office, Person, sheet)
    done = excel_preview.carry_out(office, seen)
    assert done.added == len(done.rows), done.refused


@contextmanager
def _ours(plan: Plan) -> Iterator[Callable[[], object]]:
    sheet = plan.prepared.persons_sheet(size(plan))
    with plan.prepared.copy_of(plan.prepared.county(0)) as folder:
        office = opened(folder)
        yield partial(brought_in, office, sheet)
        office.close()


def _rows_made(plan: Plan) -> list[Rows]:
    sheet = plan.prepared.persons_sheet(size(plan))

    def work(office: Office) -> None:
        brought_in(office, sheet)

    return new_rows(plan, plan.prepared.county(0), work)


@contextmanager
def _floor(plan: Plan, made: Sequence[Rows]) -> Iterator[Callable[[], object]]:
    sheet = plan.prepared.persons_sheet(size(plan))
    with plan.prepared.copy_of(plan.prepared.county(0)) as folder:
        office = opened(folder)
        office.close()
        connection = connect(office.folder.store, office.store.key)
        yield partial(_read_and_insert, connection, sheet, made)
        connection.close()


def _read_and_insert(connection: Any, sheet: Path, made: Sequence[Rows]) -> None:
    assert CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
    insert_rows(connection, made)


def measure_peak(plan: Plan) -> float:
    """The peak memory of ours in this process, in MB."""
    with _ours(plan) as bring_in:
        bring_in()
        return peak_mb()
