"""The plug is pulled while packages are merged or sealed: nothing is half, nothing is lost."""

from __future__ import annotations

import hashlib
import io
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType

import pytest

from app.exchange.packagereader import inspect_package
from app.exchange.packagewriter import Scan, Sealed
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.receiving import package_undo, take_package
from database.log import packages, revisions
from database.state import states
from database.store import attachments
from tests.services import forging
from tests.services.offices import CITY, COUNTY, new_clock, reopened, save_visit
from tests.services.snapshots import is_whole

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")

KILLS = 20
"""How often each of the two is killed."""
ROUNDS = 4
"""How many visits a child saves, seals and copies out when it is left alone."""


Work = Callable[[Callable[[str], None]], None]


class Plug:
    """Pulled before the n-th call that a child makes after it is ready, however fast it runs."""

    def __init__(self, moment: int, pipe: int) -> None:
        self.calls = 0
        self._moment = moment
        self._pipe = pipe

    def tell(self, text: str) -> None:
        """Tell the parent; what it has read was said before the child died."""
        os.write(self._pipe, f"{text}\n".encode())
        if text == "ready":
            sys.setprofile(self._count)

    def _count(self, _frame: FrameType, event: str, _arg: object) -> None:
        self.calls += event in ("call", "c_call")
        if self.calls == self._moment > 0:
            os.kill(os.getpid(), signal.SIGKILL)


def lived(work: Work, moment: int) -> list[str]:
    """Run `work` in a child whose plug is pulled at this call; what it said was done.

    With 0 it lives to its end, and the last line is the number of calls it took.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        plug = Plug(moment, writer)
        try:
            os.close(reader)
            work(plug.tell)
            sys.setprofile(None)
            plug.tell(f"calls {plug.calls}")
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        lines = told.read().decode().splitlines(keepends=True)
    os.waitpid(child, 0)
    whole = [line.strip() for line in lines if line.endswith("\n")]
    return [line for line in whole if line != "ready"]


def calls_of(work: Work) -> int:
    """How many calls `work` makes when nobody pulls the plug."""
    return int(lived(work, 0)[-1].removeprefix("calls "))


def killed(work: Work, dice: random.Random, calls: int) -> list[str]:
    """Run `work` in a child, kill it at some call, and return what it said was done."""
    return [line for line in lived(work, dice.randint(1, calls)) if "calls" not in line]


def photo(n: int) -> bytes:
    return random.Random(n).randbytes(400_000)


def scan(n: int) -> Scan:
    data = photo(n)
    return Scan(
        hashlib.sha256(data).hexdigest(), "照片.jpg", "image/jpeg", partial(io.BytesIO, data)
    )


@pytest.fixture
def sealed(county: Office, tmp_path: Path) -> list[Sealed]:
    """Twelve packages, each with thirty visits and a photo."""
    return [
        forging.package(
            county,
            tmp_path / "stick" / f"{n}.zfpkg",
            [forging.line(county, "visit", {"workers_met": n}) for _ in range(30)],
            scans=[scan(n)],
            keep=True,
        )
        for n in range(12)
    ]


@pytest.fixture
def folder(grounds: Path, tmp_path: Path) -> Path:
    """A city's data folder that nobody has open."""
    place = tmp_path / "alone"
    shutil.copytree(grounds / CITY, place)
    return place


def merge(root: Path, files: Sequence[Path], tell: Callable[[str], None]) -> None:
    office = reopened(root, new_clock())
    tell("ready")
    for file in files:
        account = take_package.receive(office, file)
        tell(f"{account.state} {file.name}")


def require_whole(office: Office, sealed: Sequence[Sealed], acknowledged: set[str]) -> int:
    """Each package is merged as a whole or not at all; those acknowledged are merged."""
    assert is_whole(office)
    assert attachments.verify(office.scans) == []
    merged = 0
    for number, one in enumerate(sealed):
        with office.store.read() as connection:
            rows = packages.find(connection, direction="in", tip=one.tip)
            held = packages.contents(connection, rows[0].n) if rows else []
        assert len(rows) <= 1
        assert one.path.name not in acknowledged or rows
        assert len(held) == (one.lines if rows else 0)
        if rows:
            merged += 1
            assert attachments.has(office.scans, hashlib.sha256(photo(number)).hexdigest())
            assert (office.folder.inbox / str(rows[0].file)).exists()
    with office.store.read() as connection:
        lines = sum(row.writer.startswith(COUNTY) for row in revisions.in_order(connection))
    assert lines == 30 * merged
    return merged


