"""汇总表 as a workbook that prints on one page wide, with the lines to sign."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from app.documents.reports.totals_sheet import TotalsSheet, Value, heading
from app.documents.workbooks.saving import put, save, sheet_title
from app.documents.workbooks.style import (
    FONT,
    NUMBER_STYLE,
    STRONG_STYLE,
    TEXT_STYLE,
    TITLE,
    add_styles,
    print_on_a4,
    width_of,
)

_HEADINGS = 3
_NAMES, _FIGURES = 28, 13
_WHOLE, _MONEY = "#,##0", "#,##0.00"
_PLAIN = Font(name=FONT, size=11)


def write_totals(out: Path, sheet: TotalsSheet) -> None:
    """Write title, unit and day, headings, rows, 合计 and signers; figures stay numbers.

    Raises `EnvironmentProblem`.
    """
    workbook = Workbook()
    add_styles(workbook, ruled=True)
    page: Any = workbook.active
    page.title = sheet_title("汇总表")
    _above(page, sheet)
    _line(page, _HEADINGS, [heading(*column) for column in sheet.columns], sheet, STRONG_STYLE)
    for number, row in enumerate(sheet.rows, _HEADINGS + 1):
        _line(page, number, row, sheet, "")
    below = _HEADINGS + 1 + len(sheet.rows)
    for number, row in enumerate(sheet.sums, below):
        _line(page, number, row, sheet, STRONG_STYLE)
    _signers(page, below + len(sheet.sums) + 1, sheet)
    _measure(page, sheet)
    print_on_a4(page, _HEADINGS)
    page.print_options.gridLines = False
    page.freeze_panes = f"B{_HEADINGS + 1}"
    save(workbook, out)


def _above(page: Any, sheet: TotalsSheet) -> None:
    last = len(sheet.columns)
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    put(page.cell(1, 1), sheet.title)
    page.cell(1, 1).font = TITLE
    page.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    page.row_dimensions[1].height = 34
    left, right = sheet.above
    half = last // 2
    for first, end, text, side in ((1, half, left, "left"), (half + 1, last, right, "right")):
        page.merge_cells(start_row=2, start_column=first, end_row=2, end_column=end)
        put(page.cell(2, first), text)
        page.cell(2, first).font = _PLAIN
        page.cell(2, first).alignment = Alignment(horizontal=side, vertical="center")
    page.row_dimensions[2].height = 20


def _line(page: Any, number: int, values: Sequence[Value], sheet: TotalsSheet, style: str) -> None:
    page.row_dimensions[number].height = 36 if number == _HEADINGS else 22
    for column, (value, (_, unit)) in enumerate(zip(values, sheet.columns, strict=True), 1):
        cell = page.cell(number, column)
        if isinstance(value, str):
            put(cell, value)
            cell.style = style or TEXT_STYLE
            if unit:
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        else:
            cell.value = value
            cell.style = style or NUMBER_STYLE
            cell.number_format = _MONEY if isinstance(value, Decimal) else _WHOLE
            cell.alignment = Alignment(horizontal="right", vertical="center")


def _signers(page: Any, number: int, sheet: TotalsSheet) -> None:
    step = len(sheet.columns) / len(sheet.signers)
    for place, who in enumerate(sheet.signers):
        cell = page.cell(number, 1 + round(place * step))
        put(cell, who)
        cell.font = _PLAIN
    page.row_dimensions[number].height = 28


def _measure(page: Any, sheet: TotalsSheet) -> None:
    names = [str(row[0]) for row in (*sheet.rows, *sheet.sums)]
    widest = max(map(width_of, names), default=0) + 2
    for column in range(1, len(sheet.columns) + 1):
        width = max(widest, _NAMES) if column == 1 else _FIGURES
        page.column_dimensions[get_column_letter(column)].width = width
