"""Units and workers to whom the city and a county both went (R37), which are known as such."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import msgspec

from app.domain.codes import AID_TYPE
from app.domain.records import Aid, Case, Visit
from tests.bench.city_year import names
from tests.bench.city_year.chance import CITY, FIRST, LAST, Book, Written
from tests.bench.city_year.people import Worker

UNIT, WORKER = "G05", "G08"
_APART = dt.timedelta(days=25)
"""So far apart no two visits are taken for one."""


def make_clashes(book: Book, people: list[Worker], count: int) -> None:
    """The city visits `count` units after their county, and helps as many of its workers."""
    _visits(book, count)
    _aids(book, {one.id: one for one in people}, count)


def _visits(book: Book, count: int) -> None:
    fit = [one for one in book.written if _is_of_county(one) and _later(one.at.date())]
    for one in book.chance.sample(fit, min(count, len(fit))):
        assert isinstance(one.record, Visit)
        day = min(one.at.date() + _APART + dt.timedelta(days=book.chance.randrange(20)), LAST)
        mine = msgspec.structs.replace(
            one.record,
            number=book.number(None, ""),
            unit=CITY,
            level="city",
            leaders=(names.person(book.chance),),
            opinions="市总工会回访，情况属实。",
            visited_on=day,
            filed_on=day,
        )
        book.clash(UNIT, "市、县都走访", one.id, book.write(CITY, day, mine))


def _is_of_county(one: Written) -> bool:
    record = one.record
    if not isinstance(record, Visit) or one.station == CITY:
        return False
    return record.unit == one.station and bool(record.enterprise) and record.level != "township"


def _later(day: dt.date) -> bool:
    return FIRST <= day <= LAST - _APART


def _aids(book: Book, people: dict[str, Worker], count: int) -> None:
    """By a case and an aid of its own, of another kind and sum; that is aid of two units, too."""
    aids = [(one, one.record) for one in book.written if isinstance(one.record, Aid)]
    often = Counter(record.person for _, record in aids)
    alone = {one for one, worker in people.items() if not worker.also and often[one] == 1}
    fit = [(o, r) for o, r in aids if r.person in alone and _later(o.at.date())]
    for one, given in book.chance.sample(fit, min(count, len(fit))):
        person, day = given.person, one.at.date() + _APART
        kinds = [code.value for code in AID_TYPE.codes if code.value != given.type]
        kind = book.one_of(kinds)
        case = Case(
            number=book.number(None, "帮"),
            unit=CITY,
            person=person,
            types=(kind,),
            description="市总工会走访时了解到的困难。",
            stage="aided",
            found_on=day,
            responsible=names.person(book.chance),
        )
        held = book.write(CITY, day, case)
        aid = Aid(
            number=book.number(None, "扶"),
            unit=CITY,
            case=held,
            person=person,
            given_on=day,
            type=kind,
            money="5000",
            goods="棉被1床",
            goods_value="120",
            receipt="本人签收",
        )
        own = book.write(CITY, day, aid)
        book.clash(WORKER, "市、县都帮扶", given.case, held)
        book.same(Aid.type_name, "市、县都帮扶", one.id, own)
