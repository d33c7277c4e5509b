"""`issued`: the 汇总表 frozen as 定稿, and its page for leaders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Operator, wrong
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.figures.issued_totals import Issued
    from app.services.office.office import Office

Number = Annotated[int, typer.Option("--issued", help="第几号定稿；不写就是最新的")]
OutFile = Annotated[Path, typer.Argument(metavar="OUT", help="写到 .html")]


def new(*, data: Data, campaign: CampaignCode = None, operator: Operator = None) -> Reply:
    """定稿：把现在的汇总表、覆盖率、图和指标存下来，以后不变。"""
    from app.services.figures import issued_totals
    from app.services.figures.statistics import statistics

    with at_work(data, operator) as office, watched() as watch:
        seen = statistics(office, campaign, progress=watch.progress, cancel=watch.cancel)
        made = issued_totals.issue(office, issued_totals.shown(office, seen), seen)
    return Reply(_value(made), [_line(made)])


def list_issued(*, data: Data, campaign: CampaignCode = None, operator: Operator = None) -> Reply:
    """列出定稿，新的在前。"""
    from app.services.figures import issued_totals

    with at_work(data, operator, reads=True) as office:
        found = issued_totals.issued(office, campaign)
    value = {"issued": [_value(one) for one in found]}
    return Reply(value, [_line(one) for one in found] or ["还没有定稿。"])


def page(
    out: OutFile,
    *,
    data: Data,
    number: Number = 0,
    campaign: CampaignCode = None,
    operator: Operator = None,
) -> Reply:
    """给领导看的网页：一个文件，不联网也能打开，没有个人信息。"""
    from app.services.figures import issued_page, issued_totals

    if out.suffix != ".html":
        wrong("文件名请以 .html 结尾。")
    with at_work(data, operator, reads=True) as office:
        one = issued_totals.issued_one(office, number) if number else _newest(office, campaign)
        issued_page.write_page(office, one, out)
    return Reply({**_value(one), "file": out}, [_line(one), f"文件：{out}"])


def _newest(office: Office, campaign: str | None) -> Issued:
    from app.domain.kernel.errors import UserError
    from app.services.figures import issued_totals

    found = issued_totals.issued(office, campaign)
    if not found:
        raise UserError("NOT_FOUND", "还没有定稿。", remedy="请先用 zoufang issued new 定稿。")
    return found[0]


def _value(one: Issued) -> dict[str, Any]:
    return {
        "n": one.n,
        "campaign": one.table.campaign,
        "title": one.table.title,
        "as_of": one.table.as_of.isoformat(),
        "at": one.at,
        "by": one.by,
    }


def _line(one: Issued) -> str:
    return f"第{one.n}号　{one.table.title}汇总表　截至 {one.table.as_of}　{one.words}"
