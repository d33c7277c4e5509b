"""The same enterprise under two names or in two counties' directories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.campaign.campaign_data import CampaignData
from app.domain.doubles.evidence import (
    FAIR,
    STRONG,
    WEAK,
    Evidence,
    Found,
    Kind,
    blocks_of,
    telephone_keys,
)
from app.domain.kernel.text import lookup_key, match_keys
from app.domain.naming.name_sounds import sounds
from app.domain.records import Enterprise

_TELL_APART = frozenset("0123456789一二三四五六七八九十甲乙丙丁东西南北中上下大小老新前后男女")
"""第一水泥厂 and 第二水泥厂 differ in one character, and are two."""

_SHORTEST_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Face:
    """What is compared of one enterprise."""

    full: str
    keys: frozenset[str]
    county: str
    uscc: str


def same_enterprises(ground: CampaignData, *, places: Iterable[str] = ()) -> Found:
    """Enterprises that may be one.

    `places` are what may or may not stand before a name (四川, 乐山市); the names
    of the enterprise's own county are taken from its union's record.
    """
    evidence = Evidence(Kind.ENTERPRISE, ground.same_enterprise)
    faces = {one: _face(ground, one, e) for one, e in ground.enterprises.items()}
    _by_code(evidence, faces)
    _by_name(evidence, faces)
    _by_core(evidence, faces, _strippers(ground, places))
    _by_sound(evidence, faces)
    _by_near_name(evidence, faces)
    _by_telephone(evidence, ground.enterprises)
    return evidence.found()


def _face(ground: CampaignData, record: str, enterprise: Enterprise) -> _Face:
    filed_by = enterprise.owner or ground.filed_by(record, enterprise.unit)
    return _Face(
        full=lookup_key(enterprise.name),
        keys=match_keys((enterprise.name, *enterprise.aliases)),
        county=ground.unit_of_area(enterprise.area) or ground.reporting_unit(filed_by),
        uscc=enterprise.uscc.strip().upper(),
    )


def _by_code(evidence: Evidence, faces: dict[str, _Face]) -> None:
    blocks = blocks_of(faces, lambda one: filter(None, (faces[one].uscc,)))
    for both in evidence.pairs("统一社会信用代码", blocks):
        evidence.add(both, "统一社会信用代码相同。", STRONG)


def _by_name(evidence: Evidence, faces: dict[str, _Face]) -> None:
    for both in evidence.pairs("名称", blocks_of(faces, lambda one: faces[one].keys)):
        one, other = (faces[record] for record in both)
        near = _one_county(one, other)
        if one.full == other.full:
            reason, weight = "名称相同", STRONG if near else FAIR
        else:
            reason, weight = "名称或别名相同（不计“公司”“集团”等字样）", FAIR if near else WEAK
        evidence.add(both, f"{reason}，{'同在一个县' if near else '不在一个县'}。", weight)
        if _codes_clash(one, other):
            evidence.doubt(both, "统一社会信用代码不同。")


def _strippers(ground: CampaignData, places: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """By county, what may stand before a name: the given places and the county's own names."""
    common = sorted({lookup_key(place) for place in places} - {""}, key=len, reverse=True)
    made = {}
    for unit in ground.row_units:
        own = {lookup_key(name) for name in (unit.short_name, *unit.aliases)} - {""}
        words = sorted({*own, *common}, key=lambda word: (-len(word), word))
        ending = "(?:市|区|县|省)?"
        if words:
            made[unit.code] = re.compile(f"^(?:(?:{'|'.join(map(re.escape, words))}){ending})+")
    return made


def _by_core(
    evidence: Evidence, faces: dict[str, _Face], strippers: dict[str, re.Pattern[str]]
) -> None:
    def cores(record: str) -> Iterable[tuple[str, str]]:
        face = faces[record]
        strip = strippers.get(face.county)
        for key in face.keys:
            core = strip.sub("", key) if strip else key
            if len(core) > 1:
                yield face.county, core

    for both in evidence.pairs("去掉地名的名称", blocks_of(faces, cores)):
        one, other = (faces[record] for record in both)
        if not (one.keys & other.keys or _codes_clash(one, other)):
            evidence.add(both, "去掉地名后名称相同，同在一个县。", FAIR)


def _by_sound(evidence: Evidence, faces: dict[str, _Face]) -> None:
    blocks = blocks_of(faces, lambda one: (s for key in faces[one].keys for s in sounds(key)))
    for both in evidence.pairs("名称的读音", blocks):
        one, other = (faces[record] for record in both)
        if not (one.keys & other.keys or _codes_clash(one, other)):
            near = _one_county(one, other)
            words = f"名称同音，{'同在一个县' if near else '不在一个县'}。"
            evidence.add(both, words, FAIR if near else WEAK)


def _by_near_name(evidence: Evidence, faces: dict[str, _Face]) -> None:
    def shortened(record: str) -> Iterable[tuple[str, str]]:
        county = faces[record].county
        for key in faces[record].keys:
            if len(key) >= _SHORTEST_NEAR:
                yield county, key
                yield from ((county, key[:i] + key[i + 1 :]) for i in range(len(key)))

    for both in evidence.pairs("相近的名称", blocks_of(faces, shortened)):
        one, other = (faces[record] for record in both)
        if both in evidence or not one.county or _codes_clash(one, other):
            continue
        if any(one_apart(a, b) for a in one.keys for b in other.keys):
            evidence.add(both, "名称只差一个字，同在一个县。", WEAK)


def _by_telephone(evidence: Evidence, enterprises: Mapping[str, Enterprise]) -> None:
    def telephones(record: str) -> Iterable[str]:
        one = enterprises[record]
        return telephone_keys(one.management_telephone, one.union_telephone)

    blocks = blocks_of(enterprises, telephones)
    for both in evidence.pairs("联系电话", blocks):
        evidence.add(both, "联系电话相同。", WEAK)


def one_apart(one: str, other: str) -> bool:
    """Tell whether two names differ in one character that does not tell two firms apart."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_NEAR or len(long) - len(short) > 1 or short == long:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short[at + 1 :] == long[at + 1 :] and not _TELL_APART & {short[at], long[at]}
    return short[at:] == long[at + 1 :] and long[at] not in _TELL_APART


def _one_county(one: _Face, other: _Face) -> bool:
    return one.county == other.county != ""


def _codes_clash(one: _Face, other: _Face) -> bool:
    return one.uscc != other.uscc and bool(one.uscc and other.uscc)
