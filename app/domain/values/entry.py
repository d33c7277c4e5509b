"""Forgiving entry: what people type, paste or keep in Excel becomes a field's value.

One definition for the desktop, the command line and Excel. Nothing is dropped
silently: what cannot be understood is refused with a sentence.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.kernel.added_values import flat
from app.domain.kernel.codelist import CodeList
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.kernel.text import clean_name, clean_text, fold_digits
from app.domain.values.dates import Window, has_year, parse_date
from app.domain.values.money import parse_money

YES = {"是", "有", "已", "1", "true", "y", "yes", "对", "已建", "建", *"√✓✔☑✅v"}
NO = {"否", "无", "未", "0", "false", "n", "no", "不是", "没有", "未建", *"×✗✘☐□x"}

_PARTS = re.compile(r"[、，,;；\n\t]+")
_FIGURES = re.compile(r"[0-9]+")
_COUNT = re.compile(
    r"共? *(-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4}))(?:\.0*)?"
    r" *(?:人次|口人|个人|人|口|名|户|元|平方米|平方|平米|㎡|m2|m²|年|个|家|岁)?",
    re.IGNORECASE,
)
_TICKED, _EMPTY = "■☑✓✔√✅", "□☐"
_BOXES = re.compile(f"([{_TICKED}{_EMPTY}])(是|有|已|否|无|未)" * 2)


class _Days(NamedTuple):
    """What a day written without a year is read by."""

    today: dt.date
    windows: Sequence[Window] = ()


def read_value(
    spec: FieldSpec, value: object, today: dt.date, windows: Sequence[Window] = ()
) -> Any:
    """The JSON-able value of a field from what was typed; None when it is empty.

    `windows` are those of the campaigns the record may belong to
    (`campaign.windows.windows_for`): a day written without a year takes the year that
    they hold it in, see `dates.parse_date`; without them that of `today`.

    Raises `UserError` with code ENTRY naming the field when it cannot be understood.
    """
    if value is None or (isinstance(value, str) and not value.strip()) or value in ([], (), {}):
        return None
    reader = _READERS[spec.kind]
    try:
        return reader(spec, value, _Days(today, windows))
    except UserError as error:
        raise UserError(
            "ENTRY", f"“{spec.label}”：{error.what}", why=error.why, remedy=error.remedy
        ) from error


def read_body(
    specs: tuple[FieldSpec, ...],
    typed: Mapping[str, object],
    today: dt.date,
    windows: Sequence[Window] = (),
) -> dict[str, Any]:
    """A body from typed values, by field name or label; `None` and empty values are left out.

    A member that is neither a field nor a label is refused (code UNKNOWN_FIELD),
    so that a misspelt heading never loses a column. `windows` as for `read_value`.
    """
    names = {spec.label: spec for spec in specs} | {spec.name: spec for spec in specs}
    body: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in flat(typed).items():
        spec = names.get(name)
        if spec is None:
            raise UserError("UNKNOWN_FIELD", f"没有“{name}”这一项。", remedy="请对照模板检查名称。")
        read = read_value(spec, value, today, windows)
        if read is not None:
            (extra if spec.extra else body)[spec.name] = read
    return body | ({"extra": extra} if extra else {})


def _text(spec: FieldSpec, value: object, days: _Days) -> str:
    text = clean_name(_string(value))
    return spec.field.read(text) if spec.field.read else text


def _prose(spec: FieldSpec, value: object, days: _Days) -> str:
    return clean_text(_string(value))


def _string(value: object) -> str:
    if isinstance(value, float):
        raise UserError(
            "NUMBER",
            "这一格被存成了数字，可能已经变样。",
            remedy="请把单元格改为文本格式后重新填写。",
        )
    if isinstance(value, list | tuple | dict):
        raise UserError("LIST", "这里只能填一个值。")
    if isinstance(value, bool):
        raise UserError("TEXT", "这里应填文字，不是“是”或“否”。")
    return str(value)


def _integer(spec: FieldSpec, value: object, days: _Days) -> int:
    if isinstance(value, bool):
        raise UserError("INTEGER", "应填写整数。")
    if isinstance(value, int | float) and math.isfinite(value) and value == int(value):
        return _kept(int(value))
    text = fold_digits(str(value)).strip(" '").removesuffix(spec.field.unit)
    count = _COUNT.fullmatch(text)
    if count is None:
        raise UserError("INTEGER", f"“{value}”不是整数。", remedy="请只填写数字。")
    return _kept(int(count[1].replace(",", "")))


_LARGEST = 1 << 63
"""Whole numbers that are kept stay below it."""


def _kept(number: int) -> int:
    if -_LARGEST < number < _LARGEST:
        return number
    raise UserError("INTEGER", f"“{number}”太大。", remedy="请核对数字。")


def _money(spec: FieldSpec, value: object, days: _Days) -> str:
    amount = parse_money(f"{value:.2f}" if isinstance(value, float) else str(value))
    return format(amount, "f")


def _date(spec: FieldSpec, value: object, days: _Days) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    text = _string(value)
    if spec.field.needs_year and not has_year(text):
        raise UserError("DATE_NO_YEAR", "日期里没有年份。", remedy="请写上四位的年份。")
    return _day(text, _until_today(days) if spec.field.past else days).isoformat()


def _until_today(days: _Days) -> _Days:
    """Of several windows nothing is meant that lies ahead."""
    if len(days.windows) < 2:
        return days
    begun = [window for window in days.windows if window[0] <= days.today]
    return _Days(days.today, [(first, min(last, days.today)) for first, last in begun])


def _day(text: str, days: _Days) -> dt.date:
    return parse_date(text, today=days.today, windows=days.windows)


def _time(spec: FieldSpec, value: object, days: _Days) -> str:
    moment = value if isinstance(value, dt.datetime) else _moment(_string(value), days)
    return moment.isoformat() if moment.tzinfo else f"{moment.isoformat()}+08:00"


def _moment(typed: str, days: _Days) -> dt.datetime:
    text = fold_digits(typed).strip()
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        day, _, clock = text.partition(" ")
        return dt.datetime.combine(_day(day, days), _clock(clock))


def _clock(text: str) -> dt.time:
    figures = [int(figure) for figure in _FIGURES.findall(text)]
    try:
        if _FIGURES.sub("", text).strip(" :时点分秒") or len(figures) > 3:
            raise ValueError(text)
        hour, minute, second, *_ = [*figures, 0, 0, 0]
        return dt.time(hour, minute, second)
    except ValueError as error:
        raise UserError("TIME", f"“{text}”不是时间。", remedy="请写成 14:30。") from error


def _flag(spec: FieldSpec, value: object, days: _Days) -> bool:
    if isinstance(value, bool):
        return value
    word = _chosen(fold_digits(str(value)).strip(" .。").lower())
    if word in YES or word in NO:
        return word in YES
    raise UserError("FLAG", f"“{value}”看不出是还是否。", remedy="请填写“是”或“否”。")


def _chosen(text: str) -> str:
    """The word beside the one box that is ticked (☑是 □否); else the text itself."""
    boxes = _BOXES.fullmatch(re.sub(r"[\s/、,;]+", "", text))
    if boxes is None or (boxes[1] in _TICKED) == (boxes[3] in _TICKED):
        return text
    return boxes[2] if boxes[1] in _TICKED else boxes[4]


def _code(spec: FieldSpec, value: object, days: _Days) -> str:
    codes = spec.field.codes
    text = _string(value)
    found = codes.find(text) if codes else None
    if found is None:
        words = "、".join(code.label for code in codes or ())
        shown = words if len(words) < 80 else f"{words[:80]}……"
        raise UserError("CODE", f"没有“{text}”这个选项。", remedy=f"可以填写：{shown}。")
    return found.value


def _parts(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)
    return [part for part in _PARTS.split(_string(value)) if part.strip()]


def _codes(spec: FieldSpec, value: object, days: _Days) -> list[str]:
    parts = _parts(value)
    if isinstance(value, str) and spec.field.codes:
        parts = list(_labels(spec.field.codes, [str(part) for part in parts]))
    return list(dict.fromkeys(_code(spec, part, days) for part in parts))


def _labels(codes: CodeList, parts: list[str]) -> Iterator[str]:
    """Put together again what is one label although it holds a 、 (进千户企业、访万名职工)."""
    longest = max((len(_PARTS.split(code.label)) for code in codes), default=1)
    while parts:
        sizes = range(min(len(parts), longest), 1, -1)
        size = next((n for n in sizes if codes.find("".join(parts[:n]))), 1)
        yield "".join(parts[:size])
        parts = parts[size:]


def parts_of(names: Iterable[str]) -> set[str]:
    """What a list of names is read as from one cell: a name with a 、 in it is parted there."""
    return {clean_name(part) for name in names for part in _PARTS.split(name) if part.strip()}


def _names(spec: FieldSpec, value: object, days: _Days) -> list[str]:
    """A line is parted as its field says (persons), a list was parted by who made it."""
    if spec.field.parted and not isinstance(value, list | tuple):
        return spec.field.parted(_string(value))
    return list(dict.fromkeys(clean_name(_string(part)) for part in _parts(value)))


def _rows(spec: FieldSpec, value: object, days: _Days) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple):
        raise UserError("ROWS", "应是若干行。")
    return [_row(spec, number, row, days) for number, row in enumerate(value, 1)]


def _row(spec: FieldSpec, number: int, row: object, days: _Days) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise UserError("ROWS", f"第{number}行的内容不完整。")
    return {"id": f"r{number}", **read_body(spec.columns, row, days.today, days.windows)}


def _object(spec: FieldSpec, value: object, days: _Days) -> object:
    """What a campaign adds is read field by field, see `read_body`."""
    if not isinstance(value, Mapping):
        raise UserError("OBJECT", "应是若干项，每项有名称和内容。")
    return value


_READERS: dict[Kind, Callable[[FieldSpec, object, _Days], Any]] = {
    Kind.TEXT: _text,
    Kind.PROSE: _prose,
    Kind.LINK: _text,
    Kind.INTEGER: _integer,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.FLAG: _flag,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.NAMES: _names,
    Kind.LINKS: _names,
    Kind.ROWS: _rows,
    Kind.OBJECT: _object,
}
