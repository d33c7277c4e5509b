"""`answer`: all that is to be said to one office or several, as files."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator, Out, wrong
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply

Units = Annotated[list[str] | None, typer.Option("--unit", help="给哪个单位（代码）；可以写多次")]
Everyone = Annotated[bool, typer.Option("--all", help="给报送过的所有下级单位")]


def answer(
    *,
    data: Data,
    out: Out,
    unit: Units = None,
    everyone: Everyone = False,
    operator: Operator = None,
) -> Reply:
    """生成给下级单位的回复：审核、决定、收到了哪些、名录的更新；可以几个单位一起。"""
    from app.domain.kernel.progress import of_several
    from app.services.reviewing import answers

    if not unit and not everyone:
        wrong("缺少选项 --unit，或者用 --all。")
    with at_work(data, operator) as office, watched() as watch:
        stations = list(dict.fromkeys([*(unit or ()), *(answers.reporting(office) * everyone)]))
        made = []
        for place, station in enumerate(stations, 1):
            told = of_several(watch.progress, place, len(stations), station)
            made.append(answers.answer(office, station, out, progress=told, cancel=watch.cancel))
    value = [
        {
            "unit": station,
            "files": one.files,
            "reviews": one.reviews,
            "notices": one.notices,
            "sheets": one.sheets,
            "waiting": one.waiting,
            "papers": one.papers,
            "newer_program": one.newer_program,
        }
        for station, one in zip(stations, made, strict=True)
    ]
    lines = []
    for station, one in zip(stations, made, strict=True):
        several = f"{station}：" if len(stations) > 1 else ""
        lines += [f"{several}新的审核和决定{one.reviews}条。"]
        waits = f"还有{one.waiting}条审核等负责人确认，不在里面。"
        lines += [waits] if one.waiting else []
        lines += [f"考评结果{one.sheets}份。"] if one.sheets else []
        lines += ["带着新版程序。"] if one.newer_program else []
        lines += [f"交给对方：{file}" for file in one.files]
    first = value[0] if len(value) == 1 else {}
    return Reply({**first, "answers": value}, lines or ["还没有下级单位报送过。"])
