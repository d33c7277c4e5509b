"""Read a filled sheet: every row as a body, every cell that is not understood as a problem."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from app.documents.workbooks.cell_values import template_specs
from app.documents.workbooks.headings import (
    SEARCHED_ROWS,
    Headings,
    find_headings,
    no_headings,
    several_sheets,
)
from app.documents.workbooks.opening import (
    PLAIN,
    Content,
    Line,
    Sheet,
    Source,
    open_sheets,
    quiet_library,
    read_bytes,
)
from app.documents.workbooks.sheet_rows import (
    CellProblem,
    Choices,
    SheetReading,
    SheetRow,
    Skip,
    Skipped,
)
from app.documents.workbooks.template import HELP_SHEET
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.values.entry import read_value

_BATCH = 200
"""Rows between two looks at 取消."""
_TEXTS = (Kind.TEXT, Kind.PROSE, Kind.NAMES)
_DAYS = (Kind.DATE, Kind.TIME)
_SERIALS = range(18_264, 73_051)
"""Day numbers of 1950 to 2100: a date pasted into a cell of text shows as such a number."""
_DIGITS_MATTER = re.compile("电话|手机|联系方式|号码|证号|卡号|账号|帐号|代码|编码|编号|邮编")
_TOTAL = re.compile(r"(?:本页|本表)?(?:合计|总计|小计|共计|累计)[：:]?[0-9０-９.,，人户元次]*")
_ASIDE = re.compile(
    r"[（(【\[]?(?:示例|样例|例如|填写示例|例)(?:[：:）)】\]].*)?|"
    r"(?:注|说明|备注|填表说明|填表人|填报人|制表人|审核人|审核|负责人|单位负责人|分管领导|"
    r"填表日期|填报日期|制表日期)[：:].*",
    re.DOTALL,
)
_AS_TEXT = "请把这一格设为文本格式，再照原件重新填写。"


def open_sheet(
    path: Source,
    specs: Sequence[FieldSpec],
    *,
    today: dt.date,
    choices: Choices | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> SheetReading:
    """Open the one sheet of records in a workbook; `today` gives dates without a year theirs.

    Whether required cells are filled is for the checks of the records. Raises `UserError`
    WORKBOOK_… for files that cannot be read, …_HEADING(S) or SEVERAL_SHEETS for sheets that
    cannot be understood, and `Cancelled`.
    """
    columns = template_specs(specs)
    progress(Step("打开表格"))
    (cancel or Cancel()).check()
    with quiet_library():
        sheets = [sheet for sheet in open_sheets(read_bytes(path)) if sheet.title != HELP_SHEET]
        sheet, headings = _the_sheet(sheets, columns)
    return SheetReading(headings, sheet.rows, _Stream(sheet, columns, today))


@dataclass(frozen=True, slots=True)
class _Stream:
    """The rows of one sheet as they are asked for."""

    sheet: Sheet
    columns: Sequence[FieldSpec]
    today: dt.date

    def __call__(
        self, reading: SheetReading, progress: Progress, cancel: Cancel
    ) -> Iterator[SheetRow]:
        sheet, headings = self.sheet, reading.headings
        reader = _Reader(headings, self.columns, sheet.epoch, self.today, reading.skipped)
        with quiet_library():
            for number, line in sheet.lines(sheet.facts()):
                if number % _BATCH == 0:
                    cancel.check()
                    progress(Step("读取表格", number, max(number, sheet.rows)))
                if number > headings.row and line and (row := reader.take(number, line)):
                    yield row


def _the_sheet(sheets: Sequence[Sheet], specs: Sequence[FieldSpec]) -> tuple[Sheet, Headings]:
    found = []
    for sheet in sheets:
        first = list(islice(sheet.lines(PLAIN), SEARCHED_ROWS))
        headings = find_headings(sheet.title, first, specs)
        if headings:
            found.append((sheet, headings))
    if len(found) > 1:
        raise several_sheets([sheet.title for sheet, _ in found])
    if not found:
        raise no_headings()
    return found[0]


class _Reader:
    """Takes the lines below the headings one by one and keeps what they say."""

    def __init__(
        self,
        headings: Headings,
        specs: Sequence[FieldSpec],
        epoch: Any,
        today: dt.date,
        skipped: list[Skipped],
    ) -> None:
        self._headings = headings
        self._specs = {
            headings.columns[spec.name]: spec for spec in specs if spec.name in headings.columns
        }
        self._ignored = {column: text for text, column in headings.ignored.items()}
        self._epoch = epoch
        self._today = today
        self._skipped = skipped

    def take(self, number: int, line: Line) -> SheetRow | None:
        """A line as a record; None for one left out."""
        first = str(next(iter(dict(sorted(line.items())).values())).value).strip()
        kind = _aside(first) or (Skip.HEADING if self._repeats_headings(line) else None)
        if kind:
            self._skipped.append(Skipped(number, kind, first[:20]))
            return None
        own = {column: content for column, content in line.items() if column not in self._ignored}
        for column in own:
            if column not in self._specs:
                raise _no_heading_over(column, number)
        return self._row(number, own) if own else None

    def _repeats_headings(self, line: Line) -> bool:
        """The headings once more, as at the top of every page."""
        named = {column: spec.label for column, spec in self._specs.items()} | self._ignored
        return len(line) > 1 and all(
            str(content.value).strip(" ＊*") == named.get(column)
            for column, content in line.items()
        )

    def _row(self, number: int, line: Line) -> SheetRow:
        body: dict[str, Any] = {}
        problems: list[CellProblem] = []
        typed: list[object] = []
        fields: dict[str, int] = {}
        for column, content in sorted(line.items()):
            spec = self._specs[column]
            address = f"{get_column_letter(column)}{number}"
            fields[spec.name] = len(typed)
            typed.append(content.value)
            try:
                value = self._value(spec, content)
            except UserError as error:
                sentence = error.what + error.why
                problems.append(CellProblem(address, spec.label, sentence, error.remedy))
            else:
                _set(body, spec, value)
        return SheetRow(number, body, tuple(problems), typed, fields)

    def _value(self, spec: FieldSpec, content: Content) -> Any:
        value = content.value
        _refuse(spec, content)
        if spec.kind in _DAYS and isinstance(value, int) and value in _SERIALS:
            value = from_excel(value, self._epoch)
        return read_value(spec, value, self._today)


def _set(body: dict[str, Any], spec: FieldSpec, value: Any) -> None:
    if value is not None:
        target = body.setdefault("extra", {}) if spec.extra else body
        target[spec.name] = value


def _aside(first: str) -> Skip | None:
    """Totals, examples and signatures around a table are no records."""
    words = re.sub(r"\s", "", first)
    if _TOTAL.fullmatch(words):
        return Skip.TOTAL
    return Skip.NOTE if _ASIDE.fullmatch(words) else None


def _refuse(spec: FieldSpec, content: Content) -> None:
    """Raise for what the spreadsheet itself spoilt."""
    for spoilt, what, remedy in _spoilt(spec, content):
        if spoilt:
            raise UserError("ENTRY", f"“{spec.label}”：{what}", remedy=remedy)


def _spoilt(spec: FieldSpec, content: Content) -> Iterator[tuple[bool, str, str]]:
    value = content.value
    yield (
        content.fault == "formula",
        "这一格是公式，还没有算出结果。",
        "请用 WPS 或 Excel 打开并保存一次再导入，或直接填写结果。",
    )
    yield (
        content.fault == "error",
        f"这一格的公式出错了（{value}）。",
        "请改正公式，或直接填写结果。",
    )
    yield (
        isinstance(value, int | float) and not isinstance(value, bool) and _digits_matter(spec),
        "这一格被存成了数字，开头的 0 或后面的几位可能已经丢失。",
        _AS_TEXT,
    )
    yield (
        isinstance(value, dt.date | dt.time | dt.timedelta) and spec.kind not in _DAYS,
        "这一格被存成了日期，可能已经不是原来填的内容。",
        _AS_TEXT,
    )


def _digits_matter(spec: FieldSpec) -> bool:
    """Columns in which every digit counts: ID, bank card, credit code, telephone, codes."""
    field = spec.field
    telling = bool(field.read or field.sensitive or _DIGITS_MATTER.search(field.label))
    return spec.kind in _TEXTS and telling


def _no_heading_over(column: int, row: int) -> UserError:
    letter = get_column_letter(column)
    return UserError(
        "NO_HEADING_OVER",
        f"{letter} 列没有列名，但 {letter}{row} 有内容。",
        remedy="请给这一列补上列名，或清空这些内容。",
    )
