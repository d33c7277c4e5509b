"""What a visit brings home: the enterprise, the visit, demands, hazards."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import GIVEN, OWN, Record, Row
from app.domain.values.uscc import parse_uscc


class Enterprise(Record, frozen=True, kw_only=True):
    """企（事）业单位: the unit visited; public institutions too (R5, R7, R11, R26, R63)."""

    type_name: ClassVar[str] = "enterprise"
    label: ClassVar[str] = "企（事）业单位"
    mark: ClassVar[str] = "企"
    travels: ClassVar[frozenset[str]] = OWN | GIVEN

    name: Annotated[str, Field("单位名称", required=True, indexed=True)] = ""
    aliases: Annotated[tuple[str, ...], Field("曾用名、简称")] = ()
    uscc: Annotated[
        str,
        Field(
            "统一社会信用代码",
            longest=18,
            indexed=True,
            read=parse_uscc,
            source="GB 32100",
        ),
    ] = ""
    kind: Annotated[str, Field("单位类型", codes=codes.ENTERPRISE_KIND)] = ""
    ownership: Annotated[str, Field("经济类型", codes=codes.OWNERSHIP, source="R11")] = ""
    industry: Annotated[str, Field("行业", codes=codes.INDUSTRY, source="GB/T 4754")] = ""
    affiliation: Annotated[str, Field("隶属关系", codes=codes.AFFILIATION, source="R33")] = ""
    area: Annotated[str, Field("所在乡镇（街道）、园区", links="area", source="R6")] = ""
    address: Annotated[str, Field("地址")] = ""
    above_scale: Annotated[bool | None, Field("规模以上", source="R7")] = None
    above_scale_source: Annotated[str, Field("规上认定来源")] = ""
    above_scale_year: Annotated[int | None, Field("规上认定年份", ge=1990, le=2100)] = None
    headcount: Annotated[int | None, Field("职工人数", unit="人", ge=0, le=1_000_000)] = None
    headcount_on: Annotated[dt.date | None, Field("职工人数截至日期", past=True)] = None
    women: Annotated[int | None, Field("女职工人数", unit="人", ge=0)] = None
    migrant_workers: Annotated[int | None, Field("农民工人数", unit="人", ge=0)] = None
    members: Annotated[int | None, Field("会员人数", unit="人", ge=0)] = None
    has_union: Annotated[bool | None, Field("已建会", source="R26")] = None
    union_founded: Annotated[dt.date | None, Field("建会日期", past=True)] = None
    wage_contract: Annotated[
        str, Field("工资集体协商", codes=codes.CONTRACT_KIND, source="R26, R64")
    ] = ""
    wage_contract_from: Annotated[dt.date | None, Field("协商期限起")] = None
    wage_contract_to: Annotated[dt.date | None, Field("协商期限止")] = None
    workers_congress: Annotated[bool | None, Field("建立职代会", source="R27")] = None
    open_affairs: Annotated[bool | None, Field("厂务公开", source="R27")] = None
    key: Annotated[bool | None, Field("重点企业", source="R29")] = None
    management_contact: Annotated[str, Field("行政联系人", source="R52")] = ""
    management_telephone: Annotated[str, Field("行政联系电话")] = ""
    union_contact: Annotated[str, Field("工会联系人", source="R52")] = ""
    union_telephone: Annotated[str, Field("工会联系电话")] = ""
    verification: Annotated[str, Field("核实情况", codes=codes.VERIFICATION, source="R63")] = ""
    verified_by: Annotated[str, Field("核实人")] = ""
    verified_on: Annotated[dt.date | None, Field("核实日期", past=True)] = None


class ItemDone(Row, frozen=True, kw_only=True):
    """One of the 六个到位 done at a visit, with short evidence (R9)."""

    item: Annotated[str, Field("到位事项", codes=codes.SIX_ITEMS, required=True)] = ""
    evidence: Annotated[str, Field("落实情况", longest=500)] = ""


class Visit(Record, frozen=True, kw_only=True):
    """走访登记: the blanks of 附件2, and behind the form what the documents also ask (R55, R56)."""

    type_name: ClassVar[str] = "visit"
    label: ClassVar[str] = "走访登记"

    campaign: Annotated[str, Field("活动", links="campaign", required=True)] = ""
    leaders: Annotated[tuple[str, ...], Field("参与走访领导", required=True, source="R55")] = ()
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
    methods: Annotated[tuple[str, ...], Field("调研方式", codes=codes.METHOD, source="R15")] = ()
    programmes: Annotated[
        tuple[str, ...], Field("结合的活动", codes=codes.PROGRAMME, source="R28")
    ] = ()
    discipline: Annotated[bool | None, Field("遵守走访纪律", source="R51")] = None


class Demand(Record, frozen=True, kw_only=True):
    """意见诉求: what was asked for, whom it was passed to, and how it ended (R12-R14, R44)."""

    type_name: ClassVar[str] = "demand"
    label: ClassVar[str] = "意见诉求"
    mark: ClassVar[str] = "诉"

    visit: Annotated[str, Field("来自走访", links="visit")] = ""
    enterprise: Annotated[str, Field("企（事）业单位", links="enterprise")] = ""
    raised_on: Annotated[dt.date | None, Field("提出日期", required=True, past=True)] = None
    category: Annotated[
        str, Field("类别", codes=codes.DEMAND_CATEGORY, required=True, source="R13")
    ] = ""
    raiser: Annotated[str, Field("提出人", codes=codes.DEMAND_RAISER)] = ""
    content: Annotated[str, Field("内容", required=True, prose=True, longest=5000)] = ""
    addressee: Annotated[str, Field("建议对象", codes=codes.ADDRESSEE, source="R14")] = ""
    referred_to: Annotated[str, Field("转交部门", source="R12")] = ""
    referred_on: Annotated[dt.date | None, Field("转交日期", past=True)] = None
    measures: Annotated[str, Field("措施", prose=True, longest=2000, source="R44")] = ""
    schedule: Annotated[str, Field("计划", prose=True, longest=2000, source="R44")] = ""
    responsible: Annotated[str, Field("责任人", source="R44")] = ""
    due: Annotated[dt.date | None, Field("办理期限")] = None
    progress: Annotated[str, Field("进度", prose=True, longest=2000, source="R44")] = ""
    reply: Annotated[str, Field("答复", prose=True, longest=2000, source="R12")] = ""
    replied_on: Annotated[dt.date | None, Field("答复日期", past=True)] = None
    state: Annotated[str, Field("办理情况", codes=codes.DEMAND_STATE)] = ""
    closed_on: Annotated[dt.date | None, Field("办结日期", past=True)] = None
    outcome: Annotated[str, Field("办理结果", prose=True, longest=2000)] = ""


class Hazard(Record, frozen=True, kw_only=True):
    """隐患矛盾: 发现 / 介入 / 处置 / 报告, and to whom it was reported (R23, R24, R59)."""

    type_name: ClassVar[str] = "hazard"
    label: ClassVar[str] = "隐患预警"
    mark: ClassVar[str] = "患"

    visit: Annotated[str, Field("来自走访", links="visit")] = ""
    enterprise: Annotated[str, Field("企（事）业单位", links="enterprise")] = ""
    nature: Annotated[str, Field("性质", codes=codes.HAZARD_NATURE, required=True)] = ""
    description: Annotated[str, Field("情况", required=True, prose=True, longest=5000)] = ""
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
