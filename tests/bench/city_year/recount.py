"""The sums of a year, counted again from the raw JSON of its packages.

Nothing here is of the program: packages are opened by zipfile, age and zstd alone (as in
`tests.bench.packages`), lines parsed by json, and the rules of R63 are written once more, plainly;
`recount_covers` does so for 走访覆盖. `python -m tests.bench.year` holds what the city's desk
shows against both.
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


def row_of(found: Kinds, *stations: str) -> Sequence[object]:
    """A row of the 汇总表 without its covers, of what these offices keyed, each thing once.

    走访单位, 走访职工, 意见诉求, 已办结, 帮扶人数, 慰问金, 实物折价, and behind them 走访次数,
    帮扶户数, 帮扶人次.
    """
    visits, aids, demands = (_of(found, kind, stations) for kind in ("visit", "aid", "demand"))
    people = {_helped(found, one) for one in aids} - {""}
    return (
        len({one.get("enterprise") or one["id"] for one in visits}),
        sum(one.get("workers_met") or 0 for one in visits),
        len(demands),
        sum(one.get("state") == "closed" or "closed_on" in one for one in demands),
        len(people),
        sum((Decimal(str(one.get("money") or 0)) for one in aids), Decimal(0)),
        sum((Decimal(str(one.get("goods_value") or 0)) for one in aids), Decimal(0)),
        len(visits),
        len(people),
        len(aids),
    )


def _of(found: Kinds, kind: str, stations: Sequence[str]) -> list[Body]:
    return [one for one in found.get(kind, {}).values() if one["station"] in stations]


def _helped(found: Kinds, aid: Body) -> str:
    """Who was helped: as the aid says, else as its case does."""
    return str(aid.get("person") or found["case"].get(aid.get("case", ""), {}).get("person", ""))
