"""One folder as it stands on the city's desk in December: real packages of many offices, mixed.

Offices and their townships have reported several times; some files are there twice, one is
missing, one number was used by two computers, one office is not enrolled, one computer is
revoked, some files are damaged, and one is of a later version of the program.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.exchange.packagereader import inspect_package
from app.services.office.office import Office
from app.services.registering import enrolment
from tests.exchange.forge import Forgery
from tests.services.offices import (
    CITY,
    PASSPHRASE,
    SetClock,
    carry,
    enrol,
    found_below,
    reopened,
    save_visit,
    send,
)


@dataclass
class Mixed:
    """The folder, and the names of its files by what is wrong with them ("good" for nothing)."""

    folder: Path
    names: dict[str, list[str]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many files there are."""
        return sum(map(len, self.names.values()))

    def put(self, kind: str, data: bytes, chance: random.Random) -> str:
        """Add a file under a name that says nothing."""
        name = f"{chance.randrange(10**8):08}.zfpkg"
        (self.folder / name).write_bytes(data)
        self.names.setdefault(kind, []).append(name)
        return name


def mixed_folder(
    city: Office,
    root: Path,
    clock: SetClock,
    counties: Sequence[str],
    townships: Mapping[str, str],
    *,
    times: int,
) -> Mixed:
    """Make it under `root`. The last three counties are the forked, the unknown, the revoked.

    `townships` says to which county each reports.
    """
    chance = random.Random(7)
    mixed = Mixed(root / "收件")
    mixed.folder.mkdir(parents=True)
    *plain, forked, unknown, revoked = counties
    sent = {
        station: _sent(_made(city, root, clock, station, townships), clock, times)
        for station in (*plain, forked)
    }
    for station, files in sent.items():
        reports = [file for file in files if inspect_package(file).header.kind == "submission"]
        own = [file for file in reports if f"_to_{CITY}_" in file.name]
        lost_one = own[-2] if station == plain[0] else None
        for file in files:
            if file != lost_one:
                kind = "good" if file in reports else "enrolled"
                mixed.put(kind, file.read_bytes(), chance)
    for file in _fork(root, clock, forked, sent[forked]):
        mixed.put("fork", file.read_bytes(), chance)
    stranger = found_below(city, root / unknown, unknown, clock)
    mixed.put("unknown", _one(stranger, root / f"{unknown}-up").read_bytes(), chance)
    stranger.close()
    mixed.put("revoked", _after_the_end(city, root, clock, revoked).read_bytes(), chance)
    _spoil(mixed, sent[plain[-1]], chance)
    return mixed


def _made(
    city: Office, root: Path, clock: SetClock, station: str, townships: Mapping[str, str]
) -> list[Office]:
    """An enrolled county, and the townships that report to it."""
    office = found_below(city, root / station, station, clock)
    enrol(city, office)
    below = [code for code, above in townships.items() if above == station]
    small = [found_below(city, root / code, code, clock, role="township") for code in below]
    for one in small:
        carry(office, enrol(city, one))
    return [office, *small]


def _sent(offices: Sequence[Office], clock: SetClock, times: int) -> list[Path]:
    """Everything a county and its townships report, in order.

    Before the last two a copy of the county's folder is made.
    """
    office, *small = offices
    root, station = office.folder.root.parent, office.identity.station
    stick = root / f"{station}-up"
    for n in range(times):
        if n == max(times - 2, 1):
            office.close()
            shutil.copytree(office.folder.root, root / f"{station}-copy")
            office = reopened(office.folder.root, clock)
        for one in small:
            save_visit(one, enterprise_name=f"{one.identity.station}村办{n}厂")
            carry(office, send(one, root / f"{one.identity.station}-up"))
        save_visit(office, enterprise_name=f"{station}第{n}厂")
        send(office, stick)
    for one in (*small, office):
        one.close()
    return sorted(stick.glob("*.zfpkg"), key=lambda file: (file.stem[-6:], file.name))


def _fork(root: Path, clock: SetClock, station: str, sent: Sequence[Path]) -> list[Path]:
    """What a copy of the office's computer sends under the numbers that were used already."""
    clone = reopened(root / f"{station}-copied", clock, copy_of=root / f"{station}-copy")
    save_visit(clone, enterprise_name="恢复过旧备份的厂")
    send(clone, root / f"{station}-fork")
    clone.close()
    known = {file.read_bytes() for file in sent}
    made = sorted((root / f"{station}-fork").glob(f"*_to_{CITY}_*"))
    return [file for file in made if file.read_bytes() not in known]


def _after_the_end(city: Office, root: Path, clock: SetClock, station: str) -> Path:
    """What a computer sends after it was revoked; the city has what it sent before."""
    lost = found_below(city, root / station, station, clock)
    enrol(city, lost)
    carry(city, [_one(lost, root / f"{station}-before")])
    enrolment.revoke(city, lost.identity.writer, root / "trust", root_passphrase=PASSPHRASE)
    after = _one(lost, root / f"{station}-after")
    lost.close()
    return after


def _one(office: Office, stick: Path) -> Path:
    save_visit(office)
    return send(office, stick)[-1]


def _spoil(mixed: Mixed, files: Sequence[Path], chance: random.Random) -> None:
    """Copies of good files: twice the same, damaged in several ways, of a later version."""
    first, last = files[0].read_bytes(), files[-1].read_bytes()
    for data in (first, last):
        mixed.put("twice", data, chance)
    middle = len(last) // 2
    mixed.put("damaged", last[:middle], chance)
    mixed.put("damaged", last[:middle] + b"\0" * 64 + last[middle + 64 :], chance)
    mixed.put("damaged", b"PK no package at all", chance)
    later = Forgery.of(files[-1]).change_header(format=2)
    mixed.put("newer", later.zip(), chance)
