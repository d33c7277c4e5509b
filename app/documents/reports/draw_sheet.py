"""随机抽取结果单: what was drawn, by what it can be drawn again, who drew and who watched (R34)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import written_date
from app.documents.drawing.slip import Block, Column, Pairs, Seals, Table, print_slip
from app.documents.drawing.target import Out
from app.documents.forms.recovery_sheet import Notes
from app.domain.kernel.progress import Cancel, Progress, silent

_STRATA = (Column("层", 96), Column("家数", 30, 1), Column("抽取", 30, 1))
_PLAIN = (Column("顺序", 14, 0.5), Column("单位", 92), Column("备注", 50))
_PARTED = (Column("层", 46), Column("顺序", 14, 0.5), Column("单位", 60), Column("备注", 36))
_REPLACED = (
    Column("原抽中的单位", 46),
    Column("替补单位", 46),
    Column("原因", 32),
    Column("日期、经办人", 32),
)
_PROOF = (
    "同一份名单、同一个种子，谁来算抽中的都是下面这些单位、这个顺序。"
    "核验文件和抽取方法的说明，可以向抽取的单位要。",
)
_GROUP = 8
"""Characters of a hash that are read out together."""


@dataclass(frozen=True, slots=True)
class DrawSheet:
    """The contents, all in words.

    `strata` are (name, size, number), empty where none were made; `drawn` are (stratum, place,
    unit, note), `replaced` (unit, its replacement, why, when and by whom).
    """

    office: str
    number: str
    title: str
    campaign: str
    scope: str
    how: str
    seed: str
    seed_from: str
    size: int
    sha256: str
    algorithm: str
    drawn_at: str
    drawn_by: str
    witnesses: str
    strata: tuple[tuple[str, str, str], ...]
    drawn: tuple[tuple[str, str, str, str], ...]
    replaced: tuple[tuple[str, str, str, str], ...]
    made_on: date
    void: bool = False


def draw_sheet(
    it: DrawSheet, out: Out, *, progress: Progress = silent, cancel: Cancel | None = None
) -> int:
    """Write the 抽取结果单 to `out` and answer its pages; raises as `print_slip`."""
    blocks = [*_parts(it), _signatures(it)]
    foot = f"{it.office}　{it.number}　{written_date(it.made_on)}打印"
    title = "随机抽取结果单（已作废）" if it.void else "随机抽取结果单"
    return print_slip(out, title, blocks, foot=foot, progress=progress, cancel=cancel)


def _parts(it: DrawSheet) -> Iterator[Block]:
    yield Pairs(
        (
            (("编号", it.number), ("抽取时间", it.drawn_at)),
            (("抽取事项", it.title),),
            (("活动", it.campaign),),
            (("抽取范围", f"{it.scope}，共 {it.size:,} 家"),),
            (("抽取办法", it.how),),
            (("种子", it.seed),),
            (("种子来源", it.seed_from), ("抽取方法", it.algorithm)),
            (("名单校验值", _grouped(it.sha256)),),
            (("抽取人", it.drawn_by), ("监督人", it.witnesses)),
        )
    )
    yield Notes(_PROOF)
    if it.strata:
        yield Table("各层", _STRATA, it.strata)
    heading = f"抽中的单位（{len(it.drawn)} 家）"
    if it.strata:
        yield Table(heading, _PARTED, it.drawn)
    else:
        yield Table(heading, _PLAIN, tuple(row[1:] for row in it.drawn))
    if it.replaced:
        yield Table(f"替补（{len(it.replaced)} 家）", _REPLACED, it.replaced)


def _signatures(it: DrawSheet) -> Seals:
    names = (("抽取人", it.drawn_by), ("监督人", it.witnesses))
    return Seals(tuple((who, (name, "签名：")) for who, name in names))


def _grouped(sha256: str) -> str:
    return " ".join(sha256[at : at + _GROUP] for at in range(0, len(sha256), _GROUP))
