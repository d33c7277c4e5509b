"""The draw against published vectors, against another way of drawing, and against chance."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.campaign.draw_file import (
    FORMAT,
    DrawFile,
    FileReplacement,
    FileStratum,
    FileUnit,
    reserves,
    results,
    verify,
)
from app.domain.campaign.random_draw import (
    ALGORITHM,
    MOST_DRAWN,
    MOST_UNITS,
    Allocation,
    Frame,
    FrameUnit,
    below,
    draw,
    frame_from,
    numbers,
    order_drawn,
    require_seed,
)
from app.domain.kernel.errors import UserError

PUBLISHED = Path(__file__).resolve().parents[3] / "resources" / "draw"
VECTORS: dict[str, Any] = json.loads((PUBLISHED / "vectors.json").read_text("utf-8"))


def units(sizes: dict[str, int]) -> list[FrameUnit]:
    return [
        FrameUnit(f"{name}-{n:05}", name, f"{name}第{n}家")
        for name, size in sizes.items()
        for n in range(size)
    ]


def file_of(frame: Frame, seed: str, allocation: Allocation, asked: int, more: int = 0) -> DrawFile:
    """A file of a draw whose first units are replaced, `more` of each stratum."""
    wanted = numbers(frame.sizes, allocation, asked)
    drawn = tuple(results(draw(frame, seed, wanted)))
    replaced = []
    for name, number in wanted.items():
        mine = [one.key for one in drawn if one.stratum == name]
        for out, one in zip(mine, reserves(frame, seed, name, number, more), strict=False):
            row = FileReplacement(
                name, one.place, out, one.key, one.name, "停产", "2011-07-21", "李"
            )
            replaced.append(row)
    return DrawFile(
        FORMAT, ALGORITHM, "沙湾-抽2011-0001", "抽取", "沙湾区总工会", "活动", (), "", allocation,
        asked, "2011-07-21T09:00:00+08:00", "李经办", ("王主任",), seed, "现场报出",
        frame.sha256, tuple(FileStratum(n, s, wanted[n]) for n, s in frame.sizes.items()),
        drawn, tuple(replaced), tuple((u.key, u.stratum, u.name) for u in frame.units),
    )  # fmt: skip


@pytest.mark.parametrize("one", VECTORS["draws"], ids=lambda one: str(one["about"]))
def test_what_is_published_is_drawn(one: dict[str, Any]) -> None:
    frame = Frame.of(FrameUnit(*unit) for unit in one["frame"])
    assert frame.sha256 == one["frame_sha256"]
    wanted = numbers(
        frame.sizes, Allocation(one["allocation"]), one["asked"] or 0, one.get("fixed")
    )
    assert wanted == one["numbers"]
    for name, order in one["order"].items():
        assert [unit.key for unit in order_drawn(frame, one["seed"], name, 10**6)] == order
    drawn = draw(frame, one["seed"], wanted)
    assert {name: [unit.key for unit in some] for name, some in drawn.items()} == {
        name: order[: wanted[name]] for name, order in one["order"].items() if wanted[name]
    }


@pytest.mark.parametrize("one", VECTORS["numbers"])
def test_published_numbers_leave_out_what_would_come_too_often(one: dict[str, Any]) -> None:
    assert list(below(one["sizes"], *one["words"])) == one["values"]


def test_no_order_of_the_frame_changes_what_is_drawn() -> None:
    some = units({"甲区": 40, "乙县": 7, "": 12})
    first = Frame.of(some)
    chance = random.Random(7)
    for _ in range(20):
        chance.shuffle(some)
        again = Frame.of(iter(some))
        assert again == first
        assert draw(again, "3 5 2", again.sizes) == draw(first, "3 5 2", first.sizes)


def test_more_are_drawn_after_fewer() -> None:
    frame = Frame.of(units({"": 300}))
    whole = order_drawn(frame, "六", "", 300)
    assert sorted(whole) == sorted(frame.units)
    for number in (1, 2, 17, 299):
        assert order_drawn(frame, "六", "", number) == whole[:number]


@pytest.mark.parametrize("change", ["seed", "name", "key", "more"])
def test_anything_else_draws_otherwise(change: str) -> None:
    some = units({"": 200})
    changed = {
        "seed": some,
        "name": [FrameUnit(some[0].key, "", "改了名"), *some[1:]],
        "key": [FrameUnit("a", "", some[0].name), *some[1:]],
        "more": [*some, FrameUnit("b", "", "新的一家")],
    }[change]
    seed = "20110721"
    first = order_drawn(Frame.of(some), seed, "", 20)
    other = order_drawn(Frame.of(changed), seed + ("1" if change == "seed" else ""), "", 20)
    assert [one.key for one in first] != [one.key for one in other]


def chi_square(counts: Sequence[int]) -> float:
    mean = sum(counts) / len(counts)
    return sum((one - mean) ** 2 for one in counts) / mean


def test_every_unit_and_every_order_is_as_likely() -> None:
    frame = Frame.of(units({"": 20}))
    seeds = [f"第{n}次" for n in range(4000)]
    firsts = [order_drawn(frame, seed, "", 5) for seed in seeds]
    drawn = Counter(one.key for some in firsts for one in some)
    # 19 degrees of freedom: 43.8 is passed once in a thousand times; the seeds are fixed.
    assert chi_square([drawn[one.key] for one in frame.units]) < 43.8
    for place in range(5):
        there = Counter(some[place].key for some in firsts)
        assert chi_square([there[one.key] for one in frame.units]) < 43.8
    three = Frame.of(units({"": 3}))
    orders = Counter(tuple(one.key for one in order_drawn(three, s, "", 3)) for s in seeds)
    # 5 degrees of freedom: 20.5 once in a thousand times.
    assert len(orders) == 6
    assert chi_square(list(orders.values())) < 20.5


def random_sizes(chance: random.Random) -> dict[str, int]:
    strata = chance.randint(1, 30)
    return {f"第{n}层": chance.choice((1, 2, 3, chance.randint(1, 900))) for n in range(strata)}


def test_the_numbers_of_strata_sum_exactly_and_fit() -> None:
    chance = random.Random(34)
    for _ in range(400):
        sizes = random_sizes(chance)
        whole = sum(sizes.values())
        number = chance.randint(1, min(whole, MOST_DRAWN))
        found = numbers(sizes, Allocation.PROPORTIONAL, number)
        assert sum(found.values()) == number
        for name, size in sizes.items():
            assert 0 <= found[name] <= size
            share = number * size / whole
            assert int(share) <= found[name] <= int(share) + 1
        each = chance.randint(1, MOST_DRAWN // len(sizes))
        equal = numbers(sizes, Allocation.EQUAL, each)
        assert equal == {name: min(each, size) for name, size in sizes.items()}


def test_the_largest_remainder_then_the_larger_then_the_name() -> None:
    assert numbers({"乙": 3, "甲": 3, "丙": 3}, Allocation.PROPORTIONAL, 1) == {
        "丙": 1, "乙": 0, "甲": 0
    }  # fmt: skip
    # 4 × 7 / 12 and 4 × 5 / 12 leave 4 and 8 twelfths: the smaller stratum has the larger one.
    assert numbers({"甲": 7, "乙": 5}, Allocation.PROPORTIONAL, 4) == {"甲": 2, "乙": 2}
    assert numbers({"甲": 6, "乙": 2}, Allocation.PROPORTIONAL, 2) == {"甲": 2, "乙": 0}


@pytest.mark.parametrize(
    ("sizes", "allocation", "number", "fixed"),
    [
        ({"": 5}, Allocation.WHOLE, 0, None),
        ({"": 5}, Allocation.WHOLE, 6, None),
        ({"甲": 5, "乙": 5}, Allocation.WHOLE, 2, None),
        ({"": 5000}, Allocation.WHOLE, MOST_DRAWN + 1, None),
        ({"甲": 5}, Allocation.FIXED, 0, {"甲": 6}),
        ({"甲": 5}, Allocation.FIXED, 0, {"甲": -1}),
        ({"甲": 5}, Allocation.FIXED, 0, {"丙": 1}),
        ({"甲": 5}, Allocation.FIXED, 0, {}),
    ],
)
def test_numbers_that_cannot_be_drawn_are_refused(
    sizes: dict[str, int], allocation: Allocation, number: int, fixed: dict[str, int] | None
) -> None:
    with pytest.raises(UserError) as refused:
        numbers(sizes, allocation, number, fixed)
    assert refused.value.code in ("DRAW_NUMBER", "ONE_STRATUM")
    assert refused.value.remedy


@pytest.mark.parametrize("seed", ["", "  ", "一\n二", "长" * 201, "a\tb"])
def test_a_seed_is_one_line(seed: str) -> None:
    with pytest.raises(UserError, match="种子"):
        require_seed(seed)


def endless() -> Iterator[FrameUnit]:
    n = 0
    while True:
        n += 1
        yield FrameUnit(str(n), "", "甲")


@pytest.mark.parametrize(
    ("some", "code"),
    [
        ([], "FRAME_EMPTY"),
        ([FrameUnit("a", "", "甲"), FrameUnit("a", "", "乙")], "FRAME_BAD"),
        ([FrameUnit("a", "", "甲\t乙")], "FRAME_BAD"),
        ([FrameUnit("", "", "甲")], "FRAME_BAD"),
        ([FrameUnit(str(n), str(n), "甲") for n in range(501)], "TOO_MANY_STRATA"),
        (endless(), "FRAME_TOO_LARGE"),
    ],
)
def test_a_frame_is_bounded_and_plain(some: Iterator[FrameUnit], code: str) -> None:
    with pytest.raises(UserError) as refused:
        Frame.of(some)
    assert refused.value.code == code


def test_a_frame_comes_back_from_its_text() -> None:
    frame = Frame.of(units({"甲区": 3, "": 2}))
    assert frame_from(frame.text) == frame
    assert hashlib.sha256(frame.text).hexdigest() == frame.sha256
    for broken in (frame.text[:-1], b"a\tb\n", b"\xff\n", b"a\tb\tc\td\n"):
        with pytest.raises(UserError, match="名单"):
            frame_from(broken)


def test_two_hundred_thousand_units_are_drawn_from() -> None:
    frame = Frame.of(units({"甲": MOST_UNITS - 50_000, "乙": 50_000}))
    file = file_of(frame, "1 2 3", Allocation.PROPORTIONAL, MOST_DRAWN)
    assert [(one.name, one.number) for one in file.strata] == [("乙", 125), ("甲", 375)]
    verify(file)


FRAME = Frame.of(units({"甲区": 30, "乙县": 9, "丙县": 3}))
FILE = file_of(FRAME, "3 5 2 6 1 4", Allocation.PROPORTIONAL, 14, more=2)
FIRST = FILE.frame[0]
LATE = FILE.replacements[-1]


def put(rows: Sequence[Any], at: int, /, **members: Any) -> tuple[Any, ...]:
    some = list(rows)
    some[at] = msgspec.structs.replace(some[at], **members)
    return tuple(some)


TAMPERED: dict[str, dict[str, Any]] = {
    "seed": {"seed": "3 5 2 6 1 5"},
    "seed with a space": {"seed": "3 5 2 6 1 4 "},
    "another algorithm": {"algorithm": "zoufang-draw-2"},
    "another format": {"format": "x"},
    "hash": {"frame_sha256": "0" * 64},
    "a name in the frame": {"frame": ((*FIRST[:2], "别家"), *FILE.frame[1:])},
    "one left out": {"frame": FILE.frame[1:]},
    "one twice": {"frame": (FIRST, *FILE.frame)},
    "another order": {"frame": FILE.frame[::-1]},
    "no frame": {"frame": ()},
    "a result": {"results": put(FILE.results, 0, key=FILE.results[1].key)},
    "the name of a result": {"results": put(FILE.results, 0, name="别家")},
    "the order of results": {"results": FILE.results[::-1]},
    "a result less": {"results": FILE.results[:-1]},
    "a result more": {"results": (*FILE.results, FileUnit("甲区", 99, "x", "y"))},
    "a number": {"strata": put(FILE.strata, 0, number=0)},
    "a size": {"strata": put(FILE.strata, 0, size=8)},
    "a stratum twice": {"strata": (*FILE.strata, FILE.strata[0])},
    "allocation": {"allocation": Allocation.EQUAL},
    "how many": {"asked": 13},
    "a replacement not in order": {"replacements": put(FILE.replacements, -1, key=FIRST[0])},
    "a place": {"replacements": put(FILE.replacements, -1, place=50)},
    "for whom nobody drew": {"replacements": put(FILE.replacements, -1, out=LATE.key)},
    "of another stratum": {"replacements": put(FILE.replacements, -1, stratum="丙县")},
    "one replaced twice": {"replacements": (*FILE.replacements, LATE)},
}  # fmt: skip


def test_a_file_with_replacements_is_right() -> None:
    assert {one.stratum for one in FILE.replacements} == {"甲区", "乙县", "丙县"}
    verify(FILE)
    (following,) = reserves(FRAME, FILE.seed, LATE.stratum, LATE.place, 1)
    again = FileReplacement(
        LATE.stratum,
        following.place,
        LATE.key,
        following.key,
        following.name,
        "迁出",
        "2011-07-22",
        "李",
    )
    verify(msgspec.structs.replace(FILE, replacements=(*FILE.replacements, again)))


@pytest.mark.parametrize("what", TAMPERED)
def test_a_file_that_was_changed_is_refused_in_words(what: str) -> None:
    with pytest.raises(UserError) as refused:
        verify(msgspec.structs.replace(FILE, **TAMPERED[what]))
    assert refused.value.what.endswith("。")
    assert refused.value.remedy


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lines that the description publishes, as a file of their own."""
    text = (PUBLISHED / "algorithm.md").read_text("utf-8")
    code = text.split("```python\n")[1].split("```")[0]
    assert sum(bool(line) for line in code.splitlines()) <= 36
    place = tmp_path_factory.mktemp("stranger") / "verify.py"
    place.write_text(code, "utf-8")
    return place


def judged(stranger: Path, file: DrawFile, place: Path) -> int:
    place.write_bytes(msgspec.json.encode(file))
    words = [sys.executable, "-I", str(stranger), str(place)]
    return subprocess.run(words, capture_output=True, check=False).returncode


def test_the_published_lines_agree(stranger: Path, tmp_path: Path) -> None:
    place = tmp_path / "draw.json"
    chance = random.Random(5)
    for n in range(12):
        frame = Frame.of(units(random_sizes(chance)))
        file = file_of(frame, f"掷出 {n}", Allocation.EQUAL, 3, more=2)
        verify(file)
        assert judged(stranger, file, place) == 0
    for what in ("seed", "hash", "a result", "a replacement not in order", "one left out"):
        changed = msgspec.structs.replace(FILE, **TAMPERED[what])
        assert judged(stranger, changed, place) == 1, what
