"""`move-store` and `join`: an office's data on a server, for several computers at once."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import passphrase
from app.cli.frame.options import Data, Operator, wrong
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from database.store.server_note import Server

Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        envvar="ZOUFANG_DATABASE_URL",
        help="数据库的地址：postgresql://用户名@服务器/数据库",
    ),
]
Agree = Annotated[bool, typer.Option("--agree", help="知道服务器上的记录不再由本程序加密")]
Back = Annotated[bool, typer.Option("--back", help="从服务器搬回这个文件夹")]


def move_store(
    *, data: Data, url: Url = None, agree: Agree = False, back: Back = False,
    operator: Operator = None,
) -> Reply:  # fmt: skip
    """把数据搬到 PostgreSQL 服务器，或用 --back 搬回来；搬完逐条核对，原来的另外保存。"""
    from app.services.starting import move_store as moving

    server = None if back else _server(url)
    if server is not None:
        require_agreement(agree=agree)
    own = passphrase()
    with watched() as watch:
        if server is None:
            done = moving.move_to_folder(
                data, own, operator=operator, progress=watch.progress, cancel=watch.cancel
            )
        else:
            done = moving.move_to_server(
                data, own, server, operator=operator, progress=watch.progress, cancel=watch.cancel
            )
    lines = [
        f"已搬到：{done.place}，逐条核对一致（核对值 {done.digest[:16]}）。",
        f"原来的数据在：{done.aside}",
        *([] if back else ["别的电脑用 zoufang join 加入，只要地址和口令。"]),
    ]
    return Reply({"moved": done}, lines)


def join(*, data: Data, url: Url = None, agree: Agree = False, operator: Operator = None) -> Reply:
    """让这台电脑和别的电脑一起用服务器上的数据：只要地址和口令。"""
    from app.services.starting import move_store as moving

    server = _server(url)
    require_agreement(agree=agree)
    with closing(moving.join(data, server, passphrase(), operator=operator)) as office:
        value = {"data": data, "unit": office.identity.station, "server": server.words}
    return Reply(value, [f"已加入：{value['unit']}，服务器“{value['server']}”。"])


def require_agreement(*, agree: bool) -> None:
    """Raise `UserError` AT_REST unless the person said to know how records lie on a server."""
    from app.domain.kernel.errors import UserError
    from app.services.office.server_place import AT_REST

    if not agree:
        raise UserError("AT_REST", AT_REST, remedy="知道了，请加上 --agree 再运行一次。")


def _server(url: str | None) -> Server:
    from app.services.office.server_place import server_at

    return server_at(url) if url else wrong("缺少选项 --url。")
