"""A list of 100,000 narrowed, and taken along as a workbook.

Narrowed: floor is the raw library asked the same of the same table. Taken along: floor is
xlsxwriter writing the same cells from memory, without styles, reading or masks; ours reads them
out of the encrypted store, names what links point at, and writes a sheet that prints.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from app.documents.reports.list_content import Value
from app.domain.records import Visit
from app.services.lists import list_files, table_query
from app.services.lists.chip_words import chip_in
from app.services.lists.ledgers import ledger_named
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from database.store.engine import connect
from tests.bench.measuring import Outcome, Plan, compare
from tests.bench.stores import opened
from tests.bench.tables import VISITS

NAME = "list"
LEDGER = ledger_named("走访台账").query
WORDS = ("走访企（事）业职工人数=100..1000", "走访企（事）业单位名称~厂")
WHERE = (
    "SELECT id FROM state_visit WHERE void = 0 AND headcount BETWEEN 100 AND 1000"
    " AND instr(lower(enterprise_name), '厂') > 0 ORDER BY id DESC"
)


def run(plan: Plan) -> Iterator[Outcome]:
    """Narrowed, and taken along."""
    count = plan.size(100_000, 2_000)
    office = opened(plan.prepared.county(int(count * VISITS)))
    raw = connect(office.folder.store, office.store.key, query_only=True)
    with TemporaryDirectory() as folder:
        bench = _Bench(office, raw, Path(folder))
        narrowed = compare(plan, bench.narrow, bench.select)
        yield Outcome(f"a list of {count:,} narrowed", narrowed, aim=2.0)
        bench.cells = list(bench.rows())
        told = f"{len(bench.cells):,} rows of {len(LEDGER.columns)}"
        taken = compare(plan, bench.take, bench.write)
        yield Outcome(f"a list of {count:,} as xlsx", taken, aim=3.0, note=told)
    raw.close()
    office.close()


@dataclass
class _Bench:
    """Both sides over one store that nothing is written to."""

    office: Office
    raw: Any
    folder: Path
    cells: Sequence[Sequence[Value]] = ()

    @contextmanager
    def narrow(self) -> Iterator[Callable[[], object]]:
        """Two conditions, as chips."""
        query = TableQuery(Visit, chips=tuple(chip_in(Visit, words) for words in WORDS))
        yield lambda: table_query.listed(self.office, query)

    @contextmanager
    def select(self) -> Iterator[Callable[[], object]]:
        """The same two by the raw library."""
        yield lambda: list(self.raw.execute(WHERE))

    @contextmanager
    def take(self) -> Iterator[Callable[[], object]]:
        """The ledger of all visits."""
        ids = table_query.listed(self.office, LEDGER).ids
        out = self.folder / "走访台账.xlsx"
        yield lambda: list_files.write_list_sheet(self.office, out, LEDGER, ids)

    def rows(self) -> Iterator[Sequence[Value]]:
        """The cells that the floor writes."""
        ids = table_query.listed(self.office, LEDGER).ids
        for row in table_query.every_row(self.office, LEDGER, ids):
            yield [cell.words if cell.value is None else cell.value for cell in row.cells]

    @contextmanager
    def write(self) -> Iterator[Callable[[], object]]:
        """The same cells from memory by xlsxwriter."""
        yield self._write

    def _write(self) -> None:
        workbook: Any = xlsxwriter.Workbook(self.folder / "floor.xlsx", {"constant_memory": True})
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for n, row in enumerate(self.cells):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(n, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(n, column, value)
                elif value is not None:
                    sheet.write_number(n, column, value)
        workbook.close()
