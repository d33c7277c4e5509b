"""调查日志: what a work group heard and saw on a day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, Record, Row
from app.domain.records.facts import Carry, Facts, Part, Place, Search

WORKLOG = Place("worklog", "工作记录", Part.DAILY, 6)
"""调查日志, with the 活动记录, 会议与督查 and 荣誉."""


class Correction(Row, frozen=True, kw_only=True):
    """更正: what is to be read instead of words of a 调查日志, which stay beside it."""

    on: Annotated[dt.date | None, Field("更正日期", required=True, past=True)] = None
    words: Annotated[str, Field("更正内容", required=True, longest=500)] = ""
    by: Annotated[str, Field("更正人", required=True, longest=50)] = ""


class Diary(Record, frozen=True, kw_only=True):
    """调查日志: a work group's first-hand notes of one day (R16)."""

    type_name: ClassVar[str] = "diary"
    label: ClassVar[str] = "调查日志"
    mark: ClassVar[str] = "志"
    facts: ClassVar[Facts] = Facts(
        place=WORKLOG,
        noun="日志",
        why="工作组下去一天记一篇，当天听到看到的先记下来。\n过了当天原文不再改，要改的写在更正里。",
        title=("group",),
        who="author",
        day="kept_on",
        subject="content",
        apart=("number", "kept_on"),
        search=Search("n", ("author", "place")),
        around=("group", "visits"),
        telling=("author", "content"),
        tallied=True,
        begun_from=("group", "visits"),
        campaign_of_day=True,
        carried=(Carry("visits", {"group": "group", "kept_on": "visited_on"}),),
        first_hand=("content", "corrections"),
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    group: Annotated[str, Field("工作组", links="group", required=True, source="R16")] = ""
    kept_on: Annotated[
        dt.date | None, Field("日志日期", required=True, past=True, indexed=True)
    ] = None
    author: Annotated[str, Field("记录人", required=True)] = ""
    place: Annotated[str, Field("地点")] = ""
    visits: Annotated[tuple[str, ...], Field("当天的走访", links="visit")] = ()
    methods: Annotated[tuple[str, ...], Field("调研方式", codes=codes.METHOD, source="R15")] = ()
    categories: Annotated[
        tuple[str, ...], Field("涉及内容", codes=codes.DEMAND_CATEGORY, source="R13")
    ] = ()
    content: Annotated[
        str, Field("当日记录", required=True, prose=True, longest=20_000, source="R16")
    ] = ""
    corrections: Annotated[
        tuple[Correction, ...],
        Field("更正", help="过了当天，原文有不对的在这里写明，原文照旧保留", source="R16"),
    ] = ()
