"""`briefing`: issues of 工作简报 begun, filled, printed, issued, taken back; their register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.letter_files import Files, require_endings, write_letter
from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Operator, wrong
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.letters.briefings import BriefingSeen
    from app.services.office.office import Office

Which = Annotated[str, typer.Argument(metavar="BRIEFING", help="简报的编号或 id")]
Items = Annotated[list[str], typer.Argument(metavar="DOCUMENT...", help="信息的编号或 id")]
Issued = Annotated[int, typer.Argument(metavar="N", help="第几号定稿，见 zoufang issued list")]
Heading = Annotated[str, typer.Option("--heading", help="这一部分的标题")]
Text = Annotated[str, typer.Option("--text", help="这一部分的内容")]
Part = Annotated[int, typer.Option("--part", help="改第几部分；不写就加在后面")]
Why = Annotated[str, typer.Option("--why", help="为什么撤回")]


def list_briefings(*, data: Data, operator: Operator = None) -> Reply:
    """简报登记：各期的期号、日期、主送，缺的期号。"""
    from app.services.letters import briefings

    with at_work(data, operator, reads=True) as office:
        found = [briefings.seen(office, one.id) for one in briefings.listed(office)]
    lines = [_line(one) for one in found]
    return Reply({"briefings": [_value(one) for one in found]}, lines or ["还没有简报。"])


def items(*, data: Data, operator: Operator = None) -> Reply:
    """可以选的信息：本单位和下级报来的，还没有采用的。"""
    from app.services.letters import briefing_items

    with at_work(data, operator, reads=True) as office:
        found = briefing_items.items(office)
    rows = [
        {
            "id": one.id,
            "number": one.number,
            "office": one.office,
            "kind": one.kind,
            "dated": one.dated.isoformat() if one.dated else "",
            "title": one.title,
        }
        for one in found
    ]
    lines = [f"{one.number}　{one.office}　{one.kind}　{one.title}" for one in found]
    return Reply({"items": rows}, lines or ["没有可选的信息。"])


def new(*, data: Data, campaign: CampaignCode = None, operator: Operator = None) -> Reply:
    """编新的一期：期号接着上一期，主送、抄送照上一期。"""
    from app.services.letters import briefings

    with at_work(data, operator) as office:
        return _shown(office, briefings.begin(office, campaign or "").id)


def choose(*, data: Data, which: Which, documents: Items, operator: Operator = None) -> Reply:
    """选信息，加在正文后面。"""
    from app.services.letters import briefings

    with at_work(data, operator) as office:
        briefings.add_items(office, which, documents)
        return _shown(office, which)


def figures(*, data: Data, which: Which, n: Issued, operator: Operator = None) -> Reply:
    """取一份定稿的数，加在正文后面，写明截至哪天。"""
    from app.services.letters import briefings

    with at_work(data, operator) as office:
        briefings.add_figures(office, which, n)
        return _shown(office, which)


def write(
    *,
    data: Data,
    which: Which,
    heading: Heading,
    text: Text = "",
    part: Part = 0,
    operator: Operator = None,
) -> Reply:
    """写一段，或者用 --part 改已有的一部分。"""
    from app.services.letters import briefings

    with at_work(data, operator) as office:
        rows = briefings.seen(office, which).record.parts
        if not 0 <= part <= len(rows):
            wrong(f"这一期有 {len(rows)} 个部分。")
        if part:
            briefings.write_part(office, which, rows[part - 1].id, heading, text)
        else:
            briefings.add_text(office, which, heading, text)
        return _shown(office, which)


def issue(*, data: Data, which: Which, operator: Operator = None) -> Reply:
    """印发：锁住，里面的信息记为采用，随回执告诉来稿单位。"""
    from app.services.letters import briefing_issuing

    with at_work(data, operator) as office:
        briefing_issuing.issue(office, which)
        return _shown(office, which)


def withdraw(*, data: Data, which: Which, why: Why = "", operator: Operator = None) -> Reply:
    """撤回印发；采用情况已经随回执发下去的不能撤回。"""
    from app.services.letters import briefing_issuing

    with at_work(data, operator) as office:
        briefing_issuing.withdraw(office, which, why)
        return _shown(office, which)


def paper(*, data: Data, which: Which, out: Files, operator: Operator = None) -> Reply:
    """写成 .docx（可以继续改）或 .pdf，有报头和版记。"""
    from app.services.letters import briefings
    from app.services.letters.briefing_letter import letter_file

    require_endings(out)
    with at_work(data, operator, reads=True) as office:
        found = briefings.seen(office, which)
        complaints = write_letter(office, letter_file(found), out)
    value = {**_value(found), "files": out}
    return Reply(value, [_line(found), *(f"文件：{path}" for path in out)], complaints)


def _shown(office: Office, which: str) -> Reply:
    from app.services.letters import briefings

    found = briefings.seen(office, which)
    parts = found.record.parts
    lines = [
        f"  {place}　{one.heading}" + (f"（{one.source}）" if one.source else "")
        for place, one in enumerate(parts, 1)
    ]
    return Reply(_value(found), [_line(found), *lines])


def _line(found: BriefingSeen) -> str:
    one = found.record
    sent = f"；已告诉{'、'.join(found.sent)}" if found.sent else ""
    return f"{one.number}　{one.title}　{one.dated or ''}　{found.standing}{sent}"


def _value(found: BriefingSeen) -> dict[str, Any]:
    from app.cli.frame.record_views import state_value

    return {
        **state_value(found.state),
        "issued": found.issued,
        "missing": list(found.gap),
        "told": list(found.told),
        "sent": list(found.sent),
    }
