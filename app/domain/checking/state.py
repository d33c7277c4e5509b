"""Where a record stands: closed, overdue, to be reported, to be seen again. Each rule once.

The figures, 首页, the hand-over list, the checks and the lists all ask here. The database asks
the same of many records at once (`database.state.standing`); one test compares both on generated
records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from app.domain.codes import REPORT_SECTION
from app.domain.codes.enterprise import NO_CONTRACT
from app.domain.kernel.fields import value_of
from app.domain.records import (
    Aid,
    Campaign,
    Case,
    Demand,
    Diary,
    Document,
    Enterprise,
    Hazard,
    Meeting,
    Person,
    Phase,
    Plan,
    Visit,
)

CLOSED = "closed"
"""办结: of a demand's 办理情况 and of a case's 进展."""
SEEN_AGAIN = "followed"
"""回访: of a case's 进展."""

SOON = dt.timedelta(days=30)
"""A visit after help is near this long before its day."""
OVER = dt.timedelta(days=60)
"""So long after its end nobody is told any more what a campaign still wants."""
LARGE_SUM = Decimal(50_000)
"""More than so many yuan at once is looked at twice."""
YEAR = dt.timedelta(days=365)
"""A file of a worker in difficulty is rechecked within so long."""
UNVERIFIED = ("", "preset")
"""核实情况 of a unit nobody has looked at yet."""
DECIDED = ("adopted", "returned")
"""Of a document's 采用情况: 采用, 退回."""
RESEARCH = "research"
"""综合调研报告: of a document's 材料类别."""
GRAVE = ("major", "critical")
"""预警级别 that the city looks at itself: 重大, 特别重大 (R59)."""


def is_closed(record: Demand | Case) -> bool:
    """办结: its 办理情况 (进展) says so, or it has a 办结日期.

    Either alone is enough: who wrote one forgot the other. The checks ask for it.
    """
    return _stage(record) == CLOSED or record.closed_on is not None


def lacks_closing_day(record: Demand | Case) -> bool:
    """It is said to be closed, and nobody wrote when."""
    return _stage(record) == CLOSED and record.closed_on is None


def is_closed_against_word(record: Demand | Case) -> bool:
    """It has a 办结日期, and its 办理情况 (进展) says something else."""
    return record.closed_on is not None and _stage(record) not in ("", CLOSED)


def _stage(record: Demand | Case) -> str:
    return record.state if isinstance(record, Demand) else record.stage


def is_overdue(demand: Demand, today: dt.date) -> bool:
    """超期: its 办理期限 lies before today and it is not closed."""
    return demand.due is not None and demand.due < today and not is_closed(demand)


def waits_above(demand: Demand) -> bool:
    """待上级答复: the office above was asked to help (R30), has not answered, and it is open."""
    return bool(demand.requested) and not demand.upper_reply and not is_closed(demand)


def is_seen_again(case: Case) -> bool:
    """回访过: its 进展 says so, or it has a 回访日期."""
    return case.followed_up_on is not None or case.stage == SEEN_AGAIN


def is_to_revisit(case: Case) -> bool:
    """应回访: helped, or with a day to be visited again, and neither visited again nor closed."""
    expected = case.follow_up_due is not None or case.aided_on is not None
    return expected and not is_seen_again(case) and not is_closed(case)


def is_revisit_near(case: Case, today: dt.date) -> bool:
    """待回访: to be visited again, on a day that is past or comes within `SOON`."""
    due = case.follow_up_due
    return is_to_revisit(case) and due is not None and due <= today + SOON


def is_open(hazard: Hazard) -> bool:
    """没有化解."""
    return hazard.closed_on is None


def is_reported(hazard: Hazard) -> bool:
    """Told to both the Party committee and the union above (R24)."""
    return bool(hazard.reported_to_party and hazard.reported_to_union)


def is_to_report(hazard: Hazard) -> bool:
    """Neither resolved nor told to both."""
    return is_open(hazard) and not is_reported(hazard)


def is_grave(hazard: Hazard) -> bool:
    """重大: of a level that the city looks at itself, and not resolved."""
    return is_open(hazard) and hazard.level in GRAVE


def is_large(aid: Aid) -> bool:
    """More was given at once, money and goods together, than `LARGE_SUM`."""
    return Decimal(aid.money or 0) + Decimal(aid.goods_value or 0) > LARGE_SUM


