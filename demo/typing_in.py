"""What the clerks type in: units, visits, demands, hazards, files of persons, cases, aid."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.records import Aid, Case, Enterprise, Person, Record, Visit
from app.domain.records.told import title_of
from app.services.records import saving
from demo.enterprises import FIRMS, VERIFIED, Firm
from demo.opinions import SPECIAL, opinion
from demo.people import CASES, GIFTS, KIN, PEOPLE, STORIES, Gift, Kin, Trouble, Worker, id_number
from demo.places import CITY, SHAWAN, Place
from demo.stage import Stage
from demo.tables import day
from demo.visits import ADDED, CITY_GROUP, TRIPS, Trip

FIRST_DAY, ADDED_FROM = "7-11", "10-31"
"""When typing begins; after which day the field that the city added is known and filled in."""
LEVELS = {"city": "市级", "county": "县级", "township": "乡镇"}
PRIORITIES = ("宣传政策法规", "倾听职工诉求", "协调解决困难", "推动工作发展")
SIX = ("走访慰问", "政策宣传", "调查研究", "指导服务", "困难帮扶", "心理疏导")


def save(
    stage: Stage, place: Place, kind: type[Record], typed: Mapping[str, object], tag: str = ""
) -> str:
    """Type one record in, and remember its id under a name of the story."""
    given = {name: value for name, value in typed.items() if value not in ("", None)}
    saved = saving.save(stage.offices[place], kind, given)
    if tag:
        stage.records[place, f"{kind.type_name} {tag}"] = saved.id
    return saved.id


def type_firms(stage: Stage, place: Place) -> None:
    """单位名录: what the shipped roster does not have."""
    stage.calendar.turn(FIRST_DAY)
    for firm in FIRMS.get(place, ()):
        save(stage, place, Enterprise, _firm(firm) | _rights(firm), firm.name)


def _firm(firm: Firm) -> dict[str, object]:
    return {
        "name": firm.name,
        "area": firm.area,
        "kind": firm.kind,
        "ownership": firm.ownership,
        "industry": firm.industry,
        "headcount": firm.headcount,
        "headcount_on": day("6-30").isoformat(),
        "women": firm.women,
        "above_scale": firm.above,
        "above_scale_year": 2010 if firm.above == "是" else "",
        "has_union": firm.union,
        "management_contact": firm.contact,
        "union_contact": firm.chairman,
        "verification": "已核实",
        "verified_by": "工作组",
        "verified_on": day("7-8").isoformat(),
    }


def _rights(firm: Firm) -> dict[str, object]:
    """What is known of membership, contracts and 职代会 where there is a union (R26, R27)."""
    if firm.union == "否":
        return {"wage_contract": "没有签"}
    large = firm.above == "是"
    known: dict[str, object] = {"members": int(firm.headcount) * 9 // 10}
    if large:
        known |= {"workers_congress": "是", "open_affairs": "是" if firm.chairman else "否"}
    if large or firm.ownership == "集体":
        until = "2011-09-30" if firm.ownership == "集体" else "2012-06-30"
        known |= {"wage_contract": "企业" if large else "区域性"}
        known |= {"wage_contract_from": "2009-10-01", "wage_contract_to": until}
    return known


def verify_roster(stage: Stage) -> None:
    """The city fills in what the roster of 附件1 does not say of its units."""
    on = stage.calendar.turn(FIRST_DAY, 10).isoformat()
    city = stage.offices[CITY]
    ids = {title_of(one.record): one.id for one in saving.listing(city, Enterprise)}
    for one in VERIFIED:
        typed = {"headcount": one.headcount, "headcount_on": on, "above_scale": one.above}
        known = {"verification": "已核实", "verified_on": on}
        saving.save(city, Enterprise, typed | known, record=ids[one.name])


def type_visits(stage: Stage, place: Place, first: str, last: str) -> int:
    """走访登记 of the trips between two days, each typed the same evening; returns how many."""
    done = 0
    for at, trip in enumerate(TRIPS[place]):
        if day(first) <= day(trip.day) <= day(last):
            stage.calendar.turn(trip.day, 17)
            save(stage, place, Visit, _visit(place, trip, at), trip.tag)
            done += 1
    return done


def _visit(place: Place, trip: Trip, at: int) -> dict[str, object]:
    on = day(trip.day).isoformat()
    own: dict[str, object]
    own = {"group": CITY_GROUP} if place is CITY else {"leaders": trip.leaders}
    if place is SHAWAN and day(trip.day) > day(ADDED_FROM):
        own["extra"] = {ADDED: int(trip.met) * 2 // 3}
    return own | {
        "enterprise_name": trip.firm,
        "headcount": _HEADCOUNTS.get(trip.firm, ""),
        "opinions": SPECIAL.get(trip.tag) or opinion(_offset(place) + at),
        "visited_on": on,
        "filed_on": on,
        "level": LEVELS[place.role],
        "led_by_chief": "是" if at % 3 == 0 else "否",
        "workers_met": trip.met,
        "methods": trip.methods,
        "programmes": trip.programmes,
        "front_line": "掌握企业和职工情况、开展政策宣传和维权帮扶",
        "priorities": "、".join(one for n, one in enumerate(PRIORITIES, at) if n % 3),
        "items": [
            {"item": item, "evidence": f"{trip.firm}，{trip.met}名职工参加"}
            for item in SIX[: 2 + at % 5]
        ],
        "discipline": "是",
    }


_HEADCOUNTS = {"兴德轧辊公司": "412人", "乐山无线电公司": "１２５０", "高新区": "2,140"}
"""Typed as clerks type numbers; of other units the list of units knows the headcount."""


def _offset(place: Place) -> int:
    """Where the opinions of an office begin, so that no two visits say the same."""
    before = list(TRIPS)[: list(TRIPS).index(place)]
    return sum(len(TRIPS[one]) for one in before)


def type_people(stage: Stage, place: Place) -> None:
    """困难职工档案, then 帮扶事项 and 帮扶记录 day by day."""
    stage.calendar.turn(FIRST_DAY, 14)
    for worker in PEOPLE[place]:
        save(stage, place, Person, _person(place, worker), worker.name)
    for trouble in CASES[place]:
        _type_case(stage, place, trouble)


def _person(place: Place, worker: Worker) -> dict[str, object]:
    agreed = day(FIRST_DAY).isoformat()
    return {
        "name": worker.name,
        "resident_id": id_number(worker.digits),
        "nationality": worker.nationality,
        "enterprise": worker.firm,
        "distress_class": worker.distress,
        "main_cause": worker.cause,
        "health": worker.health,
        "monthly_income": worker.income,
        "household_size": worker.household,
        "address": f"{place.operator.split('·')[0]}家沟{worker.household}组{worker.income}号",
        "story": STORIES[worker.name],
        "categories": "困难职工",
        "family": [_kin(one) for one in KIN.get(place, ()) if one.worker == worker.name],
        "consent_scope": "档案内容用于困难帮扶，并报上级工会",
        "consent_on": agreed,
        "consent_signed": "是",
        "filed_on": agreed,
    }


def _kin(one: Kin) -> dict[str, object]:
    return {
        "name": one.name,
        "relation": one.relation,
        "resident_id": id_number(one.digits),
        "health": one.health,
        "status": one.status,
    }


def _type_case(stage: Stage, place: Place, trouble: Trouble) -> None:
    gifts = [gift for gift in GIFTS[place] if gift.worker == trouble.worker]
    last = trouble.closed or gifts[-1].day
    stage.calendar.turn(last, 16)
    case = save(stage, place, Case, _case(stage, place, trouble, gifts[0].day), trouble.worker)
    for gift in gifts:
        save(stage, place, Aid, _aid(case, gift))


def _case(stage: Stage, place: Place, trouble: Trouble, aided: str) -> dict[str, object]:
    closed = day(trouble.closed).isoformat() if trouble.closed else ""
    return {
        "person": stage.records[place, f"person {trouble.worker}"],
        "visit": stage.records.get((place, f"visit {trouble.visit}"), ""),
        "types": trouble.types,
        "description": trouble.why,
        "stage": "办结" if closed else "帮扶",
        "found_on": day(trouble.found).isoformat(),
        "aided_on": day(aided).isoformat(),
        "closed_on": closed,
        "responsible": place.signer,
    }


def _aid(case: str, gift: Gift) -> dict[str, object]:
    return {
        "case": case,
        "given_on": day(gift.day).isoformat(),
        "type": gift.type,
        "programme": gift.programme,
        "money": gift.money,
        "goods": gift.goods,
        "goods_value": gift.value,
        "fund": gift.fund,
        "receipt": "本人签领",
    }
