"""What the city gives out: campaigns, units, areas, work groups, plans, targets."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import ExtraField, Field
from app.domain.records.base import GIVEN, OWN, Record, Row


class Phase(Row, frozen=True, kw_only=True):
    """One step of a campaign (活动步骤) with its window."""

    title: Annotated[str, Field("步骤", required=True)] = ""
    starts: Annotated[dt.date | None, Field("开始日期")] = None
    ends: Annotated[dt.date | None, Field("结束日期")] = None
    concentrated: Annotated[bool | None, Field("集中走访阶段", source="R41")] = None


class Due(Row, frozen=True, kw_only=True):
    """Something that must reach the city by a date (R40, R42)."""

    item: Annotated[str, Field("报送内容", codes=codes.DOCUMENT_KIND, required=True)] = ""
    title: Annotated[str, Field("名称")] = ""
    due: Annotated[dt.date | None, Field("截止日期")] = None
    remind: Annotated[dt.date | None, Field("开始提醒日期")] = None
    kinds: Annotated[
        tuple[str, ...], Field("应报单位类别", codes=codes.UNIT_KIND, help="应报表的一行")
    ] = ()
    note: Annotated[str, Field("说明", prose=True)] = ""


class Definition(Row, frozen=True, kw_only=True):
    """How a number is to be counted (口径), stated by the city (R56)."""

    name: Annotated[str, Field("项目", required=True)] = ""
    text: Annotated[str, Field("口径", required=True, prose=True, longest=2000)] = ""


class ChecklistItem(Row, frozen=True, kw_only=True):
    """One line of a campaign's checklist, such as the 六个到位 (R9)."""

    group: Annotated[str, Field("组别", required=True)] = ""
    text: Annotated[str, Field("内容", required=True)] = ""


class FormText(Row, frozen=True, kw_only=True):
    """One printed text of the campaign's form (R55), by its place on the paper."""

    place: Annotated[str, Field("位置", required=True)] = ""
    text: Annotated[str, Field("文字", required=True, prose=True, longest=2000)] = ""


class Indicator(Row, frozen=True, kw_only=True):
    """A target of the campaign (指标): value, unit, strength word, denominator (R60, R61)."""

    code: Annotated[str, Field("指标代码", required=True)] = ""
    title: Annotated[str, Field("指标", required=True)] = ""
    value: Annotated[int | None, Field("目标值", ge=0)] = None
    measure: Annotated[str, Field("计量单位", codes=codes.INDICATOR_UNIT, required=True)] = ""
    strength: Annotated[str, Field("力度", codes=codes.STRENGTH)] = ""
    or_more: Annotated[bool | None, Field("以上")] = None
    numerator: Annotated[str, Field("分子口径", prose=True)] = ""
    denominator: Annotated[str, Field("分母口径", prose=True)] = ""
    basis: Annotated[str, Field("原文出处")] = ""


class Campaign(Record, frozen=True, kw_only=True):
    """活动: a document and what it asks of whom by when. Data, not code (R1, R3, R39)."""

    type_name: ClassVar[str] = "campaign"
    label: ClassVar[str] = "活动"
    mark: ClassVar[str] = "活"
    travels: ClassVar[frozenset[str]] = GIVEN

    code: Annotated[str, Field("活动代码", required=True, longest=40)] = ""
    title: Annotated[str, Field("标题", required=True)] = ""
    short_title: Annotated[str, Field("简称")] = ""
    document_number: Annotated[str, Field("文号", required=True, source="R1")] = ""
    document_number_original: Annotated[str, Field("原文文号")] = ""
    issuer: Annotated[str, Field("发文机关")] = ""
    issued: Annotated[dt.date | None, Field("发文日期")] = None
    basis: Annotated[str, Field("上级依据")] = ""
    starts: Annotated[dt.date | None, Field("开始日期")] = None
    ends: Annotated[dt.date | None, Field("结束日期")] = None
    headcount_threshold: Annotated[
        int | None, Field("职工人数界线", unit="人", ge=0, source="R7")
    ] = None
    objectives: Annotated[tuple[str, ...], Field("主题", longest=2000)] = ()
    programmes: Annotated[tuple[str, ...], Field("相关活动", codes=codes.PROGRAMME)] = ()
    phases: Annotated[tuple[Phase, ...], Field("步骤")] = ()
    dues: Annotated[tuple[Due, ...], Field("应报表")] = ()
    checklist: Annotated[tuple[ChecklistItem, ...], Field("工作要求")] = ()
    definitions: Annotated[tuple[Definition, ...], Field("口径")] = ()
    form_texts: Annotated[tuple[FormText, ...], Field("登记表文字")] = ()
    indicators: Annotated[tuple[Indicator, ...], Field("指标")] = ()
    extra_fields: Annotated[tuple[ExtraField, ...], Field("增加的项目", hidden=True)] = ()


