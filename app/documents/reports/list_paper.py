"""A list (台账) on paper: the same as its sheet, over as many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.documents.drawing.layout import SIZE_SMALL_5, written_date
from app.documents.drawing.ledger import Column, Ledger, Row, print_ledger
from app.documents.drawing.linebreak import PIECE
from app.documents.drawing.target import Out
from app.documents.reports.list_content import (
    MEASURED,
    PLACE,
    SUM,
    ListColumn,
    ListContent,
    Sums,
    Value,
    measured,
    watched,
    words,
)
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent

UPRIGHT, ACROSS = 178.0, 265.0
"""How wide a table may be on a sheet upright and across, in mm."""

MOST = 100_000
"""Rows on paper: some thousand pages, all of which are laid out before the first is drawn."""

_PLACE = Column(PLACE, 11, 0.5)
_MM = 1.54
"""Of paper for a figure."""
_FIGURE, _SIDES_OF_CELL = 1.62, 3.0
"""Millimetres of a figure in a cell, and of the white beside it."""
_FULL = "\u2000"
"""From here on a character is twice as wide as a figure."""
_TWO = 4
"""Figures of two characters."""
_MOST_FIXED = 0.85
"""Of the sheet, for what cannot be broken."""
_SIDES = {"left": 0.0, "middle": 0.5, "right": 1.0}


def print_list(
    content: ListContent, out: Out, *, progress: Progress = silent, cancel: Cancel | None = None
) -> int:
    """Write the list to `out` and answer its pages; the sheet lies across when it is wide.

    Raises `UserError` TOO_MANY, and as `print_ledger`.
    """
    if content.count > MOST:
        raise UserError(
            "TOO_MANY",
            f"印在纸上最多 {MOST:,} 条，现在有 {content.count:,} 条。",
            remedy="请存成 Excel，或先筛选，分几次。",
        )
    sums = Sums(content.columns)
    widths, values = measured(content.columns, watched(content, progress, cancel, "正在读取"))
    rows = tuple(_rows(content, values, sums))
    place = [_PLACE] if content.numbered else []
    taken = sum(column.width for column in place)
    wished = sum(widths) * _MM + taken
    across = wished > UPRIGHT
    room = (ACROSS if across else UPRIGHT) - taken
    least = _least(len(widths), rows, len(place), room)
    ledger = Ledger(
        title=content.title,
        columns=(*place, *_fitted(content.columns, widths, least, room)),
        rows=rows,
        above=content.above,
        introduction=content.conditions,
        signers=content.signers,
        last_row=_last(content, sums),
        foot=f"{content.office}　{written_date(content.made_on)}制表　共 {len(rows):,} 条",
        landscape=across,
        letters=SIZE_SMALL_5,
    )
    return print_ledger(ledger, out, progress=progress, cancel=cancel)


def _rows(content: ListContent, values: Iterator[Sequence[Value]], sums: Sums) -> Iterator[Row]:
    figures = [column.figures for column in content.columns]
    for n, row in enumerate(values, 1):
        sums.take(row)
        texts = tuple(map(words, row, figures))
        yield Row((str(n), *texts) if content.numbered else texts, texts[0])


def _last(content: ListContent, sums: Sums) -> tuple[str, ...]:
    """The line 合计, nothing where nothing is summed."""
    columns = content.columns
    if not any(column.summed for column in columns):
        return ()
    line = map(words, sums.line(len(columns)), (column.figures for column in columns))
    texts = list(line)
    if content.numbered:
        return (SUM, *texts)
    return (texts[0] or SUM, *texts[1:])


def _fitted(
    columns: Sequence[ListColumn], widths: Sequence[float], least: Sequence[float], room: float
) -> Iterator[Column]:
    """The columns as wide as the sheet, in their proportions, none so narrow that a day breaks."""
    fixed = dict[int, float]()
    while True:
        free = [n for n in range(len(columns)) if n not in fixed]
        scale = (room - sum(fixed.values())) / sum(widths[n] for n in free) if free else 0
        narrow = [n for n in free if widths[n] * scale < least[n]]
        if not narrow or len(narrow) == len(free):
            break
        fixed |= {n: least[n] for n in narrow}
    for n, column in enumerate(columns):
        yield Column(column.heading, fixed.get(n, widths[n] * scale), _SIDES[column.side])


def _least(columns: int, rows: Sequence[Row], first: int, room: float) -> list[float]:
    """How wide each column must be for its days, hours, numbers and codes, which do not break.

    Words and headings have room for two characters in a line. They, then the days give way where
    these alone would take most of the sheet.
    """
    whole, roomy = [0.0] * columns, [_millimetres(_TWO)] * columns
    for row in rows[:MEASURED]:
        for n, text in enumerate(row.cells[first:]):
            pieces = (_figures(piece) for piece in PIECE.findall(text) if len(piece) > 1)
            whole[n] = max(whole[n], _millimetres(max(pieces, default=0)))
            roomy[n] = max(whole[n], roomy[n])
    for found in (roomy, whole):
        if sum(found) < room * _MOST_FIXED:
            return found
    return [0.0] * columns


def _figures(piece: str) -> int:
    """As how many figures a piece is wide; a Chinese character is as two."""
    return sum(2 if char > _FULL else 1 for char in piece)


def _millimetres(figures: int) -> float:
    return figures * _FIGURE + _SIDES_OF_CELL if figures else 0
