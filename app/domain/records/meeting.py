"""会议与督查: work discussed, and work looked at."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Applies, Field
from app.domain.records.base import ASK_CAMPAIGN, Record
from app.domain.records.diary import WORKLOG
from app.domain.records.facts import Facts, Search
from app.domain.values.person_names import parted_names

_INSPECTION = Applies("kind", ("inspection",))


class Meeting(Record, frozen=True, kw_only=True):
    """会议与督查: who met, or looked after whom, and what is to be done by when (R45, R76)."""

    type_name: ClassVar[str] = "meeting"
    label: ClassVar[str] = "会议与督查"
    mark: ClassVar[str] = "会"
    facts: ClassVar[Facts] = Facts(
        place=WORKLOG,
        turn=2,
        noun="会议或督查",
        why="研究工作、动员部署、督促检查，一次记一条。\n议定的事和整改要求写明谁负责、哪天办完。",
        title=("title",),
        who="kind",
        day="held_on",
        apart=("number", "held_on"),
        search=Search("k", ("title", "chairs")),
        around=("enterprise", "group"),
        telling=("title", "chairs 主持："),
        tallied=True,
        begun_from=("group",),
        campaign_of_day=True,
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    kind: Annotated[
        str, Field("会议类型", codes=codes.MEETING_KIND, required=True, source="R45")
    ] = ""
    title: Annotated[str, Field("议题", required=True)] = ""
    held_on: Annotated[dt.date | None, Field("开会日期", required=True, past=True)] = None
    place: Annotated[str, Field("地点")] = ""
    chairs: Annotated[tuple[str, ...], Field("主持人", parted=parted_names)] = ()
    attendees: Annotated[tuple[str, ...], Field("参加人员", parted=parted_names)] = ()
    people: Annotated[int | None, Field("参加人数", unit="人", ge=0, le=100_000)] = None
    inspected: Annotated[
        str, Field("受检报送单位", links="unit", source="R29", applies=_INSPECTION)
    ] = ""
    enterprise: Annotated[
        str, Field("受检企（事）业单位", links="enterprise", applies=_INSPECTION)
    ] = ""
    group: Annotated[str, Field("工作组", links="group")] = ""
    decided: Annotated[str, Field("议定事项", prose=True, longest=5000)] = ""
    problems: Annotated[str, Field("发现的问题", prose=True, longest=5000, applies=_INSPECTION)] = (
        ""
    )
    measures: Annotated[str, Field("整改要求", prose=True, longest=2000, applies=_INSPECTION)] = ""
    responsible: Annotated[str, Field("责任人")] = ""
    due: Annotated[dt.date | None, Field("办理期限")] = None
    done_on: Annotated[dt.date | None, Field("落实日期", past=True)] = None
