"""Offices that are ready to be measured, made once and kept in build/bench.

They are kept under a name made from the schema, from what is put in and from this computer (a
store that was copied elsewhere does not send), so that a changed schema makes them anew.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from app.domain.merging.ownership import owner_of_root
from app.domain.records import TYPES, Record
from app.exchange.kinds import CARRIES
from app.exchange.packagewriter import Sealed
from app.services.lists import search_upkeep
from app.services.office.machine import machine_marker
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.receiving import take_package
from database.log import packages, revisions
from database.log.packages import PackageRow
from database.log.revisions import StoredRevision
from database.state import states
from database.state.states import State
from database.store.engine import Connection
from database.store.tables import METADATA
from tests.bench import data
from tests.bench.data import Chronicle, Made
from tests.bench.sheet_file import write_persons
from tests.services import offices
from tests.services.offices import CITY, COUNTY, SetClock

BUILD = Path(__file__).resolve().parents[2] / "build" / "bench"
BATCH = 20_000
_SCHEMA = re.compile("[0-9a-f]{12}")
OTHERS = ("511102", "511112", "511113", "511123", "511124", "511126", "511129", "511132")
"""Counties whose records fill a large city."""


def clock() -> SetClock:
    """2011-12-10 09:00, for every office that is measured."""
    standing = offices.new_clock()
    standing.set(2011, 12, 10)
    return standing


def opened(folder: Path) -> Office:
    """The office in a data folder, ready for work: its keys are read."""
    office = offices.reopened(folder, clock())
    assert office.secrets
    return office


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Two packages of one county: what it sent before, and the little that came since."""

    first: Path
    second: Path


class Prepared:
    """The kept folders and packages; each is made when first asked for."""

    def __init__(self, build: Path = BUILD) -> None:
        self._build = build
        self._root = build / _name()
        self._root.mkdir(parents=True, exist_ok=True)

    def forget_others(self) -> None:
        """Remove what was made for another schema; what somebody else keeps beside it stays."""
        for folder in self._build.iterdir():
            if folder != self._root and _SCHEMA.fullmatch(folder.name):
                shutil.rmtree(folder)

    @contextmanager
    def work(self) -> Iterator[Path]:
        """An empty folder on the same disk, gone afterwards."""
        with TemporaryDirectory(dir=self._root, prefix="work-") as folder:
            yield Path(folder)

    @contextmanager
    def copy_of(self, folder: Path) -> Iterator[Path]:
        """A copy of a data folder, whole on the disk before anything is timed."""
        with self.work() as work:
            copy = work / folder.name
            shutil.copytree(folder, copy)
            settle(copy)
            yield copy

    def city(self) -> Path:
        """The city with its two counties enrolled and nothing received."""
        return self._grounds() / CITY

    def county(self, count: int) -> Path:
        """A county with `count` revisions that it has not sent."""

        def make(folder: Path) -> None:
            shutil.copytree(self._grounds() / COUNTY, folder)
            with _open(folder) as office:
                fill(office, _own(office).revisions(count))

        return self.kept(f"county-{count}", make)

    def package(self, count: int) -> Path:
        """That county's package with all of them."""

        def make(package: Path) -> None:
            with self.copy_of(self.county(count)) as folder, _open(folder) as office:
                shutil.copyfile(_sealed(office), package)

        return self.kept(f"package-{count}.zfpkg", make)

    def persons_sheet(self, count: int) -> Path:
        """A sheet of `count` persons."""
        return self.kept(f"persons-{count}.xlsx", lambda path: write_persons(path, count))

    def follow_up(self, before: int, after: int) -> FollowUp:
        """A package of `before` revisions, and the next one of `after`."""

        def make(target: Path) -> None:
            target.mkdir()
            with self.copy_of(self._grounds() / COUNTY) as folder, _open(folder) as office:
                chronicle = _own(office)
                for name, count in (("first", before), ("second", after)):
                    fill(office, chronicle.revisions(count))
                    shutil.copyfile(_sealed(office), target / name)

        folder = self.kept(f"follow-up-{before}-{after}", make)
        return FollowUp(folder / "first", folder / "second")

    def filled_city(self, count: int, first: Path) -> Path:
        """A city with `count` revisions of many counties, who sent `first` among them."""

        def make(folder: Path) -> None:
            shutil.copytree(self.city(), folder)
            with _open(folder) as office:
                account = take_package.receive(office, first)
                assert account.state == "merged", account
                each = (count - account.contained) // len(OTHERS)
                for seed, station in enumerate(OTHERS, 100):
                    _receive_from(office, station, each, seed)

        return self.kept(f"city-{count}", make)

    def _grounds(self) -> Path:
        def make(root: Path) -> None:
            root.mkdir()
            city = offices.found_city(root / CITY, clock())
            county = offices.found_below(city, root / COUNTY, COUNTY, clock())
            offices.enrol(city, county)
            county.close()
            city.close()

        return self.kept("offices", make)

    def kept(self, name: str, make: Callable[[Path], None]) -> Path:
        """`name`, made beside its place and moved there when it is whole."""
        target = self._root / name
        if not target.exists():
            with self.work() as work:
                made = work / name
                make(made)
                made.rename(target)
        return target


