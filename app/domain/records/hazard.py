"""隐患预警: a hazard or quarrel found at a visit."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import NewTrends, Record
from app.domain.records.facts import Carry, Facts, Part, Place, Search


class Hazard(Record, frozen=True, kw_only=True):
    """隐患矛盾: 发现 / 介入 / 处置 / 报告, to whom it was reported (R23-R25, R59)."""

    type_name: ClassVar[str] = "hazard"
    label: ClassVar[str] = "隐患预警"
    mark: ClassVar[str] = "患"
    facts: ClassVar[Facts] = Facts(
        place=Place("hazards", "隐患预警", Part.DAILY, 5),
        noun="隐患",
        why="走访中发现的劳动关系隐患和矛盾，发现当天就要记。\n预警级别高的可以单独加急报送。",
        title=("enterprise",),
        who="nature",
        day="found_at",
        subject="description",
        search=Search("h"),
        around=("visit", "enterprise"),
        telling=("nature", "description"),
        moments=("joined_at", "handled_at", "reported_at"),
        tallied=True,
        begun_from=("visit", "enterprise"),
        came_by="visit",
        carried=(Carry("visit", {"enterprise": "enterprise"}),),
    )

    visit: Annotated[str, Field("来自走访", links="visit")] = ""
    enterprise: Annotated[str, Field("企（事）业单位", links="enterprise")] = ""
    nature: Annotated[str, Field("性质", codes=codes.HAZARD_NATURE, required=True)] = ""
    description: Annotated[str, Field("情况", required=True, prose=True, longest=5000)] = ""
    trends: NewTrends = ()
    people: Annotated[int | None, Field("涉及人数", unit="人", ge=0, le=1_000_000)] = None
    level: Annotated[
        str, Field("预警级别", codes=codes.WARNING_LEVEL, required=True, source="R59")
    ] = ""
    found_at: Annotated[dt.datetime | None, Field("发现时间", required=True, past=True)] = None
    joined_at: Annotated[dt.datetime | None, Field("介入时间", past=True)] = None
    handled_at: Annotated[dt.datetime | None, Field("处置时间", past=True)] = None
    reported_at: Annotated[dt.datetime | None, Field("报告时间", past=True)] = None
    reported_to_party: Annotated[bool | None, Field("已报告党政", source="R24")] = None
    reported_to_union: Annotated[bool | None, Field("已报告上级工会", source="R24")] = None
    responsible: Annotated[str, Field("包案领导")] = ""
    measures: Annotated[str, Field("处置措施", prose=True, longest=2000)] = ""
    closed_on: Annotated[dt.date | None, Field("化解日期", past=True)] = None
