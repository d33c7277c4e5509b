"""Which fields a sheet holds, and how their values are written in its cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.domain.kernel.fields import FieldSpec, Kind

SEPARATOR = "、"
"""Parts the values in one cell."""

_LEFT_OUT = (Kind.ROWS, Kind.OBJECT)

_HOW = {
    Kind.TEXT: "文字",
    Kind.PROSE: "文字，可以换行",
    Kind.INTEGER: "整数",
    Kind.MONEY: "金额，如 1000.50",
    Kind.DATE: "日期，如 2011-7-4",
    Kind.TIME: "日期和时间，如 2011-7-4 14:30",
    Kind.FLAG: "填“是”或“否”",
    Kind.CODE: "从下拉列表中选一个",
    Kind.CODES: "可填多个，用顿号“、”分开",
    Kind.NAMES: "可填多个，用顿号“、”分开",
    Kind.LINK: "填编号或代码",
    Kind.LINKS: "填编号或代码，可填多个，用顿号“、”分开",
}


def template_specs(specs: Iterable[FieldSpec]) -> tuple[FieldSpec, ...]:
    """The fields that fit in one cell: not hidden, no rows (附件, 家庭成员), no objects."""
    return tuple(spec for spec in specs if not spec.field.hidden and spec.kind not in _LEFT_OUT)


def shown(spec: FieldSpec, value: object) -> str:
    """A JSON-able value as its cell shows it; `read_value` reads it back."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return SEPARATOR.join(shown(spec, part) for part in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return _SHOWN.get(spec.kind, str)(value) if not spec.field.codes else _label(spec, str(value))


def value_in(row: Mapping[str, object], spec: FieldSpec) -> object:
    """The value of a field in a body, also when a campaign added it."""
    extra = row.get("extra")
    if spec.extra and spec.name not in row and isinstance(extra, Mapping):
        return extra.get(spec.name)
    return row.get(spec.name)


def options(spec: FieldSpec) -> tuple[str, ...]:
    """What a drop-down of this field offers; empty when anything may be written."""
    if spec.kind is Kind.FLAG:
        return ("是", "否")
    return tuple(_label(spec, code.value) for code in spec.field.codes or ())


def how_to_fill(spec: FieldSpec) -> str:
    """What to write in this column, in a few words."""
    field = spec.field
    limits = {(True, True): f"{field.ge}～{field.le}", (False, True): f"不超过 {field.le}"}
    words = (
        _HOW.get(spec.kind, ""),
        f"单位：{field.unit}" if field.unit else "",
        limits.get((field.ge is not None, field.le is not None), ""),
        field.help,
    )
    return "；".join(word for word in words if word)


def _label(spec: FieldSpec, value: str) -> str:
    """The label; the value itself where another code is found under the same label (教育)."""
    codes = spec.field.codes
    label = codes.label_of(value) if codes else value
    found = codes.find(label) if codes else None
    return value if found and value in (codes or ()) and found.value != value else label


def _time(value: Any) -> str:
    """Office time to the minute: 2011-07-04 14:30 (China needs no zone)."""
    text = value.isoformat() if isinstance(value, dt.datetime) else str(value)
    return text.removesuffix("+08:00").removesuffix(":00").replace("T", " ")


_SHOWN: dict[Kind, Callable[[Any], str]] = {Kind.TIME: _time}
