"""`tally`, `indicators`: 分类统计 and 指标进度 by command, to read or as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Operator, wrong
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.figures.indicators import IndicatorsView
    from app.services.figures.tallies import Head, Number, TallyView

Which = Annotated[str, typer.Argument(metavar="NAME", help="哪张表；不写就列出有哪些")]
Across = Annotated[str, typer.Option("--by", help="再按 unit、area、group 或 month 分")]
Measure = Annotated[str, typer.Option("--measure", help="数什么，如 records、persons、money")]
Against = Annotated[str | None, typer.Option("--against", help="和哪个活动对比")]
Sheet = Annotated[Path | None, typer.Option("--sheet", help="另存为 Excel")]


def tally(
    which: Which = "",
    *,
    data: Data,
    by: Across = "",
    measure: Measure = "",
    campaign: CampaignCode = None,
    against: Against = None,
    sheet: Sheet = None,
    operator: Operator = None,
) -> Reply:
    """分类统计：六个到位、诉求、帮扶、隐患……按单位、乡镇、工作组或月份。"""
    from app.services.figures import tally_files, tally_look
    from app.services.figures.tallies import Asked
    from app.services.figures.tally_kinds import ACROSS

    with at_work(data, operator, reads=True) as office:
        known = {one.name: one.title for one in tally_look.offered(office, campaign)}
        if not which:
            return Reply(known, [f"{name:20}{title}" for name, title in known.items()])
        if which not in known or by not in ACROSS:
            wrong(f"没有“{which if which not in known else by}”。不写名称可以看有哪些表。")
        view = tally_look.look(office, Asked(which, by, measure, campaign, against))
        if sheet is not None:
            tally_files.write_sheet(office, view, sheet)
    return Reply(_of_tally(view), list(_tally_lines(view)))


def _of_tally(view: TallyView) -> dict[str, object]:
    from app.services.figures import tally_files

    return {
        "title": view.title,
        "as_of": view.as_of.isoformat(),
        "columns": [head.heading for head in view.heads],
        "rows": [
            {
                "key": line.key,
                "name": line.name,
                "numbers": list(map(tally_files.plain, line.numbers)),
            }
            for line in view.lines
        ],
        "note": view.note,
    }


def _tally_lines(view: TallyView) -> Iterator[str]:
    yield f"{view.title}　截至 {view.as_of}"
    for line in view.lines:
        told = zip(view.heads, line.numbers, strict=True)
        yield f"  {line.name}：" + "，".join(f"{head.title} {_said(head, n)}" for head, n in told)
    if view.note:
        yield view.note


def _said(head: Head, number: Number) -> str:
    from app.services.figures.tallies import words

    return words(number) + (head.unit if number is not None else "")


def indicators(
    *,
    data: Data,
    campaign: CampaignCode = None,
    sheet: Sheet = None,
    operator: Operator = None,
) -> Reply:
    """指标进度：目标、完成、完成率、差额，各单位的数。"""
    from app.services.figures import indicator_files
    from app.services.figures.indicators import look

    with at_work(data, operator, reads=True) as office:
        seen = look(office, campaign)
        if sheet is not None:
            indicator_files.write_sheet(office, seen, sheet)
    return Reply(_of_indicators(seen), list(_indicator_lines(seen)))


def _of_indicators(seen: IndicatorsView) -> dict[str, object]:
    return {
        "campaign": seen.campaign,
        "as_of": seen.as_of.isoformat(),
        "indicators": [
            {
                "code": one.code,
                "title": one.title,
                "unit": one.unit,
                "strength": one.strength,
                "allotted": one.allotted,
                "rows": [
                    {
                        "unit": line.unit,
                        "name": line.name,
                        "value": line.value,
                        "source": line.source,
                        "target": line.target,
                        "completion": line.completion,
                        "gap": line.gap,
                        "months": dict(line.months),
                    }
                    for line in (one.total, *one.lines)
                ],
            }
            for one in seen.indicators
        ],
    }


def _indicator_lines(seen: IndicatorsView) -> Iterator[str]:
    yield f"{seen.title}　截至 {seen.as_of}"
    for one in seen.indicators:
        total = one.total
        yield (
            f"{one.code} {one.title}：{one.standing}，完成 {total.value}，完成率 {total.completion}"
        )
        for line in one.lines:
            if line.source:
                yield f"  {line.name}：{line.value}（{line.source}），{line.gap}"
