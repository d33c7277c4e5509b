"""How a field becomes a column, and a record a row, both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar, get_type_hints

import msgspec
from sqlalchemy import Column, Integer, Text
from sqlalchemy.types import TypeEngine

from app.domain.kernel.fields import FieldSpec, Kind, by_name, fields_of
from app.domain.kernel.readable import readable
from app.domain.records import Record

R = TypeVar("R", bound=Record)

_json = msgspec.json.Encoder().encode


def _cents(value: str) -> int:
    return int(Decimal(value).scaleb(2))


def _yuan(value: int) -> str:
    text = f"{value // 100}.{value % 100:02d}"
    return text.removesuffix(".00")


def _to_json(value: Any) -> str:
    return _json(value).decode()


def _iso(value: dt.date) -> str:
    """One spelling of a day or a time: `+00:00`, never `Z`, so that texts sort."""
    return value.isoformat()


_INTEGERS = {Kind.INTEGER, Kind.FLAG, Kind.MONEY}

_TEXTS = {Kind.TEXT, Kind.PROSE, Kind.CODE, Kind.LINK}

LARGEST = 1 << 63
"""Whole numbers in a column stay below it."""


def _whole(value: int) -> int:
    if -LARGEST < value < LARGEST:
        return value
    raise OverflowError(value)


_TO_ROW: dict[Kind, Callable[[Any], Any]] = {
    Kind.INTEGER: _whole,
    Kind.MONEY: _cents,
    Kind.FLAG: int,
    Kind.DATE: _iso,
    Kind.TIME: _iso,
    **dict.fromkeys((Kind.CODES, Kind.NAMES, Kind.LINKS, Kind.ROWS, Kind.OBJECT), _to_json),
}

_FROM_BODY: dict[Kind, Callable[[Any], Any]] = {
    **{kind: convert for kind, convert in _TO_ROW.items() if kind is not Kind.DATE},
    Kind.TIME: lambda value: dt.datetime.fromisoformat(value).isoformat(),
}
"""As `_TO_ROW`, of values as JSON has them."""

_FROM_ROW: dict[Kind, Callable[[Any], Any]] = {
    Kind.MONEY: _yuan,
    Kind.FLAG: bool,
    **dict.fromkeys(
        (Kind.CODES, Kind.NAMES, Kind.LINKS, Kind.ROWS, Kind.OBJECT), msgspec.json.decode
    ),
}


def column(spec: FieldSpec, *, begins_another: bool = False) -> Column[Any]:
    """The column of a field: money in 分 (fen), dates in ISO 8601, lists as JSON.

    One that `begins_another` index needs none of its own.
    """
    kind: TypeEngine[Any] = Integer() if spec.kind in _INTEGERS else Text()
    index = _indexed(spec) and not begins_another
    return Column(spec.name, kind, index=index or None, comment=spec.label)


def _indexed(spec: FieldSpec) -> bool:
    links = spec.kind is Kind.LINK and spec.field.links not in {"unit", "campaign"}
    return links or spec.field.indexed


RowsMaker = Callable[[Sequence[Record]], Iterator[tuple[Any, ...]]]


@cache
def rows_maker(record_type: type[Record], empty: str | None = None) -> RowsMaker:
    """A function from records to the values of their field columns, in order; `empty` for none.

    It goes column by column, which takes half the time of going record by record, and raises
    `OverflowError` for a number that no column can hold.
    """
    specs = fields_of(record_type)
    getters = tuple(attrgetter(spec.name) for spec in specs)
    texts = [n for n, spec in enumerate(specs) if spec.kind in _TEXTS]
    blank = texts if empty is None else []
    steps = tuple(
        (n, _TO_ROW.get(spec.kind, _same))
        for n, spec in enumerate(specs)
        if spec.kind not in _TEXTS
    )

    def make(records: Sequence[Record]) -> Iterator[tuple[Any, ...]]:
        columns = [list(map(getter, records)) for getter in getters]
        for n, convert in steps:
            columns[n] = [convert(value) if value or value == 0 else empty for value in columns[n]]
        for n in blank:
            columns[n] = [value or None for value in columns[n]]
        return zip(*columns, strict=True)

    return make


def kept(spec: FieldSpec, value: Any) -> Any:
    """One value of a body as its column holds it; None for none.

    Two values that a column holds alike say the same: 1500.00 yuan and 1500.
    """
    if not value and value != 0:
        return None
    convert = _FROM_BODY.get(spec.kind)
    return convert(value) if convert else value


def told(spec: FieldSpec, value: Any) -> Any:
    """The value of a column as a body has it (yuan as a text, lists as lists), None for none."""
    return None if value is None else _FROM_ROW.get(spec.kind, _same)(value)


def _texts(value: str) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(value))


_day = lru_cache(maxsize=10_000)(dt.date.fromisoformat)
"""The days of a year are few, and each stands in thousands of records."""

_TYPED: dict[Kind, Callable[[Any], Any]] = {
    Kind.DATE: _day,
    Kind.TIME: dt.datetime.fromisoformat,
    Kind.MONEY: lru_cache(maxsize=10_000)(_yuan),
    Kind.FLAG: bool,
    **dict.fromkeys((Kind.CODES, Kind.NAMES, Kind.LINKS), _texts),
}


@cache
def _readers(record_type: type[Record]) -> Mapping[str, Callable[[Any], Any]]:
    """How a column becomes the value of a field, by name, of fields that are not as they lie."""
    hints = get_type_hints(record_type)
    known = {spec.name: _TYPED.get(spec.kind) for spec in fields_of(record_type)}
    for spec in fields_of(record_type):
        if spec.kind in (Kind.ROWS, Kind.OBJECT):
            decoder = msgspec.json.Decoder(readable(hints[spec.name]), strict=False)
            known[spec.name] = decoder.decode
    return {name: read for name, read in known.items() if read}


def record_maker(record_type: type[R], names: Sequence[str]) -> Callable[[Sequence[Any]], R]:
    """A function from the values of these columns to a record that holds only them.

    Columns that are no fields are passed over. A column says what was checked when it was
    written, so nothing is asked of it again.
    """
    known = by_name(record_type)
    wanted = [(n, name) for n, name in enumerate(names) if name in known]
    read = {name: one for name, one in _readers(record_type).items() if name in names}

    def make(values: Sequence[Any]) -> R:
        told = {name: value for n, name in wanted if (value := values[n]) is not None}
        for name in read.keys() & told.keys():
            told[name] = read[name](told[name])
        return record_type(**told)

    return make


def record_from_row(record_type: type[R], row: Mapping[str, Any]) -> R:
    """The record that a state row holds."""
    return record_maker(record_type, tuple(row))(tuple(row.values()))


def _same(value: Any) -> Any:
    return value
