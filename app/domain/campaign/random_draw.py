"""随机抽取: which units of a frame a seed draws, so that anybody can draw the same again (R34).

`zoufang-draw-1` is described for everybody in `resources/draw/algorithm.md`, with vectors beside
it; what is here and there must never change: another way of drawing gets another name.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import count, islice

from app.domain.kernel.errors import UserError

ALGORITHM = "zoufang-draw-1"
MOST_UNITS = 200_000
"""Units of a frame."""
MOST_STRATA = 500
MOST_DRAWN = 500
"""Units drawn at once; each is planned, visited and printed by somebody."""
LONGEST_SEED = 200
"""Characters of a seed."""
_SPAN = 1 << 32


@dataclass(frozen=True, slots=True, order=True)
class FrameUnit:
    """A unit that may be drawn: the key it is known by, its stratum ("" without), its name."""

    key: str
    stratum: str
    name: str


class Allocation(StrEnum):
    """How many are drawn of each stratum."""

    WHOLE = "whole"
    EQUAL = "equal"
    PROPORTIONAL = "proportional"
    FIXED = "fixed"


@dataclass(frozen=True)
class Frame:
    """抽样框: the units by key, as they are hashed and drawn from; made by `of`.

    What is worked out of all of them is worked out once.
    """

    units: tuple[FrameUnit, ...]

    @classmethod
    def of(cls, units: Iterable[FrameUnit]) -> Frame:
        """From units in any order; raises `UserError` FRAME_EMPTY, FRAME_TOO_LARGE, FRAME_BAD."""
        found = tuple(sorted(islice(units, MOST_UNITS + 1), key=lambda one: one.key.encode()))
        if not found:
            raise UserError("FRAME_EMPTY", "这个范围里没有单位。", remedy="请去掉几个条件再抽。")
        if len(found) > MOST_UNITS:
            raise UserError(
                "FRAME_TOO_LARGE",
                f"一次最多从 {MOST_UNITS:,} 家里抽。",
                remedy="请加上条件，分几次抽。",
            )
        if len({one.key for one in found}) < len(found) or not all(map(_is_plain, found)):
            raise UserError(
                "FRAME_BAD", "名单里有重复的单位，或名称里有不能印的字符。", remedy="请检查名单。"
            )
        frame = cls(found)
        if len(frame.sizes) > MOST_STRATA:
            raise UserError(
                "TOO_MANY_STRATA", f"最多分 {MOST_STRATA} 层。", remedy="请换一种分层方式。"
            )
        return frame

    @property
    def text(self) -> bytes:
        """One line for each unit: key, stratum and name, parted by tabs."""
        return "".join(f"{u.key}\t{u.stratum}\t{u.name}\n" for u in self.units).encode()

    @cached_property
    def sha256(self) -> str:
        """名单校验值: what tells this frame from every other."""
        return hashlib.sha256(self.text).hexdigest()

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many units each stratum has, the strata in the order of their names."""
        found = Counter(unit.stratum for unit in self.units)
        return {name: found[name] for name in sorted(found)}

    def of_stratum(self, name: str) -> list[FrameUnit]:
        """The units of one stratum, by key."""
        return [unit for unit in self.units if unit.stratum == name]


_BREAKS = ("Cc", "Cs", "Zl", "Zp")
"""Kinds of characters that could be taken for the end of a field or a line."""


