"""`update`: the program is made newer from a file, and goes back where that was no good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator, Out
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.updating.looking import Offer

File = Annotated[Path, typer.Argument(metavar="FILE", help="更新文件（.zfupdate）")]
Whole = Annotated[bool, typer.Option("--whole", help="连字体也放进去，给很旧的版本用")]


def look(file: File, *, data: Data, operator: Operator = None) -> Reply:
    """看更新文件：谁签的、哪个版本、有什么新内容；不改动任何东西。"""
    from app.services.updating import office_updates

    with watched() as watch, at_work(data, operator, reads=True) as office:
        offer = office_updates.look(office, file, watch.progress, watch.cancel)
    return Reply(_value(offer), _lines(offer))


def install(file: File, *, data: Data, operator: Operator = None) -> Reply:
    """装入更新文件里的新版本，下一次打开程序时使用；启动不了会自动回到现在的版本。"""
    from app.services.updating import office_updates

    with watched() as watch, at_work(data, operator, reads=True) as office:
        offer = office_updates.install(office, file, watch.progress, watch.cancel)
    return Reply(_value(offer), [*_lines(offer), "已装好，下一次打开程序时使用。"])


def go_back() -> Reply:
    """回到更新前的版本，下一次打开程序时使用。"""
    from app.services.updating import installing

    version = installing.go_back()
    return Reply({"version": version}, [f"下一次打开程序时使用{version}。"])


def make(*, data: Data, out: Out, whole: Whole = False, operator: Operator = None) -> Reply:
    """市总工会：把这台电脑上的程序做成更新文件，给各单位用。"""
    from app.services.updating import office_updates

    with watched() as watch, at_work(data, operator, reads=True) as office:
        path = office_updates.make(
            office, out, whole=whole, progress=watch.progress, cancel=watch.cancel
        )
    return Reply({"path": str(path)}, [f"已生成：{path}"])


def pass_down(file: File, *, data: Data, operator: Operator = None) -> Reply:
    """让更新文件随以后写的回执下发给下级单位。"""
    from app.services.updating import passing_down

    with watched() as watch, at_work(data, operator) as office:
        version = passing_down.pass_down(office, file, watch.progress, watch.cancel)
    return Reply({"version": version}, [f"版本{version}随以后写的回执下发。"])


def take_back(*, data: Data, operator: Operator = None) -> Reply:
    """不再随回执下发更新文件；已经收到的单位不受影响。"""
    from app.services.updating import passing_down

    with at_work(data, operator) as office:
        passing_down.take_back(office)
    return Reply({}, ["以后写的回执不再带新版程序。"])


def _value(offer: Offer) -> dict[str, Any]:
    return {
        "version": offer.header.version,
        "created": offer.header.created,
        "from": offer.from_whom,
        "code": offer.code,
        "size": offer.size,
        "notes": offer.header.notes,
    }


def _lines(offer: Offer) -> list[str]:
    return [
        f"版本{offer.header.version}，{offer.header.created[:10]}，{offer.size / 1e6:.1f} MB",
        f"签名：{offer.from_whom}，核对码{offer.code}",
        *(f"　· {note}" for note in offer.header.notes),
    ]
