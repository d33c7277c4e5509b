"""The rules that look at more than one field, as data: one line of code and its words each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from app.domain.checking.campaign_rules import CAMPAIGN_RULES
from app.domain.checking.evaluation_rules import EVALUATION_RULES
from app.domain.checking.rule import Context, Rule, Severity, is_backward
from app.domain.checking.state import (
    SEEN_AGAIN,
    is_closed_against_word,
    is_in_campaign,
    is_large,
    is_outside_concentrated_phase,
    is_reported,
    lacking_parts,
    lacks_closing_day,
)
from app.domain.codes.enterprise import NO_CONTRACT
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import value_of
from app.domain.records import (
    Aid,
    Case,
    Contact,
    Demand,
    Document,
    Enterprise,
    Hazard,
    Operator,
    Person,
    Plan,
    Record,
    Unit,
    Visit,
)
from app.domain.values.name_marks import lost_characters, odd_dot
from app.domain.values.resident_id import parse_resident_id
from app.domain.values.telephone import is_telephone
from app.domain.values.uscc import parse_uscc


def _no_such_id(text: str) -> bool:
    try:
        parse_resident_id(text)
    except UserError:
        return True
    return False


def _bad_id(person: Person, context: Context) -> bool:
    return bool(person.resident_id) and _no_such_id(person.resident_id)


def _bad_family_id(person: Person, context: Context) -> bool:
    return any(row.resident_id and _no_such_id(row.resident_id) for row in person.family)


def _bad_uscc(enterprise: Enterprise, context: Context) -> bool:
    if not enterprise.uscc:
        return False
    try:
        parse_uscc(enterprise.uscc)
    except UserError:
        return True
    return False


def _differs_from_id(person: Person, context: Context) -> bool:
    if not person.resident_id or _no_such_id(person.resident_id):
        return False
    read = parse_resident_id(person.resident_id)
    return (person.born or read.birth) != read.birth or (person.sex or read.sex) != read.sex


def _outside_campaign(record: Visit | Plan, context: Context) -> bool:
    campaign = context.campaign
    day = record.visited_on if isinstance(record, Visit) else record.planned
    return campaign is not None and day is not None and not is_in_campaign(campaign, day)


def _outside_concentrated(visit: Visit, context: Context) -> bool:
    campaign, day = context.campaign, visit.visited_on
    if campaign is None or day is None:
        return False
    return is_outside_concentrated_phase(campaign, day)


def _stages_backward(case: Case, context: Context) -> bool:
    days = (case.found_on, case.verified_on, case.aided_on, case.followed_up_on, case.closed_on)
    known = [day for day in days if day is not None]
    return known != sorted(known)


def _times_backward(hazard: Hazard, context: Context) -> bool:
    times = (hazard.found_at, hazard.joined_at, hazard.handled_at)
    known = [moment.isoformat() for moment in times if moment is not None]
    return known != sorted(known)


def _no_telephone(name: str, record: Record, context: Context) -> bool:
    text = value_of(record, name)
    return bool(text) and not is_telephone(text)


def _nothing_given(aid: Aid, context: Context) -> bool:
    return not (aid.money or aid.goods or aid.content)


def _sections_missing(document: Document, context: Context) -> bool:
    return bool(lacking_parts(document))


def _more_met(visit: Visit, context: Context) -> bool:
    return visit.headcount is not None and (visit.workers_met or 0) > visit.headcount


def _more_members(enterprise: Enterprise, context: Context) -> bool:
    return (enterprise.members or 0) > (enterprise.headcount or enterprise.members or 0)


def _has_kind(unit: Enterprise) -> bool:
    return unit.wage_contract not in ("", NO_CONTRACT)


def _any_lost(names: Iterable[str]) -> bool:
    return any(map(lost_characters, names))


_LOST = "名称里有丢失的字（显示成方框、问号或星号）。"
_LOOK = "请照原件把字补上；确实如此请说明理由。"
_E, _A, _N = Severity.ERROR, Severity.ASK, Severity.NOTE

RULES: tuple[Rule, ...] = (
    Rule(
        "P01", _E, Person, "resident_id", _bad_id,
        "身份证号不对。", "请照证件逐位核对。",
    ),
    Rule(
        "P02", _E, Person, "family", _bad_family_id,
        "家庭成员的身份证号不对。", "请照户口本逐位核对。",
    ),
    Rule(
        "P03", _N, Person, "born", _differs_from_id,
        "出生日期或性别与身份证号不一致。", "请核对；确实如此请说明理由。",
    ),
    Rule(
        "P04", _N, Person, "consent_on",
        lambda person, context: person.consent_on is None,
        "还没有登记本人的知情同意。", "请补登同意日期，或说明理由。",
    ),
    Rule(
        "P05", _N, Person, "name",
        lambda person, context: _any_lost((person.name, *(one.name for one in person.family))),
        _LOST, _LOOK,
    ),
    Rule(
        "P06", _N, Person, "name",
        lambda person, context: odd_dot(person.name),
        "姓名中间的点或空格看不准。", "少数民族姓名中间写“·”；确实如此请说明理由。",
    ),
    Rule(
        "U03", _N, Enterprise, "name",
        lambda enterprise, context: lost_characters(enterprise.name),
        _LOST, _LOOK,
    ),
    Rule(
        "V06", _N, Visit, "enterprise_name",
        lambda visit, context: _any_lost((visit.enterprise_name, *visit.leaders)),
        _LOST, _LOOK,
    ),
    Rule(
        "U01", _E, Enterprise, "uscc", _bad_uscc,
        "统一社会信用代码不对。", "请照营业执照逐位核对。",
    ),
    Rule(
        "U02", _N, Enterprise, "members", _more_members,
        "会员人数多于职工人数。", "请核对两个数字。",
    ),
    Rule(
        "U04", _N, Enterprise, "wage_contract_to",
        lambda unit, context: is_backward(unit.wage_contract_from, unit.wage_contract_to),
        "工资集体合同的期限，止比起还早。", "请核对两个日期。",
    ),
    Rule(
        "U05", _N, Enterprise, "wage_contract_to",
        lambda unit, context: _has_kind(unit) and unit.wage_contract_to is None,
        "工资集体合同没有写到哪天止。", "请照合同补上期限；没有期限请说明理由。",
    ),
    Rule(
        "U06", _N, Enterprise, "wage_contract",
        lambda unit, context: bool(
            not _has_kind(unit) and (unit.wage_contract_from or unit.wage_contract_to)
        ),
        "写了合同期限，没有写是哪一类工资集体合同。", "请选企业、区域性或行业性。",
    ),
    *(
        Rule(
            code, _N, kind, name, partial(_no_telephone, name),
            "这个电话拨不通：位数不对，或夹着别的字。",
            "请核对号码；座机写区号，分机写“转801”，几个号码用、隔开。",
        )
        for code, kind, name in (
            ("T01", Person, "telephone"),
            ("T02", Enterprise, "management_telephone"),
            ("T03", Enterprise, "union_telephone"),
            ("T04", Unit, "leader_telephone"),
            ("T05", Unit, "clerk_telephone"),
            ("T06", Operator, "telephone"),
            ("T07", Contact, "leader_telephone"),
            ("T08", Contact, "clerk_telephone"),
        )
    ),
    Rule(
        "N01", _E, Unit, "valid_to",
        lambda unit, context: is_backward(unit.valid_from, unit.valid_to),
        "停用日期早于启用日期。", "请核对两个日期。",
    ),
    Rule(
        "V01", _A, Visit, "visited_on", _outside_campaign,
        "走访日期不在活动期间内。", "请核对日期和活动；确实如此请说明理由。",
    ),
    Rule(
        "L01", _A, Plan, "planned", _outside_campaign,
        "计划日期不在活动期间内。", "请核对日期和活动；确实如此请说明理由。",
    ),
    Rule(
        "V02", _N, Visit, "visited_on", _outside_concentrated,
        "走访日期不在集中走访阶段内。", "请核对日期；确实如此请说明理由。",
    ),
    Rule(
        "V03", _N, Visit, "opinions",
        lambda visit, context: not visit.opinions,
        "“建议与意见”是空的。", "纸面上确实没有填写时请说明理由。",
    ),
    Rule(
        "V04", _N, Visit, "headcount",
        lambda visit, context: visit.headcount == 0,
        "职工人数是0。", "请对照纸面核对。",
    ),
    Rule(
        "V05", _N, Visit, "filed_on",
        lambda visit, context: is_backward(visit.visited_on, visit.filed_on),
        "填报日期早于走访日期。", "请核对两个日期。",
    ),
    Rule(
        "V07", _A, Visit, "workers_met", _more_met,
        "走访职工人次多于单位的职工人数。", "请核对两个数字；确实如此请说明理由。",
    ),
    Rule(
        "Q01", _E, Demand, "closed_on",
        lambda demand, context: lacks_closing_day(demand),
        "已办结的意见诉求要填写办结日期。", "请填写办结日期。",
    ),
    Rule(
        "Q02", _N, Demand, "state",
        lambda demand, context: is_closed_against_word(demand),
        "填了办结日期，办理情况却不是“已办结”。", "请改正其中一项；确实如此请说明理由。",
    ),
    Rule(
        "C01", _N, Case, "found_on", _stages_backward,
        "发现、核实、帮扶、回访、办结的日期前后颠倒。", "请核对各个日期。",
    ),
    Rule(
        "C02", _E, Case, "closed_on",
        lambda case, context: lacks_closing_day(case),
        "已办结的事项要填写办结日期。", "请填写办结日期。",
    ),
    Rule(
        "C03", _N, Case, "stage",
        lambda case, context: is_closed_against_word(case),
        "填了办结日期，进展却不是“办结”。", "请改正其中一项；确实如此请说明理由。",
    ),
    Rule(
        "C04", _N, Case, "followed_up_on",
        lambda case, context: case.stage == SEEN_AGAIN and case.followed_up_on is None,
        "进展是“回访”，没有填写回访日期。", "请补填回访日期，或说明理由。",
    ),
    Rule(
        "A01", _E, Aid, "money", _nothing_given,
        "没有填写金额、实物或帮扶内容。", "请至少填写其中一项。",
    ),
    Rule(
        "A02", _N, Aid, "money",
        lambda aid, context: is_large(aid),
        "一次帮扶超过5万元。", "请核对小数点和单位；确实如此请说明理由。",
    ),
    Rule(
        "H01", _N, Hazard, "found_at", _times_backward,
        "发现、介入、处置的时间前后颠倒。", "请核对各个时间。",
    ),
    Rule(
        "H02", _N, Hazard, "reported_to_union",
        lambda hazard, context: not is_reported(hazard),
        "还没有同时报告党政和上级工会。", "请及时报告并补登。",
    ),
    Rule(
        "D01", _A, Document, "situation", _sections_missing,
        "综合调研报告要有情况、分析、建议、对策四个部分。",
        "请把缺的部分写进来；全文只在附件里的请说明理由。",
    ),
    *CAMPAIGN_RULES,
    *EVALUATION_RULES,
)  # fmt: skip
