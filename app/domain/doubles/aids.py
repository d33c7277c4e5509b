"""One household aided by two offices in a year, and aid that one office keyed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from app.domain.codes import FUND_SOURCE
from app.domain.doubles.evidence import (
    CROWD,
    FAIR,
    STRONG,
    WEAK,
    Reasons,
    Strength,
    Verdict,
)
from app.domain.kernel.text import lookup_key
from app.domain.merging.link_decisions import Pair, pair

_SOON, _MONTH = 7, 31


class AidFace(NamedTuple):
    """What is compared of one aid; `day` counts days, money is in fen.

    `unit` is whose it is, `row` the unit in whose row it counts.
    """

    case: str
    person: str
    day: int
    year: int
    unit: str
    row: str
    type: str = ""
    money: int = 0
    value: int = 0
    goods: str = ""
    fund: str = ""


class Household(NamedTuple):
    """How sure it is that two files are of one household, and what to say of it."""

    strength: Strength
    words: str


def aid_pairs(faces: Mapping[str, AidFace], members: Sequence[str]) -> Iterator[Pair]:
    """Of the aids of one household those of one year, each with the few before it."""
    given = sorted((faces[one].day, one) for one in members if one in faces)
    if len(given) > CROWD:
        for at, (_, record) in enumerate(given):
            yield from (pair(record, other) for _, other in given[max(0, at - 3) : at])
        return
    for (_, one), (_, other) in combinations(given, 2):
        if faces[one].year == faces[other].year:
            yield pair(one, other)


def same_aid(
    one: AidFace,
    other: AidFace,
    household: Callable[[str, str], Household | None],
    name: Callable[[str], str],
) -> Verdict | None:
    """Whether a household was aided twice, and why; `name` says what an office is called."""
    if one.year != other.year:
        return None
    home = household(one.person, other.person)
    if home is None:
        return None
    found = Reasons()
    if one.unit == other.unit:
        _keyed_twice(found, one, other)
    else:
        _by_two(found, one, other, name)
    if home.words:
        found.add(home.words, 0)
    judged = found.verdict(min(_total(one), _total(other)))
    return _no_surer(judged, home.strength) if judged and found.weight else None


def _keyed_twice(found: Reasons, one: AidFace, other: AidFace) -> None:
    apart = abs(one.day - other.day)
    same = _gift(one) == _gift(other) and _total(one) > 0
    when = "日期相同" if not apart else f"相隔 {apart} 天"
    if same and apart <= 1:
        found.add(f"同一单位登记了两次：{when}，金额和实物相同。", STRONG)
    elif same and apart <= _SOON:
        alike = one.case == other.case or (one.type, one.fund) == (other.type, other.fund)
        words = f"同一单位登记了两次：{when}，金额和实物相同。"
        found.add(words, FAIR if alike else WEAK)
    elif not apart:
        found.add("同一单位同一天帮扶两次。", WEAK)
    elif apart <= _MONTH and one.type == other.type and one.fund != other.fund != "" != one.fund:
        names = "、".join(FUND_SOURCE.label_of(fund) for fund in sorted((one.fund, other.fund)))
        found.add(f"同一户 {one.year} 年从{names}两处得到同一种帮扶，{when}。", WEAK)


def _by_two(found: Reasons, one: AidFace, other: AidFace, name: Callable[[str], str]) -> None:
    names = "、".join(name(unit) for unit in sorted((one.unit, other.unit)))
    words = f"同一户 {one.year} 年由{names}分别帮扶"
    if one.row != other.row:
        found.add(f"{words}。", STRONG)
    elif abs(one.day - other.day) <= _SOON and _gift(one) == _gift(other):
        found.add(f"{words}，金额和实物相同。", STRONG)
    else:
        found.add(f"{words}。", WEAK)


def _gift(face: AidFace) -> tuple[int, int, str]:
    return face.money, face.value, lookup_key(face.goods)


def _total(face: AidFace) -> int:
    return face.money + face.value


def _no_surer(judged: Verdict, most: Strength) -> Verdict:
    order = list(Strength)
    weaker = max(judged.strength, most, key=order.index)
    return judged._replace(strength=weaker)
