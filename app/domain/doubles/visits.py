"""The same visit registered twice, and a household aided twice in a year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.counted_visit import CountedVisit
from app.domain.codes import FUND_SOURCE
from app.domain.doubles.evidence import CROWD, FAIR, STRONG, WEAK, Evidence, Found, Kind, blocks_of
from app.domain.kernel.text import match_key
from app.domain.merging.link_decisions import Pair, Sameness, pair
from app.domain.records import Aid

WITHIN_DAYS = 7
_BOTH_BOUND = frozenset({"city", "county"})


def same_visits(ground: CampaignData, *, within_days: int = WITHIN_DAYS) -> Found:
    """Visits of one campaign to one enterprise on one day, or by two levels within some days."""
    evidence = Evidence(Kind.VISIT, Sameness.of(ground.links, Kind.VISIT))
    by_day = blocks_of(ground.visits, lambda one: _day_key(ground, ground.visits[one]))
    for both in evidence.pairs("单位和走访日期", by_day):
        one, other = (ground.filed_by(record, ground.visits[record].unit) for record in both)
        if one == other:
            evidence.add(both, "同一单位登记了两次：走访单位和日期都相同。", STRONG)
        else:
            names = "、".join(_unit_name(ground, unit) for unit in sorted((one, other)))
            evidence.add(both, f"走访单位和日期都相同，由{names}分别登记。", STRONG)
    for both, days in _near_days(ground, within_days):
        levels = frozenset(_level(ground, record) for record in both)
        if len(levels - {""}) == 2:
            weight = FAIR if levels == _BOTH_BOUND else WEAK
            evidence.add(both, f"两级工会走访同一单位，相隔 {days} 天。", weight)
    return evidence.found()


def twice_aided(ground: CampaignData, households: Sameness) -> Found:
    """Aid to one household in one year by different stations, or from different funds."""
    evidence = Evidence(Kind.AID, Sameness.of(ground.links, Kind.AID))
    yearly: dict[tuple[str, int], list[str]] = defaultdict(list)
    for record, aid in sorted(ground.aids.items(), key=lambda item: _when(*item)):
        if aid.given_on and (person := _person_of(ground, aid)):
            yearly[households.one(person), aid.given_on.year].append(record)
    for (_, year), aids in yearly.items():
        for at, record in enumerate(aids):
            _compare_aid(evidence, ground, year, record, aids[max(0, at - CROWD) : at])
    return evidence.found()


def _day_key(ground: CampaignData, visit: CountedVisit) -> Iterable[tuple[str, str, dt.date]]:
    target = _target(ground, visit)
    if target and visit.visited_on:
        yield visit.campaign, target, visit.visited_on


def _target(ground: CampaignData, visit: CountedVisit) -> str:
    """What was visited: the enterprise, else the name as written."""
    if visit.enterprise:
        return ground.same_enterprise.one(visit.enterprise)
    return match_key(visit.enterprise_name)


def _near_days(ground: CampaignData, within_days: int) -> Iterable[tuple[Pair, int]]:
    targets: dict[tuple[str, str], list[tuple[dt.date, str]]] = defaultdict(list)
    for record, visit in ground.visits.items():
        if visit.visited_on and (target := _target(ground, visit)):
            targets[visit.campaign, target].append((visit.visited_on, record))
    for visits in targets.values():
        visits.sort()
        for at, (day, record) in enumerate(visits):
            for earlier, other in visits[max(0, at - CROWD) : at]:
                days = (day - earlier).days
                if 0 < days <= within_days:
                    yield pair(record, other), days


def _compare_aid(
    evidence: Evidence, ground: CampaignData, year: int, record: str, earlier: Sequence[str]
) -> None:
    """Pair one aid with the first before it by another station, else from another fund."""
    aid = ground.aids[record]
    unit = ground.filed_by(record, aid.unit)
    for other in earlier:
        theirs = ground.filed_by(other, ground.aids[other].unit)
        if theirs != unit:
            names = "、".join(_unit_name(ground, code) for code in sorted((unit, theirs)))
            evidence.add(pair(record, other), f"同一户 {year} 年由{names}分别帮扶。", STRONG)
            return
    for other in earlier:
        fund = ground.aids[other].fund
        if fund and aid.fund and fund != aid.fund:
            names = "、".join(FUND_SOURCE.label_of(one) for one in sorted((fund, aid.fund)))
            evidence.add(pair(record, other), f"同一户 {year} 年从{names}两处得到帮扶。", FAIR)
            return


def _person_of(ground: CampaignData, aid: Aid) -> str:
    case = ground.cases.get(aid.case)
    return aid.person or (case.person if case else "")


def _when(record: str, aid: Aid) -> tuple[dt.date, str]:
    return aid.given_on or dt.date.max, record


def _level(ground: CampaignData, record: str) -> str:
    return ground.level_of_visit(record, ground.visits[record])


def _unit_name(ground: CampaignData, code: str) -> str:
    names: Mapping[str, str] = {unit.code: unit.name for unit in ground.units_in_force}
    return names.get(code) or code or "未知单位"
