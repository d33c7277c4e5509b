"""Take the lines below the headings of a sheet: what is a record, and what its cells say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from app.documents.workbooks.asides import Asides, Layout
from app.documents.workbooks.converting import Converter, Reckoning, Refusal, Summed
from app.documents.workbooks.headings import Headings, shown_heading
from app.documents.workbooks.known_words import known_words
from app.documents.workbooks.raster import Cells, Raster
from app.documents.workbooks.sheet_rows import CellProblem, SheetRow, Skipped
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.values.dates import Window

_SUMMED = (Kind.MONEY, Kind.INTEGER)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sheet of records of one type may hold.

    `specs` are its fields, `names` those it is called by, `optional` required ones that other
    records say too; a day without its year is read by `today` and `windows`
    (`campaign.windows.windows_for`).
    """

    specs: tuple[FieldSpec, ...]
    today: dt.date
    windows: Sequence[Window] = ()
    names: tuple[str, ...] = ()
    optional: Collection[str] = ()


@dataclass(slots=True)
class _Fill:
    """What a merged range of several rows shows in each of them."""

    last: int
    value: object


class Taker:
    """Takes the lines below the headings, some at a time."""

    def __init__(
        self, raster: Raster, headings: Headings, expected: Expected, specs: Sequence[FieldSpec]
    ) -> None:
        by_name = {spec.name: spec for spec in specs}
        days = Reckoning(expected.today, expected.windows, raster.remarks.since_1904)
        self._headings = headings
        self._first = raster.first_column
        self._columns = [
            (column.number, Converter(by_name[column.field], days, column.times))
            for column in headings.all
            if column.field
        ]
        self._places = {conv.spec.name: at for at, (_, conv) in enumerate(self._columns)}
        self._known = {column.number for column in headings.all}
        self._words = {column.text for column in headings.all}
        self._fields = known_words(specs)
        self._asides = Asides(_layout(headings, by_name, expected))
        self._marks = _Marks(raster, headings.row, by_name, headings)
        self._hidden = raster.remarks.hidden_rows
        self._extra = frozenset(spec.name for spec in specs if spec.extra)

    def take(self, number: int, batch: list[list[object]]) -> tuple[list[SheetRow], list[Skipped]]:
        """The records among these lines, and what is left out; `number` is the first one's row."""
        kept: list[tuple[int, list[object]]] = []
        skipped = []
        for row, line in enumerate(batch, number):
            if line.count("") == len(line) and not self._marks.on(row):
                continue
            cells = cells_of(self._marks.put(row, line), self._first)
            if not cells or not any(n in self._known for n in cells):
                self._refuse_stray(row, cells)
                continue
            if kind := self._asides.kind(cells):
                skipped.append(Skipped(row, kind, shown_heading(str(cells[min(cells)]))[:20]))
                continue
            self._refuse_stray(row, cells)
            self._refuse_headings(row, cells)
            kept.append((row, line))
        return list(self._rows(kept)), skipped

    def _refuse_stray(self, row: int, cells: Cells) -> None:
        for column in cells:
            if column not in self._known:
                raise _no_heading_over(column, row)

    def _refuse_headings(self, row: int, cells: Cells) -> None:
        """Other headings below would put what follows into the wrong fields."""
        if self._words.isdisjoint(cells.values()):
            return
        named = {self._fields.field_of(str(value))[0] for value in cells.values()} - {""}
        if len(named) > 1:
            raise UserError(
                "SECOND_HEADINGS",
                f"第 {row} 行又是列名，和上面的不一样。",
                remedy="请把它下面的表另存成一个文件，一次导入一个。",
            )

    def _rows(self, kept: Sequence[tuple[int, list[object]]]) -> Iterator[SheetRow]:
        lines = [line for _, line in kept]
        typed = [self._column(lines, number) for number, _ in self._columns]
        values = [
            conv.convert(cells) for (_, conv), cells in zip(self._columns, typed, strict=True)
        ]
        names = [conv.spec.name for _, conv in self._columns]
        raw = list(zip(*typed, strict=True))
        for at, told in enumerate(zip(*values, strict=True)):
            row = kept[at][0]
            body = {name: one for name, one in zip(names, told, strict=True) if one is not None}
            problems = tuple(self._problems(row, body))
            if body or problems:
                yield self._row(row, body, problems, raw[at])

    def _row(
        self,
        row: int,
        body: dict[str, Any],
        problems: tuple[CellProblem, ...],
        typed: Sequence[object],
    ) -> SheetRow:
        if self._extra and (extra := {n: body.pop(n) for n in self._extra & body.keys()}):
            body["extra"] = extra
        return SheetRow(row, body, problems, typed, self._places, hidden=row in self._hidden)

    def _column(self, lines: Sequence[list[object]], number: int) -> list[object]:
        at = number - self._first
        return [line[at] if 0 <= at < len(line) else "" for line in lines]

    def _problems(self, row: int, body: dict[str, Any]) -> Iterator[CellProblem]:
        """Take what is not understood out of the body."""
        refused = [name for name, value in body.items() if value.__class__ is Refusal]
        for name in refused:
            refusal: Refusal = body.pop(name)
            spec = self._columns[self._places[name]][1].spec
            address = self._headings.address(name, row)
            yield CellProblem(address, spec.label, refusal.sentence, refusal.remedy)