def in_one_line(text: str) -> str:
    """The text as a frame may hold it."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(one) in _BREAKS else one for one in text)


def _is_plain(unit: FrameUnit) -> bool:
    whole = f"{unit.key}{unit.stratum}{unit.name}"
    return bool(unit.key) and (whole.isprintable() or whole == in_one_line(whole))


def frame_from(text: bytes) -> Frame:
    """The frame whose `Frame.text` this is; raises `UserError` FRAME_BAD and as `Frame.of`."""
    try:
        lines = text.decode().split("\n")
        if lines.pop():
            raise ValueError
        units = [FrameUnit(*line.split("\t")) for line in lines[: MOST_UNITS + 1]]
    except (ValueError, TypeError):
        raise UserError("FRAME_BAD", "名单读不出来。", remedy="请重新取得这份名单。") from None
    return Frame.of(units)


def numbers(
    sizes: Mapping[str, int],
    allocation: Allocation,
    number: int,
    fixed: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """How many are drawn of each stratum.

    `number` is that of all (WHOLE, PROPORTIONAL) or of each stratum (EQUAL: a smaller one gives
    all it has). PROPORTIONAL goes by the largest remainder; of equal remainders the larger
    stratum comes first, then the order of names. Raises `UserError` DRAW_NUMBER, ONE_STRATUM.
    """
    if allocation is Allocation.FIXED:
        found = {name: (fixed or {}).get(name, 0) for name in sizes}
        unknown = (fixed or {}).keys() - sizes.keys()
        over = next((name for name in sizes if not 0 <= found[name] <= sizes[name]), None)
        if unknown or over is not None:
            name = over if over is not None else min(unknown)
            raise _number(f"“{name}”有 {sizes.get(name, 0):,} 家，抽不出这么多。")
    else:
        found = _computed(sizes, allocation, number)
    if not 1 <= sum(found.values()) <= MOST_DRAWN:
        raise _number(f"一次抽 1 到 {MOST_DRAWN} 家，现在是 {sum(found.values()):,} 家。")
    return found


def _computed(sizes: Mapping[str, int], allocation: Allocation, number: int) -> dict[str, int]:
    if number < 1:
        raise _number("没有写抽几家。")
    if allocation is Allocation.EQUAL:
        return {name: min(number, size) for name, size in sizes.items()}
    whole = sum(sizes.values())
    if number > whole:
        raise _number(f"范围里只有 {whole:,} 家，抽不出 {number:,} 家。")
    if allocation is Allocation.WHOLE and len(sizes) > 1:
        raise UserError("ONE_STRATUM", "不分层的名单里出现了几层。", remedy="请检查名单。")
    found = {name: number * size // whole for name, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda one: (-(number * sizes[one] % whole), -sizes[one], one))
    for name in by_remainder[: number - sum(found.values())]:
        found[name] += 1
    return found


def _number(what: str) -> UserError:
    return UserError("DRAW_NUMBER", what, remedy="请改抽取的家数。")


def require_seed(seed: str) -> str:
    """The seed without spaces at its ends; raises `UserError` SEED."""
    plain = seed.strip()
    if not plain or len(plain) > LONGEST_SEED or plain != in_one_line(plain):
        raise UserError(
            "SEED",
            f"种子要有 1 到 {LONGEST_SEED} 个字，写在一行里。",
            remedy="请把掷出的点数、当天的日期等照报的写上，例如：3 5 2 6 1 4。",
        )
    return plain


def below(sizes: Iterable[int], *words: str) -> Iterator[int]:
    """For each size a number from 0 up to it, all as likely, told by the words alone.

    The first 32 bits of SHA-256 over the words and a counter; those of the last, incomplete round
    of a size are left out, so that no number comes more often than another.
    """
    start = "\n".join(words) + "\n"
    hashes = (hashlib.sha256(f"{start}{n}".encode()).digest() for n in count())
    values = (int.from_bytes(one[:4], "big") for one in hashes)
    for size in sizes:
        yield next(one for one in values if one < _SPAN - _SPAN % size) % size


def order_drawn(frame: Frame, seed: str, stratum: str, number: int) -> list[FrameUnit]:
    """The first `number` units of a stratum in the order they are drawn: a shuffle's beginning.

    More of them go on where fewer end, so that who comes next is known without drawing again.
    """
    return _first_drawn(frame.of_stratum(stratum), frame.sha256, seed, stratum, number)


def _first_drawn(
    units: list[FrameUnit], sha256: str, seed: str, stratum: str, number: int
) -> list[FrameUnit]:
    first = min(number, len(units))
    sizes = range(len(units), len(units) - first, -1)
    steps = below(sizes, ALGORITHM, sha256, seed, stratum)
    for place, step in enumerate(steps):
        other = place + step
        units[place], units[other] = units[other], units[place]
    return units[:first]


def draw(frame: Frame, seed: str, wanted: Mapping[str, int]) -> dict[str, Sequence[FrameUnit]]:
    """By stratum the units drawn, in order; strata without any are left out."""
    held: dict[str, list[FrameUnit]] = {name: [] for name in wanted}
    for unit in frame.units:
        if unit.stratum in held:
            held[unit.stratum].append(unit)
    sha256 = frame.sha256
    return {
        name: _first_drawn(held[name], sha256, seed, name, number)
        for name, number in wanted.items()
        if number
    }
