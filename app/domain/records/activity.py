"""活动记录: what a union did with workers besides visiting them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, Record
from app.domain.records.diary import WORKLOG
from app.domain.records.facts import Carry, Facts, Search


class Activity(Record, frozen=True, kw_only=True):
    """活动记录: 宣传教育, 劳动竞赛, 文体活动, a survey, a superior's visit (R10, R31, R57, R67)."""

    type_name: ClassVar[str] = "activity"
    label: ClassVar[str] = "活动记录"
    mark: ClassVar[str] = "动"
    facts: ClassVar[Facts] = Facts(
        place=WORKLOG,
        turn=1,
        noun="活动",
        why="宣传教育、劳动竞赛、文体活动、专项调查，一次记一条。\n在走访、单位或工作组的页面上也能添加。",
        title=("title",),
        who="kind",
        day="held_on",
        apart=("number", "held_on"),
        search=Search("b", ("title", "organiser")),
        around=("visit", "enterprise", "group"),
        telling=("title", "people 参加"),
        tallied=True,
        begun_from=("visit", "enterprise", "group"),
        campaign_of_day=True,
        carried=(
            Carry("visit", {"held_on": "visited_on", "enterprise": "enterprise", "group": "group"}),
        ),
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    kind: Annotated[
        str, Field("活动类型", codes=codes.ACTIVITY_KIND, required=True, source="R10, R31, R57")
    ] = ""
    title: Annotated[str, Field("主题", required=True)] = ""
    held_on: Annotated[dt.date | None, Field("活动日期", required=True, past=True)] = None
    held_until: Annotated[dt.date | None, Field("结束日期")] = None
    place: Annotated[str, Field("地点")] = ""
    organiser: Annotated[str, Field("主办单位", help="上级来调研、慰问的写上级单位")] = ""
    enterprise: Annotated[str, Field("企（事）业单位", links="enterprise")] = ""
    group: Annotated[str, Field("工作组", links="group")] = ""
    visit: Annotated[str, Field("来自走访", links="visit")] = ""
    people: Annotated[
        int | None, Field("参加人次", unit="人次", ge=0, le=10_000_000, source="R10, R60")
    ] = None
    materials: Annotated[
        int | None, Field("发放资料", unit="份", ge=0, le=10_000_000, source="R10")
    ] = None
    programmes: Annotated[
        tuple[str, ...], Field("结合的活动", codes=codes.PROGRAMME, source="R28")
    ] = ()
    content: Annotated[str, Field("内容", prose=True, longest=5000)] = ""
    effect: Annotated[str, Field("成效", prose=True, longest=2000)] = ""