def is_unverified(enterprise: Enterprise) -> bool:
    """待核实: nobody has said yet whether the unit is there (R63)."""
    return enterprise.verification in UNVERIFIED


def is_unaided(persons: Collection[str], aids: Iterable[Aid], cases: Mapping[str, Case]) -> bool:
    """未帮扶: nothing was given to the person, whose files (ids) these are.

    An aid that names nobody is for whom its case is.
    """
    nobody = Case()
    return all((aid.person or cases.get(aid.case, nobody).person) not in persons for aid in aids)


def is_recheck_due(person: Person, today: dt.date) -> bool:
    """一年未复核: neither filed nor rechecked within a `YEAR`."""
    days = [day for day in (person.rechecked_on, person.filed_on) if day is not None]
    return not days or max(days) < today - YEAR


def lacking_parts(document: Document) -> tuple[str, ...]:
    """缺哪几部分: the parts of a 综合调研报告 that it has no text of (R17), in words.

    A part ticked in a report of an earlier version of the program is there in its file.
    """
    if document.kind != RESEARCH:
        return ()
    return tuple(
        code.label
        for code in REPORT_SECTION
        if not value_of(document, code.value) and code.value not in document.sections
    )


def lacks_parts(document: Document) -> bool:
    """内容不全: a 综合调研报告 without one of its four parts."""
    return bool(lacking_parts(document))


def is_submitted(document: Document) -> bool:
    """已报出: it has a 报出日期, or its 采用情况 says so (R69)."""
    return document.submitted_on is not None or bool(document.outcome)


def is_undecided(document: Document) -> bool:
    """报出待定: sent up, and neither adopted nor returned."""
    return is_submitted(document) and document.outcome not in DECIDED


def is_unfulfilled(meeting: Meeting, today: dt.date) -> bool:
    """到期未落实: what was decided, or asked for at an inspection, is due and not done (R45)."""
    return meeting.due is not None and meeting.due < today and meeting.done_on is None


def is_unlogged(visit: Visit, diaries: Iterable[Diary]) -> bool:
    """没有日志: its work group kept no 调查日志 of its day (R16)."""
    if not visit.group or visit.visited_on is None:
        return False
    return all((one.group, one.kept_on) != (visit.group, visit.visited_on) for one in diaries)


def is_within(day: dt.date, starts: dt.date | None, ends: dt.date | None) -> bool:
    """Whether a day lies between two others; an end that is open reaches to any day."""
    return (starts or day) <= day <= (ends or day)


def is_in_campaign(campaign: Campaign, day: dt.date) -> bool:
    """Whether a day lies in the campaign."""
    return is_within(day, campaign.starts, campaign.ends)


def has_contract(enterprise: Enterprise, day: dt.date) -> bool:
    """Whether a unit's 工资集体合同 of any kind is in force on a day; open ends never end (R64)."""
    if enterprise.wage_contract in ("", NO_CONTRACT):
        return False
    return is_within(day, enterprise.wage_contract_from, enterprise.wage_contract_to)


def concentrated_phases(campaign: Campaign) -> tuple[Phase, ...]:
    """集中走访阶段 (R41): usually one."""
    return tuple(phase for phase in campaign.phases if phase.concentrated)


def is_in_concentrated_phase(campaign: Campaign, day: dt.date) -> bool:
    """Whether a day lies in 集中走访阶段, or in the campaign where none is set (R41)."""
    phases = concentrated_phases(campaign)
    if not phases:
        return is_in_campaign(campaign, day)
    return any(is_within(day, phase.starts, phase.ends) for phase in phases)


def is_outside_concentrated_phase(campaign: Campaign, day: dt.date) -> bool:
    """Whether a day of the campaign lies outside its 集中走访阶段."""
    return is_in_campaign(campaign, day) and not is_in_concentrated_phase(campaign, day)


def is_over(campaign: Campaign, today: dt.date) -> bool:
    """Whether a campaign ended long ago."""
    return campaign.ends is not None and campaign.ends + OVER < today


def is_late(plan: Plan, today: dt.date, *, visited: bool) -> bool:
    """逾期: its 计划日期 is past and nobody went."""
    return not visited and plan.planned is not None and plan.planned < today
