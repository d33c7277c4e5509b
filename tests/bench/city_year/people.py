"""Workers in difficulty: their files, the same person twice, one household in two files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import msgspec

from app.domain.records import FamilyMember, Person
from tests.bench.city_year import names, noise
from tests.bench.city_year.chance import LAST, Book, Office
from tests.bench.city_year.firms import Firm

_PERSON, _HOUSEHOLD = Person.type_name, "household"
_COUNTY = {True: "区", False: "县"}
_VILLAGERS = 9
"""Families of one group that share an address without a house number, and are not one."""


@dataclass(slots=True)
class Worker:
    """A person in one office's book."""

    office: Office
    record: Person
    id: str = ""
    also: list[Worker] = field(default_factory=list)
    """Files of the same person or household, in this or another office."""


def make_people(book: Book, firms: list[Firm], count: int, twins: int) -> list[Worker]:
    """`count` files, among them twins of about `twins` of each kind."""
    singles = count - twins * (len(_TWINS) + len(_HOUSEHOLDS))
    people: list[Worker] = []
    while len(people) < singles:
        people += _neighbours(book, firms) if book.chance.random() < 0.04 else [_one(book, firms)]
    del people[singles:]
    for worker in people:
        worker.id = book.write(worker.office.code, book.day(), worker.record)
    _twin(book, firms, people, twins)
    return people


def _one(book: Book, firms: list[Firm]) -> Worker:
    firm = book.one_of(firms)
    return _worker(book, firm, _address(book, firm.office))


def _neighbours(book: Book, firms: list[Firm]) -> list[Worker]:
    """Families of one village group, or of one dormitory: one address, often one telephone."""
    firm = book.one_of(firms)
    town = book.one_of(firm.office.towns)[1]
    shared = book.one_of(
        (
            f"{town}{book.one_of(names.VILLAGES)}村{book.chance.randrange(1, 12)}组",
            f"{town}{book.one_of(names.ROADS)}路{book.chance.randrange(1, 200)}号职工宿舍",
            f"{firm.place}{firm.core}厂区家属院",
        )
    )
    count = book.chance.randrange(3, _VILLAGERS)
    made = [_worker(book, firm, shared) for _ in range(count)]
    if book.chance.random() < 0.3:
        office = book.telephone()
        for worker in made[: book.chance.randrange(3, count + 1)]:
            worker.record = msgspec.structs.replace(worker.record, telephone=office)
    return made


def _worker(book: Book, firm: Firm, address: str) -> Worker:
    chance, office = book.chance, firm.office
    woman = chance.random() < 0.45
    yi = office.short in ("峨边", "马边", "金口河") and chance.random() < 0.35
    born = dt.date(1946, 1, 1) + dt.timedelta(days=chance.randrange(15_800))
    number = names.resident(chance, office.code, f"{born:%Y%m%d}", woman=woman)
    record = Person(
        number=book.number(office, "困"),
        unit=office.code,
        name=names.person(chance, woman=woman, yi=yi),
        resident_id=number if chance.random() < 0.93 else "",
        sex="2" if woman else "1",
        born=born,
        enterprise=firm.id,
        workplace=firm.record.name,
        registered_area=firm.record.area if chance.random() < 0.5 else "",
        address=address,
        telephone=book.telephone() if chance.random() < 0.75 else "",
        bank_card=f"6228{chance.randrange(10**15):015d}" if chance.random() < 0.2 else "",
        monthly_income=str(chance.randrange(300, 1500)),
        household_size=chance.randrange(1, 6),
        family=_family(book, office, born, woman=woman),
        filed_on=book.day(),
    )
    return Worker(office, record)


def _family(book: Book, office: Office, born: dt.date, *, woman: bool) -> tuple[FamilyMember, ...]:
    chance = book.chance
    made = []
    relations = (("11" if woman else "12", -3, 4), ("20", 22, 30), ("30", 22, 30), ("52", -32, -22))
    for place, (relation, least, most) in enumerate(relations, 1):
        if chance.random() < (0.65, 0.5, 0.4, 0.25)[place - 1]:
            year = min(max(born.year + chance.randrange(least, most), 1920), 2010)
            she = relation in ("12", "30", "52")
            number = names.resident(
                chance, office.code, f"{year}{born:%m}{chance.randrange(1, 29):02d}", woman=she
            )
            known = number if chance.random() < 0.35 else ""
            name = names.person(chance, woman=she)
            made.append(
                FamilyMember(id=str(place), name=name, relation=relation, resident_id=known)
            )
    return tuple(made)