def test_a_killed_merge_keeps_whole_packages_and_goes_on(
    city: Office, sealed: list[Sealed], folder: Path, tmp_path: Path
) -> None:
    files = [one.path for one in sealed]
    dice = random.Random(2011)
    acknowledged: set[str] = set()
    rehearsal = tmp_path / "rehearsal"
    shutil.copytree(folder, rehearsal)
    calls = calls_of(partial(merge, rehearsal, files))
    for _ in range(KILLS):
        said = killed(partial(merge, folder, files), dice, calls)
        acknowledged |= {line.split()[1] for line in said}
        office = reopened(folder, new_clock())
        if require_whole(office, sealed, acknowledged) == len(sealed):
            _take_some_back(office, sealed, dice)
        office.close()
    office = reopened(folder, new_clock())
    for file in files:
        take_package.receive(city, file)
        assert take_package.receive(office, file).state in ("merged", "duplicate")
    require_whole(office, sealed, set())
    assert sorted(path.name for path in office.folder.inbox.iterdir()) == sorted(
        path.name for path in city.folder.inbox.iterdir()
    )
    with office.store.read() as one, city.store.read() as other:
        assert states.digest(one) == states.digest(other)
    office.close()


def _take_some_back(office: Office, sealed: Sequence[Sealed], dice: random.Random) -> None:
    """All is merged: take some back, so that the next child has work."""
    for one in dice.sample(list(sealed), 8):
        with office.store.read() as connection:
            (row,) = packages.find(connection, direction="in", tip=one.tip)
        if row.state == "merged":
            package_undo.undo(office, row.n)


def seal(root: Path, stick: Path, tell: Callable[[str], None]) -> None:
    clock = new_clock()
    clock.set(2011, 7, 21)
    office = reopened(root, clock)
    tell("ready")
    for _ in range(ROUNDS):
        visit = save_visit(office, enterprise_name=os.urandom(6).hex())
        for made in sealing.seal(office, CITY, "submission", lambda _: True, cap=900):
            tell(f"sealed {made.header.seq} {made.tip} {visit.id}")
        sealing.copy_out(office, sealing.unacknowledged(office, CITY), stick)


def test_a_killed_export_uses_no_number_twice(city: Office, grounds: Path, tmp_path: Path) -> None:
    root, stick = tmp_path / "alone", tmp_path / "stick"
    shutil.copytree(grounds / COUNTY, root)
    stick.mkdir()
    dice = random.Random(2012)
    tips: dict[int, str] = {}
    rehearsal = tmp_path / "rehearsal"
    shutil.copytree(root, rehearsal)
    calls = calls_of(partial(seal, rehearsal, rehearsal))
    for _ in range(KILLS):
        for line in killed(partial(seal, root, stick), dice, calls):
            _, seq, tip, _ = line.split()
            assert tips.setdefault(int(seq), tip) == tip
        office = reopened(root, new_clock())
        assert is_whole(office)
        with office.store.read() as connection:
            rows = packages.find(connection, direction="out", to=CITY)
        ledger = {row.seq or 0: str(row.tip) for row in rows}
        assert list(ledger) == list(range(1, len(rows) + 1))
        assert tips.items() <= ledger.items()
        tips |= ledger
        for place in (office.folder.outbox, stick):
            for file in place.glob(f"*_to_{CITY}_*.zfpkg"):
                seen = inspect_package(file)
                if place == stick or seen.header.seq in ledger:
                    assert seen.tip == ledger[seen.header.seq]
        office.close()
    assert len(tips) > KILLS // 2
    office = reopened(root, new_clock())
    files = sealing.copy_out(office, sealing.unacknowledged(office, CITY), stick)
    accounts = [take_package.receive(city, file) for file in files]
    assert {one.state for one in accounts} <= {"merged", "recorded", "duplicate"}
    assert accounts[-1].missing == ()
    office.close()
