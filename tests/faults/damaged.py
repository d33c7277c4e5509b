"""Spoilt files of packages: each is refused with a code of the registry, or is the sealed one."""

from __future__ import annotations

import resource
import time
import traceback
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.exchange.packagereader import open_package
from app.exchange.refusal import CODES, Refused
from app.services.office.office import Office
from app.services.receiving import take_package
from tests.exchange import offices, spoil
from tests.exchange.offices import CITY_PC, COUNTY_PC
from tests.exchange.spoil import Desk
from tests.faults.mutants import SPOILS
from tests.faults.ready import opened, scratch
from tests.faults.stage import Stage
from tests.faults.tally import Tally
from tests.format import contents
from tests.services.offices import CITY
from tests.services.snapshots import snapshot

NAME = "bytes"
FULL, SHORT = 70_000, 200
SECONDS = 10.0
"""Of processor time that one file may cost."""
MEGABYTES = 400
"""That reading may add to the process."""
_INTO_STORE = 0.02
"""So many of them are also given to an office that receives."""


class Sink:
    """Takes what is written and keeps nothing."""

    def write(self, data: bytes) -> int:
        """Take it."""
        return len(data)


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound package, and whose keys open it."""

    name: str
    data: bytes
    secret: str


def seeds(folder: Path) -> list[Seed]:
    """One of each kind that goes up or down."""
    desk = Desk(folder)
    sealed = {
        "submission": (desk.sealed().read_bytes(), CITY_PC),
        "answer": (desk.sealed(CITY_PC, "answer", to=offices.COUNTY).read_bytes(), COUNTY_PC),
        "trust": (desk.trust(spoil.second_trust()).zip(), COUNTY_PC),
        "enrol": (desk.enrol().read_bytes(), CITY_PC),
        "reference": (
            contents.sealed(CITY_PC, "reference", "all", lines=contents.reference)(desk),
            COUNTY_PC,
        ),
        "restore": (
            contents.sealed(CITY_PC, "restore", offices.COUNTY, lines=contents.restored)(desk),
            COUNTY_PC,
        ),
        "scans": (
            contents.from_county(lines=contents.lines, attachments=contents.scans)(desk),
            CITY_PC,
        ),
    }
    return [Seed(name, data, office.secret) for name, (data, office) in sealed.items()]


def read(path: Path, secret: str) -> str | None:
    """The code of a refusal, or None when everything in it could be read."""
    try:
        with open_package(path, trust=offices.first_trust(), identities=[secret]) as package:
            for _ in package.lines():
                pass
            for scan in package.attachments():
                scan.copy_to(Sink())
    except Refused as refused:
        return refused.code
    return None


def peak() -> float:
    """The most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(stage: Stage, numbers: Iterator[int]) -> None:
    """Try these numbers; each is a seed, a way to spoil it, and what chance makes of it."""
    with scratch() as folder:
        place = stage.ready.place(CITY, folder)
        sound, first = seeds(folder), peak()
        with closing(opened(place / "data")) as office:
            before = _stored(office)
            for number in numbers:
                dice = stage.dice(NAME, number)
                one, how = dice.choice(sound), SPOILS[number % len(SPOILS)]
                file = folder / "spoilt.zfpkg"
                file.write_bytes(how(one.data, dice))
                _judge(stage.tally, f"{NAME}: {how.__name__}", number, file, one)
                if dice.random() < _INTO_STORE:
                    _give(stage.tally, number, file, office)
            if _stored(office) != before:
                stage.tally.lose(f"{NAME}: received", "any", "more than the ledger was changed")
        stage.tally.most("bytes: MB added", peak() - first)


def _stored(office: Office) -> dict[str, str]:
    """The digests of the tables; a file of an unknown writer is kept until the writer is known."""
    return {name: one for name, one in snapshot(office).items() if not name.startswith("inbox")}


def _give(tally: Tally, number: int, file: Path, office: Office) -> None:
    """An office that knows nobody of these receives it."""
    account = take_package.receive(office, file)
    if account.code in CODES:
        tally.add(f"{NAME}: received", "refused")
    else:
        tally.lose(f"{NAME}: received", number, account.state)


def _judge(tally: Tally, line: str, number: int, file: Path, seed: Seed) -> None:
    began = time.process_time()
    try:
        code = read(file, seed.secret)
    except Exception:  # noqa: BLE001  (whatever it is, it is what we look for)
        tally.lose(line, number, traceback.format_exc())
        return
    took = time.process_time() - began
    tally.most("bytes: slowest, s", took)
    if took > SECONDS:
        tally.lose(line, number, f"took {took:.1f} s")
    elif code is None and file.read_bytes() != seed.data:
        tally.lose(line, number, "was taken for sound")
    elif code is not None and code not in CODES:
        tally.lose(line, number, f"unknown code {code}")
    else:
        tally.add(line, "survived" if code is None else "refused")
        tally.codes[f"bytes: {code or 'accepted, unchanged'}"] += 1
