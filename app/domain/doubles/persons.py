"""The same person in two files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from app.domain.doubles.evidence import FAIR, FEW, STRONG, WEAK, Reasons, Verdict
from app.domain.kernel.errors import UserError
from app.domain.kernel.text import fold_digits, lookup_key
from app.domain.naming.name_sounds import UNREAD, fits, has_gap, rough_sounds, sounds
from app.domain.values.resident_id import check_digit, parse_resident_id

_RIGHT_SHAPE = re.compile("[0-9]{17}[0-9X]")
_NEAR_ID = 2
"""One digit written wrong, and the check digit that a clerk then made fit."""

_SEQUENCE = slice(14, 17)
"""Of those born on one day in one place; brothers and sisters have the next one."""

_SHORT = "姓名像是简写"
_FEWEST_DIGITS = 7
_YEAR = slice(6, 10)

Size = Callable[[str], int]
"""How many files share a key."""


class PersonFace(NamedTuple):
    """What is compared of one file; `number` and `family` are ID numbers in 18 digits.

    `born` is ISO 8601, `kin` the names of the family, `known` those of them that have a number
    with it, `workplace` the directory's id or the name.
    `home` is the address with its county (人民路 12 号 is in every one of them), `house` says
    whether it goes down to a house; `street` is the same without the county, `placed` whether the
    address itself names the county, `town` the town it names.
    """

    name: str
    key: str
    number: str = ""
    short: bool = False
    born: str = ""
    county: str = ""
    workplace: str = ""
    telephones: tuple[str, ...] = ()
    card: str = ""
    home: str = ""
    house: bool = False
    family: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    street: str = ""
    placed: bool = False
    town: str = ""
    known: tuple[tuple[str, str], ...] = ()


def resident_number(text: str) -> str:
    """The number in 18 digits; one that is wrong in itself as typed, empty when none (无)."""
    if _RIGHT_SHAPE.fullmatch(text) or not text:
        return text
    try:
        return parse_resident_id(text).number18
    except UserError:
        typed = "".join(fold_digits(text).split()).upper()
        return typed if sum(map(str.isdigit, typed)) >= _FEWEST_DIGITS else ""


def born_by(number: str) -> str:
    """The day of birth that a number of 18 digits says, ISO 8601."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if len(number) == 18 else ""


def card_key(text: str) -> str:
    """The digits of a bank card, empty where it cannot be one."""
    digits = re.sub("[^0-9]", "", fold_digits(text)) if text else ""
    return digits if len(digits) >= 12 else ""


def person_keys(face: PersonFace) -> tuple[str, ...]:
    """What two files of one person or household share at least one of."""
    return tuple(dict.fromkeys(_keys(face)))


def _keys(face: PersonFace) -> Iterator[str]:
    number = face.number
    if number:
        yield f"i{number}"
    yield from (f"f{one}" for one in (number, *face.family) if one)
    first, *others = rough_sounds(face.key, limit=2) or ("",)
    if 17 <= len(number) <= 19:
        yield from (f"n{first}{at}{number[at : at + 6]}" for at in (0, 6))
        yield f"n{first}e{number[-6:]}"
    for sound in (first, *others):
        if face.born:
            yield f"b{sound}{face.born}"
        if face.workplace:
            yield f"w{sound}{face.workplace}"
    if face.born and len(face.key) > 1:
        yield from (f"g{face.born}{pattern}" for pattern in _patterns(face.name))
        yield from (f"l{face.born}{short}" for short in (face.key, *_cut_short(face.name)))
    yield from (f"t{one}" for one in face.telephones)
    if face.card:
        yield f"c{face.card}"
    if face.home:
        yield f"h{face.home}"
    yield from (f"m{'|'.join(sorted((face.key, one)))}" for one in face.kin)


def _patterns(name: str) -> Iterator[str]:
    """The name with each character left open in turn; 王□平 leaves its own open."""
    key = lookup_key(name)
    if has_gap(name):
        yield "".join(UNREAD if has_gap(char) else char for char in name)
    else:
        yield from (f"{key[:at]}{UNREAD}{key[at + 1 :]}" for at in range(len(key)))


def _cut_short(name: str) -> Iterator[str]:
    """How a clerk may shorten a name: 汪俊杰 to 汪杰, 沙马·五各 to 五各."""
    key = lookup_key(name)
    given = lookup_key(name.rpartition("·")[2])
    if len(key) > 2:
        yield from {key[:1] + key[2:], key[:-1]}
    if 1 < len(given) < len(key):
        yield given


def same_person(one: PersonFace, other: PersonFace, size: Size) -> Verdict | None:
    """Whether two files may be of one person, and why."""
    found = Reasons()
    if one.number and one.number == other.number:
        mixed = one.short != other.short
        words = "15 位与 18 位身份证号对应。" if mixed else "身份证号相同。"
        found.add(words, STRONG)
        return found.verdict()
    alike, weight = _names_alike(one, other)
    if not weight:
        return None
    born = bool(one.born) and one.born == other.born
    if alike == _SHORT and not _may_be_one(one, other):
        return None
    if weight < FAIR and born and _of_twins(one.number, other.number):
        found.doubt("身份证号只差顺序码，可能是双胞胎。")
    told = False
    if born:
        found.add(f"{alike}，出生日期相同。", weight)
        told = True
    told |= _by_number(found, one, other)
    if weight > 1 or alike == _SHORT:
        _shared(found, one, other, size, named="" if told else f"{alike}，")
    return found.verdict()


