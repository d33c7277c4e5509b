"""汇总情况: what a run of 汇总 brought in, what it did not and why, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import written_date
from app.documents.drawing.slip import Block, Column, Pairs, Table, print_slip
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent

COLUMNS = (
    Column("文件", 62),
    Column("情况", 26),
    Column("记录", 30),
    Column("原因和怎么办", 38),
)
STEPS = (Column("要做的", 156),)
LEFT = (Column("文件", 156),)


@dataclass(frozen=True, slots=True)
class RunPaper:
    """The contents; `files` are (name, what became of it, records, why), `left` names."""

    office: str
    ended: str
    by: str
    made_on: date
    headline: str
    figures: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str, str, str], ...]
    left: tuple[str, ...]
    steps: tuple[str, ...]


def run_paper(
    content: RunPaper,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write it to `out` and answer its pages; raises as `print_slip`."""
    records = "，".join(f"{words} {count}" for words, count in content.figures)
    blocks: list[Block] = [
        Pairs(
            (
                (("时间", content.ended), *([("经办人", content.by)] if content.by else [])),
                (("文件", content.headline),),
                (("记录", records),),
            )
        ),
        Table(
            "一、接下来要做的", (Column("要做的", 156),), tuple((step,) for step in content.steps)
        ),
        Table("二、各个文件", COLUMNS, content.files),
        Table("三、还没有汇总的", LEFT, tuple((name,) for name in content.left)),
    ]
    foot = f"{content.office}　{written_date(content.made_on)}"
    return print_slip(out, "汇总情况", blocks, foot=foot, progress=progress, cancel=cancel)
