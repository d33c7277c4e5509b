"""A season of visits, the same visit in two books, and visits of two levels that are two."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec

from app.domain.codes import METHOD, SIX_ITEMS
from app.domain.records import Group, ItemDone, Plan, Visit
from tests.bench.city_year import names, noise
from tests.bench.city_year.chance import CAMPAIGN, CITY, FIRST, LAST, Book, Office
from tests.bench.city_year.firms import Firm

_VISIT = Visit.type_name
_LEADERS = ("赖淑芳", "王学东", "陈德生", "李明书", "杨和清", "刘勇")
_SUBJECTS = """
职工培训 工资协商 高温补贴 工伤保险 夜班班车 食堂价格 技校招工 子女就学 社保基数 劳动合同
女工体检 厂区照明 流动资金 提案答复 退休活动室
""".split()
_WISHES = """
希望尽快解决 请工会牵头协调 建议列入明年计划 已当场答复 需与有关部门商量 职工反映较多 比上半年有好转
""".split()


@dataclass(slots=True)
class _Trip:
    """Who went where on which day."""

    firm: Firm
    office: Office
    station: str
    unit: str
    day: dt.date
    leaders: tuple[str, ...]
    level: str = ""


def make_visits(book: Book, firms: list[Firm], count: int, twins: int) -> None:
    """`count` visits, among them twins of about `twins` of each kind, and clashes of levels."""
    for office in book.offices:
        office.leaders = tuple(names.person(book.chance) for _ in range(12))
    towns = {
        area: tuple(names.person(book.chance) for _ in range(4))
        for office in book.offices
        for area, _ in office.towns
    }
    flavours = ("两处登记", "同一单位登记两次", "有无名录链接", "日期差一点", "名录中有两条")
    busy: dict[str, set[dt.date]] = {}
    trips: list[tuple[str, _Trip, Visit]] = []
    for _ in range(count - twins * len(flavours)):
        trip = _trip(book, book.one_of(firms), towns, busy)
        record = _record(book, trip)
        trips.append((book.write(trip.station, trip.day, record), trip, record))
    book.chance.shuffle(trips)
    for flavour in flavours:
        _twin(book, trips, flavour, twins)


def _trip(
    book: Book, firm: Firm, towns: dict[str, tuple[str, ...]], busy: dict[str, set[dt.date]]
) -> _Trip:
    """A visit on a day on which nobody else goes there, but that townships go along at times."""
    chance, office = book.chance, firm.office
    days = busy.setdefault(firm.id, set())
    day = book.day()
    while day in days:
        day = FIRST + dt.timedelta(days=chance.randrange((LAST - FIRST).days + 1))
    days.add(day)
    roll = chance.random()
    if roll < 0.04:
        return _Trip(firm, office, CITY, CITY, day, _some(book, _LEADERS), "city")
    if roll < 0.40:
        return _Trip(firm, office, office.code, office.code, day, _some(book, office.leaders))
    area = firm.record.area
    return _Trip(firm, office, office.code, area, day, _some(book, towns[area]), "township")


def _some(book: Book, people: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(book.chance.sample(people, min(len(people), book.chance.choice((1, 1, 2, 2, 3)))))


def _record(book: Book, trip: _Trip) -> Visit:
    chance, firm = book.chance, trip.firm.record
    heads = firm.headcount or chance.randrange(10, 400)
    linked = chance.random() < 0.9
    return Visit(
        number=book.number(trip.office if trip.station != CITY else None, ""),
        unit=trip.unit,
        campaign=CAMPAIGN,
        leaders=trip.leaders,
        enterprise_name=firm.name,
        enterprise=trip.firm.id if linked else "",
        headcount=heads,
        level=trip.level if chance.random() < 0.6 or trip.level == "city" else "",
        area=firm.area if chance.random() < 0.7 else "",
        opinions=_opinions(book),
        visited_on=trip.day,
        filed_on=min(trip.day + dt.timedelta(days=chance.randrange(6)), LAST),
        workers_met=min(chance.randrange(3, 40), heads),
        items=(ItemDone(id="1", item=chance.choice(SIX_ITEMS.codes).value, evidence="已开展。"),),
        methods=(chance.choice(METHOD.codes).value,),
    )


def _opinions(book: Book) -> str:
    count = book.chance.randrange(1, 4)
    said = (f"{book.one_of(_SUBJECTS)}：{book.one_of(_WISHES)}" for _ in range(count))
    return "；".join(said) + "。"


def _twin(book: Book, trips: list[tuple[str, _Trip, Visit]], flavour: str, twins: int) -> None:
    listed_twice = flavour == "名录中有两条"
    fit = [one for one in trips if not listed_twice or (one[1].firm.twin and one[2].enterprise)]
    for id, trip, record in fit[:twins]:
        trips.remove((id, trip, record))
        station, other = _again(book, trip, record, flavour)
        twin = book.write(station, max(trip.day, other.visited_on or trip.day), other)
        book.same(_VISIT, flavour, id, twin)


def _again(book: Book, trip: _Trip, record: Visit, flavour: str) -> tuple[str, Visit]:
    """The visit in another hand: leaders partly, other words, the name as that clerk says it."""
    chance, firm = book.chance, trip.firm
    station, unit = trip.station, trip.unit
    changes: dict[str, object] = {}
    if flavour == "两处登记":
        station = unit = firm.office.code if station == CITY else CITY
        changes["level"] = ""
    elif flavour == "有无名录链接":
        changes["enterprise"] = "" if record.enterprise else firm.id
        changes["enterprise_name"] = _said(book, firm)
    elif flavour == "日期差一点":
        changes["visited_on"] = noise.other_day(chance, trip.day, LAST)
        changes["opinions"] = record.opinions
        changes["leaders"] = record.leaders
    elif flavour == "名录中有两条":
        changes["enterprise"] = firm.twin
    if chance.random() < 0.6:
        changes.setdefault("leaders", _fewer(book, record.leaders))
    changes.setdefault("opinions", record.opinions if chance.random() < 0.5 else _opinions(book))
    changes |= {
        "number": book.number(firm.office if station != CITY else None, ""),
        "unit": unit,
        "headcount": record.headcount if chance.random() < 0.7 else None,
        "workers_met": record.workers_met if chance.random() < 0.6 else None,
    }
    return station, msgspec.structs.replace(record, **changes)


def _fewer(book: Book, leaders: tuple[str, ...]) -> tuple[str, ...]:
    turned = list(leaders)
    book.chance.shuffle(turned)
    return tuple(turned[: max(1, len(turned) - book.chance.choice((0, 0, 1)))])


def _said(book: Book, firm: Firm) -> str:
    """A firm as it is called where nobody looks into the directory."""
    office = firm.office.short
    return book.one_of(
        (
            firm.core,
            firm.core + firm.form,
            firm.place + firm.core,
            office + firm.core + firm.form,
            firm.record.name,
        )
    )


def make_plans(book: Book, firms: list[Firm], count: int) -> None:
    """Plans of counties and the city; some of both for one unit, ahead and past (R37)."""
    chance = book.chance
    groups = {
        office.code: book.write(
            office.code,
            FIRST,
            Group(
                number=book.number(office, "组"),
                unit=office.code,
                campaign=CAMPAIGN,
                name=f"{office.short}第一组",
                level="county",
                leaders=office.leaders[:1],
            ),
        )
        for office in book.offices
    }
    for place, firm in enumerate(chance.sample(firms, min(count, len(firms)))):
        office = firm.office
        ahead = chance.random() < 0.4
        day = dt.date(2011, 12, chance.randrange(12, 30)) if ahead else book.day()
        plan = Plan(
            number=book.number(office, "排"),
            unit=office.code,
            campaign=CAMPAIGN,
            enterprise=firm.id,
            group=groups[office.code],
            source=book.one_of(("drawn", "arranged")),
            planned=day,
        )
        own = book.write(office.code, FIRST, plan)
        if place % 12 == 0:
            later = day + dt.timedelta(days=chance.randrange(0, 5))
            mine = msgspec.structs.replace(
                plan, number=book.number(None, "排"), unit=CITY, group="", planned=later
            )
            book.clash("G05", "市、县都安排", own, book.write(CITY, FIRST, mine))
