"""Excel workbooks: templates out, records in, a marked copy back, and ledgers that print well."""

from __future__ import annotations

from app.documents.workbooks.cell_values import shown, template_specs
from app.documents.workbooks.heading_problems import SheetWanted
from app.documents.workbooks.headings import Headings, SheetColumn
from app.documents.workbooks.marking import mark_problems
from app.documents.workbooks.pasted import held, write_pasted
from app.documents.workbooks.reading import heading_set, look_at, open_sheet
from app.documents.workbooks.sheet_rows import (
    CellProblem,
    Choices,
    SheetReading,
    SheetRow,
    Skip,
    Skipped,
)
from app.documents.workbooks.source import Held, Source, read_bytes
from app.documents.workbooks.taking import Expected
from app.documents.workbooks.template import write_template

__all__ = [
    "CellProblem",
    "Choices",
    "Expected",
    "Headings",
    "Held",
    "SheetColumn",
    "SheetReading",
    "SheetRow",
    "SheetWanted",
    "Skip",
    "Skipped",
    "Source",
    "heading_set",
    "held",
    "look_at",
    "mark_problems",
    "open_sheet",
    "read_bytes",
    "shown",
    "template_specs",
    "write_pasted",
    "write_template",
]
