"""The options that many commands share, and how their values are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from app.domain.records import Record

Data = Annotated[Path, typer.Option("--data", envvar="ZOUFANG_DATA", help="数据文件夹")]
Operator = Annotated[
    str | None,
    typer.Option("--operator", envvar="ZOUFANG_OPERATOR", help="经办人；只有一位时不必写"),
]
Out = Annotated[Path, typer.Option("--out", help="放生成的文件的文件夹（优盘）")]
Type = Annotated[str, typer.Argument(metavar="TYPE", help="记录类型，如 visit 或 走访登记")]
Key = Annotated[str, typer.Argument(metavar="ID", help="编号或记录的 id")]
EnableCode = Annotated[
    str | None,
    typer.Option("--enable-code", envvar="ZOUFANG_ENABLE_CODE", help="启用函上的启用码"),
]
Accept = Annotated[
    list[str] | None, typer.Option("--accept", help="提醒代码=可以这样填的理由；可以写多次")
]
CampaignCode = Annotated[str | None, typer.Option("--campaign", help="活动代码，如 2011-36")]


def wrong(sentence: str) -> NoReturn:
    """End the command as wrong usage."""
    raise typer.BadParameter(sentence)


def type_named(text: str) -> type[Record]:
    """The record type meant by its name or its Chinese label."""
    from app.domain.records import TYPES

    labels = {record.label: name for name, record in TYPES.items()}
    found = text if text in TYPES else labels.get(text)
    if found is None:
        wrong(f"没有记录类型“{text}”。可以是：{_offered(TYPES)}。")
    return TYPES[found]


def _offered(types: dict[str, type[Record]]) -> str:
    return "、".join(f"{name}（{record.label}）" for name, record in types.items())


def pairs(words: Sequence[str], option: str) -> dict[str, str]:
    """`名称=值` as often as it was given."""
    found = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            wrong(f"{option} 要写成 名称=值，现在是“{word}”。")
        found[name.strip()] = value
    return found


def day(text: str | None) -> dt.date:
    """A date as people write it; today when there is none."""
    from app.domain.kernel.errors import UserError
    from app.domain.values.dates import parse_date
    from app.services.office.clock import wall_clock

    today = wall_clock().date()
    if text is None:
        return today
    try:
        return parse_date(text, today=today)
    except UserError as error:
        wrong(str(error))
