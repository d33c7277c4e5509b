"""移交清单: what is left open when one operator gives an office's work to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import written_date
from app.documents.drawing.slip import Block, Column, Pairs, Seals, Table, print_slip
from app.documents.drawing.target import Out
from app.documents.forms.recovery_sheet import Notes
from app.domain.kernel.progress import Cancel, Progress, silent


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing left to do: its 编号, what it is about, what is still to happen."""

    number: str
    subject: str
    note: str


@dataclass(frozen=True, slots=True)
class OpenItems:
    """One kind of thing left to do (上级退回), and all there is of it."""

    title: str
    items: tuple[OpenItem, ...] = ()


@dataclass(frozen=True, slots=True)
class HandoverList:
    """The contents of a 移交清单: who gives, takes and watches, what exists, what is left."""

    office: str
    made_on: date | None
    giver: str
    taker: str
    witness: str
    holdings: tuple[tuple[str, str], ...] = ()
    recovery_code: str = ""
    backups: str = ""
    computer: str = ""
    sections: tuple[OpenItems, ...] = ()


COLUMNS = (Column("编号", 38), Column("内容", 66), Column("还要做什么", 52))
HOLDING_COLUMNS = (Column("项目", 42), Column("数量", 36, 1)) * 2
NUMERALS = "一二三四五六七八九十"


def handover_list(
    it: HandoverList,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the 移交清单 to `out` and answer its pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    blocks: list[Block] = [_head(it), _holdings(it.holdings)]
    for place, section in enumerate(filter(_is_open, it.sections), 1):
        rows = tuple((one.number, one.subject, one.note) for one in section.items)
        heading = f"{NUMERALS[place]}、{section.title}（{len(rows)}）"
        blocks.append(Table(heading, COLUMNS, rows))
    none = "、".join(one.title for one in it.sections if not one.items)
    blocks.append(Notes((f"没有下列事项：{none}。",) if none else ()))
    names = (("移交人", it.giver), ("接交人", it.taker), ("监交人", it.witness))
    blocks.append(Seals(tuple((who, (name, "签名：")) for who, name in names)))
    foot = f"{it.office}　{written_date(it.made_on)}工作移交"
    return print_slip(out, "移交清单", blocks, foot=foot, progress=progress, cancel=cancel)


def _is_open(section: OpenItems) -> bool:
    return bool(section.items)


def _head(it: HandoverList) -> Pairs:
    return Pairs(
        (
            (("单位", it.office), ("移交日期", written_date(it.made_on))),
            (("移交人", it.giver), ("接交人", it.taker)),
            (("监交人", it.witness), ("电脑", it.computer)),
            (("恢复码存放", it.recovery_code),),
            (("备份存放", it.backups),),
        )
    )


def _holdings(holdings: tuple[tuple[str, str], ...]) -> Table:
    """What exists, down two columns side by side."""
    half = (len(holdings) + 1) // 2
    left, right = holdings[:half], [*holdings[half:], ("", "")]
    rows = tuple((*one, *other) for one, other in zip(left, right, strict=False))
    return Table("一、移交的记录", HOLDING_COLUMNS, rows)