def _address(book: Book, office: Office) -> str:
    chance = book.chance
    town = book.one_of(office.towns)[1]
    if chance.random() < 0.45:
        house = f"{chance.randrange(1, 90)}号" if chance.random() < 0.35 else ""
        return f"{town}{book.one_of(names.VILLAGES)}村{chance.randrange(1, 12)}组{house}"
    flat = ""
    if chance.random() < 0.7:
        stair, floor, door = (chance.randrange(1, most) for most in (5, 8, 5))
        flat = f"{chance.randrange(1, 9)}栋{stair}单元{floor}0{door}"
    return f"{town}{book.one_of(names.ROADS)}路{chance.randrange(1, 320)}号{flat}"


def other_address(book: Book, office: Office, address: str) -> str:
    """The same house as another clerk writes it: 3组 as 三组 or 3社, 乐山市 in front."""
    chance = book.chance
    out = address
    for sign in ("组", "栋", "号"):
        head, found, tail = out.partition(sign)
        stem = head.rstrip("0123456789")
        figure = head[len(stem) :]
        if found and figure and len(figure) < 3 and chance.random() < 0.6:
            spoken = noise.chinese(int(figure))
            word = book.one_of(("组", "社", "村民小组")) if sign == "组" else sign
            out = stem + (spoken if chance.random() < 0.7 else noise.wide(figure)) + word + tail
    county = office.short + ("" if office.short[-1] in "山区" else _COUNTY[office.code < "511120"])
    front = book.one_of((f"乐山市{county}", f"四川省乐山市{county}", county, "乐山市", ""))
    if chance.random() < 0.4:
        out = out.replace("单元", "-", 1).replace("栋", "-", 1) if "栋" in out else out
    return front + out if front + out != address else f"乐山市{county}{address}"


# -- the second file of one person

_Changed = Callable[[Book, Worker], Person | None]


def _again(book: Book, office: Office, first: Person, **other: object) -> Person:
    """The file as another clerk makes it: what he was not told is not there."""
    chance = book.chance
    kept = {
        "telephone": first.telephone if chance.random() < 0.4 else book.telephone(),
        "bank_card": first.bank_card if chance.random() < 0.3 else "",
        "address": first.address if chance.random() < 0.3 else _address(book, office),
        "enterprise": first.enterprise if chance.random() < 0.5 else "",
        "registered_area": "",
        "family": first.family if chance.random() < 0.3 else (),
        "filed_on": book.day(),
    }
    return msgspec.structs.replace(first, **{**kept, **other})


def _same_number(book: Book, worker: Worker) -> Person | None:
    return _again(book, worker.office, worker.record) if worker.record.resident_id else None


def _old_number(book: Book, worker: Worker) -> Person | None:
    number = worker.record.resident_id
    if not number or number[6:8] != "19":
        return None
    return _again(book, worker.office, worker.record, resident_id=number[:6] + number[8:17])


def _miskeyed(book: Book, worker: Worker) -> Person | None:
    number = worker.record.resident_id
    wrong = noise.miskey_number(book.chance, number) if number else ""
    return _again(book, worker.office, worker.record, resident_id=wrong) if wrong else None


def _turned(book: Book, worker: Worker) -> Person | None:
    number = worker.record.resident_id
    wrong = noise.turn_number(book.chance, number) if number else ""
    return _again(book, worker.office, worker.record, resident_id=wrong) if wrong else None


def _other_year(book: Book, worker: Worker) -> Person | None:
    first = worker.record
    if not first.resident_id or first.born is None:
        return None
    number, born = noise.other_year(book.chance, first.resident_id, first.born)
    return _again(book, worker.office, first, resident_id=number, born=born)


def _heard(book: Book, worker: Worker) -> Person | None:
    name = noise.swap_ear(book.chance, worker.record.name)
    if name == worker.record.name:
        return None
    number = worker.record.resident_id if book.chance.random() < 0.4 else ""
    return _again(book, worker.office, worker.record, name=name, resident_id=number)


def _no_number(book: Book, worker: Worker) -> Person | None:
    return _again(book, worker.office, worker.record, resident_id="")


def _gap(book: Book, worker: Worker) -> Person | None:
    name = worker.record.name
    if len(name) < 3 or "·" in name:
        return None
    at = book.chance.randrange(1, len(name))
    return _again(book, worker.office, worker.record, name=name[:at] + "□" + name[at + 1 :])


def _no_dot(book: Book, worker: Worker) -> Person | None:
    name = worker.record.name
    if "·" not in name:
        return None
    plain = name.replace("·", book.one_of(("", ".", "—", " ")))
    return _again(book, worker.office, worker.record, name=plain, resident_id="")


