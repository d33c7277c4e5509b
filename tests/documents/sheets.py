"""Sheets as clerks send them in, and bodies with every field filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.workbooks.workbook import (
    CellProblem,
    Choices,
    Expected,
    Held,
    SheetReading,
    SheetRow,
    open_sheet,
    template_specs,
)
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Person

TODAY = dt.date(2011, 8, 1)
PERSON = fields_of(Person)
ID_A = "11010519491231002X"
ID_B = "511102198001010012"
USCC = "91350100M000100Y43"

_VALUES: dict[Kind, Any] = {
    Kind.PROSE: "第一行：欠薪。\n第二行，=1+1",
    Kind.INTEGER: 2000,
    Kind.MONEY: "1234.50",
    Kind.DATE: "2011-07-04",
    Kind.TIME: "2011-07-04T09:30:00+08:00",
    Kind.FLAG: False,
    Kind.NAMES: ["王琦", "阿依古丽·买买提"],
    Kind.LINK: "011102",
    Kind.LINKS: ["沙湾-2011-0137", "犍为-2011-0001"],
}


_READ = {"resident_id": ID_A, "code": "511199"}
"""What fields with a reader of their own take, where it is no code of a unit."""


def full_body(specs: Sequence[FieldSpec]) -> dict[str, Any]:
    """A body in which every field that has a column is filled; lists of codes with all codes."""
    return {spec.name: _value(spec) for spec in template_specs(specs)}


def _value(spec: FieldSpec) -> Any:
    codes = [code.value for code in spec.field.codes or ()]
    if codes:
        return codes if spec.kind is Kind.CODES else codes[-1]
    if spec.field.read:
        return _READ.get(spec.name, USCC)
    return _VALUES.get(spec.kind, f"{spec.label}𬭎 008")


def sheet_of(path: Path, lines: Sequence[Any]) -> Path:
    """A workbook that somebody made by hand."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for line in lines:
        sheet.append(list(line))
    workbook.save(path)
    return path


def type_in(path: Path, row: int, values: dict[str, Any], heading_row: int = 3) -> None:
    """Type values under these headings into one row of the first sheet, and save."""
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    for heading, value in values.items():
        sheet[f"{column_of(sheet, heading, heading_row)}{row}"] = value
    workbook.save(path)


def first_sheet(path: Path) -> Worksheet:
    return load_workbook(path).worksheets[0]


def column_of(sheet: Worksheet, heading: str, row: int = 3) -> str:
    """The letter of the column under this heading."""
    headings = [str(cell.value).strip("＊") for cell in sheet[row]]
    return get_column_letter(headings.index(heading) + 1)


@dataclass
class Whole:
    """A sheet read to its end."""

    reading: SheetReading
    rows: list[SheetRow]

    @property
    def problems(self) -> list[CellProblem]:
        """Those of all rows."""
        return [problem for row in self.rows for problem in row.problems]

    @property
    def skipped(self) -> list[tuple[int, str, str]]:
        """What was left out: row, kind, words."""
        return [(one.number, one.kind.value, one.words) for one in self.reading.skipped]


def read(
    path: Path | Held,
    specs: Sequence[FieldSpec] = PERSON,
    *,
    names: tuple[str, ...] = ("name",),
    choices: Choices | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Whole:
    """Open a sheet and read it to its end."""
    watch = cancel or Cancel()
    expected = Expected(tuple(specs), TODAY, names=names)
    reading = open_sheet(path, expected, choices=choices, progress=progress, cancel=watch)
    return Whole(reading, list(reading.rows(progress, watch)))