def settle(folder: Path) -> None:
    """Have every file below on the disk, so that no later fsync pays for it."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _name() -> str:
    dialect = sqlite.dialect()
    parts = [inspect.getsource(data), machine_marker()]
    for table in METADATA.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        parts.append(str(CreateTable(table).compile(dialect=dialect)))
        parts += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@contextmanager
def _open(folder: Path) -> Iterator[Office]:
    office = opened(folder)
    try:
        yield office
    finally:
        office.close()


def _own(office: Office) -> Chronicle:
    identity = office.identity
    return Chronicle(identity.station, identity.writer, office.operator, seed=1)


def _sealed(office: Office) -> Path:
    (sealed,) = seal_all(office)
    return sealed.path


def seal_all(office: Office) -> list[Sealed]:
    """生成报送文件 of everything unsent, without the signing before and the copying after."""
    types = CARRIES["submission"].types
    return sealing.seal(office, CITY, "submission", lambda row: row.type in types)


def fill(office: Office, made: Iterator[Made], package: int | None = None) -> None:
    """Put revisions into the log and their records into the lists, many at a time."""
    with office.store.write() as connection:
        while batch := list(islice(made, BATCH)):
            _fill(connection, batch, office.identity.city, package)
    search_upkeep.keep_up(office)


def _fill(connection: Connection, batch: Sequence[Made], city: str, package: int | None) -> None:
    rows = [
        _stored(number, made) for number, made in enumerate(batch, revisions.next_n(connection))
    ]
    revisions.append(connection, rows)
    if package is not None:
        packages.deliver(connection, package, (row.n for row in rows))
    by_type: dict[str, dict[str, State[Record]]] = {}
    for made in batch:
        newest = by_type.setdefault(made.revision.type, {})
        newest[made.revision.id] = _state(made, city)
    for type_name, newest in by_type.items():
        states.put(connection, TYPES[type_name], list(newest.values()))


def _stored(number: int, made: Made) -> StoredRevision:
    h, raw, r, _ = made
    return StoredRevision(
        number, h, r.id, r.type, r.parents, r.writer, r.at, r.by, r.op, raw, "live"
    )


def _state(made: Made, city: str) -> State[Record]:
    h, _, r, record = made
    owner = owner_of_root(r.writer, r.body, city)
    fields = {**{name: getattr(record, name) for name in record.__struct_fields__}, "owner": owner}
    return State(r.id, h, r.at, r.by, r.writer, False, type(record)(**fields), {}, {})


def _receive_from(office: Office, station: str, count: int, seed: int) -> None:
    """As if a package of another county had been taken in."""
    writer, operator = f"{station}-{seed:08x}", office.new_id()
    with office.store.write() as connection:
        row = packages.add(
            connection,
            PackageRow(
                "in",
                f"{seed:064x}",
                "merged",
                office.now(),
                tip=f"{seed:064x}",
                package_id=f"zf-{writer}-000001-{seed:08x}",
                kind="submission",
                writer=writer,
                to=CITY,
                seq=1,
                created=office.now(),
            ),
        )
    fill(office, Chronicle(station, writer, operator, seed).revisions(count), row.n)
