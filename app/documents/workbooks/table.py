"""A ledger (台账) as a workbook that prints well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter

from app.documents.workbooks.saving import put, save, sheet_title
from app.documents.workbooks.style import (
    NUMBER_STYLE,
    STRONG_STYLE,
    TEXT_STYLE,
    TITLE,
    add_styles,
    print_on_a4,
    width_of,
)
from app.documents.workbooks.unnamed import streamed

_NARROWEST, _WIDEST = 6, 40
_MEASURED = 300
"""Rows looked at for the width of a column."""


def write_table(
    out: Path,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    totals: Sequence[object] = (),
) -> None:
    """Write title, headings, rows and, when given, a last row of `totals` (合计).

    int, float and Decimal stay numbers; all else is text and never a formula.
    Raises `UserError` CELL_TOO_LONG and `EnvironmentProblem`.
    """
    workbook = Workbook(write_only=True)
    add_styles(workbook, ruled=True)
    sheet = streamed(workbook, sheet_title(title))
    lines = list(rows)
    cells = [  # all made before the first is written: a refusal leaves no open stream
        [_title(sheet, title)],
        [_cell(sheet, heading, STRONG_STYLE) for heading in headings],
        *([_cell(sheet, value) for value in line] for line in lines),
        [_cell(sheet, value, STRONG_STYLE) for value in totals],
    ]
    _set_widths(sheet, [headings, *lines[:_MEASURED], totals])
    print_on_a4(sheet, 2)
    for line in cells:
        if line:
            sheet.append(line)
    save(workbook, out)


def _set_widths(sheet: Any, lines: Iterable[Sequence[object]]) -> None:
    widths: dict[int, int] = {}
    for line in lines:
        for number, value in enumerate(line, 1):
            widths[number] = max(widths.get(number, _NARROWEST), width_of(_words(value)) + 2)
    for number, width in widths.items():
        sheet.column_dimensions[get_column_letter(number)].width = min(width, _WIDEST)


def _title(sheet: Any, title: str) -> Cell:
    cell = WriteOnlyCell(sheet)
    put(cell, title)
    cell.font = TITLE
    return cell


def _cell(sheet: Any, value: object, style: str = TEXT_STYLE) -> Cell:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        cell.value = value
        style = NUMBER_STYLE if style == TEXT_STYLE else style
    else:
        put(cell, _words(value))
    cell.style = style
    return cell


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
