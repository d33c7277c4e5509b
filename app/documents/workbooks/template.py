"""The template of a record type: a workbook to be filled in with Excel or WPS, or one filled.

Every cell is text, so that no number of an ID card or bank card is ever rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.workbooks.cell_values import (
    how_to_fill,
    options,
    shown,
    template_specs,
    value_in,
)
from app.documents.workbooks.saving import put, save, sheet_title
from app.documents.workbooks.style import (
    FONT,
    STRONG_STYLE,
    TEXT_FORMAT,
    TEXT_STYLE,
    TITLE,
    add_styles,
    print_on_a4,
    width_of,
)
from app.domain.kernel.fields import FieldSpec, Kind

REQUIRED = "＊"
HELP_SHEET = "填表说明"
OPTIONS_SHEET = "选项"
HEADING_ROW = 3
PREPARED_ROWS = 1000
NOTE_AUTHOR = "填表说明"

_INSTRUCTION = (
    "带＊的必须填写；一行填一条；不要改动第 3 行的列名；每一列怎么填，见“填表说明”和列名上的批注。"
)
_INLINE_LIMIT = 250
"""UTF-16 units of a drop-down written into the cell rule itself; the format allows 255."""
_WIDTHS = {Kind.PROSE: 40, Kind.TEXT: 14, Kind.TIME: 18, Kind.CODES: 18, Kind.NAMES: 18}
_NARROWEST, _WIDEST = 10, 40


def write_template(
    out: Path,
    title: str,
    specs: Sequence[FieldSpec],
    *,
    rows: Iterable[Mapping[str, object]] = (),
) -> None:
    """Write the template of these fields, empty or with `rows` (bodies by field name).

    Raises `UserError` CELL_TOO_LONG and `EnvironmentProblem`.
    """
    columns = template_specs(specs)
    workbook = Workbook()
    add_styles(workbook, ruled=False)
    sheet = workbook.worksheets[0]
    sheet.title = sheet_title(title)
    lists = workbook.create_sheet(OPTIONS_SHEET)
    lists.sheet_state = "hidden"
    _head(sheet, title, columns)
    last = _fill(sheet, columns, rows)
    for number, spec in enumerate(columns, 1):
        _offer(sheet, lists, number, spec, last)
    _explain(workbook.create_sheet(HELP_SHEET), title, columns)
    print_on_a4(sheet, HEADING_ROW)
    save(workbook, out)


def _head(sheet: Worksheet, title: str, columns: Sequence[FieldSpec]) -> None:
    put(sheet["A1"], title)
    sheet["A1"].font = TITLE
    put(sheet["A2"], _INSTRUCTION)
    sheet["A2"].font = Font(name=FONT, size=10, color="595959")
    for row, height in ((1, 28), (2, 20), (HEADING_ROW, 34)):
        sheet.row_dimensions[row].height = height
    for number, spec in enumerate(columns, 1):
        cell = sheet.cell(HEADING_ROW, number)
        put(cell, _heading(spec))
        cell.style = STRONG_STYLE
        cell.comment = _note(spec)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = _width(spec)
        dimension.number_format = TEXT_FORMAT


def _heading(spec: FieldSpec) -> str:
    return f"{REQUIRED}{spec.label}" if spec.field.required else spec.label


def _width(spec: FieldSpec) -> float:
    wanted = max(width_of(_heading(spec)) + 2, _WIDTHS.get(spec.kind, 0))
    if spec.field.longest == 18:
        wanted = max(wanted, 22)
    return max(_NARROWEST, min(wanted, _WIDEST))


def _note(spec: FieldSpec) -> Comment:
    words = f"{spec.label}{'（必填）' if spec.field.required else ''}\n{how_to_fill(spec)}"
    return Comment(words, NOTE_AUTHOR, width=240, height=40 + 20 * (len(words) // 16 + 1))


def _fill(
    sheet: Worksheet, columns: Sequence[FieldSpec], rows: Iterable[Mapping[str, object]]
) -> int:
    """Write the rows and prepare at least `PREPARED_ROWS`; returns the last row's number."""
    number = HEADING_ROW
    for number, row in enumerate(rows, HEADING_ROW + 1):
        for column, spec in enumerate(columns, 1):
            put(sheet.cell(number, column), shown(spec, value_in(row, spec)))
    last = max(number, HEADING_ROW + PREPARED_ROWS)
    for line in sheet.iter_rows(HEADING_ROW + 1, last, 1, len(columns)):
        for cell in line:
            cell.style = TEXT_STYLE
    return last


def _offer(sheet: Worksheet, lists: Worksheet, number: int, spec: FieldSpec, last: int) -> None:
    """A drop-down. It only warns, since other spellings and several values are understood."""
    words = options(spec)
    if not words:
        return
    rule = DataValidation(
        type="list",
        formula1=_inline(words) or _listed(lists, number, spec.label, words),
        allow_blank=True,
        errorStyle="warning",
        errorTitle="不在选项里",
        error="请从下拉列表中选择。",
        showErrorMessage=spec.kind is not Kind.CODES,
    )
    letter = get_column_letter(number)
    rule.add(f"{letter}{HEADING_ROW + 1}:{letter}{last}")
    sheet.add_data_validation(rule)


def _inline(words: Sequence[str]) -> str:
    text = ",".join(words)
    short = len(text.encode("utf-16-le")) // 2 <= _INLINE_LIMIT
    plain = not any("," in word or '"' in word for word in words)
    return f'"{text}"' if short and plain else ""


def _listed(lists: Worksheet, number: int, label: str, words: Sequence[str]) -> str:
    """Write a long list on the hidden sheet, under the column of the same letter."""
    put(lists.cell(1, number), label)
    for row, word in enumerate(words, 2):
        put(lists.cell(row, number), word)
    letter = get_column_letter(number)
    return f"'{OPTIONS_SHEET}'!${letter}$2:${letter}${len(words) + 1}"


def _explain(sheet: Worksheet, title: str, columns: Sequence[FieldSpec]) -> None:
    put(sheet["A1"], f"{title}：{HELP_SHEET}")
    sheet["A1"].font = TITLE
    for number, (heading, width) in enumerate(
        (("列名", 26), ("必填", 8), ("怎么填", 46), ("可以填写的内容", 70)), 1
    ):
        put(sheet.cell(2, number), heading)
        sheet.cell(2, number).style = STRONG_STYLE
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row, spec in enumerate(columns, HEADING_ROW):
        required = "必填" if spec.field.required else ""
        texts = (spec.label, required, how_to_fill(spec), "、".join(options(spec)))
        for number, text in enumerate(texts, 1):
            put(sheet.cell(row, number), text)
            sheet.cell(row, number).style = TEXT_STYLE
    print_on_a4(sheet, 2)
