"""What stands in the cells of a table: words for the eye, and values for a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.records import TYPES, Operator, Record
from app.domain.values.money import format_money
from app.services.lists.listing import Standing
from app.services.lists.table_columns import CITY_PAPER, SAVED_AT, SAVED_BY, STANDING, TableColumn
from app.services.records.field_words import Wording
from database.state import linked_names
from database.store.engine import Connection

STANDINGS: Mapping[Standing, str] = {
    "done": "已填完",
    "sent": "已报送",
    "received": "上级已收",
    "returned": "退回待改",
    "differs": "填写不一致",
    "void": "已作废",
}

Value = str | int | Decimal | dt.date | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, and its value where that is a number or a day; a text is its words."""

    words: str = ""
    value: Value = None


class CellWriter:
    """Writes rows within one transaction, and keeps the names it has read.

    What is sensitive is masked (R71), unless it is wanted in `full`.
    """

    def __init__(self, connection: Connection, *, full: bool = False) -> None:
        self._connection = connection
        self._wording = Wording(connection, full=full)
        self._names: dict[type[Record], dict[str, str]] = {}

    def cells(
        self,
        columns: Sequence[TableColumn],
        found: Mapping[str, Mapping[str, Any]],
        standing: Mapping[str, str],
    ) -> dict[str, tuple[Cell, ...]]:
        """By record the cells of these columns; `found` are its fields, `standing` its 状态."""
        for column in columns:
            self._learn(column, found.values())
        return {
            record: tuple(self._cell(column, one, standing[record]) for column in columns)
            for record, one in found.items()
        }

    def _learn(self, column: TableColumn, found: Iterable[Mapping[str, Any]]) -> None:
        """Read the names of all that a column points at, at once."""
        kind = _pointed_at(column)
        if kind is None:
            return
        known = self._names.setdefault(kind, {})
        keys = {key for one in found for key in _keys(column, one)} - known.keys()
        known.update(dict.fromkeys(keys, ""))
        known.update(linked_names.named(self._connection, kind, keys))

    def _cell(self, column: TableColumn, one: Mapping[str, Any], standing: str) -> Cell:
        if column.name == STANDING:
            return Cell(standing)
        if column.name == CITY_PAPER:
            return Cell(one[CITY_PAPER])
        if column.name == SAVED_AT:
            moment = dt.datetime.fromisoformat(one[SAVED_AT])
            return Cell(f"{moment:%Y-%m-%d %H:%M}", moment)
        kind = _pointed_at(column)
        if kind is not None:
            names = self._names[kind]
            return Cell("、".join(names[key] or _code(key) for key in _keys(column, one)))
        assert column.spec is not None
        return self._told(column.spec, one[column.name])

    def _told(self, spec: FieldSpec, value: Any) -> Cell:
        if value is None:
            return Cell()
        if not spec.field.sensitive:
            if spec.kind is Kind.INTEGER:
                return Cell(str(value) if is_year(spec) else f"{value:,}", int(value))
            if spec.kind is Kind.MONEY:
                return Cell(format_money(Decimal(value)), Decimal(value))
            if spec.kind is Kind.DATE:
                return Cell(str(value), dt.date.fromisoformat(value))
        words = self._wording.of(spec, value)
        return Cell(words.replace("\n", " "))


def is_year(spec: FieldSpec) -> bool:
    """Whether a whole number can only be a year, which is not written 2,010."""
    least, most = spec.field.ge, spec.field.le
    return least is not None and most is not None and least >= 1900 and most <= 2200


def _pointed_at(column: TableColumn) -> type[Record] | None:
    """The type whose names stand in a column, None for any other."""
    if column.name == SAVED_BY:
        return Operator
    links = column.spec.field.links if column.spec and not column.spec.field.sensitive else ""
    return TYPES[links] if links else None


def _keys(column: TableColumn, one: Mapping[str, Any]) -> Sequence[str]:
    value = one[column.name]
    if column.name == "unit":
        value = value or one["owner"]
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value or ())


def _code(key: str) -> str:
    """What stands for a record that is not here: its code says something, its id does not."""
    return key if len(key) <= 12 else ""