class _Marks:
    """Puts into each line what is not among its values: spoilt cells, and merged ranges."""

    def __init__(
        self, raster: Raster, below: int, by_name: Mapping[str, FieldSpec], headings: Headings
    ) -> None:
        self._first = raster.first_column
        self._spoilt: dict[int, dict[int, object]] = {}
        for (row, column), spoilt in raster.remarks.spoilt.items():
            self._spoilt.setdefault(row, {})[column] = spoilt
        summed = {
            column.number
            for column in headings.all
            if column.field and by_name[column.field].kind in _SUMMED
        }
        self._begins: dict[int, list[tuple[int, int, bool]]] = {}
        for top, left, bottom, _ in raster.remarks.merged:
            if bottom > top and bottom > below:
                self._begins.setdefault(top, []).append((left, bottom, left in summed))
        self._open: dict[int, _Fill] = {}

    def on(self, row: int) -> bool:
        """Whether anything but values stands in a row."""
        return row in self._spoilt

    def put(self, row: int, line: list[object]) -> list[object]:
        """The line itself, with what belongs there; a row with nothing of its own stays empty."""
        if row in self._spoilt:
            for column, spoilt in self._spoilt[row].items():
                _set(line, column - self._first, spoilt)
        if row in self._begins:
            self._begin(row, line)
        if self._open:
            self._fill(row, line)
        return line

    def _begin(self, row: int, line: list[object]) -> None:
        for column, last, summed in self._begins[row]:
            value = _get(line, column - self._first)
            if summed and value != "":
                letter = get_column_letter(column)
                value = Summed(f"{letter}{row}:{letter}{last}")
            self._open[column] = _Fill(last, value)

    def _fill(self, row: int, line: list[object]) -> None:
        for column, fill in list(self._open.items()):
            if fill.last < row:
                del self._open[column]
            elif isinstance(fill.value, Summed) or _get(line, column - self._first) == "":
                _set(line, column - self._first, fill.value)


def _layout(headings: Headings, by_name: Mapping[str, FieldSpec], expected: Expected) -> Layout:
    at = headings.columns
    specs = {name: by_name[name] for name in at}
    return Layout(
        headings={column.number: column.text for column in headings.all},
        names=tuple(at[name] for name in expected.names if name in at),
        sure=tuple(
            at[name] for name, spec in specs.items() if spec.field.read and spec.field.indexed
        ),
        needed=frozenset(at[name] for name, spec in specs.items() if spec.field.required),
        sums=frozenset(at[name] for name, spec in specs.items() if spec.kind in _SUMMED),
        counting=frozenset(headings.ignored.values()) | {at[n] for n in ("number",) if n in at},
    )


def cells_of(line: Sequence[object], first: int) -> Cells:
    """What stands in a line, by column number; blanks are nothing."""
    return {
        number: value
        for number, value in enumerate(line, first)
        if value != "" and not (value.__class__ is str and not value.strip())
    }


def _get(line: Sequence[object], at: int) -> object:
    return line[at] if 0 <= at < len(line) else ""


def _set(line: list[object], at: int, value: object) -> None:
    if at >= 0:
        line.extend([""] * (at + 1 - len(line)))
        line[at] = value


def _no_heading_over(column: int, row: int) -> UserError:
    letter = get_column_letter(column)
    return UserError(
        "NO_HEADING_OVER",
        f"{letter} 列没有列名，但 {letter}{row} 有内容。",
        remedy="请给这一列补上列名，或清空这些内容，或说明这一列不导入。",
    )
