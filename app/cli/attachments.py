"""`attach`, `detach`: the scans and photographs of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Key, Operator, Type, type_named
from app.cli.frame.reply import Reply
from app.cli.records import saved_reply

File = Annotated[Path, typer.Argument(help="扫描件或照片", show_default=False)]
Name = Annotated[str | None, typer.Option("--name", help="在记录里的名称；不写就用文件名")]
Sha256 = Annotated[str, typer.Argument(help="附件的校验值，见 show")]


def attach(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    file: File,
    name: Name = None,
    operator: Operator = None,
) -> Reply:
    """给一条记录附上文件；照片会缩小并去掉拍摄地点。"""
    from app.services.records import attachments

    with at_work(data, operator) as office:
        saved = attachments.attach(office, type_named(type_name), key, file, name)
    return saved_reply(saved)


def detach(
    *, data: Data, type_name: Type, key: Key, sha256: Sha256, operator: Operator = None
) -> Reply:
    """从一条记录取下附件；以前的内容里仍有。"""
    from app.services.records import attachments

    with at_work(data, operator) as office:
        saved = attachments.detach(office, type_named(type_name), key, sha256)
    return saved_reply(saved)
