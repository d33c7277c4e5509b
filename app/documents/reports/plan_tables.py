"""计划安排 and 附件1 on paper: who goes where when, and the groups with their units (R40, R54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.drawing.layout import written_date
from app.documents.drawing.ledger import Column, Ledger, Row, print_ledger
from app.documents.drawing.target import Out
from app.documents.forms.registration_sheet import justified_name
from app.domain.kernel.progress import Cancel, Progress, silent

SIGNERS = ("单位负责人：", "审核：", "填表人：")
_SCHEDULE = (
    Column("序号", 11, 0.5),
    Column("工作组", 38),
    Column("带队领导", 24),
    Column("时间", 40),
    Column("走访单位", 58),
    Column("所在地", 26),
    Column("规上", 12, 0.5),
    Column("备注", 53),
)
_ROSTER = (
    Column("序号", 12, 0.5),
    Column("走访领导", 26, 0.5),
    Column("部门（产业）", 46),
    Column("走访地区", 42),
    Column("走访单位", 106),
    Column("联络人", 30, 0.5),
)


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What both tables say above and below: whose it is, of which campaign, made when."""

    office: str
    campaign: str
    made_on: dt.date

    @property
    def above(self) -> tuple[str, str]:
        """What stands over the table, left and right."""
        return f"{self.office}　{self.campaign}", written_date(self.made_on)


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One unit of 计划安排."""

    group: str
    leaders: Sequence[str]
    when: str
    unit: str
    place: str
    large: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One group of 附件1; `unsure` are contacts still to be confirmed."""

    leaders: Sequence[str]
    departments: Sequence[str]
    regions: Sequence[str]
    units: Sequence[str]
    contacts: Sequence[str]
    unsure: Sequence[str] = ()


def print_plan(
    head: PlanHead,
    lines: Sequence[PlannedLine],
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write 走访计划安排表 and answer its pages; raises as `print_ledger`."""
    rows = tuple(
        Row(
            (
                str(n),
                one.group,
                _names(one.leaders),
                one.when,
                one.unit,
                one.place,
                "是" if one.large else "",
                one.note,
            ),
            one.unit,
        )
        for n, one in enumerate(lines, 1)
    )
    ledger = Ledger(
        "走访计划安排表",
        _SCHEDULE,
        rows,
        above=head.above,
        signers=SIGNERS,
        foot=f"共 {len(rows):,} 家",
    )
    return print_ledger(ledger, out, progress=progress, cancel=cancel)


def print_rosters(
    head: PlanHead,
    lines: Sequence[RosterLine],
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write 附件1, the groups in roster order, and answer its pages; raises as `print_ledger`."""
    rows = tuple(
        Row(
            (
                str(n),
                _names(one.leaders),
                "、".join(one.departments),
                "、".join(one.regions),
                "、".join(one.units),
                "\n".join((_names(one.contacts), *map(_unsure, one.unsure))).strip(),
            ),
            f"第{n}组",
        )
        for n, one in enumerate(lines, 1)
    )
    ledger = Ledger(
        "领导、机关部门走访联系点名单",
        _ROSTER,
        rows,
        above=head.above,
        foot=f"共 {len(rows):,} 个工作组",
    )
    return print_ledger(ledger, out, progress=progress, cancel=cancel)


def _names(names: Sequence[str]) -> str:
    return "\n".join(justified_name(name) for name in names)


def _unsure(name: str) -> str:
    return f"{justified_name(name)}（待确认）"
