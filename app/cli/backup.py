"""`backup`, `restore` and `rescue`: one file that holds everything, and the ways back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import RECOVERY_CODE, at_work, passphrase
from app.cli.frame.options import Data, Operator
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply, Status

if TYPE_CHECKING:
    from app.services.backup.backup_file import Manifest
    from app.services.backup.rescue import Lack

Target = Annotated[Path, typer.Argument(metavar="OUT", help="备份到这个文件夹，或这个文件")]
Source = Annotated[Path, typer.Argument(metavar="FILE", help="备份文件")]
Force = Annotated[bool, typer.Option("--force", help="即使会少掉较新的内容也恢复")]


def backup(*, data: Data, target: Target, operator: Operator = None) -> Reply:
    """备份全部数据，写完后读回核对。"""
    from app.services.backup.backup import back_up

    with at_work(data, operator) as office, watched() as watch:
        made = back_up(office, target, progress=watch.progress, cancel=watch.cancel)
    return Reply(
        {"file": made.file, "size": made.file.stat().st_size, "manifest": made.manifest},
        [f"已备份：{made.file}", _told(made.manifest)],
    )


def _told(manifest: Manifest) -> str:
    return f"{manifest.station}（{manifest.writer}），{manifest.at}"


def restore(
    *, data: Data, source: Source, force: Force = False, operator: Operator = None
) -> Reply:
    """用备份恢复数据文件夹；原来的数据另外保存。忘记口令时设置 ZOUFANG_RECOVERY_CODE。"""
    from app.services.backup import restoring

    key = _key(source, data, operator)
    with watched() as watch:
        done = restoring.restore(
            source, data, key, force=force, progress=watch.progress, cancel=watch.cancel
        )
    lines = [f"已恢复：{data}", _told(done.manifest), "再次报送前请先运行 zoufang keys rotate。"]
    value: dict[str, Any] = {"data": data, "manifest": done.manifest, "aside": done.aside}
    return Reply(value, [*lines, *([f"原来的数据在：{done.aside}"] if done.aside else [])])


Missing = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="备份文件；不写时只说缺少什么")
]
Without = Annotated[
    bool, typer.Option("--without", help="没有备份：缺少的附件和报送文件不要了，另建空的")
]


def rescue(
    *, data: Data, source: Missing = None, without: Without = False, operator: Operator = None
) -> Reply:
    """数据文件夹里少了文件：说缺少什么，从备份只补上缺少的，其余不动。"""
    from app.services.backup import rescue as rescuing
    from app.services.office.folder import Folder
    from app.services.office.keyring import Keyring
    from app.services.office.office import operator_id, require_some

    require_some(data)
    if without:
        who = operator_id(Keyring.open(Folder(data).keyring), operator)
        made = rescuing.begin_anew(data, who, passphrase())
        return Reply({"made": made}, [f"已另建空的：{'、'.join(made)}。"])
    if source is None:
        return _lacking(rescuing.lack(data))
    key = _key(source, data, operator)
    with watched() as watch:
        done = rescuing.bring_missing(
            source, data, key, progress=watch.progress, cancel=watch.cancel
        )
    lines = [f"已从备份补上：{'、'.join(done.files)}。"]
    if done.restored:
        lines.append("记录是备份那天的。再次报送前请先运行 zoufang keys rotate。")
    return Reply({"files": done.files, "restored": done.restored}, lines)


def _lacking(found: Lack | None) -> Reply:
    if found is None:
        return Reply({"missing": ""}, ["数据文件夹里什么都不缺。"])
    lines = [
        f"少了：{found.files}。没有新建任何文件。",
        found.meaning,
        f"最近的备份：{found.backup or '没有记下在哪里，请找优盘和移动硬盘'}",
        "只是被移走了的，放回原处就行。",
        "从备份补上：zoufang rescue 备份文件；其余的文件不动。",
        *(["没有备份：zoufang rescue --without，不要缺少的，继续用。"] * found.can_begin_anew),
        "另建一份：zoufang init --data 另一个文件夹。",
    ]
    complaint = Complaint("DATA_MISSING", f"数据文件夹里少了{found.files}。")
    return Reply({"missing": found.files}, lines, [complaint], Status.ENVIRONMENT)


def _key(source: Path, data: Path, operator: str | None) -> bytes:
    """The store key, by the recovery code where one is set, else by a passphrase."""
    from app.services.backup import restoring
    from app.services.office.office import operator_id

    keyring = restoring.keyring_for(source, data)
    if code := os.environ.get(RECOVERY_CODE):
        return keyring.unlock_with_recovery(code)
    return restoring.key_for(source, data, operator_id(keyring, operator), passphrase())
