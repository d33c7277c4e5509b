"""汇总表 taken along: as a workbook that prints well, as a paper to sign."""

from __future__ import annotations

from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.reports.totals_sheet import TotalsSheet, totals_sheet
from app.documents.workbooks.totals import write_totals
from app.domain.records import Operator
from app.services.figures.issued_totals import Shown
from app.services.office.office import Office
from database.state import states


def write_sheet(office: Office, table: Shown, out: Path) -> Path:
    """The 汇总表 as a workbook that prints well; raises `EnvironmentProblem`."""
    write_totals(out, sheet_of(office, table))
    return out


def write_paper(office: Office, table: Shown, out: Out) -> int:
    """The 汇总表 as a PDF to sign; answers its pages.

    Raises `EnvironmentProblem`.
    """
    return totals_sheet(sheet_of(office, table), out)


def file_name(table: Shown, suffix: str) -> str:
    """汇总表_沙湾区总工会_2011-12-03.xlsx."""
    return f"汇总表_{table.office}_{table.as_of}{suffix}"


def sheet_of(office: Office, table: Shown) -> TotalsSheet:
    """What both write."""
    return TotalsSheet(
        title=f"{table.title}汇总表",
        office=table.office,
        as_of=table.as_of,
        columns=((table.first, ""), *table.columns),
        rows=table.rows,
        sums=table.sums,
        filler=_operator(office),
        basis=table.basis,
    )


def _operator(office: Office) -> str:
    with office.store.read() as connection:
        found = states.get(connection, Operator, office.operator)
    return found.record.name if found else ""
