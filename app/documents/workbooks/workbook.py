"""Excel workbooks: templates out, records in, a marked copy back, and ledgers that print well."""

from __future__ import annotations

from app.documents.workbooks.cell_values import shown, template_specs
from app.documents.workbooks.headings import Headings
from app.documents.workbooks.marking import mark_problems
from app.documents.workbooks.opening import Held, Source
from app.documents.workbooks.pasted import held, write_pasted
from app.documents.workbooks.reading import open_sheet
from app.documents.workbooks.sheet_rows import (
    CellProblem,
    Choices,
    SheetReading,
    SheetRow,
    Skip,
    Skipped,
)
from app.documents.workbooks.table import write_table
from app.documents.workbooks.template import write_template

__all__ = [
    "CellProblem",
    "Choices",
    "Headings",
    "Held",
    "SheetReading",
    "SheetRow",
    "Skip",
    "Skipped",
    "Source",
    "held",
    "mark_problems",
    "open_sheet",
    "shown",
    "template_specs",
    "write_pasted",
    "write_table",
    "write_template",
]
