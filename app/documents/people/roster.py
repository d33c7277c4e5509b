"""困难职工名册: who is on file at an office, a line each, ID numbers masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.documents.drawing.layout import written_date
from app.documents.drawing.ledger import Column, Ledger, Row, print_ledger
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.values.money import format_money
from app.domain.values.resident_id import mask

COLUMNS = (
    Column("序号", 11, 0.5),
    Column("编号", 36),
    Column("姓名", 24),
    Column("性别", 11, 0.5),
    Column("身份证号", 38, 0.5),
    Column("单位", 48),
    Column("困难类别", 22, 0.5),
    Column("主要原因", 32),
    Column("家庭\n人口", 12, 0.5),
    Column("月人均收入\n（元）", 20, 1),
    Column("建档日期", 23, 0.5),
)


@dataclass(frozen=True, slots=True)
class Registered:
    """A person on file; `resident_id` in full (it is masked here), codes already in words."""

    number: str
    name: str
    sex: str
    resident_id: str
    workplace: str
    distress_class: str
    cause: str
    household_size: int | None
    per_head: Decimal | None
    filed_on: date | None


@dataclass(frozen=True, slots=True)
class Roster:
    """The contents of a 困难职工名册: whose, who fills it in, the day it is made."""

    office: str
    clerk: str
    made_on: date | None
    persons: tuple[Registered, ...]


def roster(
    content: Roster, out: Out, *, progress: Progress = silent, cancel: Cancel | None = None
) -> int:
    """Write the 名册 to `out` and answer its pages; raises as `print_ledger`."""
    ledger = Ledger(
        title="困难职工名册",
        columns=COLUMNS,
        rows=tuple(_rows(content)),
        above=(f"填报单位：{content.office}", f"填报日期：{written_date(content.made_on)}"),
        signers=("单位负责人：", "审核：", f"填表人：{content.clerk}"),
        total=_total(content.persons),
        foot=f"{content.office}　困难职工名册",
    )
    return print_ledger(ledger, out, progress=progress, cancel=cancel)


def _rows(content: Roster) -> Iterator[Row]:
    for place, one in enumerate(content.persons, 1):
        cells = (
            str(place),
            one.number,
            one.name,
            one.sex,
            mask(one.resident_id) if one.resident_id else "",
            one.workplace,
            one.distress_class,
            one.cause,
            "" if one.household_size is None else str(one.household_size),
            "" if one.per_head is None else format_money(one.per_head),
            one.filed_on.isoformat() if one.filed_on else "",
        )
        yield Row(cells, one.number)


def _total(persons: tuple[Registered, ...]) -> str:
    known = [one.household_size for one in persons if one.household_size is not None]
    unknown = len(persons) - len(known)
    words = f"合计：困难职工 {len(persons)} 户，家庭人口 {sum(known)} 人"
    return words + (f"（{unknown} 户未填家庭人口）" if unknown else "")
