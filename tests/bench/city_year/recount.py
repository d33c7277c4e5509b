"""The sums and the coverage of a year, counted again from the raw JSON of its packages.

Nothing here is of the program: packages are opened by zipfile, age and zstd alone (as in
`tests.bench.packages`), lines parsed by json, and the rules of R6 and R63 are written once more,
plainly. `python -m tests.bench.year` holds what the city's desk shows against it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.bench.packages import plain_records

Body = dict[str, Any]
Kinds = Mapping[str, Mapping[str, Body]]
LARGE = 200
"""From so many workers on a unit that says nothing itself is 规模以上."""
_NO_FIRM = ("institution", "government")


def lines_of(packages: Iterable[Path], secret: str) -> Iterator[bytes]:
    """Every saving that the packages hold, as its office wrote it."""
    for package in packages:
        for part in plain_records(package, secret):
            for line in part.splitlines():
                yield json.dumps(json.loads(line)["r"]).encode()


def newest(lines: Iterable[bytes]) -> Kinds:
    """By type and id what each record said last; `station` is the office that keyed it."""
    found: dict[str, dict[str, Body]] = defaultdict(dict)
    for line in sorted(map(json.loads, lines), key=lambda one: str(one["at"])):
        kind = found[line["type"]]
        kind.pop(line["id"], None)
        if line["op"] != "void":
            station = line["writer"].rpartition("-")[0]
            kind[line["id"]] = {**line["body"], "id": line["id"], "station": station}
    return found


def row_of(found: Kinds, station: str) -> Sequence[object]:
    """走访单位, 走访职工, 帮扶人数, 慰问金, 实物折价 of one office."""
    visits = [one for one in found["visit"].values() if one["station"] == station]
    aids = [one for one in found["aid"].values() if one["station"] == station]
    cases = found["case"]
    return (
        len({one.get("enterprise") or one["id"] for one in visits}),
        sum(one.get("workers_met") or 0 for one in visits),
        len({cases[one["case"]]["person"] for one in aids if one.get("case") in cases}),
        sum((Decimal(str(one.get("money") or 0)) for one in aids), Decimal(0)),
        sum((Decimal(str(one.get("goods_value") or 0)) for one in aids), Decimal(0)),
    )


def cadres(found: Kinds) -> tuple[int, int]:
    """规模以上企业 that somebody visited, and how many there are."""
    said: dict[str, tuple[str, int]] = {}
    for one in found["visit"].values():
        _say(said, one.get("enterprise", ""), one.get("visited_on"), one.get("headcount"))
    for id, one in found["enterprise"].items():
        _say(said, id, one.get("headcount_on"), one.get("headcount"))
    large = {id for id, one in found["enterprise"].items() if _is_large(one, said.get(id))}
    met = {one.get("enterprise") for one in found["visit"].values()}
    return len(large & met), len(large)


def _say(said: dict[str, tuple[str, int]], id: str, day: str | None, count: int | None) -> None:
    if id and count is not None:
        told = (day or "", count)
        said[id] = max(told, said.get(id, told))


def _is_large(one: Body, said: tuple[str, int] | None) -> bool:
    if one.get("above_scale") is not None:
        return bool(one["above_scale"])
    return one.get("kind") not in _NO_FIRM and said is not None and said[1] >= LARGE
