"""汇总表 as it is shown and printed: its columns, a row for each unit or township, 合计."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import msgspec

from app.domain.campaign.coverage import Coverage
from app.domain.campaign.coverage_figures import Count
from app.domain.campaign.enterprise_groups import Directory
from app.domain.campaign.totals import Line, Summary, summary, summary_by_area
from app.services.figures.office_scope import OfficeScope

Value = int | Decimal | str

COLUMNS = (
    ("走访单位", "户"),
    ("走访职工", "人次"),
    ("乡镇覆盖", "已／应"),
    ("规上覆盖", "已／应"),
    ("意见诉求", "件"),
    ("已办结", "件"),
    ("帮扶人数", "人"),
    ("慰问金", "元"),
    ("实物折价", "元"),
)
"""The columns of the 汇总表 and their units; 人次, 人 and 户 are never added to each other."""

MORE = (("走访次数", "次"), ("帮扶户数", "户"), ("帮扶人次", "人次"))
"""Further columns, shown where somebody chose them."""

TOTAL, DISTINCT = "合计", "合计（不重复）"


class TotalsRow(msgspec.Struct, frozen=True):
    """One row of the 汇总表, its values in the order of `COLUMNS`, `more` in that of `MORE`."""

    code: str
    name: str
    values: tuple[Value, ...]
    more: tuple[Value, ...] = ()


class TotalsTable(msgspec.Struct, frozen=True):
    """汇总表 by unit (or, at a county, by township); `distinct` only where it differs."""

    first: str
    rows: tuple[TotalsRow, ...]
    total: TotalsRow
    distinct: TotalsRow | None


def totals_table(directory: Directory, reach: OfficeScope, covered: Coverage) -> TotalsTable:
    """The 汇总表 of an office: by unit for the whole city, else by township and zone."""
    ground = directory.ground
    if reach.whole:
        made = summary(ground, directory=directory, covered=covered)
    else:
        areas = reach.areas(ground)
        own = replace(
            covered,
            areas=reach.part_of(ground, covered.areas),
            cadres=reach.part_of(ground, covered.cadres),
        )
        made = summary_by_area(ground, areas, directory=directory, covered=own)
    distinct = _row("", DISTINCT, made.distinct) if _repeats(made) else None
    return TotalsTable(
        "单位" if reach.whole else "乡镇（街道）、园区",
        tuple(_row(row.code, row.name, row.line) for row in made.rows),
        _row("", TOTAL, made.total),
        distinct,
    )


def _repeats(made: Summary) -> bool:
    """Whether an enterprise or person stands in two rows."""
    return (made.total.enterprises, made.total.persons) != (
        made.distinct.enterprises,
        made.distinct.persons,
    )


def _row(code: str, name: str, line: Line) -> TotalsRow:
    return TotalsRow(
        code,
        name,
        (
            line.enterprises,
            _told(line.workers_met, line.visits, line.unmet),
            _ratio(line.areas),
            _ratio(line.above_scale),
            line.demands,
            line.closed,
            line.persons,
            _told(line.money, line.aids, line.unpaid),
            _told(line.goods_value, line.aids, line.unvalued),
        ),
        (line.visits, line.households, line.aids),
    )


def _told(added_up: int | Decimal, records: int, silent: int) -> Value:
    """A sum; — where there are records and none of them tells."""
    return "—" if records and silent == records else added_up


def _ratio(count: Count) -> str:
    return f"{count.numerator}／{count.denominator}" if count.denominator else "—"
