"""`backup` and `restore`: one file that holds everything, and the way back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import RECOVERY_CODE, at_work, passphrase
from app.cli.frame.options import Data, Operator
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.backup.backup_file import Manifest
    from app.services.office.keyring import Keyring

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

    key = _key(restoring.keyring_for(source, data), operator)
    with watched() as watch:
        done = restoring.restore(
            source, data, key, force=force, progress=watch.progress, cancel=watch.cancel
        )
    lines = [f"已恢复：{data}", _told(done.manifest), "再次报送前请先运行 zoufang keys rotate。"]
    value: dict[str, Any] = {"data": data, "manifest": done.manifest, "aside": done.aside}
    return Reply(value, [*lines, *([f"原来的数据在：{done.aside}"] if done.aside else [])])


def _key(keyring: Keyring, operator: str | None) -> bytes:
    """The store key, by the recovery code where one is set, else by a passphrase."""
    from app.services.office.office import operator_id

    if code := os.environ.get(RECOVERY_CODE):
        return keyring.unlock_with_recovery(code)
    return keyring.unlock(operator_id(keyring, operator), passphrase())
