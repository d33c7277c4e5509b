"""How sheets look and print: three styles, A4, widths by Chinese characters."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

FONT = "宋体"
TITLE = Font(name=FONT, size=16, bold=True)
TEXT_FORMAT = "@"
TEXT_STYLE = "文字"
NUMBER_STYLE = "数字"
STRONG_STYLE = "列名与合计"

_A4 = 9
_LINE = Side(style="thin", color="808080")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def add_styles(workbook: Workbook, *, ruled: bool) -> None:
    """Give the workbook its three named styles; cells of text have lines when `ruled`."""
    border = _BORDER if ruled else Border()
    left = Alignment(vertical="center", wrap_text=True)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    font, strong = Font(name=FONT, size=11), Font(name=FONT, size=11, bold=True)
    grey = PatternFill("solid", fgColor="EDEDED")
    for style in (
        NamedStyle(TEXT_STYLE, font=font, border=border, alignment=left, number_format=TEXT_FORMAT),
        NamedStyle(NUMBER_STYLE, font=font, border=border, alignment=Alignment(vertical="center")),
        NamedStyle(STRONG_STYLE, font=strong, border=_BORDER, alignment=middle, fill=grey),
    ):
        workbook.add_named_style(style)


def print_on_a4(sheet: Any, heading_row: int, orientation: str = "landscape") -> None:
    """All columns on one page wide, the headings on every page, page numbers, grid lines.

    `sheet` is any of the library's worksheets, those written as a stream too.
    """
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.print_options.gridLines = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.freeze_panes = f"A{heading_row + 1}"


def width_of(text: str) -> int:
    """The width of the longest line in column units: a Chinese character takes two."""
    lines = text.split("\n")
    return max(sum(1 + (char > "\u2e80") for char in line) for line in lines)
