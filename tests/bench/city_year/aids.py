"""Cases and aid over a year, the same aid twice, and one household helped by two offices."""

from __future__ import annotations

import datetime as dt

import msgspec

from app.domain.codes import AID_TYPE, FUND_SOURCE
from app.domain.records import Aid, Case
from tests.bench.city_year.chance import FIRST, LAST, Book
from tests.bench.city_year.people import Worker

_AID = Aid.type_name
_SUMS = (200, 300, 500, 500, 600, 800, 1000, 1000, 1200, 1500, 2000, 3000)
_GOODS = ("棉被1床、大米10公斤", "大米25公斤、菜油1桶", "书包1个、文具1套", "棉衣2件", "菜油2桶")
_WHY = """
大病自付医药费多，家里没有别的收入。
下岗后靠打零工，母亲长期卧床。 子女考上大学，学费没有着落。
房屋受灾，急需过渡。
""".split()
_WHAT = """
送去慰问金，问了病情。 按程序审批后打入本人银行卡。 入户发放，本人签收。 由社区代领后转交。
""".split()


def make_cases_and_aid(book: Book, people: list[Worker], count: int, twins: int) -> None:
    """`count` cases and aids, among them about `twins` twice and `twins` by two offices."""
    left = count - 4 * twins
    given: list[tuple[str, Worker, Aid]] = []
    while left > 0:
        worker = book.one_of(people)
        case, found = _case(book, worker)
        left -= 1
        day = found
        for _ in range(book.chance.choices((0, 1, 2, 3), (20, 50, 22, 8))[0]):
            day = day + dt.timedelta(days=book.chance.randrange(14, 75))
            if day > LAST or left <= 0:
                break
            record = _aid(book, worker, case, day)
            given.append((book.write(worker.office.code, day, record), worker, record))
            left -= 1
    helped = {worker.id for _, worker, _ in given}
    book.chance.shuffle(given)
    _twice(book, given, "同一天登记两次", 0, twins)
    _twice(book, given, "过一两天又登记", 1, twins)
    _two_offices(book, people, helped, twins)


def _case(book: Book, worker: Worker) -> tuple[str, dt.date]:
    found = book.day(last=dt.date(2011, 11, 20))
    record = Case(
        number=book.number(worker.office, "帮"),
        unit=worker.office.code,
        person=worker.id,
        types=(book.one_of(AID_TYPE.codes).value,),
        description=book.one_of(_WHY),
        stage="aided",
        found_on=found,
        responsible=book.one_of(worker.office.leaders),
    )
    return book.write(worker.office.code, found, record), found


def _aid(book: Book, worker: Worker, case: str, day: dt.date) -> Aid:
    chance = book.chance
    money = chance.random() < 0.8
    goods = not money or chance.random() < 0.2
    return Aid(
        number=book.number(worker.office, "扶"),
        unit=worker.office.code,
        case=case,
        person=worker.id if chance.random() < 0.9 else "",
        given_on=day,
        type=book.one_of(AID_TYPE.codes).value,
        money=str(book.one_of(_SUMS)) if money else None,
        goods=book.one_of(_GOODS) if goods else "",
        goods_value=f"{chance.randrange(60, 400)}.50" if goods else None,
        fund=book.one_of(FUND_SOURCE.codes).value,
        receipt="本人签收",
        content=book.one_of(_WHAT),
    )


def _twice(
    book: Book, given: list[tuple[str, Worker, Aid]], flavour: str, days: int, twins: int
) -> None:
    """The same gift keyed again from the same paper: other words, at times without its fund."""
    chance = book.chance
    for _ in range(min(twins, len(given))):
        id, worker, record = given.pop()
        day = record.given_on or FIRST
        later = day + dt.timedelta(days=chance.randrange(1, 3) * days)
        other = msgspec.structs.replace(
            record,
            number=book.number(worker.office, "扶"),
            given_on=later,
            content=book.one_of(_WHAT),
            fund=record.fund if chance.random() < 0.7 else "",
            type=record.type if chance.random() < 0.7 else book.one_of(AID_TYPE.codes).value,
            goods=record.goods.replace("、", " ") if chance.random() < 0.5 else record.goods,
        )
        twin = book.write(worker.office.code, later, other)
        book.same(_AID, flavour, id, twin)


def _two_offices(book: Book, people: list[Worker], helped: set[str], twins: int) -> None:
    """Two files of one person or household, each helped by its own office in the year."""
    both = [w for w in people if w.also and w.also[0].office is not w.office]
    book.chance.shuffle(both)
    for worker in [one for one in both if one.id not in helped][:twins]:
        first, second = _helped(book, worker), _helped(book, worker.also[0])
        book.same(_AID, "两个单位帮扶同一户", first, second)


def _helped(book: Book, worker: Worker) -> str:
    """A case with one aid; the id of the aid."""
    case, found = _case(book, worker)
    day = min(found + dt.timedelta(days=book.chance.randrange(3, 40)), LAST)
    record = _aid(book, worker, case, day)
    return book.write(worker.office.code, day, record)
