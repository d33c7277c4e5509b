"""How a field becomes a column, and a record a row, both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Column, Integer, Text
from sqlalchemy.types import TypeEngine

from app.domain.fields import FieldSpec, Kind, fields_of
from app.domain.records import Record

_json = msgspec.json.Encoder().encode


def _cents(value: str) -> int:
    return int(Decimal(value).scaleb(2))


def _yuan(value: int) -> str:
    text = f"{value // 100}.{value % 100:02d}"
    return text.removesuffix(".00")


def _to_json(value: Any) -> str:
    return _json(value).decode()


_INTEGERS = {Kind.INTEGER, Kind.FLAG, Kind.MONEY}

_TO_ROW: dict[Kind, Callable[[Any], Any]] = {
    Kind.MONEY: _cents,
    Kind.FLAG: int,
    Kind.DATE: dt.date.isoformat,
    Kind.TIME: dt.datetime.isoformat,
    **dict.fromkeys((Kind.CODES, Kind.NAMES, Kind.LINKS, Kind.ROWS, Kind.OBJECT), _to_json),
}

_FROM_ROW: dict[Kind, Callable[[Any], Any]] = {
    Kind.MONEY: _yuan,
    Kind.FLAG: bool,
    **dict.fromkeys(
        (Kind.CODES, Kind.NAMES, Kind.LINKS, Kind.ROWS, Kind.OBJECT), msgspec.json.decode
    ),
}


def column(spec: FieldSpec) -> Column[Any]:
    """The column of a field: money in 分 (fen), dates in ISO 8601, lists as JSON."""
    kind: TypeEngine[Any] = Integer() if spec.kind in _INTEGERS else Text()
    return Column(spec.name, kind, index=_indexed(spec) or None, comment=spec.label)


def _indexed(spec: FieldSpec) -> bool:
    links = spec.kind is Kind.LINK and spec.field.links not in {"unit", "campaign"}
    return links or spec.field.indexed


@cache
def row_maker(record_type: type[Record]) -> Callable[[Record], tuple[Any, ...]]:
    """A function from a record to the values of its field columns, in declared order."""
    steps = tuple((spec.name, _TO_ROW.get(spec.kind)) for spec in fields_of(record_type))

    def make(record: Record) -> tuple[Any, ...]:
        values: list[Any] = []
        for name, convert in steps:
            value = getattr(record, name)
            if value is None or value in ("", (), {}):
                values.append(None)
            else:
                values.append(convert(value) if convert else value)
        return tuple(values)

    return make


def record_from_row(record_type: type[Record], row: Mapping[str, Any]) -> Record:
    """The record that a state row holds."""
    body = {
        spec.name: _FROM_ROW.get(spec.kind, _same)(row[spec.name])
        for spec in fields_of(record_type)
        if row[spec.name] is not None
    }
    return msgspec.convert(body, record_type, strict=False)


def _same(value: Any) -> Any:
    return value
