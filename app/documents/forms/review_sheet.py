"""送审表: what an office is about to submit, frozen, for its leader to sign and seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from app.documents.drawing.layout import written_date
from app.documents.drawing.slip import Block, Column, Pairs, Seals, Table, print_slip
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.values.money import capital


@dataclass(frozen=True, slots=True)
class Total:
    """A count: of what (走访单位), how many, in which unit (家, 人次, 户)."""

    name: str
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in yuan: of what (慰问金)."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """A record changed since the last 送审: its 编号, what it is about, what happened to it."""

    number: str
    subject: str
    action: str


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """The contents of a 送审表; `units` are the offices whose records are in it (代录 too)."""

    campaign: str
    office: str
    kind: str
    frozen_on: date | None
    operator: str
    units: tuple[str, ...] = ()
    totals: tuple[Total, ...] = ()
    sums: tuple[Sum, ...] = ()
    changes: tuple[Change, ...] = ()
    remarks: str = ""
    check_code: str = ""


COUNT_COLUMNS = (Column("项目", 42), Column("数量", 22, 1), Column("单位", 14, 0.5)) * 2
SUM_COLUMNS = (Column("项目", 46), Column("金额（元）", 36, 1), Column("大写", 74))
CHANGE_COLUMNS = (Column("编号", 40), Column("内容", 76), Column("变化", 40))


def count_table(heading: str, totals: tuple[Total, ...]) -> Table:
    """The counts as a table, down the left half and then down the right."""
    cells = [(total.name, f"{total.count:,}", total.unit) for total in totals]
    half = (len(cells) + 1) // 2
    halves = zip_longest(cells[:half], cells[half:], fillvalue=("", "", ""))
    return Table(heading, COUNT_COLUMNS, tuple(left + right for left, right in halves))


def sum_table(heading: str, sums: tuple[Sum, ...]) -> Table:
    """The amounts as a table, in figures and in capitals."""
    rows = tuple((each.name, f"{each.amount:,.2f}", capital(each.amount)) for each in sums)
    return Table(heading, SUM_COLUMNS, rows)


def review_sheet(
    sheet: ReviewSheet,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the 送审表 to `out` and answer its pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    changes = tuple((each.number, each.subject, each.action) for each in sheet.changes)
    blocks: list[Block] = [
        Pairs(
            (
                (("活动", sheet.campaign),),
                (("填报单位", sheet.office), ("报送类别", sheet.kind)),
                (("经办人", sheet.operator), ("送审日期", written_date(sheet.frozen_on))),
                (("涉及单位", "、".join(sheet.units)),),
                (("核对码", sheet.check_code),),
                (("备注", sheet.remarks),),
            )
        ),
        count_table("一、各类记录", sheet.totals),
        sum_table("二、金额", sheet.sums),
        Table("三、上次送审以后的变化", CHANGE_COLUMNS, changes),
        Seals((("审签意见", ("", "审签人（签名）：")),)),
    ]
    foot = f"{sheet.office}　{written_date(sheet.frozen_on)}送审"
    return print_slip(out, "送审表", blocks, foot=foot, progress=progress, cancel=cancel)
