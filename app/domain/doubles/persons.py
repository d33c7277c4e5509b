"""The same person in two files, and the same household (一户一档)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from app.domain.campaign.campaign_data import CampaignData
from app.domain.doubles.evidence import (
    CROWD,
    FAIR,
    FEW,
    STRONG,
    WEAK,
    Evidence,
    Found,
    Kind,
    blocks_of,
    telephone_keys,
)
from app.domain.kernel.errors import UserError
from app.domain.kernel.text import fold_digits, lookup_key
from app.domain.merging.link_decisions import Pair, Sameness
from app.domain.naming.name_sounds import fits, has_gap, rough_sounds, sounds
from app.domain.records import Person
from app.domain.values.resident_id import parse_resident_id

_RIGHT_SHAPE = re.compile("[0-9]{17}[0-9X]")
_NEAR_ID = 2
"""One digit written wrong, and the check digit that a clerk then made fit."""

_SHORTEST_ADDRESS = 8
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Face:
    """What is compared of one person; `number` and `family` are ID numbers in 18 digits."""

    name: str
    key: str
    number: str
    family: tuple[str, ...]
    short: bool
    born: dt.date | None
    county: str


class People:
    """The persons of a ground, made ready for comparing once."""

    def __init__(self, ground: CampaignData) -> None:
        self.ground = ground
        self.faces = {one: _face(ground, one, person) for one, person in ground.persons.items()}

    @cached_property
    def by_family_number(self) -> Mapping[Hashable, list[str]]:
        """Files by every ID number in them, the worker's own and the family's."""
        return blocks_of(self.faces, lambda one: _numbers(self.faces[one]))


def same_persons(people: People) -> Found:
    """Persons and households that may be one."""
    evidence = Evidence(Kind.PERSON, people.ground.same_person)
    _by_number(evidence, people.faces)
    _by_birthday(evidence, people.faces)
    _by_year_and_county(evidence, people.faces)
    _by_name_with_gap(evidence, people.faces)
    households = _households(people, evidence)
    return evidence.found() + households.found()


def same_households(people: People) -> Sameness:
    """Which files are of one household for sure: an ID number stands in both, or it was decided."""
    sure = [
        (members[0], other, True)
        for members in people.by_family_number.values()
        if len(members) <= CROWD
        for other in members[1:]
    ]
    for _, link in sorted(people.ground.links.items(), key=lambda item: item[0]):
        if link.kind == Kind.HOUSEHOLD or (link.kind == Kind.PERSON and link.same):
            sure.append((link.one, link.other, bool(link.same)))
    return Sameness(sure)


def resident_number(text: str) -> str:
    """The number in 18 digits; one that is wrong in itself as typed, empty when none (无)."""
    if _RIGHT_SHAPE.fullmatch(text) or not text:
        return text
    try:
        return parse_resident_id(text).number18
    except UserError:
        typed = "".join(fold_digits(text).split()).upper()
        return typed if sum(map(str.isdigit, typed)) >= _FEWEST_DIGITS else ""


def _face(ground: CampaignData, record: str, person: Person) -> Face:
    number = resident_number(person.resident_id)
    filed_by = ground.filed_by(record, person.unit)
    county = ground.unit_of_area(person.registered_area) or ground.reporting_unit(filed_by)
    return Face(
        name=person.name,
        key=lookup_key(person.name),
        number=number,
        family=tuple(filter(None, (resident_number(row.resident_id) for row in person.family))),
        short=len(number) == 18 and len(person.resident_id.strip()) == 15,
        born=person.born or _birth(number),
        county=county,
    )


def _birth(number: str) -> dt.date | None:
    try:
        return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _by_number(evidence: Evidence, faces: Mapping[str, Face]) -> None:
    blocks = blocks_of(faces, lambda one: filter(None, (faces[one].number,)))
    for both in evidence.pairs("身份证号", blocks):
        mixed = faces[both[0]].short != faces[both[1]].short
        words = "15 位与 18 位身份证号对应。" if mixed else "身份证号相同。"
        evidence.add(both, words, STRONG)


def _by_birthday(evidence: Evidence, faces: Mapping[str, Face]) -> None:
    """The same or a like-sounding name on the same day of birth, anywhere in the city."""

    def keys(record: str) -> Iterable[tuple[str, dt.date]]:
        face = faces[record]
        return ((s, face.born) for s in rough_sounds(face.name)) if face.born else ()

    for both in evidence.pairs("姓名和出生日期", blocks_of(faces, keys)):
        one, other = (faces[record] for record in both)
        if one.key == other.key or _may_be_one(one, other):
            alike, weight = _likeness(one, other)
            evidence.add(both, f"{alike}，出生日期相同。", weight)
            _judge_numbers(evidence, both, one, other)


def _by_year_and_county(evidence: Evidence, faces: Mapping[str, Face]) -> None:
    """The same sound, year of birth and county, where the day of birth differs."""

    def keys(record: str) -> Iterable[tuple[str, int, str]]:
        face = faces[record]
        if face.born is None or not face.county:
            return ()
        year = face.born.year
        return ((sound, year, face.county) for sound in sounds(face.name))

    for both in evidence.pairs("姓名、出生年份和县", blocks_of(faces, keys)):
        one, other = (faces[record] for record in both)
        if both not in evidence and one.born != other.born and _may_be_one(one, other):
            alike, _ = _likeness(one, other)
            evidence.add(both, f"{alike}，同年出生，同在一个县。", WEAK)
            _judge_numbers(evidence, both, one, other)


def _by_name_with_gap(evidence: Evidence, faces: Mapping[str, Face]) -> None:
    gapped = {record for record, face in faces.items() if face.born and has_gap(face.name)}
    days = {faces[record].born for record in gapped}
    born = {record: face.born for record, face in faces.items() if face.born in days}
    for members in blocks_of(born, lambda one: (born[one],)).values():
        for record in members:
            for other in members if record in gapped else ():
                both = (min(record, other), max(record, other))
                if record != other and fits(faces[record].name, faces[other].name):
                    evidence.add(both, "姓名有字没打出来，其余相同，出生日期相同。", FAIR)


def _likeness(one: Face, other: Face) -> tuple[str, int]:
    if one.key == other.key:
        return "姓名相同", FAIR
    if set(sounds(one.name)).isdisjoint(sounds(other.name)):
        return "姓名近音", WEAK
    return "姓名同音", FAIR


def _may_be_one(one: Face, other: Face) -> bool:
    """Two right numbers far apart are two people, unless more than the sound is alike."""
    return not (one.number and other.number) or _apart(one.number, other.number) <= _NEAR_ID


def _judge_numbers(evidence: Evidence, both: Pair, one: Face, other: Face) -> None:
    if not (one.number and other.number) or one.number == other.number:
        return
    apart = _apart(one.number, other.number)
    if apart <= _NEAR_ID:
        evidence.add(both, f"身份证号只差 {apart} 位。", FAIR)
    else:
        evidence.doubt(both, "身份证号不同。")


def _apart(one: str, other: str) -> int:
    if len(one) != len(other):
        return len(one) + len(other)
    return sum(a != b for a, b in zip(one, other, strict=True))


def _households(people: People, persons: Evidence) -> Evidence:
    """What two files share; where the two may be one person it speaks for that instead."""
    same_person = people.ground.same_person
    evidence = Evidence(Kind.HOUSEHOLD, Sameness.of(people.ground.links, Kind.HOUSEHOLD))
    for both, reason, weight in _shared(people, evidence):
        if same_person.same(*both):
            continue
        one, other = (people.faces[record] for record in both)
        if both not in persons and not same_person.different(*both) and _sound_alike(one, other):
            persons.add(both, "姓名相同或同音。", WEAK)
        (persons if both in persons else evidence).add(both, reason, weight)
    return evidence


def _shared(people: People, evidence: Evidence) -> Iterator[tuple[Pair, str, int]]:
    for both in evidence.pairs("家庭成员身份证号", people.by_family_number):
        one, other = (people.faces[record].number for record in both)
        if one != other or not one:
            yield both, "两份档案里有同一个身份证号的家庭成员。", STRONG
    persons = people.ground.persons
    for what, keys, weights in _SHARED:
        blocks = blocks_of(persons, partial(_keys, keys, persons))
        few = {key: members for key, members in blocks.items() if len(members) <= FEW}
        many = {key: members for key, members in blocks.items() if len(members) > FEW}
        for some, weight in zip((few, many), weights, strict=True):
            for both in evidence.pairs(what, some):
                yield both, f"{what}相同。", weight


def _keys(
    keys: Callable[[Person], Iterable[str]], persons: Mapping[str, Person], record: str
) -> Iterable[str]:
    return keys(persons[record])


def _sound_alike(one: Face, other: Face) -> bool:
    return not set(sounds(one.name)).isdisjoint(sounds(other.name)) and _may_be_one(one, other)


def _numbers(face: Face) -> tuple[str, ...]:
    return (face.number, *face.family) if face.number else face.family


def _address_keys(person: Person) -> Iterable[str]:
    """An address down to the house: one without any figure names a street or a village."""
    key = lookup_key(person.address)
    figures = any(char.isdigit() or char in "一二三四五六七八九十" for char in key)
    return (key,) if len(key) >= _SHORTEST_ADDRESS and figures else ()


def _card_keys(person: Person) -> Iterable[str]:
    digits = re.sub("[^0-9]", "", fold_digits(person.bank_card)) if person.bank_card else ""
    return (digits,) if len(digits) >= 12 else ()


_SHARED: tuple[tuple[str, Callable[[Person], Iterable[str]], tuple[int, int]], ...] = (
    ("银行卡号", _card_keys, (STRONG, FAIR)),
    ("电话", lambda p: telephone_keys(p.telephone, p.other_contact), (FAIR, WEAK)),
    ("家庭住址", _address_keys, (FAIR, WEAK)),
)
"""What is shared, its keys, and its weight where few or many files share it."""
