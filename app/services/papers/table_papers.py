"""On paper, the table of a list: the same columns, order and conditions as on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.drawing.ledger import Column
from app.documents.drawing.target import Out
from app.documents.reports.record_table import RecordTable, record_table
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.lists import table_query
from app.services.lists.table_columns import TableColumn, columns_of
from app.services.lists.table_query import TableQuery
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.papers import aid_choice
from app.services.records.units import name_of

_PIXEL = 0.22
"""Millimetres of paper for a pixel of the screen: the letters are smaller."""


@needs("print")
def print_table(
    office: Office,
    out: Out,
    query: TableQuery,
    ids: Sequence[str],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print these records as the rows of a table and answer its pages; sensitive is masked.

    Raises `UserError` NOTHING_TO_PRINT; `EnvironmentProblem`, `Cancelled`.
    """
    label = query.record_type.label
    rows = tuple(
        tuple(cell.words for cell in row.cells)
        for row in table_query.every_row(office, query, ids, cancel=cancel)
    )
    aid_choice.require_some(rows, label)
    with office.store.read() as connection:
        own = name_of(connection, office.identity.station)
    content = RecordTable(
        title=f"{label}一览表",
        office=own,
        made_on=office.today(),
        conditions=_conditions(query),
        columns=tuple(map(_column, query.shown)),
        rows=rows,
    )
    return record_table(content, out, progress=progress, cancel=cancel)


def _column(column: TableColumn) -> Column:
    return Column(column.heading, column.width * _PIXEL, 1 if column.side == "right" else 0)


def _conditions(query: TableQuery) -> str:
    """What the list was narrowed to and how it is ordered, in a line; "" where it is neither."""
    columns = columns_of(query.record_type, query.titles)
    order = [
        f"{columns[by.field].title}{'（降序）' if by.falling else ''}"
        for by in query.order
        if by.field in columns
    ]
    narrowed = "；".join(query.narrowed_to)
    parts = (f"条件：{narrowed}" * bool(narrowed), f"排序：{'、'.join(order)}" * bool(order))
    return "　".join(filter(None, parts))
