"""A list as it is filtered and sorted, taken along: as a workbook, or on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.reports.list_content import Figures, ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.documents.workbooks.list_sheet import write_list
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Person, Record, Visit
from app.services.lists import table_query
from app.services.lists.table_cells import Cell, is_year
from app.services.lists.table_columns import TableColumn, columns_of
from app.services.lists.table_query import TableQuery
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.reveals import note, require_reason
from app.services.records.units import name_of
from database.log.revisions import chunks
from database.state import states

_PIXELS = 7
"""Of the screen for a figure."""
_WIDTHS = {Kind.INTEGER: 76, Kind.MONEY: 92, Kind.PROSE: 420}
"""On paper a long heading over a number stands in lines, and a long text has room."""
_ADD_UP = frozenset(("人", "人次", "名", "个", "家", "户", "件", "次", "份", "元"))
"""Numbers in these units are added up."""
_OF_ONE = {
    Person: frozenset(("monthly_income", "other_income", "yearly_income")),
    Visit: frozenset(("headcount",)),
}
"""What one household has is not added to what others have, nor a unit's people at each visit."""


@needs("print")
def write_list_sheet(
    office: Office,
    out: Path,
    query: TableQuery,
    ids: Sequence[str],
    *,
    title: str = "",
    full_numbers_because: str | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write these records to a workbook and answer how many.

    Sensitive values are masked (R71); with a reason they stand there in full, and that is
    logged for each record. Raises `UserError` NOTHING_TO_EXPORT, TOO_MANY, WHY;
    `EnvironmentProblem`, `Cancelled`.
    """
    content = _content(office, query, ids, title, full_numbers_because)
    return write_list(out, content, progress=progress, cancel=cancel)


@needs("print")
def print_list_paper(
    office: Office,
    out: Out,
    query: TableQuery,
    ids: Sequence[str],
    *,
    title: str = "",
    full_numbers_because: str | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print these records as the rows of a table and answer its pages; else as above.

    Raises as `write_list_sheet`.
    """
    content = _content(office, query, ids, title, full_numbers_because)
    return print_list(content, out, progress=progress, cancel=cancel)


def sensitive(query: TableQuery) -> tuple[str, ...]:
    """The columns that are masked unless there is a reason."""
    return tuple(
        column.name for column in query.shown if column.spec and column.spec.field.sensitive
    )


def _content(
    office: Office, query: TableQuery, ids: Sequence[str], title: str, because: str | None
) -> ListContent:
    """These records as a list to be written: columns, order and conditions as on the screen.

    Its rows are read while they are written.
    """
    label = query.record_type.label
    if not ids:
        raise UserError("NOTHING_TO_EXPORT", f"没有可以导出或打印的{label}。")
    full = because is not None
    if because is not None:
        _log(office, query, ids, because)
    with office.store.read() as connection:
        own = name_of(connection, office.identity.station)
    return ListContent(
        title=title or f"{label}一览表",
        office=own,
        made_on=office.today(),
        columns=tuple(_column(query.record_type, one) for one in query.shown),
        rows=partial(_rows, office, query, ids, full=full),
        count=len(ids),
        conditions=_conditions(query),
    )


def _rows(
    office: Office, query: TableQuery, ids: Sequence[str], *, full: bool
) -> Iterator[Sequence[Value]]:
    for row in table_query.every_row(office, query, ids, full=full):
        yield [_value(cell) for cell in row.cells]


def _log(office: Office, query: TableQuery, ids: Sequence[str], because: str) -> None:
    """Write down who takes which full values along, before they can be read."""
    reason, names = require_reason(because), sensitive(query)
    seen: dict[str, tuple[str, ...]] = {}
    with office.store.write() as connection:
        for chunk in chunks(ids) if names else ():
            for record, one in states.cells(connection, query.record_type, names, chunk).items():
                if shown := tuple(name for name in names if one[name]):
                    seen[record] = shown
        note(office, connection, query.record_type, seen, reason)


def _value(cell: Cell) -> Value:
    return cell.words if cell.value is None else cell.value


def _column(record_type: type[Record], column: TableColumn) -> ListColumn:
    spec = column.spec
    side = "middle" if spec and spec.kind is Kind.DATE else column.side
    of_one = _OF_ONE.get(record_type, frozenset())
    summed = spec is not None and spec.name not in of_one and _adds_up(spec)
    width = _WIDTHS.get(spec.kind, column.width) if spec else column.width
    return ListColumn(column.heading, width / _PIXELS, side, summed, _figures(spec))


def _adds_up(spec: FieldSpec) -> bool:
    number = spec.kind in (Kind.INTEGER, Kind.MONEY) and not spec.field.sensitive
    added = spec.extra and bool(spec.field.unit)
    return number and (added or spec.field.unit in _ADD_UP)


def _figures(spec: FieldSpec | None) -> Figures:
    if spec is None:
        return "#,##0"
    if spec.kind is Kind.MONEY:
        return "#,##0.00"
    return "0" if is_year(spec) else "#,##0"


def _conditions(query: TableQuery) -> str:
    """What the list was narrowed to and how it is ordered, in a line; "" where it is neither."""
    columns = columns_of(query.record_type, query.titles, query.added)
    order = [
        f"{columns[by.field].title}{'（降序）' if by.falling else ''}"
        for by in query.order
        if by.field in columns
    ]
    narrowed = "；".join(query.narrowed_to)
    parts = (f"条件：{narrowed}" * bool(narrowed), f"排序：{'、'.join(order)}" * bool(order))
    return "　".join(filter(None, parts))
