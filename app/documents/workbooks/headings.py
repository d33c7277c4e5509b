"""Find the row of headings in a sheet and know each column's field."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from app.documents.workbooks.opening import Line
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.text import lookup_key

RESULT_HEADING = "检查结果"
SEARCHED_ROWS = 10
"""The headings stand among the first rows; above them titles, units and blank lines."""

_IGNORED = (RESULT_HEADING, "序号")
_TEMPLATE = "请用本程序的模板填写，列名放在前 10 行以内，不要改动。"


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings are: sheet, row, {field: column number}, and the ignored columns."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    ignored: Mapping[str, int]
    last: int

    def address(self, field: str, row: int) -> str:
        """The cell of a field in a row, such as C7; "" when the sheet has no such column."""
        column = self.columns.get(field)
        return f"{get_column_letter(column)}{row}" if column else ""

    @property
    def result_column(self) -> int:
        """Where 检查结果 stands, or is to be added."""
        return self.ignored.get(RESULT_HEADING, self.last + 1)


def find_headings(
    sheet: str, lines: Iterable[tuple[int, Line]], specs: Sequence[FieldSpec]
) -> Headings | None:
    """The headings among the first lines, or None when this sheet has none.

    Raises `UserError` UNKNOWN_HEADING, DOUBLE_HEADING or MISSING_HEADING.
    """
    known = _spellings(specs)
    best = max(lines, key=lambda line: _matches(line[1], known), default=(0, {}))
    if _matches(best[1], known) < min(2, len(specs)):
        return None
    return _read(sheet, best[0], best[1], specs)


def _spellings(specs: Sequence[FieldSpec]) -> dict[str, str]:
    """Field names by what may stand over their column: label, label with unit, name."""
    names = {lookup_key(spec.name): spec.name for spec in specs}
    units = {lookup_key(spec.label + spec.field.unit): spec.name for spec in specs}
    return names | units | {lookup_key(spec.label): spec.name for spec in specs}


def _matches(line: Line, known: Mapping[str, str]) -> int:
    return sum(lookup_key(str(content.value)) in known for content in line.values())


def _read(sheet: str, row: int, line: Line, specs: Sequence[FieldSpec]) -> Headings:
    known = _spellings(specs)
    columns: dict[str, int] = {}
    ignored: dict[str, int] = {}
    for column, content in sorted(line.items()):
        text = str(content.value).strip()
        name = known.get(lookup_key(text))
        if name is None and text in _IGNORED:
            ignored[text] = column
        elif name is None:
            raise _unknown(column, text, specs)
        elif name in columns:
            raise _double(columns[name], column, text)
        else:
            columns[name] = column
    _require(columns, specs)
    return Headings(sheet, row, columns, ignored, max(line))


def _unknown(column: int, text: str, specs: Sequence[FieldSpec]) -> UserError:
    close = difflib.get_close_matches(text, [spec.label for spec in specs], n=1, cutoff=0.5)
    return UserError(
        "UNKNOWN_HEADING",
        f"{get_column_letter(column)} 列的列名“{text}”不认识。",
        why=f"是不是“{close[0]}”？" if close else "",
        remedy="请改成模板里的列名，或删去这一列。",
    )


def _double(first: int, second: int, text: str) -> UserError:
    letters = f"{get_column_letter(first)} 列和 {get_column_letter(second)} 列"
    return UserError(
        "DOUBLE_HEADING", f"{letters}都是“{text}”。", remedy="请只留一列，把另一列删去。"
    )


def _require(columns: Mapping[str, int], specs: Sequence[FieldSpec]) -> None:
    missing = [spec.label for spec in specs if spec.field.required and spec.name not in columns]
    if missing:
        raise UserError(
            "MISSING_HEADING",
            f"缺少必填的列：{'、'.join(missing)}。",
            remedy="请补上这些列；没有模板时先导出一份模板。",
        )


def no_headings() -> UserError:
    """The error of a workbook in which no sheet has headings."""
    return UserError("NO_HEADINGS", "没有找到列名所在的那一行。", remedy=_TEMPLATE)


def several_sheets(titles: Sequence[str]) -> UserError:
    """The error of a workbook with more than one sheet of records: none is dropped silently."""
    return UserError(
        "SEVERAL_SHEETS",
        f"这个文件里有 {len(titles)} 张登记表：{'、'.join(titles)}。",
        why="一次只能导入一张。",
        remedy="请把它们合成一张，或各存成一个文件。",
    )
