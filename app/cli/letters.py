"""`report`: 总结报告 and 综合调研报告, begun from the records, as .docx or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.letter_files import Files, require_endings, write_letter
from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Operator, wrong
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply

if TYPE_CHECKING:
    from app.services.letters.report_letters import Drafted

Kind = Annotated[str, typer.Argument(metavar="KIND", help="总结 或 调研")]
Material = Annotated[
    str, typer.Option("--document", help="为哪一条材料（编号或 id）：标题、日期和正文取自它")
]
Tell = Annotated[
    list[str] | None,
    typer.Option("--tell", help="写进去的诉求、帮扶事项的编号；可以写多次；不写由程序提议"),
]
Nobody = Annotated[bool, typer.Option("--tell-none", help="不写具体事例")]
_KINDS = {"总结": "summary", "summary": "summary", "调研": "research", "research": "research"}


def report(
    *,
    data: Data,
    kind: Kind,
    out: Files,
    campaign: CampaignCode = None,
    document: Material = "",
    tell: Tell = None,
    tell_none: Nobody = False,
    operator: Operator = None,
) -> Reply:
    """起草总结报告或综合调研报告：数字、表格和事例填好，其余请在 WPS 里补写。"""
    from app.services.letters.letter_order import LetterOrder
    from app.services.letters.report_letters import draft

    if kind not in _KINDS:
        wrong("请写 总结 或 调研。")
    require_endings(out)
    chosen = () if tell_none else tuple(tell) if tell else None
    order = LetterOrder(_KINDS[kind], campaign or "", document, chosen)
    with at_work(data, operator, reads=True) as office, watched() as watch:
        drafted = draft(office, order, progress=watch.progress, cancel=watch.cancel)
        complaints = write_letter(office, drafted.file, out)
    return _made(drafted, out, complaints)


def _made(drafted: Drafted, out: list[Path], complaints: list[Complaint]) -> Reply:
    value: dict[str, Any] = {
        "title": drafted.letter.title,
        "campaign": drafted.campaign,
        "as_of": drafted.as_of,
        "told": list(drafted.told),
        "files": out,
    }
    told = [one for one in drafted.choices if one.id in drafted.told]
    lines = [
        f"{drafted.letter.title}（数字截至 {drafted.as_of}）",
        *(f"  {one.sort}：{one.number}" for one in told),
        *(f"文件：{path}" for path in out),
    ]
    return Reply(value, lines, complaints)
