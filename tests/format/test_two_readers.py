"""The program and the reader written from the description agree on packages that were spoilt."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.exchange import manifest, zstdframe
from app.services.receiving.inspection import Means, inspect_file
from tests.exchange import offices
from tests.exchange.forge import RECORDS, Forgery, compact, digests
from tests.exchange.offices import CITY_PC
from tests.exchange.spoil import INDEX, VISIT
from tests.faults import insiders
from tests.faults.damaged import Seed, seeds
from tests.faults.mutants import SPOILS, Dice
from tests.format.chance import fixed
from tests.format.conformance import conformance
from tests.format.example import FOLDER, KEYS
from tests.format.make_examples import COMPARED
from tests.format.test_stranger import answers

TRUST = FOLDER / "examples" / "trust" / "trust-1.zfpkg"
EACH = 60
Spoil = Callable[[Seed, Dice, Path], bytes]


class _Nobody:
    """What `insiders.disturbed` asks of an insider: ids of others, and new ones."""

    foreign = (offices.record_id(5), offices.record_id(6))
    number = 100

    @property
    def office(self) -> _Nobody:
        """Itself."""
        return self

    def new_id(self) -> str:
        """The next id."""
        self.number += 1
        return offices.record_id(self.number)


def _forgery(seed: Seed, folder: Path) -> Forgery:
    return Forgery.of(offices.write(folder, "seed.zfpkg", seed.data))


def _disturbed(tree: Any, dice: Dice) -> bytes:
    insider: Any = _Nobody()
    return insiders.disturbed(tree, dice, insider)


def of_bytes(seed: Seed, dice: Dice, _: Path) -> bytes:
    """Bits, members, the container."""
    return dice.choice(SPOILS)(seed.data, dice)


def of_the_header(seed: Seed, dice: Dice, folder: Path) -> bytes:
    """A header with something wrong, signed all the same."""
    forgery = _forgery(seed, folder)
    header = json.loads(forgery.members[manifest.HEADER])
    forgery.members[manifest.HEADER] = _disturbed(header, dice)
    tagged = {path: forgery.members[path] for path in manifest.TAGGED}
    forgery.members[manifest.TAG_MANIFEST] = manifest.write(digests(tagged))
    return forgery.sign().zip()


def of_the_index(seed: Seed, dice: Dice, folder: Path) -> bytes:
    """An index with something wrong, sealed all the same."""
    forgery = _forgery(seed, folder)
    return forgery.put(INDEX, _disturbed(forgery.index(), dice)).whole()


def of_the_lines(seed: Seed, dice: Dice, folder: Path) -> bytes:
    """One or two lines with something wrong, counted on the cover."""
    forgery = _forgery(seed, folder)
    raws = [_disturbed(json.loads(VISIT), dice) for _ in range(dice.choice((1, 2)))]
    rows = [
        b'{"h":"%b","r":%b}\n' % (hashlib.sha256(one).hexdigest().encode(), one) for one in raws
    ]
    plain = b"".join(rows)
    index = forgery.index()
    index["files"][RECORDS] = {"sha256": hashlib.sha256(plain).hexdigest(), "length": len(plain)}
    met = str(12 * len(raws))
    index["cover"] = {"records": {"visit": len(raws)}, "sums": {"visit.workers_met": met}}
    forgery.put(INDEX, compact(index))
    return forgery.put(RECORDS, zstdframe.compress(plain)).whole()


@pytest.mark.parametrize("spoil", [of_bytes, of_the_header, of_the_index, of_the_lines])
def test_two_readers_come_to_one_verdict(tmp_path: Path, spoil: Spoil) -> None:
    name = spoil.__name__
    with fixed(name):
        found = seeds(tmp_path)
        sound = found if spoil is of_bytes else [one for one in found if one.name == "scans"]
    files, mine = [], []
    for number in range(EACH):
        dice = random.Random(f"{name} {number}")
        file = tmp_path / f"{name}-{number}.zfpkg"
        with fixed(file.name):
            file.write_bytes(spoil(dice.choice(sound), dice, tmp_path))
        verdict = inspect_file(file, Means(offices.first_trust(), [CITY_PC.secret])).verdict
        files.append(file)
        mine.append(json.loads(msgspec.json.encode(verdict)))
    key = tmp_path / "city.age"
    key.write_text(f"{KEYS['city'].secret}\n", encoding="ascii")
    means = ["--trust", str(TRUST), "--identity", str(key)]
    for file, ours, theirs in zip(
        files, mine, answers([str(file), *means] for file in files), strict=True
    ):
        case = {"verdict": {member: ours[member] for member in COMPARED}}
        assert conformance.differences(case, theirs) == [], (file.name, ours, theirs)
    ends = {(one["code"], *(aside["code"] for aside in one["aside"])) for one in mine}
    assert len(ends) > 2
