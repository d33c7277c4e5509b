"""分类统计: which tables there are, each by what its records are parted and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.codes import (
    ACTIVITY_KIND,
    AID_PROGRAMME,
    AID_TYPE,
    CASE_STAGE,
    DEMAND_CATEGORY,
    DEMAND_RAISER,
    DEMAND_STATE,
    DOCUMENT_KIND,
    ENTERPRISE_KIND,
    FOUR_FRONT,
    FUND_SOURCE,
    HAZARD_NATURE,
    INDUSTRY,
    MECHANISM,
    MEDIA_FORM,
    MEETING_KIND,
    METHOD,
    NEW_TREND,
    OWNERSHIP,
    PERSON_CATEGORY,
    POLICY_KIND,
    PRIORITY,
    PROGRAMME,
    SIX_ITEMS,
    WARNING_LEVEL,
)
from app.domain.kernel.codelist import Code, CodeList
from app.domain.records import (
    Activity,
    Aid,
    Case,
    Demand,
    Diary,
    Document,
    Enterprise,
    Group,
    Hazard,
    Meeting,
    Person,
    Plan,
    Policy,
    Press,
    Record,
    Visit,
)
from database.state.tallies import PERSONS, RECORDS


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted and in which unit; 人次, 人, 户 and 件 are never added to each other."""

    name: str
    title: str
    unit: str
    only: bool = False
    """Whether it counts some of the records alone: those that are closed, adopted, …"""
    money: bool = False
    """Whether it is an amount, counted in hundredths of its unit."""

    @property
    def heading(self) -> str:
        """慰问金（元）."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class TallyKind:
    """One table: records of a type, parted by `part` with the words of `codes`.

    `several` says that one record may stand under several, so that they do not add up;
    `of_directory` that units are counted, and whether they were visited. `field` is what the
    field is called that a campaign added, "" for the tables that every campaign has.
    """

    name: str
    title: str
    record_type: type[Record]
    part: str
    codes: CodeList
    measures: tuple[Measure, ...]
    several: bool = False
    of_directory: bool = False
    field: str = ""


AGES = CodeList(
    "demand_ages",
    "办理时长",
    (
        Code("30", "30天以内"),
        Code("60", "31—60天"),
        Code("90", "61—90天"),
        Code("180", "91—180天"),
        Code("more", "180天以上"),
    ),
)
LED = CodeList("led", "带队", (Code("yes", "主要领导带队"), Code("no", "其他领导带队")))

SECTIONS = CodeList(
    "sections", "行业门类", tuple(code for code in INDUSTRY if code.value.isalpha())
)
SIZES = CodeList(
    "sizes",
    "规模",
    (
        Code("above", "规模以上"),
        Code("large", "规模以下，职工达到界线"),
        Code("small", "规模以下，职工不到界线"),
    ),
)
FOCUS = CodeList("focus", "重点领域", (Code("key", "重点企业"),))
"""重点领域 (R73): the industries that the campaign chose come before."""

_FIRMS = (
    Measure("firms", "名录单位", "户"),
    Measure("visited", "已走访", "户"),
    Measure("unvisited", "没有走访", "户"),
)
_VISITS = (Measure(RECORDS, "走访", "次"),)
_MEETINGS = (*_VISITS, Measure("workers_met", "走访职工", "人次"))
_DEMANDS = (
    Measure(RECORDS, "诉求", "件"),
    Measure("closed", "已办结", "件", only=True),
    Measure("overdue", "超期", "件", only=True),
)
_CASES = (
    Measure(RECORDS, "事项", "件"),
    Measure(PERSONS, "帮扶", "人"),
    Measure("closed", "已办结", "件", only=True),
)
_AIDS = (
    Measure(RECORDS, "帮扶", "人次"),
    Measure(PERSONS, "帮扶", "人"),
    Measure("money", "慰问金", "元", money=True),
    Measure("goods_value", "实物折价", "元", money=True),
)
_HAZARDS = (
    Measure(RECORDS, "隐患", "件"),
    Measure("people", "涉及", "人"),
    Measure("closed", "已化解", "件", only=True),
)
_DOCUMENTS = (
    Measure(RECORDS, "材料", "件"),
    Measure("submitted", "已报出", "件", only=True),
    Measure("adopted", "采用", "件", only=True),
    Measure("returned", "退回", "件", only=True),
)
_ACTIVITIES = (Measure(RECORDS, "活动", "次"), Measure("people", "参加", "人次"))
_HELD = (Measure(RECORDS, "会议督查", "次"), Measure("done", "已落实", "次", only=True))
_POLICIES = (Measure(RECORDS, "制度成果", "件"),)
_PRESS = (Measure(RECORDS, "报道", "件"),)
_DIARIES = (Measure(RECORDS, "日志", "件"),)

MEASURES: Mapping[type[Record], tuple[Measure, ...]] = {
    Visit: _MEETINGS,
    Plan: (Measure(RECORDS, "安排", "次"),),
    Group: (Measure(RECORDS, "工作组", "个"),),
    Document: _DOCUMENTS,
    Press: _PRESS,
    Activity: _ACTIVITIES,
    Meeting: _HELD,
    Diary: _DIARIES,
    Policy: _POLICIES,
    Demand: _DEMANDS,
    Person: (Measure(RECORDS, "档案", "户"),),
    Case: _CASES,
    Aid: _AIDS,
    Hazard: _HAZARDS,
}
"""What is counted of the types to which a campaign may add fields."""

KINDS: tuple[TallyKind, ...] = (
    TallyKind("six", "六个到位", Visit, "items", SIX_ITEMS, _VISITS, several=True),
    TallyKind("front", "四个在一线", Visit, "front_line", FOUR_FRONT, _MEETINGS, several=True),
    TallyKind("priorities", "工作重点", Visit, "priorities", PRIORITY, _MEETINGS, several=True),
    TallyKind("methods", "调研方式", Visit, "methods", METHOD, _MEETINGS, several=True),
    TallyKind("programmes", "结合的活动", Visit, "programmes", PROGRAMME, _MEETINGS, several=True),
    TallyKind("led", "带队领导", Visit, "led_by_chief", LED, _MEETINGS),
    *(
        TallyKind(
            f"firms-{part}",
            f"走访单位 · {codes.label}",
            Enterprise,
            part,
            codes,
            _FIRMS,
            several=part == "focus",
            of_directory=True,
        )
        for part, codes in (
            ("kind", ENTERPRISE_KIND),
            ("ownership", OWNERSHIP),
            ("section", SECTIONS),
            ("size", SIZES),
            ("focus", FOCUS),
        )
    ),
    TallyKind("demands", "诉求 · 类别", Demand, "category", DEMAND_CATEGORY, _DEMANDS),
    TallyKind("states", "诉求 · 办理情况", Demand, "state", DEMAND_STATE, _DEMANDS),
    TallyKind("ages", "诉求 · 办理时长", Demand, "age", AGES, _DEMANDS),
    TallyKind("raisers", "诉求 · 提出人", Demand, "raiser", DEMAND_RAISER, _DEMANDS),
    TallyKind("demand-trends", "诉求 · 三新", Demand, "trends", NEW_TREND, _DEMANDS, several=True),
    TallyKind("cases", "帮扶事项 · 类型", Case, "types", AID_TYPE, _CASES, several=True),
    TallyKind("stages", "帮扶事项 · 进展", Case, "stage", CASE_STAGE, _CASES),
    TallyKind("seasons", "帮扶 · 四季送", Aid, "programme", AID_PROGRAMME, _AIDS),
    TallyKind("people", "帮扶 · 人员类别", Aid, "categories", PERSON_CATEGORY, _AIDS, several=True),
    TallyKind("aids", "帮扶 · 类型", Aid, "type", AID_TYPE, _AIDS),
    TallyKind("funds", "帮扶 · 资金来源", Aid, "fund", FUND_SOURCE, _AIDS),
    TallyKind("natures", "隐患 · 性质", Hazard, "nature", HAZARD_NATURE, _HAZARDS),
    TallyKind("levels", "隐患 · 预警级别", Hazard, "level", WARNING_LEVEL, _HAZARDS),
    TallyKind("hazard-trends", "隐患 · 三新", Hazard, "trends", NEW_TREND, _HAZARDS, several=True),
    TallyKind("documents", "信息和材料 · 采用", Document, "kind", DOCUMENT_KIND, _DOCUMENTS),
    TallyKind("outlets", "媒体报道", Press, "form", MEDIA_FORM, _PRESS),
    TallyKind("activities", "活动 · 类型", Activity, "kind", ACTIVITY_KIND, _ACTIVITIES),
    TallyKind("meetings", "会议与督查", Meeting, "kind", MEETING_KIND, _HELD),
    TallyKind(
        "diaries",
        "调查日志 · 涉及内容",
        Diary,
        "categories",
        DEMAND_CATEGORY,
        _DIARIES,
        several=True,
    ),
    TallyKind("policies", "制度成果 · 类别", Policy, "kind", POLICY_KIND, _POLICIES),
    TallyKind(
        "mechanisms",
        "制度成果 · 四个机制",
        Policy,
        "mechanisms",
        MECHANISM,
        _POLICIES,
        several=True,
    ),
)

ACROSS: dict[str, str] = {
    "": "合计",
    "unit": "单位",
    "area": "乡镇（街道）、园区",
    "group": "工作组",
    "month": "月份",
}
"""By what else a table is parted: its rows, as the clerk reads it."""
