"""意见诉求: what was asked for at a visit."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Applies, Field
from app.domain.records.base import NewTrends, Record
from app.domain.records.facts import Carry, Facts, Part, Place, Search


class Demand(Record, frozen=True, kw_only=True):
    """意见诉求: what was asked for, whom it was passed to, and how it ended (R12-R14, R44)."""

    type_name: ClassVar[str] = "demand"
    label: ClassVar[str] = "意见诉求"
    mark: ClassVar[str] = "诉"
    facts: ClassVar[Facts] = Facts(
        place=Place("demands", "意见诉求", Part.DAILY, 2),
        noun="意见诉求",
        why="走访中提出的意见、建议和诉求，一件记一条。\n转交、答复和办结都记在同一条上。",
        title=("enterprise",),
        who="category",
        day="raised_on",
        progress="state",
        subject="content",
        search=Search("d"),
        around=("visit", "enterprise"),
        telling=("category", "content"),
        tallied=True,
        begun_from=("visit",),
        came_by="visit",
        carried=(Carry("visit", {"raised_on": "visited_on", "enterprise": "enterprise"}),),
        counted=("visit", "enterprise", "raised_on", "category", "state", "closed_on"),
    )

    visit: Annotated[str, Field("来自走访", links="visit")] = ""
    enterprise: Annotated[str, Field("企（事）业单位", links="enterprise")] = ""
    raised_on: Annotated[dt.date | None, Field("提出日期", required=True, past=True)] = None
    category: Annotated[
        str, Field("类别", codes=codes.DEMAND_CATEGORY, required=True, source="R13")
    ] = ""
    trends: NewTrends = ()
    raiser: Annotated[str, Field("提出人", codes=codes.DEMAND_RAISER)] = ""
    content: Annotated[str, Field("内容", required=True, prose=True, longest=5000)] = ""
    addressee: Annotated[str, Field("建议对象", codes=codes.ADDRESSEE, source="R14")] = ""
    referred_to: Annotated[str, Field("转交部门", source="R12")] = ""
    referred_on: Annotated[
        dt.date | None, Field("转交日期", past=True, applies=Applies("referred_to"))
    ] = None
    measures: Annotated[str, Field("措施", prose=True, longest=2000, source="R44")] = ""
    schedule: Annotated[str, Field("计划", prose=True, longest=2000, source="R44")] = ""
    responsible: Annotated[str, Field("责任人", source="R44")] = ""
    due: Annotated[dt.date | None, Field("办理期限")] = None
    progress: Annotated[str, Field("进度", prose=True, longest=2000, source="R44")] = ""
    reply: Annotated[str, Field("答复", prose=True, longest=2000, source="R12")] = ""
    replied_on: Annotated[
        dt.date | None, Field("答复日期", past=True, applies=Applies("reply"))
    ] = None
    requested: Annotated[
        str,
        Field(
            "提请上级协调",
            prose=True,
            longest=2000,
            help="要上级协调什么；报送以后上级看得到",
            source="R30",
        ),
    ] = ""
    requested_on: Annotated[
        dt.date | None, Field("提请日期", past=True, applies=Applies("requested"))
    ] = None
    upper_reply: Annotated[
        str,
        Field(
            "上级答复",
            prose=True,
            longest=2000,
            help="上级在回执里答复的，按 Ctrl+J 采用",
            applies=Applies("requested"),
            source="R30",
        ),
    ] = ""
    upper_replied_on: Annotated[
        dt.date | None, Field("上级答复日期", past=True, applies=Applies("upper_reply"))
    ] = None
    state: Annotated[str, Field("办理情况", codes=codes.DEMAND_STATE)] = ""
    closed_on: Annotated[dt.date | None, Field("办结日期", past=True)] = None
    outcome: Annotated[str, Field("办理结果", prose=True, longest=2000)] = ""
