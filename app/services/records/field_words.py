"""A field's value in words, as lists, histories and timelines say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from app.domain.kernel.fields import FieldSpec, Kind, value_of
from app.domain.records import TYPES, Record
from app.domain.records.told import key_field, title_link, title_of
from app.domain.values.masking import masked
from app.domain.values.money import format_money
from database.state import states
from database.store.engine import Connection

_FLAGS = {True: "是", False: "否"}


class Wording:
    """Says values within one transaction; sensitive ones are masked, unless `full`."""

    def __init__(self, connection: Connection, *, full: bool = False) -> None:
        self._connection, self._full = connection, full
        self._names: dict[tuple[type[Record], str], str] = {}

    def of(self, spec: FieldSpec, value: Any) -> str:
        """A stored value in words; "" for none. A row of a table is its cells, parted by blanks."""
        if value in (None, "", [], ()):
            return ""
        if spec.kind is Kind.ROWS:
            return "；".join(self._row(spec, row) for row in value)
        if isinstance(value, list | tuple):
            words = "、".join(self._one(spec, one) for one in value)
        else:
            words = self._one(spec, value)
        return masked(words) if spec.field.sensitive and not self._full else words

    def name(self, record_type: type[Record], key: str) -> str:
        """The name of the record a link points at, else its 编号, else nothing."""
        known = self._names.get((record_type, key))
        if known is None:
            known = self._names[record_type, key] = self._find(record_type, key)
        return known

    def _row(self, spec: FieldSpec, row: Mapping[str, Any]) -> str:
        shown = (column for column in spec.columns if not column.field.hidden)
        cells = (self.of(column, row.get(column.name)) for column in shown)
        return " ".join(words for words in cells if words)

    def _one(self, spec: FieldSpec, value: Any) -> str:
        if isinstance(value, bool):
            return _FLAGS[value]
        if spec.field.codes is not None:
            return spec.field.codes.label_of(str(value))
        if spec.field.links:
            return self.name(TYPES[spec.field.links], str(value))
        if spec.kind is Kind.MONEY:
            return f"{format_money(Decimal(value))}{spec.field.unit}"
        if spec.kind is Kind.TIME:
            return f"{dt.datetime.fromisoformat(str(value)):%Y-%m-%d %H:%M}"
        return f"{value}{spec.field.unit}"

    def _find(self, record_type: type[Record], key: str) -> str:
        of_code = key_field(record_type) == "code"
        find = states.of_code if of_code else states.get
        state = find(self._connection, record_type, key)
        if state is None:
            return key if of_code else ""
        return title_of(state.record) or self._linked(state.record) or state.record.number

    def _linked(self, record: Record) -> str:
        """The name of the record that this one is called by."""
        link = title_link(type(record))
        key = str(value_of(record, link.name)) if link else ""
        return self.name(TYPES[link.field.links], key) if link and key else ""


def texts_in(spec: FieldSpec, value: Any) -> list[str]:
    """The texts of a column as it lies in the table: one, or those of a JSON list."""
    if not value:
        return []
    lists = spec.kind in (Kind.NAMES, Kind.LINKS)
    return msgspec.json.decode(value, type=list[str]) if lists else [str(value)]
