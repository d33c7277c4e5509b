"""The same enterprise under two names or in two counties' directories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.doubles.evidence import FAIR, STRONG, WEAK, Reasons, Verdict, telephone_keys
from app.domain.kernel.text import lookup_key
from app.domain.naming.name_sounds import sounds
from app.domain.naming.unit_names import Likeness, UnitName, likeness

_SHORTEST_NEAR = 4
_LONGEST_SHORT = 3
_LONGEST_KEYED = 10
_NEAR = 0.12


class FirmFace(NamedTuple):
    """What is compared of one enterprise; `county` is empty where the city or nobody says it."""

    names: tuple[UnitName, ...]
    county: str
    area: str
    uscc: str = ""
    telephones: tuple[str, ...] = ()
    contacts: frozenset[str] = frozenset()
    address: str = ""
    headcount: int | None = None


def firm_face(
    names: tuple[UnitName, ...],
    county: str,
    area: str,
    told: tuple[str, str, str, str, str, str, int | None] = ("", "", "", "", "", "", None),
) -> FirmFace:
    """The face of one enterprise.

    `told` are its credit code, both telephones, both contacts, its address and headcount.
    """
    uscc, management, union, first, second, address, headcount = told
    return FirmFace(
        names,
        county,
        area,
        uscc.strip().upper(),
        telephone_keys(management, union) if management or union else (),
        frozenset(filter(None, (first.strip(), second.strip()))),
        lookup_key(address) if address else "",
        headcount,
    )


def firm_keys(face: FirmFace, counties: tuple[str, ...]) -> tuple[str, ...]:
    """What two records of one enterprise share at least one of.

    `counties` are all of the city, for an enterprise that lies in any of them.
    """
    return tuple(dict.fromkeys(_keys(face, (face.county,) if face.county else counties)))


def _keys(face: FirmFace, counties: tuple[str, ...]) -> Iterator[str]:
    if face.uscc:
        yield f"u{face.uscc}"
    yield from (f"t{number}" for number in face.telephones)
    for name in face.names:
        yield f"k{name.key}"
        yield f"n{name.local}"
        if name.generic:
            places = (*sorted(name.towns), face.area, *counties)
            yield from (f"g{name.core}{place}" for place in places if place)
            continue
        yield f"n{name.core}"
        for county in counties:
            yield from _spelled(name.core, name.placed, county)


def _spelled(core: str, placed: str, county: str) -> Iterator[str]:
    """Keys by which slips and short names of one county meet."""
    yield from (f"s{county}{sound}" for sound in sounds(core, limit=2))
    if len(core) > _LONGEST_KEYED:
        yield f"z{county}{core[-_SHORTEST_NEAR:]}"
        return
    if len(core) >= _LONGEST_SHORT:
        yield f"d{county}{core}"
        yield f"o{county}{''.join(sorted(core))}"
    yield f"p{county}{core[:2]}"
    if len(core) >= _SHORTEST_NEAR:
        yield f"z{county}{core[-_SHORTEST_NEAR:]}"
    if len(core) <= _LONGEST_SHORT:
        yield f"a{county}{core}"
    if len(core) >= _SHORTEST_NEAR:
        yield from (f"d{county}{core[:at]}{core[at + 1 :]}" for at in range(len(core)))
        yield from (f"a{county}{core[0]}{char}" for char in core[2:])
        yield f"a{county}{core[0]}{core[2]}{core[-1]}"
    if placed != core:
        yield f"a{county}{placed[0]}{core[0]}"


def same_firm(one: FirmFace, other: FirmFace) -> Verdict | None:
    """Whether two records may be one enterprise, and why."""
    found = Reasons()
    near = one.county == other.county or not (one.county and other.county)
    alike = _alike(one, other, near=near)
    if one.uscc and one.uscc == other.uscc:
        found.add("统一社会信用代码相同。", STRONG)
    if alike is not None:
        where = "同在一个县" if near else "不在一个县"
        found.add(f"{alike.words}，{where}。", alike.weight)
        _supports(found, one, other, alike)
        if one.uscc and other.uscc and one.uscc != other.uscc:
            found.doubt("统一社会信用代码不同。")
    elif set(one.telephones).intersection(other.telephones):
        found.add("联系电话相同。", WEAK)
    return found.verdict()


def _alike(one: FirmFace, other: FirmFace, *, near: bool) -> Likeness | None:
    found = [
        alike
        for mine in one.names
        for theirs in other.names
        if (alike := likeness(mine, theirs, near=near)) is not None
    ]
    return max(found, key=lambda alike: (alike.weight, alike.words), default=None)


def _supports(found: Reasons, one: FirmFace, other: FirmFace, alike: Likeness) -> None:
    """What makes a likeness of names surer, and is nothing without one.

    A town has several firms of one size, so that the size tells nothing of a weak likeness.
    """
    if set(one.telephones).intersection(other.telephones):
        found.add("联系电话相同。", FAIR)
    if one.contacts & other.contacts:
        found.add("联系人相同。", WEAK)
    if one.address and one.address == other.address:
        found.add("地址相同。", WEAK)
    sized = alike.weight >= FAIR and _near_counts(one.headcount, other.headcount)
    if sized and one.area and one.area == other.area:
        found.add("同在一个乡镇，职工人数相近。", WEAK)


def _near_counts(one: int | None, other: int | None) -> bool:
    if not one or not other:
        return False
    return abs(one - other) <= max(1, _NEAR * max(one, other))
