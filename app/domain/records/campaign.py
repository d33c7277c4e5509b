"""活动: a document of the city and what it asks of whom by when."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from app.domain import codes
from app.domain.kernel.fields import ExtraField, Field
from app.domain.kernel.text import lookup_key
from app.domain.records.base import GIVEN, Record, Row
from app.domain.records.facts import Facts, Told


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

    place: Annotated[str, Field("位置", codes=codes.FORM_PLACE, required=True)] = ""
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
    counted: Annotated[
        str,
        Field("由记录计算", codes=codes.INDICATOR_COUNT, help="不选时按指标名称认；都不是的由人填"),
    ] = ""

    @property
    def words(self) -> str:
        """What it is called, with the unit it is in: T7 新发展会员（名）."""
        unit = codes.INDICATOR_UNIT.label_of(self.measure)
        return f"{self.code} {self.title}" + (f"（{unit}）" if unit else "")


class PlanYear(Row, frozen=True, kw_only=True):
    """One year of a plan over several, for one indicator (三年规划, R74)."""

    plan: Annotated[str, Field("规划", required=True, help="如“两个普遍”三年规划")] = ""
    code: Annotated[str, Field("指标代码", required=True)] = ""
    year: Annotated[int | None, Field("年份", required=True, ge=1990, le=2100)] = None
    value: Annotated[int | None, Field("当年目标", ge=0)] = None
    reached: Annotated[int | None, Field("当年完成", ge=0, help="过去的年份填；今年的由程序算")] = (
        None
    )


def _with_names(told: Told) -> Told:
    """The added fields, those without a name with one made of what they are called."""
    rows = told.get("extra_fields")
    return {"extra_fields": [_named(row) for row in rows]} if rows else {}


def _named(row: Mapping[str, Any]) -> Mapping[str, Any]:
    if row.get("name") or not row.get("label"):
        return row
    digest = hashlib.sha256(str(row["label"]).encode()).hexdigest()
    return {**row, "name": f"f{digest[:10]}"}


class Campaign(Record, frozen=True, kw_only=True):
    """活动: a document and what it asks of whom by when. Data, not code (R1, R3, R39)."""

    type_name: ClassVar[str] = "campaign"
    label: ClassVar[str] = "活动"
    mark: ClassVar[str] = "活"
    travels: ClassVar[frozenset[str]] = GIVEN
    facts: ClassVar[Facts] = Facts(
        place=None,
        title=("short_title", "title"),
        spellings=("code", "document_number"),
        certain=(("code",),),
        completed=_with_names,
    )

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
    hazard_join_hours: Annotated[
        int | None,
        Field(
            "隐患介入时限",
            unit="小时",
            ge=1,
            le=9999,
            help="从发现算起；没有规定就空着",
            source="R24",
        ),
    ] = None
    hazard_handle_hours: Annotated[
        int | None,
        Field(
            "隐患处置时限",
            unit="小时",
            ge=1,
            le=9999,
            help="从发现算起；没有规定就空着",
            source="R24",
        ),
    ] = None
    hazard_report_hours: Annotated[
        int | None,
        Field(
            "隐患报告时限",
            unit="小时",
            ge=1,
            le=9999,
            help="从发现算起；没有规定就空着",
            source="R24",
        ),
    ] = None
    objectives: Annotated[tuple[str, ...], Field("主题", longest=2000)] = ()
    programmes: Annotated[tuple[str, ...], Field("相关活动", codes=codes.PROGRAMME)] = ()
    phases: Annotated[tuple[Phase, ...], Field("步骤")] = ()
    dues: Annotated[tuple[Due, ...], Field("应报表")] = ()
    checklist: Annotated[tuple[ChecklistItem, ...], Field("工作要求")] = ()
    definitions: Annotated[tuple[Definition, ...], Field("口径")] = ()
    form_texts: Annotated[tuple[FormText, ...], Field("登记表文字")] = ()
    indicators: Annotated[tuple[Indicator, ...], Field("指标")] = ()
    plan_years: Annotated[tuple[PlanYear, ...], Field("多年规划", source="R74")] = ()
    focus_industries: Annotated[
        tuple[str, ...], Field("重点领域（行业）", codes=codes.INDUSTRY, source="R73")
    ] = ()
    focus_themes: Annotated[
        tuple[str, ...], Field("重点领域（工作）", longest=200, source="R73")
    ] = ()
    extra_fields: Annotated[tuple[ExtraField, ...], Field("增加的项目")] = ()

    def indicator_named(self, text: str) -> Indicator | None:
        """The indicator that a text means: its code, its name, or both as `Indicator.words`."""
        wanted = lookup_key(text)
        by_code = [one for one in self.indicators if lookup_key(one.code) == wanted]
        by_name = [
            one
            for one in self.indicators
            if wanted in (lookup_key(one.title), lookup_key(one.words))
        ]
        found = by_code or by_name
        return found[0] if wanted and len(found) == 1 else None
