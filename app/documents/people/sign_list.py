"""慰问（救助）金发放签领表: who was given what, and signs for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.documents.drawing.layout import MM, written_date
from app.documents.drawing.ledger import Column, Ledger, Row, in_words, print_ledger
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.values.money import format_money
from app.domain.values.resident_id import mask

COLUMNS = (
    Column("序号", 11, 0.5),
    Column("姓名", 24),
    Column("身份证号", 39, 0.5),
    Column("单位", 48),
    Column("帮扶类型\n四季送", 24),
    Column("金额（元）", 25, 1),
    Column("实物", 30),
    Column("签名", 26),
    Column("代领人", 22),
    Column("备注", 23),
)
ROOM_TO_SIGN = 10.5 * MM
ON_A_PAGE = 12
"""Rows of a blank list: one page of them."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One line; `number` is the 编号 of the 帮扶记录, `resident_id` in full, `goods` in words."""

    number: str
    name: str
    resident_id: str
    workplace: str
    kind: str
    money: Decimal | None
    goods: str


@dataclass(frozen=True, slots=True)
class SignList:
    """The contents of a 签领表; with `full_numbers` the ID numbers are printed in full."""

    office: str
    clerk: str
    made_on: date | None
    gifts: tuple[Gift, ...]
    full_numbers: bool = False


def sign_list(
    content: SignList, out: Out, *, progress: Progress = silent, cancel: Cancel | None = None
) -> int:
    """Write the list to `out` and answer its pages; without gifts it is one to fill in by hand.

    Raises as `print_ledger`.
    """
    amounts = tuple(gift.money or Decimal(0) for gift in content.gifts)
    ledger = Ledger(
        title="慰问（救助）金发放签领表",
        columns=COLUMNS,
        rows=tuple(_rows(content)),
        above=(f"发放单位：{content.office}", f"发放日期：{written_date(None)}"),
        signers=(f"填表人：{content.clerk}", "审核：", "发放人："),
        amounts=amounts,
        total=_total(content.gifts, amounts),
        foot=f"{content.office}　{written_date(content.made_on)}制表" if content.gifts else "",
        empty_rows=0 if content.gifts else ON_A_PAGE,
        height=ROOM_TO_SIGN,
    )
    return print_ledger(ledger, out, progress=progress, cancel=cancel)


def _rows(content: SignList) -> Iterator[Row]:
    for place, gift in enumerate(content.gifts, 1):
        number = gift.resident_id if content.full_numbers else mask(gift.resident_id)
        cells = (
            str(place),
            gift.name,
            number if gift.resident_id else "",
            gift.workplace,
            gift.kind,
            "" if gift.money is None else format_money(gift.money),
            gift.goods,
            *[""] * 3,
        )
        yield Row(cells, gift.number)


def _total(gifts: tuple[Gift, ...], amounts: tuple[Decimal, ...]) -> str:
    if not gifts:
        return "总计（人民币大写）：\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000¥"
    return in_words("总计", sum(amounts, Decimal(0))) + f"\u3000共{len(gifts)}笔"
