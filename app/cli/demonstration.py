"""`demo`: a city, its counties and a township play one campaign in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame.output import Output
from app.cli.frame.reply import Complaint, Reply, Status

Folder = Annotated[Path, typer.Option("--dir", help="放演示数据的文件夹")]


def demo(*, context: typer.Context, folder: Folder = Path("zoufang-demo")) -> Reply:
    """演示：市、县、乡镇登记、打印、报送、汇总、回复，并说明做出了什么。"""
    from app.services.starting.demonstration import play

    output = context.find_object(Output)
    assert output is not None
    result = play(folder, output.tell)
    if result.ok:
        return Reply(result.json())
    failed = "、".join(check.what for check in result.checks if not check.ok)
    complaint = Complaint("DEMO_DIFFERS", "演示的结果与应有的不一致。", f"不一致的是：{failed}。")
    return Reply(result.json(), (), (complaint,), Status.REFUSED)
