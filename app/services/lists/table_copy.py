"""Rows as other programs take them: a table in HTML for sheets and letters, tabs for the rest."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel
from app.services.lists import table_query
from app.services.lists.table_cells import Cell
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office

MOST = 20_000
"""Rows copied at once: a clipboard is no file."""

_TEXT = "mso-number-format:'\\@'"
"""What a sheet is told of a text, so that 18 figures stay 18 figures and = begins no formula."""
_QUOTED = re.compile('[\t\r\n"]')


@dataclass(frozen=True, slots=True)
class Copied:
    """Rows for the clipboard, and how many they are."""

    text: str
    html: str
    count: int


def copied(office: Office, query: TableQuery, ids: Sequence[str], *, cancel: Cancel) -> Copied:
    """These rows with their headings; what is masked stays masked.

    Raises `UserError` TOO_MANY, `Cancelled`.
    """
    if len(ids) > MOST:
        raise UserError(
            "TOO_MANY",
            f"一次最多复制 {MOST:,} 条，现在选了 {len(ids):,} 条。",
            remedy="请先筛选，分几次复制。",
        )
    heads = [column.heading for column in query.shown]
    rows = [row.cells for row in table_query.every_row(office, query, ids, cancel=cancel)]
    return Copied(_tabs(heads, rows), _table(heads, rows), len(rows))


def _tabs(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    lines = ["\t".join(map(_quoted, heads))]
    lines += ["\t".join(_quoted(_plain(cell)) for cell in row) for row in rows]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _plain(cell: Cell) -> str:
    """A number without the marks that are for the eye."""
    return str(cell.value) if isinstance(cell.value, int | Decimal) else cell.words


def _table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    head = "".join(f"<th>{html.escape(one)}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f'<meta charset="utf-8"><table border="1"><tr>{head}</tr>{body}</table>'


def _cell(cell: Cell) -> str:
    words = html.escape(_plain(cell))
    return f"<td>{words}</td>" if cell.value is not None else f'<td style="{_TEXT}">{words}</td>'
