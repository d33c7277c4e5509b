"""The offices that the faults happen to: made once, copied for each try."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import pickle
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain.records import TYPES
from app.exchange.keys import SigningKey
from app.exchange.packagewriter import Scan
from app.services.backup import backup
from app.services.office.keyring import Keyring
from app.services.office.office import Office, open_office
from app.services.registering import enrolment
from database.upkeep import migration_steps
from database.upkeep.schema_steps import SHIPPED
from tests.made_updates import made_update
from tests.services import forging
from tests.services.offices import (
    CITY,
    COUNTY,
    PASSPHRASE,
    SECOND_COUNTY,
    carry,
    enrol,
    found_below,
    found_city,
    new_clock,
    save_visit,
    send,
)
from tests.services.sample_records import make

THIRD, OLDER = "511113", "older"
PACKAGES = 5
"""Files of the county on their way to the city; the first ones are in already."""
MERGED = 2
STEPS_BACK = 4
_HOUSE = Path(__file__).resolve().parents[2]
_STALE = 24 * 3600
"""Seconds after which offices that a campaign used serve no campaign any more."""
_SAMPLES = ("person", "enterprise", "case", "aid", "demand", "hazard", "meeting", "policy", "press")


@dataclass(frozen=True, slots=True)
class OnStick:
    """A package and its tip."""

    path: Path
    tip: str


@dataclass(frozen=True, slots=True)
class Ready:
    """Closed data folders below `root`, and files that lie ready to be taken."""

    root: Path
    packages: tuple[OnStick, ...]
    backup: Path
    request: Path
    code: str
    update: Path
    publisher: str
    photos: tuple[Path, ...]

    def place(self, data: str, folder: Path) -> Path:
        """A copy of one office's data in `data`, beside an empty stick."""
        shutil.copytree(self.root / data, folder / "data")
        (folder / "stick").mkdir()
        return folder


def opened(root: Path) -> Office:
    """An office on a day of the campaign, opened by its first operator."""
    clock = new_clock()
    clock.set(2011, 7, 21)
    first = Keyring.open(root / "keyring.json").operators[0]
    return open_office(root, PASSPHRASE, operator=first.id, clock=clock)


def photo(number: int) -> bytes:
    """Bytes that no other number has."""
    return random.Random(number).randbytes(90_000)


def scan(number: int) -> Scan:
    """A photo as it goes into a package."""
    data = photo(number)
    name = hashlib.sha256(data).hexdigest()
    return Scan(name, "照片.jpg", "image/jpeg", partial(io.BytesIO, data))


def _packages(county: Office, stick: Path) -> tuple[OnStick, ...]:
    made = []
    for number in range(PACKAGES):
        rows = [{"id": "1", "sha256": scan(number).sha256, "name": "照片.jpg"}]
        bodies = [{"workers_met": n, "enterprise_name": f"第{n}厂"} for n in range(12)]
        lines = [forging.line(county, "visit", {**body, "attachments": rows}) for body in bodies]
        path = stick / f"{number}.zfpkg"
        sealed = forging.package(county, path, lines, scans=[scan(number)], keep=True)
        made.append(OnStick(path, sealed.tip))
    return tuple(made)


def _photos(folder: Path) -> tuple[Path, ...]:
    """Files to attach that need no picture library: plain PDF."""
    folder.mkdir()
    made = []
    for number in range(3):
        path = folder / f"签领表{number}.pdf"
        path.write_bytes(b"%PDF-1.4\n" + random.Random(number).randbytes(300_000) + b"\n%%EOF\n")
        made.append(path)
    return tuple(made)


def _older(root: Path, county: Path) -> None:
    """The county's data as a program some versions ago kept it."""
    shutil.copytree(county, root / OLDER)
    with closing(opened(root / OLDER)) as office:
        key = office.store.key
    steps = sorted(SHIPPED.revisions)
    migration_steps.down(root / OLDER / "store.db", key, steps[-1 - STEPS_BACK])


def _offices(root: Path) -> tuple[Office, Office]:
    clock = new_clock()
    city = found_city(root / CITY, clock)
    county = found_below(city, root / COUNTY, COUNTY, clock)
    second = found_below(city, root / SECOND_COUNTY, SECOND_COUNTY, clock, operator="张经办")
    enrol(city, county)
    carry(county, enrol(city, second))
    clock.set(2011, 7, 21)
    for office in (city, second):
        for name in _SAMPLES:
            make(office, TYPES[name])
    save_visit(second)
    carry(city, send(second, root / "second"))
    second.close()
    return city, county


def made(root: Path) -> Ready:
    """Set everything up; takes half a minute, nearly all of it for the 启用码."""
    city, county = _offices(root)
    for name in _SAMPLES:
        make(county, TYPES[name])
    carry(city, send(county, root / "first"))
    packages = _packages(county, county.folder.outbox)
    carry(city, [one.path for one in packages[:MERGED]])
    file = backup.back_up(county, root / "evening.zfbackup").file
    save_visit(county, enterprise_name="备份以后的厂")
    third = found_below(city, root / THIRD, THIRD, city.clock, operator="赵经办")
    request, code = enrolment.request(third, root / "asked")
    for office in (city, county, third):
        office.close()
    _older(root, root / COUNTY)
    publisher = SigningKey.generate()
    update = made_update(_folder(root / "update"), publisher, padding=20_000)
    photos = _photos(root / "photos")
    return Ready(root, packages, file, request, code, update, publisher.public.text, photos)


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def memory() -> Path | None:
    """Where files cost no disk, if there is such a place."""
    place = Path("/dev/shm")
    return place if place.is_dir() and shutil.disk_usage(place).free > 1 << 30 else None


def prepared(kept: Path) -> Ready:
    """The offices, made anew when the program or this file changed; else those of the last time.

    Campaigns that begin together wait for the one that makes them.
    """
    folder = kept / _digest()
    facts = folder / "ready.pickle"
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not facts.exists():
            _forget_old(kept)
            # What a campaign that was killed has left half made.
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            facts.write_bytes(pickle.dumps(made(folder)))
    os.utime(folder)
    found: Ready = pickle.loads(facts.read_bytes())
    return found


def _forget_old(kept: Path) -> None:
    for other in filter(Path.is_dir, kept.iterdir()):
        if time.time() - other.stat().st_mtime > _STALE:
            shutil.rmtree(other)


def _digest() -> str:
    """Of every source that makes them."""
    total = hashlib.sha256(str(_HOUSE).encode())
    for name in ("app", "database", "tests/services", "tests/faults"):
        for path in sorted((_HOUSE / name).rglob("*.py")):
            if name != "tests/faults" or path.name == "ready.py":
                total.update(path.read_bytes())
    return total.hexdigest()[:16]


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder."""
    with TemporaryDirectory(prefix="zoufang-faults-", dir=memory()) as folder:
        yield Path(folder)


def numbered(folder: Path) -> Iterator[Path]:
    """One empty folder after another in this one, each removed before the next is made."""
    for number in count():
        place = folder / str(number)
        place.mkdir()
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
