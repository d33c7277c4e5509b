"""催报单: who has not handed in what, whom to ring up, and what they promised (R42)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import written_date
from app.documents.drawing.slip import Block, Column, Pairs, Table, print_slip
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent

COLUMNS = (
    Column("单位", 34),
    Column("应报", 26),
    Column("期限", 23, 0.5),
    Column("情况", 20, 0.5),
    Column("电话", 24),
    Column("催报和答应", 29),
)
CALLS = (Column("单位", 44), Column("哪天、谁、打给谁、怎么说、答应哪天", 112))
GAPS = (Column("单位", 60), Column("缺哪几次报送", 66), Column("电话", 30))


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing not received."""

    unit: str
    title: str
    due: str
    standing: str
    telephone: str
    promised: str


@dataclass(frozen=True, slots=True)
class ReminderList:
    """The contents of a 催报单.

    `gaps` are (unit, numbers missing, telephone), `calls` (unit, what was said).
    """

    campaign: str
    office: str
    made_on: date
    tally: str
    rows: tuple[Missing, ...]
    gaps: tuple[tuple[str, str, str], ...] = ()
    calls: tuple[tuple[str, str], ...] = ()


def reminder_list(
    content: ReminderList,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the 催报单 to `out` and answer its pages; raises as `print_slip`."""
    rows = tuple(
        (one.unit, one.title, one.due, one.standing, one.telephone, one.promised)
        for one in content.rows
    )
    blocks: list[Block] = [
        Pairs(((("活动", content.campaign),), (("情况", content.tally),))),
        Table("一、还没有收到的", COLUMNS, rows),
        Table("二、缺的报送文件", GAPS, content.gaps),
    ]
    if content.calls:
        blocks.append(Table("三、催报记录", CALLS, content.calls))
    foot = f"{content.office}　{written_date(content.made_on)}"
    return print_slip(out, "催报单", blocks, foot=foot, progress=progress, cancel=cancel)
