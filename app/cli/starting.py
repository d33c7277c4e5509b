"""`init`: a new data folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import ROOT_PASSPHRASE, asked, new_passphrase
from app.cli.frame.options import Data, EnableCode, wrong
from app.cli.frame.reply import Reply
from app.cli.moving import Agree, require_agreement

if TYPE_CHECKING:
    from app.services.starting.setting_up import Founded

Role = Annotated[str, typer.Option("--role", help="city（市）、county（县级）或 township（乡镇）")]
UnitCode = Annotated[str, typer.Option("--unit", help="单位代码，如 511111")]
Name = Annotated[str, typer.Option("--operator", help="第一位经办人的姓名")]
From = Annotated[list[Path] | None, typer.Option("--from", help="启用包的文件或文件夹；可以写多次")]
CheckCode = Annotated[
    str | None, typer.Option("--check-code", help="从市总工会听到或在启用函上看到的核对码")
]
Computer = Annotated[
    int, typer.Option("--computer", min=1, max=9, help="本单位的第几台电脑，决定编号的号段")
]


def init(
    *,
    data: Data,
    role: Role,
    unit: UnitCode,
    operator: Name = "经办人",
    source: From = None,
    enable_code: EnableCode = None,
    check_code: CheckCode = None,
    computer: Computer = 1,
    agree: Agree = False,
) -> Reply:
    """建立数据文件夹，显示恢复码和核对码；设置了 ZOUFANG_DATABASE_URL 时记录放在服务器上。"""
    import os

    from app.services.office.server_place import wished
    from app.services.starting.setting_up import ROLE_KINDS, found

    if role not in ROLE_KINDS:
        wrong(f"没有身份“{role}”。可以是：{'、'.join(ROLE_KINDS)}。")
    server = wished()
    if server is not None:
        require_agreement(agree=agree)
    if source:
        enable_code = asked(enable_code, "启用函上的启用码", "--enable-code")
        check_code = asked(check_code, "启用函上或电话里听到的核对码", "--check-code")
    founded = found(
        data,
        role=role,
        station=unit,
        operator=operator,
        passphrase=new_passphrase(),
        root_passphrase=os.environ.get(ROOT_PASSPHRASE),
        enable=_trust_first(source or ()),
        enable_code=enable_code,
        check_code=check_code,
        computer=computer,
        server=server,
    )
    try:
        value = _value(founded, data)
    finally:
        founded.office.close()
    return Reply(value, _lines(value))


def _trust_first(sources: Sequence[Path]) -> list[Path]:
    """The files of the 启用包: who may write comes before what they wrote."""
    from app.exchange.packagereader import inspect_package
    from app.services.receiving.find_packages import packages_in

    files = [file for file, _ in packages_in(sources)]
    return sorted(files, key=lambda file: inspect_package(file).header.kind != "trust")


def _value(founded: Founded, data: Path) -> dict[str, Any]:
    from app.exchange.keys import check_code
    from app.services.packages.trust_store import trust_now

    office = founded.office
    trust = trust_now(office)
    own = check_code(office.signing_key.public)
    return {
        "data": data,
        "role": office.identity.role,
        "unit": office.identity.station,
        "writer": office.identity.writer,
        "operator": office.operator,
        "recovery_code": founded.recovery_code,
        "check_code": trust.check_code if office.is_city and trust else own,
        "city_check_code": trust.check_code if trust else None,
        "accounts": founded.accounts,
    }


def _lines(value: dict[str, Any]) -> list[str]:
    lines = [
        f"已建立：{value['data']}（{value['unit']}，{value['writer']}）",
        f"恢复码：{value['recovery_code']}",
        "忘记口令时只有恢复码能打开数据。请抄下或打印后锁好，它不会再显示。",
        f"核对码：{value['check_code']}",
    ]
    if value["role"] == "city":
        return lines
    if value["city_check_code"]:
        return [*lines, f"市总工会的核对码：{value['city_check_code']}，请与启用函或电话核对。"]
    return [*lines, "还没有装入启用包，装入后才能报送。"]
