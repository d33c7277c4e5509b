"""`answer`: all that is to be said to one office, as files."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator, Out
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply

Unit = Annotated[str, typer.Option("--unit", help="给哪个单位（代码）")]


def answer(*, data: Data, unit: Unit, out: Out, operator: Operator = None) -> Reply:
    """生成给一个单位的回复：审核、决定、收到了哪些、名录的更新。"""
    from app.services.reviewing.answers import answer as write

    with at_work(data, operator) as office, watched() as watch:
        made = write(office, unit, out, progress=watch.progress, cancel=watch.cancel)
    lines = [f"新的审核和决定{made.reviews}条。", *(f"交给对方：{file}" for file in made.files)]
    return Reply({"unit": unit, "files": made.files, "reviews": made.reviews}, lines)
