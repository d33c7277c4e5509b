"""汇总表 as a paper: units or townships in rows, 合计, and the three who sign (R43)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from app.documents.drawing.layout import written_date
from app.documents.drawing.ledger import Column, Ledger, Row, print_ledger
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent

Value = int | Decimal | str

SIGNERS = ("单位负责人：", "审核：", "填表人：")
_NAME_WIDTH, _WIDTH = 54.0, 262.0


@dataclass(frozen=True, slots=True)
class TotalsSheet:
    """A 汇总表: `columns` are (title, unit), the first that of the rows' names.

    `sums` are 合计 and, where it differs, 合计（不重复）. `filler` filled it in; `basis` says
    which 定稿 it is, where it is one.
    """

    title: str
    office: str
    as_of: dt.date
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Value, ...], ...]
    sums: tuple[tuple[Value, ...], ...]
    filler: str = ""
    basis: str = ""

    @property
    def signers(self) -> tuple[str, ...]:
        """Who signs, in order; the name of the one who filled it in is known."""
        return (*SIGNERS[:-1], SIGNERS[-1] + self.filler)

    @property
    def above(self) -> tuple[str, str]:
        """What stands over the table, left and right."""
        return f"填报单位：{self.office}　{self.basis}".strip(), f"截至：{written_date(self.as_of)}"


def heading(title: str, unit: str) -> str:
    """A column's title over its unit."""
    return f"{title}\n（{unit}）" if unit else title


def totals_sheet(
    sheet: TotalsSheet,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the 汇总表 to `out` and answer its pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    each = (_WIDTH - _NAME_WIDTH) / (len(sheet.columns) - 1)
    columns = [
        Column(heading(title, unit), each if place else _NAME_WIDTH, _align(place, unit))
        for place, (title, unit) in enumerate(sheet.columns)
    ]
    rows = tuple(Row(tuple(map(_text, line)), str(line[0])) for line in (*sheet.rows, *sheet.sums))
    ledger = Ledger(
        sheet.title,
        tuple(columns),
        rows,
        above=sheet.above,
        signers=sheet.signers,
        foot=f"{sheet.office}　截至{written_date(sheet.as_of)}",
    )
    return print_ledger(ledger, out, progress=progress, cancel=cancel)


def _align(place: int, unit: str) -> float:
    """Names left, pairs in the middle, figures right."""
    if not place:
        return 0
    return 0.5 if "／" in unit else 1


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"
