"""指标进度 taken along: every indicator with its units, as a workbook and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.documents.workbooks.list_sheet import write_list
from app.services.figures.indicators import NOTHING, IndicatorsView, IndicatorView, UnitLine
from app.services.office.duties import needs
from app.services.office.office import Office

_COLUMNS = (
    ListColumn("代码", 7),
    ListColumn("指标", 30),
    ListColumn("单位", 20),
    ListColumn("力度", 8, "middle"),
    ListColumn("目标", 11, "right"),
    ListColumn("计量", 7, "middle"),
    ListColumn("完成", 20, "right"),
    ListColumn("完成率", 9, "right"),
    ListColumn("差额", 18, "right"),
    ListColumn("来源", 9, "middle"),
)


def content_of(seen: IndicatorsView) -> ListContent:
    """A row for the whole of each indicator, then its units; nothing is added up down the page."""
    lines = [(one, line) for one in seen.indicators for line in (one.total, *_told(one))]

    def rows() -> Iterator[Sequence[Value]]:
        for one, line in lines:
            yield _row(one, line)

    return ListContent(
        title=f"{seen.title}指标进度",
        office=seen.office,
        made_on=seen.as_of,
        columns=_COLUMNS,
        rows=rows,
        count=len(lines),
        conditions="数量按月相加；率是各单位最近一个月的分子、分母之和。不同计量单位的数不相加。",
        numbered=False,
    )


def _told(one: IndicatorView) -> list[UnitLine]:
    """The units of which there is something to say."""
    return [it for it in one.lines if it.source or it.target != NOTHING]


def _row(one: IndicatorView, line: UnitLine) -> Sequence[Value]:
    return (
        one.code,
        one.title,
        line.name,
        one.strength,
        line.target,
        one.unit,
        line.value,
        line.completion,
        line.gap,
        line.source,
    )


def file_name(seen: IndicatorsView, suffix: str) -> str:
    """指标进度_沙湾区总工会_2012-12-03.xlsx."""
    return f"指标进度_{seen.office}_{seen.as_of}{suffix}"


@needs("print")
def write_sheet(office: Office, seen: IndicatorsView, out: Path) -> Path:
    """As a workbook; raises `EnvironmentProblem`."""
    write_list(out, content_of(seen))
    return out


@needs("print")
def write_paper(office: Office, seen: IndicatorsView, out: Out) -> int:
    """As a PDF; answers its pages. Raises `EnvironmentProblem`."""
    return print_list(content_of(seen), out)
