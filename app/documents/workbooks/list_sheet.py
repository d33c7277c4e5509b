"""A list (台账) as a workbook that prints well: A4 across, its headings on every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from app.documents.reports.list_content import (
    PLACE,
    SUM,
    Figures,
    ListColumn,
    ListContent,
    Sums,
    Value,
    measured,
    watched,
    words,
)
from app.documents.workbooks.long_texts import LongTexts
from app.documents.workbooks.saving import cell_text, sheet_title
from app.documents.workbooks.streaming import sheet_in, streamed
from app.documents.workbooks.style import FONT
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent

MOST = 1_000_000
"""Rows of a sheet; the program that opens it knows 1,048,576."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text may begin with that is no text to a sheet."""
_OLDEST = dt.date(1900, 3, 1)
"""A sheet counts days from 1900, and one too many until this one."""
_PLACE_WIDTH = 7
_FIGURES: tuple[Figures, ...] = get_args(Figures)
_RULED = {"font_name": FONT, "font_size": 11, "border": 1, "border_color": "#808080"}
_PLAIN = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
_SIDES = {"left": "left", "middle": "center", "right": "right"}


def write_list(
    out: Path, content: ListContent, *, progress: Progress = silent, cancel: Cancel | None = None
) -> int:
    """Write title, 填报单位 and day, headings, rows, 合计 and signers; answers how many rows.

    Numbers and days stay such, all else is text and never a formula; a text too long for a cell
    is cut there, with a mark, and stands whole in a second sheet. After a failure, or when
    stopped, nothing is left at `out` that was not there before. Raises `UserError` TOO_MANY;
    `EnvironmentProblem`, `Cancelled`.
    """
    with streamed(out) as workbook:
        return _Sheet(workbook, content).write(progress, cancel)


