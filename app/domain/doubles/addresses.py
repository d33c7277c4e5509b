"""Where a household lives, however it was written: 三组 and 3社, 12栋2单元301 and 12-2-301."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from app.domain.kernel.text import fold_digits, lookup_key

_HAN = "零〇一二三四五六七八九"
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_UNITS = "组社队号栋幢座单元楼室层巷弄户院"
_SPOKEN = re.compile(f"[{_HAN}十百]+(?=[{_UNITS}]|村民小组|居民小组|门)")
_DASHES = re.compile(f"(?<=[0-9{_HAN}十])[-—–－~#＃/](?=[0-9{_HAN}])")
_WIDE = "(?:四川省?)?(?:乐山市?)?"
_COUNTY = "[一-龥]{1,3}?(?:[一-龥]族自治县|市|县|(?<![社厂园小校矿活库景林牧])区)"
_TOWN = re.compile("[一-龥]{1,6}?(?:街道办事处|街道|镇|乡)(?=[一-龥])")
_GROUP = re.compile("([0-9]+)(?:村民小组|居民小组|组|社|队)")
_TH = re.compile("第(?=[0-9])")
_NUMBERS = re.compile("[0-9]+")
_SHORTEST = 4


class Address(NamedTuple):
    """The words before the first figure, without city, county, town and 村, and all figures.

    `house` says whether it goes down to a house; a village group or a dormitory does not.
    """

    key: str
    house: bool
    county: str
    """The county as it is named, empty where it is not; so the town."""
    town: str = ""


@lru_cache
def front_of(counties: tuple[str, ...] = ()) -> re.Pattern[str]:
    """What stands before the town: 四川省乐山市沙湾区; these counties also without 区 or 县."""
    known = "|".join(map(re.escape, sorted(counties, key=len, reverse=True)))
    named = f"(?:{known})(?![镇乡街路村])|{_COUNTY}" if known else _COUNTY
    return re.compile(f"{_WIDE}({named})?")


def read_address(text: str, front_part: re.Pattern[str] | None = None) -> Address | None:
    """An address in its parts; None where it tells nothing (a street, a village).

    `front_part` is `front_of` the counties around.
    """
    marked = _DASHES.sub("号", fold_digits(text.strip()))
    folded = lookup_key(marked).translate(_FORMAL)
    plain = _TH.sub("", _SPOKEN.sub(lambda found: str(_number(found[0])), folded))
    front = (front_part or front_of()).match(plain)
    rest = plain[front.end() :] if front else plain
    county = (front[1] or "") if front else ""
    town = _TOWN.match(rest)
    if town and len(rest) - town.end() >= _SHORTEST - 1:
        rest = rest[town.end() :]
    numbers = _NUMBERS.findall(rest)
    words = rest[: rest.index(numbers[0])] if numbers else rest
    if len(words) < 2 or (not numbers and len(rest) < 2 * _SHORTEST):
        return None
    groups = len(_GROUP.findall(rest))
    house = len(numbers) > groups and not rest.endswith(("宿舍", "家属院", "宿舍区", "生活区"))
    key = f"{words.removesuffix('村')}|{'-'.join(number.lstrip('0') or '0' for number in numbers)}"
    return Address(key, house, county, town[0] if town else "")


def _number(spoken: str) -> int:
    """十二 and 一二 are 12, 二十 is 20, 一百零三 is 103."""
    if not set(spoken) & {"十", "百"}:
        return int("".join(str(max(_HAN.index(char) - 1, 0)) for char in spoken))
    total = current = 0
    for char in spoken:
        if char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            current = max(_HAN.index(char) - 1, 0)
    return total + current
