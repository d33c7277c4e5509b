"""A list as it is filtered and sorted, taken along: as a workbook, or on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.reports.list_content import Figures, ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.documents.workbooks.list_sheet import write_list
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.lists import table_query
from app.services.lists.table_cells import Cell, is_year
from app.services.lists.table_columns import TableColumn, columns_of
from app.services.lists.table_query import TableQuery
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.units import name_of

_PIXELS = 7
"""Of the screen for a figure."""


def content_of(
    office: Office, query: TableQuery, ids: Sequence[str], *, title: str = ""
) -> ListContent:
    """These records as a list to be written: columns, order and conditions as on the screen.

    Its rows are read while they are written. Raises `UserError` NOTHING_TO_PRINT.
    """
    label = query.record_type.label
    if not ids:
        raise UserError(
            "NOTHING_TO_PRINT", f"没有可以打印的{label}。", remedy="请先选好要打印的内容。"
        )
    with office.store.read() as connection:
        own = name_of(connection, office.identity.station)
    summed = set(query.record_type.facts.summed)

    def rows() -> Iterator[Sequence[Value]]:
        for row in table_query.every_row(office, query, ids):
            yield [_value(cell) for cell in row.cells]

    return ListContent(
        title=title or f"{label}一览表",
        office=own,
        made_on=office.today(),
        columns=tuple(_column(one, summed=one.name in summed) for one in query.shown),
        rows=rows,
        count=len(ids),
        conditions=_conditions(query),
    )


@needs("print")
def write_list_sheet(
    office: Office,
    out: Path,
    query: TableQuery,
    ids: Sequence[str],
    *,
    title: str = "",
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write these records to a workbook and answer how many; sensitive is masked (R71).

    Raises `UserError` NOTHING_TO_PRINT, TOO_MANY; `EnvironmentProblem`, `Cancelled`.
    """
    content = content_of(office, query, ids, title=title)
    return write_list(out, content, progress=progress, cancel=cancel)


@needs("print")
def print_list_paper(
    office: Office,
    out: Out,
    query: TableQuery,
    ids: Sequence[str],
    *,
    title: str = "",
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print these records as the rows of a table and answer its pages; sensitive is masked.

    Raises `UserError` NOTHING_TO_PRINT; `EnvironmentProblem`, `Cancelled`.
    """
    content = content_of(office, query, ids, title=title)
    return print_list(content, out, progress=progress, cancel=cancel)


def _value(cell: Cell) -> Value:
    return cell.words if cell.value is None else cell.value


def _column(column: TableColumn, *, summed: bool) -> ListColumn:
    side = "middle" if column.spec and column.spec.kind is Kind.DATE else column.side
    return ListColumn(column.heading, column.width / _PIXELS, side, summed, _figures(column.spec))


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
