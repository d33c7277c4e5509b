"""The same visit registered twice, and one unit visited by city and county within a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from app.domain.doubles.evidence import FAIR, STRONG, WEAK, Reasons, Strength, Verdict
from app.domain.merging.link_decisions import Pair, pair

WITHIN_DAYS = 7
_BOUND = frozenset({"city", "county"})
"""The levels that R37 binds; a township goes along, and is left out."""

LONG_ENOUGH, LONG = 8, 24
"""Characters of a text that says something, and of one that two do not write alike."""
_LEADERS, _OPINIONS = "走访领导", "意见建议"
_WEIGHTS = {Strength.HIGH: STRONG, Strength.MEDIUM: FAIR, Strength.LOW: WEAK}


class VisitFace(NamedTuple):
    """What is compared of one visit.

    `day` counts days; `leaders` is their JSON text; `row` is the unit in whose row it counts.
    """

    campaign: str
    target: str
    day: int
    unit: str
    row: str
    level: str
    leaders: str = ""
    met: int | None = None
    opinions: int = 0
    """The hash of the text, 0 where it is too short to tell anything."""
    long: bool = False


class Visited(NamedTuple):
    """How sure it is that two visits were to one unit, and what to say of it."""

    strength: Strength
    words: str


Target = Callable[[str, str], "Visited | None"]
"""Whether two targets may be one unit."""


def near_pairs(faces: Mapping[str, VisitFace], members: Sequence[str]) -> Iterator[Pair]:
    """Of the visits to one unit those within a week, and those with the same long text.

    Also those of the same people to as many workers, whose dates are a slip apart.
    """
    days = sorted((faces[one].day, one) for one in members if one in faces)
    for at, (day, record) in enumerate(days):
        for earlier, other in reversed(days[:at]):
            if day - earlier > WITHIN_DAYS:
                break
            yield pair(record, other)
    said: dict[tuple[int, str], str] = {}
    went: dict[tuple[int, str], list[str]] = {}
    for day, record in days:
        face = faces[record]
        if face.opinions:
            first = said.setdefault((face.opinions, face.leaders), record)
            if first != record:
                yield pair(first, record)
        if face.met and face.leaders:
            others = went.setdefault((face.met, face.leaders), [])
            yield from (pair(one, record) for one in others if _slip(faces[one].day, day))
            others.append(record)


def _slip(one: int, other: int) -> bool:
    """Whether two days differ by the next month on the key, or by month and day turned round."""
    first, second = dt.date.fromordinal(one), dt.date.fromordinal(other)
    if first.year != second.year:
        return False
    turned = (first.month, first.day) == (second.day, second.month)
    return turned or (first.day == second.day and abs(first.month - second.month) == 1)


def same_visit(
    one: VisitFace, other: VisitFace, target: Target, name: Callable[[str], str]
) -> Verdict | None:
    """Whether two visits may be one, and why; `name` says what an office is called."""
    if one.campaign != other.campaign:
        return None
    levels = {one.level, other.level} - {""}
    common = _speaks(one, other, levels)
    visited = target(one.target, other.target) if common is not None else None
    return _judged(one, other, visited, common or (), name) if visited else None


def _speaks(one: VisitFace, other: VisitFace, levels: set[str]) -> tuple[str, ...] | None:
    """What two visits to one unit say alike; None where that is too little to ask about them.

    On one day, or by city and county within a week, they are asked about anyway; else, and
    where a township went along (R37), two things besides the unit must be the same.
    """
    apart = abs(one.day - other.day)
    along = one.unit != other.unit and one.row == other.row and "township" in levels
    asked = not along and (not apart or (levels == _BOUND and apart <= WITHIN_DAYS))
    said = _common(one, other)
    if not said and not asked:
        return None
    if one.leaders and other.leaders and _share(one.leaders, other.leaders):
        said = (_LEADERS, *said)
    return said if asked or len(said) > 1 else None


def _judged(
    one: VisitFace,
    other: VisitFace,
    visited: Visited,
    common: tuple[str, ...],
    name: Callable[[str], str],
) -> Verdict | None:
    found = Reasons()
    apart = abs(one.day - other.day)
    weight = _WEIGHTS[visited.strength]
    if not apart and one.unit == other.unit:
        found.add(f"同一单位登记了两次：走访日期相同，{visited.words}。", weight)
    elif not apart:
        names = "、".join(name(unit) for unit in sorted({one.unit, other.unit}))
        found.add(f"走访日期相同，{visited.words}，由{names}分别登记。", weight)
    elif {one.level, other.level} == _BOUND:
        found.add(f"市、县两级走访同一单位，相隔 {apart} 天，{visited.words}。", WEAK)
    else:
        found.add(f"走访日期相隔 {apart} 天，{visited.words}。", 0)
    if _others_went(one, other) and (visited.strength is not Strength.HIGH or _of_two(one, other)):
        found.doubt("走访领导不同。")
    if common:
        found.add(f"{'、'.join(common)}相同。", _weight_of(one, other, common))
    return found.verdict()


def _others_went(one: VisitFace, other: VisitFace) -> bool:
    return bool(one.leaders and other.leaders) and not _share(one.leaders, other.leaders)


def _of_two(one: VisitFace, other: VisitFace) -> bool:
    """Whether one office wrote down two visits of two levels: the county's and the township's."""
    return one.unit == other.unit and len({one.level, other.level} - {""}) > 1


def _weight_of(one: VisitFace, other: VisitFace, common: tuple[str, ...]) -> int:
    """A number met by both tells little; the same long text by the same people tells much."""
    if _LEADERS not in common:
        return WEAK if _OPINIONS in common else 0
    if not abs(one.day - other.day):
        return FAIR if len(common) > 1 else WEAK
    sure = len(common) > 2 or one.long or abs(one.day - other.day) <= 2
    return FAIR if _OPINIONS in common and sure else WEAK


def _common(one: VisitFace, other: VisitFace) -> tuple[str, ...]:
    """What two visits say alike beside who went; the headcount tells nothing of one unit."""
    found = []
    if one.met and one.met == other.met:
        found.append("走访职工人次")
    if one.opinions and one.opinions == other.opinions:
        found.append(_OPINIONS)
    return tuple(found)


def _share(one: str, other: str) -> bool:
    if one == other:
        return True
    mine: list[str] = msgspec.json.decode(one)
    return not set(mine).isdisjoint(msgspec.json.decode(other))
