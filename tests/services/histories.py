"""Random histories of several offices, sealed into real packages, for whatever order they come."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.merging.revision import Op
from app.exchange.packagewriter import Sealed
from app.services.office.office import Office
from tests.services import forging
from tests.services.forging import Line
from tests.services.offices import CITY, COUNTY


@dataclass(frozen=True)
class Version:
    """One revision as a writer remembers it."""

    h: str
    parents: tuple[str, ...]
    body: dict[str, Any]


@dataclass
class Desk:
    """One PC: what it knows of which records, and what it has not sealed yet."""

    office: Office
    known: dict[str, dict[str, Version]] = field(default_factory=dict)
    unsent: list[Line] = field(default_factory=list)

    @property
    def station(self) -> str:
        return self.office.identity.station

    def heads(self, record: str) -> list[Version]:
        versions = self.known[record]
        parents = {h for one in versions.values() for h in one.parents}
        return [one for h, one in sorted(versions.items()) if h not in parents]

    def create(self, dice: random.Random) -> str:
        record = self.office.new_id()
        self._write(record, (), {"headcount": dice.randint(1, 5), "workers_met": 1}, "create")
        return record

    def edit(self, dice: random.Random, record: str) -> None:
        heads = self.heads(record)
        body = dict(dice.choice(heads).body)
        name = dice.choice(["headcount", "workers_met", "leaders", "methods", "opinions"])
        body[name] = _value(dice, name)
        self._write(record, [one.h for one in heads], body, "edit")

    def void(self, dice: random.Random, record: str) -> None:
        heads = self.heads(record)
        self._write(record, [one.h for one in heads], heads[0].body, "void")

    def meddle(self, dice: random.Random, other: Desk) -> None:
        """Write on a record of another office, as no program of ours would."""
        record = dice.choice(sorted(other.known))
        parent = dice.choice(sorted(other.known[record]))
        self.unsent.append(
            forging.line(self.office, "visit", {"headcount": 666}, record=record, parents=[parent])
        )

    def _write(self, record: str, parents: Sequence[str], body: dict[str, Any], op: Op) -> None:
        line = forging.line(self.office, "visit", body, record=record, parents=parents, op=op)
        versions = self.known.setdefault(record, {})
        versions[line[0]] = Version(line[0], tuple(parents), body)
        self.unsent.append(line)

    def hear(self, other: Desk) -> None:
        """Learn what the other PC of the office knows."""
        for record, versions in other.known.items():
            self.known.setdefault(record, {}).update(versions)

    def seal(self, folder: Path) -> Sealed | None:
        lines, self.unsent = self.unsent, []
        name = f"{self.office.identity.writer}-{len(list(folder.iterdir())):06d}.zfpkg"
        return forging.package(self.office, folder / name, lines, keep=True) if lines else None


def _value(dice: random.Random, name: str) -> Any:
    if name == "leaders":
        return [dice.choice("甲乙丙丁") * 2 for _ in range(dice.randint(1, 2))]
    if name == "methods":
        return sorted(dice.sample(["talk", "meeting", "survey"], dice.randint(1, 3)))
    if name == "opinions":
        return dice.choice(["一是……", "二是……"])
    return dice.randint(1, 3)


def history(
    dice: random.Random, pcs: tuple[Desk, Desk], other: Desk, city: Office, folder: Path
) -> list[Sealed]:
    """Some work at two PCs of one county, another county and the city; the packages in order."""
    desks = (*pcs, other)
    for desk in desks:
        desk.known.clear()
    made: list[Sealed] = []
    dice.choice(desks).create(dice)
    for _ in range(dice.randint(3, 9)):
        _something(dice, pcs, other)
        if dice.random() < 0.25:
            made += filter(None, [dice.choice(desks).seal(folder)])
        if dice.random() < 0.08:
            made += _spoken(dice, pcs[0], city, folder)
    made += filter(None, [desk.seal(folder) for desk in desks])
    return made


def _something(dice: random.Random, pcs: tuple[Desk, Desk], other: Desk) -> None:
    desk = dice.choice((*pcs, other))
    chance = dice.random()
    if chance < 0.2 or not desk.known:
        desk.create(dice)
    elif chance < 0.7:
        desk.edit(dice, dice.choice(sorted(desk.known)))
    elif chance < 0.78:
        desk.void(dice, dice.choice(sorted(desk.known)))
    elif chance < 0.92:
        one, two = pcs if dice.random() < 0.5 else pcs[::-1]
        one.hear(two)
    elif pcs[0].known:
        other.meddle(dice, pcs[0])


def _spoken(dice: random.Random, desk: Desk, city: Office, folder: Path) -> list[Sealed]:
    """A telephone correction of the city to something the county has, sent or not."""
    if not desk.known:
        return []
    record = dice.choice(sorted(desk.known))
    row = {"id": "1", "field": "headcount", "value": dice.randint(7, 9), "said_by": "李某"}
    body = {
        "station": COUNTY,
        "target": record,
        "target_type": "visit",
        "target_h": dice.choice(sorted(desk.known[record])),
        "verdict": "propose",
        "proposals": [row],
    }
    line = forging.line(city, "review", body)
    name = f"{CITY}-{len(list(folder.iterdir())):06d}.zfpkg"
    return [forging.package(city, folder / name, [line], to=COUNTY, kind="answer", keep=True)]
