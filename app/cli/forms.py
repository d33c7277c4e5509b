"""`form`: the 登记表 on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator, wrong
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply
from app.documents.drawing.target import Target

Paper = Annotated[Path, typer.Argument(metavar="OUT.pdf", help="写到这个文件")]
Visits = Annotated[list[str] | None, typer.Option("--visit", help="走访的编号或 id；可以写多次")]
All = Annotated[bool, typer.Option("--all", help="全部走访")]
Blank = Annotated[bool, typer.Option("--blank", help="一张空表")]
Plain = Annotated[bool, typer.Option("--no-qr", help="页脚不印二维码")]


def form(
    *,
    data: Data,
    out: Paper,
    visit: Visits = None,
    everything: All = False,
    blank: Blank = False,
    plain: Plain = False,
    operator: Operator = None,
) -> Reply:
    """打印走访登记表（附件2）：填好的一张或多张，或一张空表。"""
    from app.services.papers.form_papers import print_forms

    if bool(visit) + everything + blank != 1:
        wrong("请在 --visit、--all、--blank 中选一个。")
    target = Target(out)
    with at_work(data, operator, reads=True) as office, watched() as watch:
        pages = print_forms(
            office,
            target,
            visits=visit,
            blank=blank,
            qr=not plain,
            progress=watch.progress,
            cancel=watch.cancel,
        )
    return printed("登记表", target, pages)


def printed(name: str, target: Target, pages: int) -> Reply:
    """What was printed, and where a box stands for a character."""
    out, warning = target.path, target.warning
    complaints = [Complaint("MISSING_GLYPH", warning)] if warning else []
    return Reply({"file": out, "pages": pages}, [f"{name}：{out}（{pages}页）"], complaints)
