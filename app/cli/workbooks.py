"""`template` and `import`: records through Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import (
    Accept,
    CampaignCode,
    Data,
    Operator,
    Type,
    pairs,
    type_named,
    wrong,
)
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply, Status

if TYPE_CHECKING:
    from app.domain.records import Campaign
    from app.services.workbooks.excel_import import ImportAccount, ImportRow

Sheet = Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="写到这个文件")]
Filled = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="填好的表")]
DataForCampaign = Annotated[
    Path | None,
    typer.Option("--data", envvar="ZOUFANG_DATA", help="数据文件夹；用 --campaign 时要写"),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不保存")]
Marked = Annotated[
    Path | None, typer.Option("--marked", help="有问题的格子标出来的副本，写到这个文件")
]


def template(
    *,
    type_name: Type,
    out: Sheet,
    data: DataForCampaign = None,
    campaign: CampaignCode = None,
    operator: Operator = None,
) -> Reply:
    """生成一类记录的 Excel 空表。"""
    from app.services.workbooks.excel_import import template as write

    record_type = type_named(type_name)
    if campaign and data is None:
        wrong("用 --campaign 时要写 --data。")
    found = _campaign(data, campaign, operator) if data and campaign else None
    write(record_type, out, campaign=found)
    return Reply({"type": record_type.type_name, "file": out}, [f"空表：{out}"])


def _campaign(data: Path, code: str, operator: str | None) -> Campaign:
    from app.domain.records import Campaign
    from app.services.records.saving import listing

    with at_work(data, operator, reads=True) as office:
        found = [one.record for one in listing(office, Campaign) if one.record.code == code]
    if not found:
        wrong(f"没有活动“{code}”。")
    return found[0]


def import_rows(
    *,
    data: Data,
    type_name: Type,
    file: Filled,
    dry_run: DryRun = False,
    marked: Marked = None,
    accept: Accept = None,
    operator: Operator = None,
) -> Reply:
    """导入填好的 Excel 表；有问题的行不导入，其余照常。"""
    from app.services.workbooks.excel_import import import_workbook

    record_type = type_named(type_name)
    reasons = pairs(accept or (), "--accept")
    with at_work(data, operator) as office, watched() as watch:
        account = import_workbook(
            office,
            record_type,
            file,
            dry_run=dry_run,
            marked=marked,
            accept=reasons,
            progress=watch.progress,
            cancel=watch.cancel,
        )
    return _reply(account)


def _reply(account: ImportAccount) -> Reply:
    from msgspec import to_builtins

    refused = [row for row in account.rows if row.outcome == "refused"]
    complaints = [
        Complaint("ROW_REFUSED", f"第{row.row}行：", "".join(row.sentences)) for row in refused
    ]
    return Reply(
        to_builtins(account),
        [*(_line(row) for row in account.rows), _summary(account)],
        complaints,
        Status.REFUSED if refused else Status.DONE,
    )


_WORDS = {"add": "添加", "change": "修改", "same": "相同", "refused": "不能导入"}


def _line(row: ImportRow) -> str:
    cells = f"（{'、'.join(row.cells)}）" if row.cells else ""
    return f"第{row.row}行  {_WORDS[row.outcome]}  {row.number}{cells}{''.join(row.sentences)}"


def _summary(account: ImportAccount) -> str:
    verb = "将" if account.dry_run else "已"
    marked = f"问题标在：{account.marked}" if account.marked else ""
    return (
        f"{verb}添加{account.added}条，{verb}修改{account.changed}条，相同{account.same}条，"
        f"不能导入{account.refused}条。{marked}"
    )