class _Sheet:
    """The one sheet of a list."""

    def __init__(self, workbook: Any, content: ListContent) -> None:
        self._content = content
        place = ListColumn(PLACE, _PLACE_WIDTH, "middle")
        self._columns = (*([place] if content.numbered else ()), *content.columns)
        self._last = max(len(self._columns) - 1, 1)
        self._sheet = sheet_in(workbook, sheet_title(content.title))
        self._formats = _Formats(workbook)
        self._long = LongTexts(workbook, self._formats.strong, self._formats.text["left"])
        self._row = 0

    def write(self, progress: Progress, cancel: Cancel | None) -> int:
        content = self._content
        rows = watched(content, progress, cancel)
        widths, rows = measured(content.columns, rows)
        self._set_widths(([_PLACE_WIDTH] if content.numbered else []) + widths)
        self._above()
        headings = self._row
        self._headings()
        sums = Sums(content.columns)
        count = self._body(rows, sums)
        self._print_on_a4(headings, self._row - 1)
        if any(column.summed for column in content.columns):
            self._sums(sums.line(len(content.columns)))
        self._signers()
        return count

    def _set_widths(self, widths: Iterable[float]) -> None:
        for n, width in enumerate(widths):
            self._sheet.set_column(n, n, width)

    def _above(self) -> None:
        content, half = self._content, self._last // 2
        self._line(self._formats.title, 34, (0, self._last, content.title))
        left, right = content.above
        if self._last == 1:
            self._line(self._formats.left, 20, (0, 1, f"{left}　{right}"))
        else:
            self._line(self._formats.left, 20, (0, half, left), (half + 1, self._last, right))
        if content.conditions:
            self._line(self._formats.left, None, (0, self._last, content.conditions))

    def _line(self, style: Any, height: int | None, *parts: tuple[int, int, str]) -> None:
        """A line over the table: texts, each across some columns, the last at the right."""
        row = self._row
        for first, last, text in parts:
            shown = self._formats.right if first else style
            if first == last:
                self._sheet.write_string(row, first, cell_text(text), shown)
            else:
                self._sheet.merge_range(row, first, row, last, "", shown)
                self._sheet.write_string(row, first, cell_text(text), shown)
        self._sheet.set_row(row, height)
        self._row += 1

    def _headings(self) -> None:
        for n, column in enumerate(self._columns):
            self._sheet.write_string(self._row, n, cell_text(column.heading), self._formats.strong)
        self._row += 1

    def _body(self, rows: Iterable[Sequence[Value]], sums: Sums) -> int:
        count, begins = 0, int(self._content.numbered)
        for count, row in enumerate(rows, 1):
            if count > MOST:
                raise _too_many()
            sums.take(row)
            if begins:
                self._sheet.write_number(self._row, 0, count, self._formats.place)
            name = words(row[0], self._content.columns[0].figures)
            for n, (value, column) in enumerate(zip(row, self._content.columns, strict=True)):
                if isinstance(value, str):
                    value = self._long.fitted(value, column.heading, row=count, name=name)
                self._cell(n + begins, value, column)
            self._row += 1
        return count

    def _cell(self, n: int, value: Value, column: ListColumn) -> None:
        sheet, row, formats = self._sheet, self._row, self._formats
        if value is None or value == "":
            sheet.write_blank(row, n, None, formats.text[column.side])
        elif isinstance(value, str | bool):
            text = value if isinstance(value, str) else "是" if value else "否"
            kinds = formats.quoted if text.startswith(_FORMULA) else formats.text
            sheet.write_string(row, n, text, kinds[column.side])
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, n, value, formats.number[column.figures])
        elif isinstance(value, dt.datetime):
            sheet.write_datetime(row, n, value.replace(tzinfo=None), formats.moment)
        elif value >= _OLDEST:
            sheet.write_datetime(row, n, value, formats.day)
        else:
            sheet.write_string(row, n, value.isoformat(), formats.text[column.side])

    def _sums(self, line: Sequence[Value]) -> None:
        begins = int(self._content.numbered)
        strong, row = self._formats.strong, self._row
        for n in range(len(self._columns)):
            self._sheet.write_blank(row, n, None, strong)
        self._sheet.write_string(row, 0, SUM, strong)
        for n, (value, column) in enumerate(zip(line, self._content.columns, strict=True), begins):
            if isinstance(value, str):
                self._sheet.write_string(row, n, value, self._formats.strong)
            elif value is not None:
                self._sheet.write_number(row, n, value, self._formats.sum[column.figures])
        self._row += 1

    def _signers(self) -> None:
        signers = self._content.signers
        if not signers:
            return
        step = len(self._columns) / len(signers)
        self._row += 1
        self._sheet.set_row(self._row, 28)
        for n, who in enumerate(signers):
            self._sheet.write_string(self._row, round(n * step), who, self._formats.left_plain)

    def _print_on_a4(self, headings: int, last: int) -> None:
        sheet = self._sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(headings)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.set_footer(f"&L{_footer(self._content)}&R第 &P 页 共 &N 页")
        sheet.freeze_panes(headings + 1, 0)
        sheet.autofilter(headings, 0, max(last, headings), len(self._columns) - 1)


def _footer(content: ListContent) -> str:
    """填报单位 at the foot of every page; & begins an order there."""
    return content.office.replace("&", "&&")[:100]


def _too_many() -> UserError:
    return UserError(
        "TOO_MANY", f"一张表最多 {MOST:,} 行，现在的更多。", remedy="请先筛选，分几次导出。"
    )


class _Formats:
    """How the cells look; made once for a workbook."""

    def __init__(self, workbook: Any) -> None:
        def made(**more: Any) -> Any:
            return workbook.add_format(more)

        ruled = {**_RULED, "valign": "vcenter"}
        strong = {**ruled, "bold": True, "bg_color": "#EDEDED", "text_wrap": True}
        text = {**ruled, "num_format": "@", "text_wrap": True}
        self.title = made(font_name=FONT, font_size=16, bold=True, align="center", valign="vcenter")
        self.left = made(**_PLAIN, align="left", text_wrap=True)
        self.left_plain = made(**_PLAIN)
        self.right = made(**_PLAIN, align="right")
        self.strong = made(**strong, align="center")
        self.sum = {one: made(**strong, align="right", num_format=one) for one in _FIGURES}
        self.place = made(**ruled, align="center")
        self.number = {one: made(**ruled, align="right", num_format=one) for one in _FIGURES}
        self.day = made(**ruled, align="center", num_format="yyyy-mm-dd")
        self.moment = made(**ruled, align="center", num_format="yyyy-mm-dd hh:mm")
        self.text = {one: made(**text, align=side) for one, side in _SIDES.items()}
        self.quoted = {
            one: made(**text, align=side, quote_prefix=True) for one, side in _SIDES.items()
        }
