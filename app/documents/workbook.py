"""Excel workbooks: templates out, records in, a marked copy back, and ledgers that print well."""

from __future__ import annotations

from app.documents.workbook_headings import Headings
from app.documents.workbook_marking import mark_problems
from app.documents.workbook_pasted import write_pasted
from app.documents.workbook_reading import (
    CellProblem,
    SheetCell,
    SheetRow,
    SheetRows,
    read_workbook,
)
from app.documents.workbook_table import write_table
from app.documents.workbook_template import write_template
from app.documents.workbook_values import shown, template_specs

__all__ = [
    "CellProblem",
    "Headings",
    "SheetCell",
    "SheetRow",
    "SheetRows",
    "mark_problems",
    "read_workbook",
    "shown",
    "template_specs",
    "write_pasted",
    "write_table",
    "write_template",
]
