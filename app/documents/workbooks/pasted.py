"""Rows copied in a spreadsheet, as a workbook again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.documents.workbooks.saving import put, save
from app.documents.workbooks.style import TEXT_FORMAT


def write_pasted(out: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write one sheet with these cells from A1 on, all of them text.

    Raises `UserError` CELL_TOO_LONG and `EnvironmentProblem`.
    """
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "粘贴"
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cell.number_format = TEXT_FORMAT
            put(cell, text)
    save(workbook, out)
