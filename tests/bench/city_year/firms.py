"""The enterprises of the year, their twins, and neighbours that only look alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from app.domain.records import Enterprise
from app.domain.values.uscc import check_character
from tests.bench.city_year import names, noise
from tests.bench.city_year.chance import FIRST, Book, Office

_KIND = Enterprise.type_name
_REGISTERED = dt.date(2011, 6, 20)


@dataclass(slots=True)
class Firm:
    """An enterprise as it is known: its parts, and the id its record got."""

    office: Office
    place: str
    proper: str
    trade: str
    form: str
    record: Enterprise
    id: str = ""
    twin: str = ""

    @property
    def core(self) -> str:
        """What is left of the name without place and form."""
        return self.proper + self.trade


def make_firms(book: Book, count: int, twins: int) -> list[Firm]:
    """`count` records of enterprises, among them twins of about `twins` of each kind."""
    singles = count - twins * len(_TWINS)
    weights = [one.weight for one in book.offices]
    taken: set[str] = set()
    firms: list[Firm] = []
    while len(firms) < singles:
        office = book.chance.choices(book.offices, weights)[0]
        for firm in _some(book, office):
            called = {firm.record.name, firm.office.code + (firm.proper or firm.place) + firm.trade}
            if taken.isdisjoint(called) and len(firms) < singles:
                taken |= called
                firms.append(firm)
    for firm in firms:
        firm.id = book.write(firm.office.code, FIRST - dt.timedelta(days=14), firm.record)
    _twin(book, firms, twins)
    return firms


def _some(book: Book, office: Office) -> list[Firm]:
    """One firm, or a few that only look alike (第一小学 and 第二小学, a branch of a firm)."""
    roll = book.chance.random()
    if roll < 0.10:
        return _service(book, office)
    made = [_firm(book, office)]
    if roll < 0.13:
        first = made[0]
        trade = book.one_of([t for t in names.TRADES if t != first.trade])
        made.append(_firm(book, office, proper=first.proper, trade=trade))
    elif roll < 0.15:
        for ordinal in names.ordinals()[: book.chance.choice((2, 3))]:
            other = _firm(book, office, proper=f"第{ordinal}", trade=made[0].trade, form="厂")
            made.append(other)
    return made


def _service(book: Book, office: Office) -> list[Firm]:
    area, town = book.one_of(office.towns)
    what = book.one_of(names.SERVICES)
    firm = _firm(book, office, proper="", trade=what, form="", place=town, area=area)
    record = msgspec.structs.replace(firm.record, kind="institution", ownership="state")
    firm.record = record
    return [firm]


def _firm(
    book: Book,
    office: Office,
    *,
    proper: str | None = None,
    trade: str = "",
    form: str | None = None,
    place: str | None = None,
    area: str = "",
) -> Firm:
    chance = book.chance
    name = names.proper(chance) if proper is None else proper
    trade = trade or book.one_of(names.TRADES)
    form = names.form(chance) if form is None else form
    town_area, town = book.one_of(office.towns)
    if place is None:
        shorts = (office.short, f"{office.short}区", "乐山", "乐山市", "四川", town, "")
        place = chance.choices(shorts, (38, 6, 16, 8, 5, 9, 18))[0]
    heads = round(chance.lognormvariate(4.3, 0.9)) + 5
    record = Enterprise(
        number=book.number(office, "企"),
        unit=office.code,
        name=f"{place}{name}{trade}{form}",
        uscc=_code(book) if chance.random() < 0.35 else "",
        kind="enterprise",
        ownership=book.one_of(("private", "private", "collective", "state")),
        area=area or town_area,
        address=f"{town}{book.one_of(names.ROADS)}路{chance.randrange(1, 300)}号",
        above_scale=heads > 200 or None,
        headcount=heads if chance.random() < 0.9 else None,
        headcount_on=_REGISTERED,
        has_union=chance.random() < 0.8,
        management_contact=names.person(chance),
        management_telephone=book.telephone() if chance.random() < 0.7 else "",
        union_contact=names.person(chance) if chance.random() < 0.6 else "",
    )
    return Firm(office, place, name, trade, form, record)


def _code(book: Book) -> str:
    first = f"9151{book.chance.randrange(11) + 1100:04d}MA6{book.chance.randrange(10**6):06d}"
    return first + check_character(first)


# -- the second record of one enterprise

_Spelled = Callable[[Book, Firm], str]


def _other_form(book: Book, firm: Firm) -> str:
    ends = [f for f in (*names.FORMS, "公司", "") if f != firm.form and (f or len(firm.core) > 3)]
    return firm.place + firm.core + book.one_of(ends)


def _other_place(book: Book, firm: Firm) -> str:
    office = firm.office
    places = [
        office.short,
        f"{office.short}区" if len(office.short) < 3 else office.short,
        f"乐山市{office.short}",
        f"乐山市{office.short}区",
        "乐山",
        "四川省",
        "",
    ]
    return book.one_of([p for p in places if p != firm.place]) + firm.core + firm.form


def _short(book: Book, firm: Firm) -> str:
    """简称: 沫若水泥 of 沙湾沫若水泥有限责任公司; the office's place may stay."""
    place = firm.place if book.chance.random() < 0.4 else ""
    return place + firm.core


