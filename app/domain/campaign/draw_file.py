"""抽取文件: a draw as a file that anybody can check, without the program's data (R34).

What the members mean is described for everybody in `resources/draw/algorithm.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated

import msgspec

from app.domain.campaign.random_draw import (
    ALGORITHM,
    MOST_DRAWN,
    Allocation,
    Frame,
    FrameUnit,
    draw,
    numbers,
    order_drawn,
    require_seed,
)
from app.domain.kernel.errors import UserError

FORMAT = "zoufang-draw-file-1"
_Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class FileStratum(msgspec.Struct, frozen=True):
    """A stratum, how many units it has and how many of them are drawn."""

    name: str
    size: _Count
    number: _Count


class FileUnit(msgspec.Struct, frozen=True):
    """A unit drawn; `place` is 1 for the first of its stratum."""

    stratum: str
    place: _Count
    key: str
    name: str


class FileReplacement(msgspec.Struct, frozen=True):
    """The unit `key`, drawn next in its stratum, stands for the unit `out`."""

    stratum: str
    place: _Count
    out: str
    key: str
    name: str
    reason: str
    on: str
    by: str


class DrawFile(msgspec.Struct, frozen=True):
    """A whole draw; `number` is its 编号, `asked` the number for all or each, null for FIXED.

    `frame` has key, stratum and name of every unit, by key; `void` says why it does not count
    any more, "" where it does.
    """

    format: str
    algorithm: str
    number: str
    title: str
    office: str
    campaign: str
    scope: tuple[str, ...]
    parted_by: str
    allocation: Allocation
    asked: _Count | None
    drawn_at: str
    drawn_by: str
    witnesses: tuple[str, ...]
    seed: str
    seed_from: str
    frame_sha256: str
    strata: tuple[FileStratum, ...]
    results: tuple[FileUnit, ...]
    replacements: tuple[FileReplacement, ...]
    frame: tuple[tuple[str, str, str], ...]
    void: str = ""


def verify(file: DrawFile) -> None:
    """Draw again from what the file holds; raises `UserError` DRAW_DIFFERS, saying what differs.

    Raises as `Frame.of` does, too.
    """
    if (file.format, file.algorithm) != (FORMAT, ALGORITHM):
        raise UserError(
            "DRAW_UNKNOWN",
            f"这个文件用的是“{file.algorithm[:40]}”，这个版本的程序不认识。",
            remedy="请用新版本的程序核验。",
        )
    frame = Frame.of(FrameUnit(*one) for one in file.frame)
    if [*map(_line, frame.units)] != list(file.frame):
        raise _differs("名单没有按规定的顺序排")
    if frame.sha256 != file.frame_sha256:
        raise _differs("名单和当时的不是同一份，校验值不符")
    if require_seed(file.seed) != file.seed:
        raise _differs("种子前后多了空格")
    _verify_strata(file, frame)
    wanted = {one.name: one.number for one in file.strata}
    drawn = tuple(results(draw(frame, file.seed, wanted)))
    if drawn != file.results:
        raise _differs(f"抽中的单位{_first_other(drawn, file.results)}")
    _verify_replacements(file, frame, wanted)


def _verify_strata(file: DrawFile, frame: Frame) -> None:
    told = {one.name: one.size for one in file.strata}
    if len(told) < len(file.strata) or list(told.items()) != list(frame.sizes.items()):
        raise _differs("各层的家数和名单不符")
    fixed = {one.name: one.number for one in file.strata}
    if numbers(frame.sizes, file.allocation, file.asked or 0, fixed) != fixed:
        raise _differs("各层抽取的家数和规定的算法不符")


def results(drawn: Mapping[str, Sequence[FrameUnit]]) -> Iterator[FileUnit]:
    """The units drawn as a file lists them: by stratum, then as they were drawn."""
    for name in sorted(drawn):
        for place, unit in enumerate(drawn[name], 1):
            yield FileUnit(name, place, unit.key, unit.name)


def _verify_replacements(file: DrawFile, frame: Frame, wanted: Mapping[str, int]) -> None:
    """Each takes the next unit of the stratum, for one that stood until then."""
    stand = {one.key: one.stratum for one in file.results}
    if len(file.replacements) > MOST_DRAWN:
        raise _differs("替补太多")
    for one in sorted(file.replacements, key=lambda r: (r.stratum, r.place)):
        if stand.pop(one.out, None) != one.stratum:
            raise _differs(f"被替换的第 {one.place} 家不在抽中的单位里")
        stand[one.key] = one.stratum
    for name in dict.fromkeys(one.stratum for one in file.replacements):
        mine = [one for one in file.replacements if one.stratum == name]
        reserve = reserves(frame, file.seed, name, wanted.get(name, 0), len(mine))
        told = sorted((one.place, one.key, one.name) for one in mine)
        if told != [(one.place, one.key, one.name) for one in reserve]:
            raise _differs("替补没有按抽出的顺序")


def reserves(frame: Frame, seed: str, stratum: str, number: int, more: int) -> list[FileUnit]:
    """The units drawn after the first `number` of a stratum, at most `more` of them."""
    order = order_drawn(frame, seed, stratum, number + more)
    return [
        FileUnit(stratum, place, unit.key, unit.name)
        for place, unit in enumerate(order[number:], number + 1)
    ]


def _line(unit: FrameUnit) -> tuple[str, str, str]:
    return unit.key, unit.stratum, unit.name


def _first_other(own: Iterable[FileUnit], told: Sequence[FileUnit]) -> str:
    for place, one in enumerate(own):
        if place >= len(told) or told[place] != one:
            layer = f"“{one.stratum}”" if one.stratum else ""
            return f"不对：{layer}第 {one.place} 家应是“{one.name}”"
    return "多出了几家"


def _differs(what: str) -> UserError:
    return UserError(
        "DRAW_DIFFERS",
        f"核验不通过：{what}。",
        why="文件里的名单、种子、结果对不上，可能被改过。",
        remedy="请向抽取的单位要原来的文件。",
    )
