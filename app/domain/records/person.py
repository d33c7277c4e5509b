"""困难职工档案: a worker in difficulty and the household."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import Applies, Field, Money
from app.domain.records.base import Record, Row
from app.domain.records.facts import Carry, Facts, Part, Place, Search, Told
from app.domain.records.paper_mark import PaperMarks
from app.domain.values.resident_id import parse_resident_id
from app.domain.values.telephone import plain_telephone


def resident_number(text: str) -> str:
    """The 18-digit number a person meant; raises `UserError` when it cannot be one."""
    return parse_resident_id(text).number18


def _told_by_number(told: Told) -> Told:
    """Sex and birthday, where an ID number was given that can be one."""
    try:
        read = parse_resident_id(told.get("resident_id") or "")
    except UserError:
        return {}
    return {"sex": read.sex, "born": read.birth.isoformat()}


class FamilyMember(Row, frozen=True, kw_only=True):
    """家庭成员 of a worker in difficulty."""

    name: Annotated[str, Field("姓名", required=True, longest=50)] = ""
    relation: Annotated[str, Field("关系", codes=codes.RELATION, required=True)] = ""
    sex: Annotated[str, Field("性别", codes=codes.SEX)] = ""
    nationality: Annotated[str, Field("民族", codes=codes.NATIONALITY)] = ""
    politics: Annotated[str, Field("政治面貌", codes=codes.POLITICS)] = ""
    resident_id: Annotated[
        str, Field("身份证号", sensitive=True, longest=18, read=resident_number)
    ] = ""
    born: Annotated[dt.date | None, Field("出生日期", past=True, needs_year=True)] = None
    health: Annotated[str, Field("健康状况", codes=codes.HEALTH, sensitive=True)] = ""
    insurance: Annotated[str, Field("医保状况", codes=codes.INSURANCE)] = ""
    monthly_income: Annotated[Money | None, Field("月收入", unit="元")] = None
    status: Annotated[str, Field("身份", codes=codes.WORK_STATUS)] = ""
    place: Annotated[str, Field("单位或学校")] = ""
    schooling: Annotated[str, Field("当前学历")] = ""
    school_from: Annotated[int | None, Field("入学年份", ge=1950, le=2100)] = None
    school_years: Annotated[int | None, Field("年制", unit="年", ge=1, le=10)] = None


class Person(Record, frozen=True, kw_only=True):
    """困难职工档案: one household, one file (一户一档)."""

    type_name: ClassVar[str] = "person"
    label: ClassVar[str] = "困难职工档案"
    mark: ClassVar[str] = "困"
    facts: ClassVar[Facts] = Facts(
        place=Place("persons", "困难职工档案", Part.DAILY, 3),
        noun="档案",
        why="一户一档，身份证号、困难情况和家庭成员都在这里。\n填档案前请先取得本人的知情同意。",
        title=("name",),
        who="workplace",
        day="filed_on",
        search=Search("p", ("name", "workplace", "resident_id", "telephone")),
        certain=(("resident_id",),),
        around=("enterprise",),
        telling=("name", "main_cause"),
        steps=("filed_on", "consent_on"),
        timeline="本户经过",
        carried=(Carry("enterprise", {"workplace": "name"}),),
        implied=_told_by_number,
        counted=("name", "enterprise"),
        proofread=True,
    )

    name: Annotated[str, Field("姓名", required=True, longest=50)] = ""
    resident_id: Annotated[
        str,
        Field(
            "身份证号",
            required=True,
            sensitive=True,
            longest=18,
            indexed=True,
            read=resident_number,
            source="GB 11643",
        ),
    ] = ""
    sex: Annotated[str, Field("性别", codes=codes.SEX)] = ""
    born: Annotated[dt.date | None, Field("出生日期", past=True, needs_year=True)] = None
    nationality: Annotated[str, Field("民族", codes=codes.NATIONALITY, source="GB/T 3304")] = ""
    politics: Annotated[str, Field("政治面貌", codes=codes.POLITICS)] = ""
    distress_class: Annotated[str, Field("困难类别", codes=codes.DISTRESS_CLASS)] = ""
    categories: Annotated[
        tuple[str, ...], Field("人员类别", codes=codes.PERSON_CATEGORY, source="R18, R19, R65")
    ] = ()
    model_worker: Annotated[str, Field("劳模类型", codes=codes.MODEL_WORKER, source="R19")] = ""
    main_cause: Annotated[str, Field("主要致困原因", codes=codes.DISTRESS_CAUSE)] = ""
    other_causes: Annotated[tuple[str, ...], Field("次要致困原因", codes=codes.DISTRESS_CAUSE)] = ()
    health: Annotated[str, Field("健康状况", codes=codes.HEALTH, sensitive=True)] = ""
    disability: Annotated[
        str,
        Field(
            "残疾类别", codes=codes.DISABILITY, sensitive=True, applies=Applies("health", ("60",))
        ),
    ] = ""
    marriage: Annotated[str, Field("婚姻状况", codes=codes.MARRIAGE)] = ""
    single_parent: Annotated[bool | None, Field("是否单亲")] = None
    status: Annotated[str, Field("工作状态", codes=codes.WORK_STATUS)] = ""
    enterprise: Annotated[str, Field("工作单位（名录）", links="enterprise")] = ""
    workplace: Annotated[str, Field("工作单位")] = ""
    industry: Annotated[str, Field("所属行业", codes=codes.INDUSTRY)] = ""
    working_since: Annotated[dt.date | None, Field("参加工作时间", past=True, needs_year=True)] = (
        None
    )
    housing: Annotated[str, Field("住房类型", codes=codes.HOUSING)] = ""
    floor_area: Annotated[
        int | None, Field("建筑面积", unit="平方米", ge=0, le=10_000, applies=Applies("housing"))
    ] = None
    registration: Annotated[str, Field("户口类型", codes=codes.HOUSEHOLD_REGISTRATION)] = ""
    registered_area: Annotated[str, Field("户口所在地", links="area")] = ""
    address: Annotated[str, Field("家庭住址", sensitive=True)] = ""
    telephone: Annotated[
        str, Field("手机号码", read=plain_telephone, sensitive=True, longest=40)
    ] = ""
    other_contact: Annotated[str, Field("其他联系方式", read=plain_telephone, sensitive=True)] = ""
    postcode: Annotated[str, Field("邮政编码", longest=6)] = ""
    insurance: Annotated[str, Field("医保状况", codes=codes.INSURANCE)] = ""
    monthly_income: Annotated[Money | None, Field("本人月平均收入", unit="元")] = None
    other_income: Annotated[Money | None, Field("家庭其他非薪资年收入", unit="元")] = None
    yearly_income: Annotated[Money | None, Field("家庭年度总收入", unit="元")] = None
    household_size: Annotated[int | None, Field("家庭人口", unit="人", ge=1, le=30)] = None
    self_help: Annotated[bool | None, Field("有一定自救能力")] = None
    no_earner: Annotated[bool | None, Field("零就业家庭", source="R65")] = None
    family: Annotated[tuple[FamilyMember, ...], Field("家庭成员")] = ()
    bank: Annotated[str, Field("开户银行", sensitive=True)] = ""
    bank_card: Annotated[
        str, Field("银行卡号", sensitive=True, longest=30, applies=Applies("bank"))
    ] = ""
    story: Annotated[str, Field("困难情况", prose=True, longest=5000, sensitive=True)] = ""
    consent_scope: Annotated[str, Field("知情同意内容", help="告知了什么、同意了什么")] = ""
    consent_on: Annotated[dt.date | None, Field("知情同意日期", past=True)] = None
    consent_signed: Annotated[bool | None, Field("已签纸质同意书")] = None
    consent_withdrawn_on: Annotated[
        dt.date | None, Field("撤回同意日期", past=True, applies=Applies("consent_on"))
    ] = None
    filed_on: Annotated[dt.date | None, Field("建档日期", past=True)] = None
    rechecked_on: Annotated[
        dt.date | None, Field("复核日期", past=True, help="每年复核一次：最近一次是哪一天")
    ] = None
    paper_marks: PaperMarks = ()