def _both_other(book: Book, firm: Firm) -> str:
    swapped = _other_place(book, firm).removesuffix(firm.form)
    return swapped + book.one_of([f for f in names.FORMS if f != firm.form])


def _left_out(book: Book, firm: Firm) -> str:
    start = len(firm.place)
    whole = firm.record.name
    end = start + len(firm.core)
    at = book.chance.randrange(start + 1, end)
    return whole[:at] + whole[at + 1 :]


def _by_ear(book: Book, firm: Firm) -> str:
    swapped = noise.swap_ear(book.chance, firm.core)
    return firm.place + swapped + firm.form


def _by_eye(book: Book, firm: Firm) -> str:
    swapped = noise.swap_eye(book.chance, firm.core)
    return firm.place + swapped + firm.form


def _turned(book: Book, firm: Firm) -> str:
    return firm.place + noise.turn_two(book.chance, firm.core) + firm.form


def _marked(book: Book, firm: Firm) -> str:
    """The place in brackets behind, blanks between: 恒宇机械（沙湾）有限公司."""
    place = firm.place or firm.office.short
    style = book.chance.randrange(3)
    if style == 0:
        return f"{firm.core}（{place}）{firm.form}"
    if style == 1:
        return f"{place} {firm.core} {firm.form}"
    return f"{place}{firm.core}{firm.form}(本部)"


def _added(book: Book, firm: Firm) -> str:
    """A word more than it has: 沫若新型建材 for 沫若建材."""
    word = book.one_of(("新型", "实业", "工贸", "科技"))
    return firm.place + firm.proper + firm.trade + word + firm.form


_TWINS: dict[str, _Spelled] = {
    "别的公司字样": _other_form,
    "前面的地名": _other_place,
    "地名和公司字样": _both_other,
    "简称": _short,
    "漏一个字": _left_out,
    "同音字": _by_ear,
    "形近字": _by_eye,
    "两字颠倒": _turned,
    "括号空格": _marked,
    "多一个词": _added,
}


def _twin(book: Book, firms: list[Firm], twins: int) -> None:
    pool = [f for f in firms if f.proper and not f.proper.startswith("第") and f.form]
    book.chance.shuffle(pool)
    known = {f.record.name for f in firms}
    for flavour, spelled in _TWINS.items():
        made = 0
        while made < twins and pool:
            firm = pool.pop()
            name = spelled(book, firm)
            if name in known or name == firm.record.name:
                continue
            known.add(name)
            _write_twin(book, firm, name, flavour)
            made += 1


def _write_twin(book: Book, firm: Firm, name: str, flavour: str) -> None:
    """The same firm in the same office's book, less of it filled in."""
    chance, first = book.chance, firm.record
    office = firm.office
    heads = first.headcount
    record = msgspec.structs.replace(
        first,
        number=book.number(office, "企"),
        name=name,
        uscc=first.uscc if chance.random() < 0.25 else "",
        headcount=round(heads * chance.uniform(0.9, 1.1)) if heads else None,
        address=first.address if chance.random() < 0.4 else "",
        area=first.area if chance.random() < 0.75 else "",
        management_contact=first.management_contact if chance.random() < 0.5 else "",
        management_telephone=first.management_telephone if chance.random() < 0.35 else "",
        union_contact="",
    )
    firm.twin = book.write(office.code, book.day(), record)
    book.same(_KIND, flavour, firm.id, firm.twin)
