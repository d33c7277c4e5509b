"""领导班子: who leads an office, from when to when."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.facts import Facts
from app.domain.records.plan import PLANS


class Leader(Record, frozen=True, kw_only=True):
    """领导班子成员: one who leads an office; 主要负责同志 is marked (R38)."""

    type_name: ClassVar[str] = "leader"
    label: ClassVar[str] = "领导班子成员"
    mark: ClassVar[str] = "领"
    facts: ClassVar[Facts] = Facts(
        place=PLANS,
        turn=2,
        noun="班子成员",
        why="本单位的领导，谁是主要负责同志，从哪天任职到哪天。\n“统计”里的领导带队就按这份名单算。",
        title=("name",),
        who="post",
        day="serves_from",
        in_order=("unit", "order", "number"),
        handed_over=False,
    )

    name: Annotated[str, Field("姓名", required=True, longest=50, source="R38")] = ""
    post: Annotated[str, Field("职务", required=True, longest=100)] = ""
    chief: Annotated[bool | None, Field("主要负责同志", source="R38")] = None
    serves_from: Annotated[dt.date | None, Field("任职开始", required=True)] = None
    serves_to: Annotated[dt.date | None, Field("任职结束")] = None
    order: Annotated[int | None, Field("排列顺序", ge=0)] = None
