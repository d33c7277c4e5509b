"""Rows copied in a spreadsheet, as a workbook again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.documents.workbooks import unnamed
from app.documents.workbooks.saving import put, save
from app.documents.workbooks.source import Held
from app.documents.workbooks.style import TEXT_FORMAT


def write_pasted(out: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write one sheet with these cells from A1 on, all of them text.

    Raises `UserError` CELL_TOO_LONG and `EnvironmentProblem`.
    """
    save(_workbook(rows), out)


def held(name: str, rows: Sequence[Sequence[str]]) -> Held:
    """As `write_pasted`, but in memory; raises `UserError` CELL_TOO_LONG."""
    out = io.BytesIO()
    unnamed.write(_workbook(rows), out)
    return Held(name, out.getvalue())


def _workbook(rows: Sequence[Sequence[str]]) -> Workbook:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "粘贴"
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cell.number_format = TEXT_FORMAT
            put(cell, text)
    return workbook
