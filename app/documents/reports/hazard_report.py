"""隐患报告单: one hazard on a page, for the Party and government and the union above (R24, R59)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import written_date
from app.documents.drawing.slip import Block, Column, Pairs, Seals, Table, print_slips
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent

TITLE = "隐患报告单"
ADDRESSEES = ("党政", "上级工会")


@dataclass(frozen=True, slots=True)
class Moment:
    """发现, 介入, 处置 or 报告: when, how long after 发现, and the limit; both in words."""

    title: str
    at: str
    after: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class HazardReport:
    """The contents; `told` says for each of `ADDRESSEES` whether it was reported to."""

    number: str
    level: str
    enterprise: str
    nature: str
    people: str
    visit: str
    responsible: str
    office: str
    moments: tuple[Moment, ...]
    description: str
    measures: str
    closed_on: date | None
    told: tuple[bool, bool]
    made_on: date

    @property
    def has_limits(self) -> bool:
        """Whether the campaign sets any limit."""
        return any(one.limit for one in self.moments)


def hazard_reports(
    reports: Sequence[HazardReport],
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the reports to `out`, each from a new page on, and answer the pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    slips = [
        (_blocks(one), f"{one.office}　{one.number}　{written_date(one.made_on)}打印")
        for one in reports
    ]
    return print_slips(out, TITLE, slips, progress=progress, cancel=cancel)


def _blocks(it: HazardReport) -> Sequence[Block]:
    return (
        Pairs(
            (
                (("编号", it.number), ("预警级别", it.level)),
                (("单位", it.enterprise), ("性质", it.nature)),
                (("涉及人数", it.people), ("来自走访", it.visit)),
                (("填报单位", it.office), ("包案领导", it.responsible)),
            ),
            label=24,
        ),
        Table("一、情况", (Column("发现的苗头、事由和诉求", 156),), _paragraphs(it.description)),
        _times(it),
        Table("三、处置措施", (Column("措施和进展", 156),), _measures(it)),
        Table("四、报告", _ADDRESSEE_COLUMNS, tuple(_addressees(it))),
        Seals((("填报单位", (it.office, "填报人（签名）：")), ("负责人", ("", "（签名）：")))),
    )


_ADDRESSEE_COLUMNS = (
    Column("报告对象", 32, 0.5),
    Column("是否已报告", 30, 0.5),
    Column("报告时间", 50, 0.5),
    Column("接收人（签名）", 44),
)


def _times(it: HazardReport) -> Table:
    columns = [Column("环节", 24, 0.5), Column("时间", 60, 0.5), Column("距发现", 36, 0.5)]
    if it.has_limits:
        columns.append(Column("时限", 36, 0.5))
    rows = tuple((one.title, one.at, one.after, one.limit)[: len(columns)] for one in it.moments)
    wider = 156 / sum(one.width for one in columns)
    widened = (Column(one.title, one.width * wider, one.align) for one in columns)
    return Table("二、四个时间", tuple(widened), rows)


def _addressees(it: HazardReport) -> Sequence[tuple[str, ...]]:
    at = next((one.at for one in it.moments if one.title == "报告"), "")
    return tuple(
        (who, "已报告" if told else "", at if told else "", "")
        for who, told in zip(ADDRESSEES, it.told, strict=True)
    )


def _measures(it: HazardReport) -> tuple[tuple[str, ...], ...]:
    end = f"{written_date(it.closed_on)}化解。" if it.closed_on else ""
    return _paragraphs("\n".join(filter(None, (it.measures, end))))


def _paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    lines = tuple((line.strip(),) for line in text.split("\n") if line.strip())
    return lines or (("",),)