def _by_number(found: Reasons, one: PersonFace, other: PersonFace) -> bool:
    """What two numbers say that are not the same; whether it spoke for the pair."""
    if not (one.number and other.number):
        return False
    words = apart_words(one.number, other.number)
    if words is None:
        found.doubt("身份证号不同。")
        return False
    found.add(f"身份证号{words}。", FAIR if one.born == other.born else FAIR + WEAK)
    return one.born == other.born


def apart_words(one: str, other: str) -> str | None:
    """How two numbers of one person may differ; None where they are of two people."""
    if len(one) != len(other):
        return "有一个多打或少打了一位" if _one_left_out(one, other) else None
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    body = [at for at in apart if at < 17]
    if len(apart) <= _NEAR_ID:
        return f"只差 {len(apart)} 位"
    if (
        len(body) == 2
        and body[1] == body[0] + 1
        and sorted(one[body[0] : body[1] + 1]) == sorted(other[body[0] : body[1] + 1])
    ):
        return "有两位颠倒"
    if body and all(_YEAR.start <= at < _YEAR.stop for at in body):
        return "只有出生年份不同"
    return None


def _one_left_out(one: str, other: str) -> bool:
    """Whether a number of 18 digits has a figure more or less in the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1 or 18 not in (len(short), len(long)):
        return False
    return any(short == long[:at] + long[at + 1 :] for at in range(len(long)))


def _may_be_one(one: PersonFace, other: PersonFace) -> bool:
    """Whether neither birthdays nor numbers, where both are told, are of two people."""
    if one.born and other.born and one.born != other.born:
        return False
    both = one.number and other.number
    return not both or apart_words(one.number, other.number) is not None


def _of_twins(one: str, other: str) -> bool:
    """Whether two numbers are right in themselves and differ in the sequence alone."""
    if len(one) != 18 or len(other) != 18 or one[:14] != other[:14]:
        return False
    return one[_SEQUENCE] != other[_SEQUENCE] and all(
        number[-1] == check_digit(number[:17]) for number in (one, other) if number[:17].isdigit()
    )


@lru_cache(maxsize=200_000)
def _sounded(name: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(sounds(name)), frozenset(rough_sounds(name))


def _names_alike(one: PersonFace, other: PersonFace) -> tuple[str, int]:
    """In words how alike two names are, and how much that tells; 0 for two names."""
    if one.key == other.key:
        return "姓名相同", FAIR
    if has_gap(one.name) or has_gap(other.name):
        return ("姓名有字没打出来，其余相同", FAIR) if fits(one.name, other.name) else ("", 0)
    if one.key in _cut_short(other.name) or other.key in _cut_short(one.name):
        return _SHORT, WEAK
    (mine, rough), (theirs, roughly) = _sounded(one.key), _sounded(other.key)
    if mine & theirs:
        return "姓名同音", FAIR
    return _nearly_alike(one.key, other.key, sounding=bool(rough & roughly))


def _nearly_alike(one: str, other: str, *, sounding: bool) -> tuple[str, int]:
    if sounding:
        return "姓名近音", WEAK
    apart = sum(a != b for a, b in zip(one, other, strict=False))
    if len(one) == len(other) > 2 and one[0] == other[0] and apart == 1:
        return "姓名只差一个字", WEAK
    return "", 0


def _shared(found: Reasons, one: PersonFace, other: PersonFace, size: Size, *, named: str) -> None:
    """What else two files of one name share."""
    for words, weight in ties(one, other, size):
        found.add(f"{named}{words}。", weight)
    if one.workplace and one.workplace == other.workplace:
        found.add(f"{named}工作单位相同。", WEAK)
    if set(one.kin) & set(other.kin):
        found.add(f"{named}家庭成员姓名相同。", FAIR)


def ties(one: PersonFace, other: PersonFace, size: Size) -> Iterator[tuple[str, int]]:
    """What a household shares: card, telephone, house; less where others share it as well."""
    if one.card and one.card == other.card:
        yield "银行卡号相同", STRONG if size(f"c{one.card}") <= FEW else FAIR
    numbers = set(one.telephones).intersection(other.telephones)
    if numbers:
        few = any(size(f"t{number}") == 2 for number in numbers)
        yield "电话相同", FAIR if few else WEAK
    yield from _lives(one, other, size)


def _lives(one: PersonFace, other: PersonFace, size: Size) -> Iterator[tuple[str, int]]:
    """Two towns have the same street; an office that writes no county mostly means its own."""
    if not one.street or one.street != other.street:
        return
    if one.town and other.town and one.town != other.town:
        return
    house = one.house and other.house
    if one.home == other.home:
        few = size(f"h{one.home}") <= FEW
        words = "家庭住址相同" if house else "住址在同一个组、院，没有门牌"
        yield words, 0 if not house else FAIR if few else WEAK
    elif house and not (one.placed and other.placed):
        yield "家庭住址写法相同，没有写县名", WEAK