class Unit(Record, frozen=True, kw_only=True):
    """填报单位: an office that reports, or the city itself (R2)."""

    type_name: ClassVar[str] = "unit"
    label: ClassVar[str] = "填报单位"
    mark: ClassVar[str] = "单"
    travels: ClassVar[frozenset[str]] = GIVEN

    code: Annotated[str, Field("单位代码", required=True, longest=12)] = ""
    name: Annotated[str, Field("单位名称", required=True)] = ""
    short_name: Annotated[str, Field("简称", required=True, help="用在编号里", longest=20)] = ""
    aliases: Annotated[tuple[str, ...], Field("别名")] = ()
    kind: Annotated[str, Field("单位类别", codes=codes.UNIT_KIND, required=True)] = ""
    parent: Annotated[str, Field("上级单位", links="unit")] = ""
    area: Annotated[str, Field("所在地区", links="area")] = ""
    order: Annotated[int | None, Field("排列顺序", ge=0)] = None
    valid_from: Annotated[dt.date | None, Field("启用日期")] = None
    valid_to: Annotated[dt.date | None, Field("停用日期")] = None
    leader: Annotated[str, Field("分管领导")] = ""
    leader_telephone: Annotated[str, Field("分管领导电话")] = ""
    clerk: Annotated[str, Field("经办人")] = ""
    clerk_telephone: Annotated[str, Field("经办人电话")] = ""


class Area(Record, frozen=True, kw_only=True):
    """乡镇（街道）、开发区（园区）: a place to be covered (R6)."""

    type_name: ClassVar[str] = "area"
    label: ClassVar[str] = "乡镇（街道）、园区"
    mark: ClassVar[str] = "地"
    travels: ClassVar[frozenset[str]] = GIVEN

    code: Annotated[str, Field("地区代码", required=True, longest=12)] = ""
    name: Annotated[str, Field("名称", required=True)] = ""
    aliases: Annotated[tuple[str, ...], Field("别名")] = ()
    kind: Annotated[str, Field("类别", codes=codes.AREA_KIND, required=True)] = ""
    county: Annotated[str, Field("所属县（市、区）", links="area")] = ""
    initials: Annotated[str, Field("拼音首字母", hidden=True)] = ""
    order: Annotated[int | None, Field("排列顺序", ge=0)] = None
    valid_from: Annotated[dt.date | None, Field("启用日期")] = None
    valid_to: Annotated[dt.date | None, Field("停用日期")] = None


class Group(Record, frozen=True, kw_only=True):
    """工作组: leaders, departments, regions, units and contacts, each of them many (R32, R54)."""

    type_name: ClassVar[str] = "group"
    label: ClassVar[str] = "工作组"
    mark: ClassVar[str] = "组"
    travels: ClassVar[frozenset[str]] = OWN | GIVEN

    campaign: Annotated[str, Field("活动", links="campaign", required=True)] = ""
    name: Annotated[str, Field("名称", required=True)] = ""
    level: Annotated[str, Field("级别", codes=codes.GROUP_LEVEL, required=True)] = ""
    leaders: Annotated[tuple[str, ...], Field("走访领导", required=True)] = ()
    departments: Annotated[tuple[str, ...], Field("部门（产业）")] = ()
    members: Annotated[tuple[str, ...], Field("成员")] = ()
    regions: Annotated[tuple[str, ...], Field("走访地区", links="area")] = ()
    enterprises: Annotated[tuple[str, ...], Field("走访单位", links="enterprise")] = ()
    contacts: Annotated[tuple[str, ...], Field("联络人")] = ()
    contacts_to_confirm: Annotated[tuple[str, ...], Field("待确认的联络人")] = ()
    order: Annotated[int | None, Field("排列顺序", ge=0)] = None


class Plan(Record, frozen=True, kw_only=True):
    """走访安排: who will visit which enterprise when, before anyone drives out (R34, R37)."""

    type_name: ClassVar[str] = "plan"
    label: ClassVar[str] = "走访安排"
    mark: ClassVar[str] = "排"
    travels: ClassVar[frozenset[str]] = OWN | GIVEN

    campaign: Annotated[str, Field("活动", links="campaign", required=True)] = ""
    enterprise: Annotated[str, Field("企（事）业单位", links="enterprise", required=True)] = ""
    group: Annotated[str, Field("工作组", links="group")] = ""
    source: Annotated[str, Field("确定方式", codes=codes.PLAN_SOURCE, source="R34")] = ""
    planned: Annotated[dt.date | None, Field("计划日期")] = None


class Target(Record, frozen=True, kw_only=True):
    """指标分解: the share of an indicator that the city gives one unit (R62)."""

    type_name: ClassVar[str] = "target"
    label: ClassVar[str] = "指标分解"
    mark: ClassVar[str] = "标"
    travels: ClassVar[frozenset[str]] = GIVEN

    campaign: Annotated[str, Field("活动", links="campaign", required=True)] = ""
    indicator: Annotated[str, Field("指标代码", required=True)] = ""
    value: Annotated[int | None, Field("分解数", ge=0, required=True)] = None
