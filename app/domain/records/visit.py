"""走访登记: one visit, as on the paper form."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, Record, Row
from app.domain.records.facts import Carry, Facts, Part, Place, Search
from app.domain.records.paper_mark import PaperMarks
from app.domain.values.person_names import parted_names


class ItemDone(Row, frozen=True, kw_only=True):
    """One of the 六个到位 done at a visit, with short evidence (R9)."""

    item: Annotated[str, Field("到位事项", codes=codes.SIX_ITEMS, required=True)] = ""
    evidence: Annotated[str, Field("落实情况", longest=500)] = ""


class Visit(Record, frozen=True, kw_only=True):
    """走访登记: the blanks of 附件2, and behind the form what the documents also ask (R55, R56)."""

    type_name: ClassVar[str] = "visit"
    label: ClassVar[str] = "走访登记"
    facts: ClassVar[Facts] = Facts(
        place=Place("visits", "走访登记", Part.DAILY, 1),
        noun="走访",
        why="照着纸质登记表填写，填好就能打印和报送。\n单位和领导打拼音首字母就能找到。",
        title=("enterprise_name",),
        who="leaders",
        day="visited_on",
        apart=("number", "visited_on"),
        search=Search("v", ("enterprise_name", "leaders")),
        around=("enterprise",),
        telling=("leaders", "headcount 职工"),
        timeline="由此而来",
        tallied=True,
        begun_from=("enterprise",),
        campaign_of_day=True,
        at_home="area",
        carried=(
            Carry("group", {"leaders": "leaders", "level": "level"}),
            Carry(
                "enterprise",
                {"enterprise_name": "name", "area": "area", "headcount": "headcount"},
                named="enterprise_name",
                within="area",
            ),
        ),
        counted=(
            "campaign",
            "enterprise",
            "group",
            "level",
            "area",
            "visited_on",
            "workers_met",
        ),
        counted_fast=(
            (
                "enterprise",
                "campaign",
                "visited_on",
                "headcount",
                "workers_met",
                "unit",
                "owner",
            ),
            ("visited_on", "campaign", "workers_met"),
        ),
        filed_fast=("campaign", "unit"),
        summed=("workers_met",),
        awaited=True,
        proofread=True,
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    leaders: Annotated[
        tuple[str, ...], Field("参与走访领导", parted=parted_names, required=True, source="R55")
    ] = ()
    enterprise_name: Annotated[
        str, Field("走访企（事）业单位名称", required=True, source="R55")
    ] = ""
    enterprise: Annotated[
        str, Field("名录中的单位", links="enterprise", help="找不到时自动加入名录")
    ] = ""
    headcount: Annotated[
        int | None,
        Field(
            "走访企（事）业职工人数",
            required=True,
            unit="人",
            ge=0,
            le=1_000_000,
            source="R55, R56",
        ),
    ] = None
    opinions: Annotated[
        str,
        Field(
            "企（事）业单位、职工的建议与意见",
            prose=True,
            longest=20_000,
            source="R55",
        ),
    ] = ""
    filed_on: Annotated[dt.date | None, Field("填报日期", past=True, source="R55")] = None
    visited_on: Annotated[
        dt.date | None, Field("走访日期", required=True, past=True, indexed=True)
    ] = None
    group: Annotated[str, Field("工作组", links="group", source="R32")] = ""
    level: Annotated[
        str, Field("走访级别", codes=codes.GROUP_LEVEL, source="R6", help="有工作组时随工作组")
    ] = ""
    area: Annotated[str, Field("走访地", links="area", source="R6")] = ""
    led_by_chief: Annotated[bool | None, Field("主要领导带队", source="R38")] = None
    workers_met: Annotated[
        int | None, Field("走访职工人次", unit="人次", ge=0, le=1_000_000, source="R3")
    ] = None
    items: Annotated[tuple[ItemDone, ...], Field("六个到位", source="R9")] = ()
    front_line: Annotated[
        tuple[str, ...], Field("四个在一线", codes=codes.FOUR_FRONT, source="R8")
    ] = ()
    priorities: Annotated[
        tuple[str, ...], Field("工作重点", codes=codes.PRIORITY, source="R4")
    ] = ()
    methods: Annotated[tuple[str, ...], Field("调研方式", codes=codes.METHOD, source="R15")] = ()
    programmes: Annotated[
        tuple[str, ...], Field("结合的活动", codes=codes.PROGRAMME, source="R28")
    ] = ()
    discipline: Annotated[bool | None, Field("遵守走访纪律", source="R51")] = None
    paper_marks: PaperMarks = ()
