"""`undo` and `settle-fork`: a person decides about packages already here."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply
from app.cli.merging import account_lines

Number = Annotated[int, typer.Argument(metavar="PACKAGE", help="收件号，见 merge 的结果")]
Kept = Annotated[Path, typer.Argument(metavar="FILE", help="以这个文件为准")]


def undo(*, data: Data, package: Number, operator: Operator = None) -> Reply:
    """撤销一次汇总；再次接收同一个文件就会恢复。"""
    import msgspec

    from app.services.receiving import package_undo

    with at_work(data, operator) as office:
        undone = package_undo.undo(office, package)
    kept = f"，另有{undone.kept}次填写别的文件里也有，仍然保留" if undone.kept else ""
    line = f"已撤销收件{package}（{undone.package_id}）：{undone.withdrawn}次填写不再计入{kept}。"
    return Reply(msgspec.to_builtins(undone), [line])


def settle_fork(*, data: Data, file: Kept, operator: Operator = None) -> Reply:
    """同一次报送有两个不同的文件时，选定以哪一个为准。"""
    import msgspec

    from app.exchange.packagereader import inspect_package
    from app.services.receiving import package_undo

    head = inspect_package(file).header
    with file.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    with at_work(data, operator) as office, watched() as watch:
        settled = package_undo.settle_fork(
            office, head.writer, head.to, digest, progress=watch.progress, cancel=watch.cancel
        )
    lines = [f"以 {file.name} 为准，另外{len(settled.refused)}个文件不计入。"]
    lines += [line for account in settled.accounts for line in account_lines(account)]
    return Reply(msgspec.to_builtins(settled), lines)