def _no_day(book: Book, worker: Worker) -> Person | None:
    """Neither number nor day of birth, but the telephone or the house."""
    first = worker.record
    kept = {"telephone": first.telephone} if first.telephone else {}
    if not kept and "号" in first.address:
        kept = {"address": other_address(book, worker.office, first.address)}
    if not kept:
        return None
    return _again(book, worker.office, first, resident_id="", born=None, **kept)


_TWINS: dict[str, _Changed] = {
    "同一号码": _same_number,
    "15位与18位": _old_number,
    "号码错一位": _miskeyed,
    "号码两位颠倒": _turned,
    "出生年份写错": _other_year,
    "姓名同音": _heard,
    "没有号码": _no_number,
    "有字打不出": _gap,
    "间隔号": _no_dot,
    "没有出生日期": _no_day,
}


# -- one household in two files

_Second = Callable[[Book, Worker, Person], Person | None]


def _partner(book: Book, worker: Worker, firms: list[Firm]) -> Person | None:
    """The file of the wife or husband, as somebody else would fill it in."""
    first = worker.record
    spouse = next((row for row in first.family if row.relation in ("11", "12")), None)
    if spouse is None or first.born is None:
        return None
    firm = book.one_of(firms)
    made = _worker(book, firm, "").record
    woman = spouse.relation == "12"
    born = first.born + dt.timedelta(days=book.chance.randrange(-900, 900))
    number = spouse.resident_id or names.resident(
        book.chance, worker.office.code, f"{born:%Y%m%d}", woman=woman
    )
    return msgspec.structs.replace(
        made,
        name=spouse.name,
        resident_id=number,
        sex="2" if woman else "1",
        born=None if spouse.resident_id else born,
        registered_area="",
        telephone="",
        bank_card="",
        family=(),
    )


def _by_member(book: Book, worker: Worker, second: Person) -> Person | None:
    """Each stands in the other's file, by name alone; the house is the same."""
    first = worker.record
    relation = "11" if first.sex == "1" else "12"
    row = FamilyMember(id="1", name=first.name, relation=relation)
    address = other_address(book, worker.office, first.address)
    return msgspec.structs.replace(second, family=(row,), address=address)


def _by_number(book: Book, worker: Worker, second: Person) -> Person | None:
    first = worker.record
    if not first.resident_id:
        return None
    relation = "11" if first.sex == "1" else "12"
    row = FamilyMember(id="1", name=first.name, relation=relation, resident_id=first.resident_id)
    return msgspec.structs.replace(second, family=(row,), address=_address(book, worker.office))


def _by_telephone(book: Book, worker: Worker, second: Person) -> Person | None:
    first = worker.record
    if not first.telephone:
        return None
    address = other_address(book, worker.office, first.address)
    return msgspec.structs.replace(second, telephone=first.telephone, address=address)


def _by_child(book: Book, worker: Worker, second: Person) -> Person | None:
    children = tuple(row for row in worker.record.family if row.relation in ("20", "30"))
    if not children:
        return None
    named = tuple(msgspec.structs.replace(row, resident_id="") for row in children)
    address = other_address(book, worker.office, worker.record.address)
    return msgspec.structs.replace(second, family=named, address=address)


_HOUSEHOLDS: dict[str, _Second] = {
    "互为家庭成员": _by_member,
    "成员身份证号": _by_number,
    "住址和电话": _by_telephone,
    "住址和子女": _by_child,
}


def _twin(book: Book, firms: list[Firm], people: list[Worker], twins: int) -> None:
    pool = list(people)
    book.chance.shuffle(pool)
    for flavour, changed in _TWINS.items():
        _take(book, pool, twins, (_PERSON, flavour, partial(changed, book)))
    for flavour, second in _HOUSEHOLDS.items():
        _take(book, pool, twins, (_HOUSEHOLD, flavour, partial(_second, book, firms, second)))


def _second(book: Book, firms: list[Firm], second: _Second, worker: Worker) -> Person | None:
    other = _partner(book, worker, firms)
    return second(book, worker, other) if other else None


def _take(
    book: Book,
    pool: list[Worker],
    twins: int,
    way: tuple[str, str, Callable[[Worker], Person | None]],
) -> None:
    """Go through the pool until so many twins are made; who does not fit stays in it."""
    kind, flavour, changed = way
    made, passed = 0, []
    while made < twins and pool:
        worker = pool.pop()
        record = changed(worker)
        if record is None:
            passed.append(worker)
            continue
        office = worker.office if book.chance.random() < 0.55 else book.one_of(book.offices)
        record = msgspec.structs.replace(record, unit=office.code, number=book.number(office, "困"))
        other = Worker(office, record)
        other.id = book.write(record.unit, book.day(last=LAST), record)
        worker.also.append(other)
        book.same(kind, flavour, worker.id, other.id)
        made += 1
    pool[:0] = passed
