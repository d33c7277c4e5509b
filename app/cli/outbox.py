"""`outbox`: sealed and received files that are missing or damaged here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply, Status

if TYPE_CHECKING:
    from app.services.packages.kept_files import Broken

Sources = Annotated[
    list[Path] | None, typer.Argument(metavar="PLACE…", help="优盘、文件夹、报送文件或备份")
]
Package = Annotated[int, typer.Argument(metavar="N", help="outbox check 列出的序号")]
Reason = Annotated[str, typer.Option("--reason", help="为什么找不回来，哪位负责人同意")]


def check(*, data: Data, operator: Operator = None) -> Reply:
    """核对发出和收到的每个报送文件，列出不见了和已损坏的。"""
    from app.services.packages.kept_files import examine_kept

    with at_work(data, operator) as office, watched() as watch:
        broken = examine_kept(office, progress=watch.progress, cancel=watch.cancel)
    return _told(broken)


def find(*, data: Data, places: Sources = None, operator: Operator = None) -> Reply:
    """从优盘、文件夹或备份里找回原样的文件。"""
    from app.services.backup.lost_packages import bring_back

    with at_work(data, operator) as office, watched() as watch:
        found = bring_back(office, places or (), progress=watch.progress, cancel=watch.cancel)
    reply = _told(found.left)
    lines = [*(f"已找回：{one.title}（{one.file}）" for one in found.back), *reply.lines]
    return Reply({**reply.value, "back": found.back}, lines, reply.complaints, reply.status)


def lost(*, data: Data, package: Package, reason: Reason, operator: Operator = None) -> Reply:
    """声明遗失：这个次数作废并告诉对方，内容随下一次报送或回复再交。"""
    from app.services.backup.lost_packages import declare_lost

    with at_work(data, operator) as office:
        declare_lost(office, package, reason)
    return Reply({"package": package}, ["已声明遗失。内容会随下一次报送或回复再交，请重新送审。"])


def let_go(*, data: Data, package: Package, reason: Reason, operator: Operator = None) -> Reply:
    """不再保留一个找不回来的收到的文件；已经汇总的内容不变。"""
    from app.services.backup.lost_packages import let_go as drop

    with at_work(data, operator) as office:
        drop(office, package, reason)
    return Reply({"package": package}, ["已登记为不再保留。"])


def _told(broken: Sequence[Broken]) -> Reply:
    notes = {True: "", False: "对方已收到，不用再交。"}
    lines = [f"{one.package}  {one.sentence}{notes[one.needed]}" for one in broken]
    needed = next((one for one in broken if one.needed), None)
    complaints = [Complaint("PACKAGE_BROKEN", needed.sentence)] if needed else []
    status = Status.ENVIRONMENT if needed else Status.DONE
    return Reply({"broken": broken}, lines or ["报送文件都完好。"], complaints, status)


def held(*, data: Data, operator: Operator = None) -> Reply:
    """列出留存的文件：报送电脑还没有登记。"""
    from app.services.receiving import held_packages

    with at_work(data, operator) as office:
        rows = held_packages.held(office)
    lines = [f"{row.n}  {row.writer}  第{row.seq}次  {row.note}  {row.size}字节" for row in rows]
    return Reply({"held": rows}, lines or ["没有留存的文件。"])


def give_up(*, data: Data, package: Package, reason: Reason, operator: Operator = None) -> Reply:
    """放弃一个留存的文件：删除它，账上留下谁、何时、为什么。"""
    from app.services.receiving.waiting_files import give_up_held

    with at_work(data, operator) as office:
        give_up_held(office, package, reason)
    return Reply({"package": package}, ["已放弃留存。"])
