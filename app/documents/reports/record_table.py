"""一览表: a list of records as the table on the screen has it, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import SIZE_SMALL_5, written_date
from app.documents.drawing.ledger import Column, Ledger, Row, print_ledger
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent

UPRIGHT, ACROSS = 178.0, 265.0
"""How wide a table may be on a sheet upright and across, in mm."""

_PLACE = Column("序号", 11, 0.5)


@dataclass(frozen=True, slots=True)
class RecordTable:
    """What stands on it: `columns` as wide as they would like to be (mm), texts row by row.

    `conditions` says what the list was narrowed to and how it is ordered.
    """

    title: str
    office: str
    made_on: date
    conditions: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def record_table(
    content: RecordTable, out: Out, *, progress: Progress = silent, cancel: Cancel | None = None
) -> int:
    """Write the table to `out` and answer its pages; the sheet lies across when it is wide.

    Raises as `print_ledger`.
    """
    wished = sum(column.width for column in content.columns) + _PLACE.width
    across = wished > UPRIGHT
    ledger = Ledger(
        title=content.title,
        columns=(_PLACE, *_fitted(content.columns, (ACROSS if across else UPRIGHT))),
        rows=tuple(Row((str(n), *row), row[0]) for n, row in enumerate(content.rows, 1)),
        above=(f"单位：{content.office}", f"共 {len(content.rows):,} 条"),
        introduction=content.conditions,
        foot=f"{content.office}　{written_date(content.made_on)}制表",
        landscape=across,
        letters=SIZE_SMALL_5,
    )
    return print_ledger(ledger, out, progress=progress, cancel=cancel)


def _fitted(columns: tuple[Column, ...], room: float) -> tuple[Column, ...]:
    """The columns as wide as the sheet, in their proportions."""
    scale = (room - _PLACE.width) / sum(column.width for column in columns)
    return tuple(Column(one.title, one.width * scale, one.align) for one in columns)
