"""The disk is full, or 取消 is pressed, in the middle: told in words, and nothing is half."""

from __future__ import annotations

import hashlib
import io
import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, EnvironmentProblem
from app.domain.kernel.progress import Cancel, Progress, Step
from app.exchange.packagewriter import Scan, Sealed
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.receiving import take_package
from database.store import attachments as kept
from tests.database.test_full_disk import largest_file
from tests.disks import remount, small_disk
from tests.services import forging
from tests.services.offices import CITY, COUNTY, SetClock, reopened, save_visit
from tests.services.snapshots import NOTHING, is_whole, snapshot

SCANS = frozenset({"scan", "chunk"})
"""Scans are kept before the records that name them: a whole one may stay, and is not kept twice."""


def big(office: Office, path: Path) -> Sealed:
    """A package with three photos and two hundred visits."""
    photos = [random.Random(n).randbytes(700_000) for n in range(3)]
    attached = [
        Scan(hashlib.sha256(p).hexdigest(), f"{n}.jpg", "image/jpeg", partial(io.BytesIO, p))
        for n, p in enumerate(photos)
    ]
    lines = [
        forging.line(
            office,
            "visit",
            {"workers_met": n, "opinions": f"{random.Random(n).randbytes(400).hex()}"},
        )
        for n in range(200)
    ]
    return forging.package(office, path, lines, scans=attached, keep=True)


@pytest.mark.parametrize("free", [64, 600, 1800, 2700, 3600, 4500])
def test_a_disk_that_fills_up_during_a_merge_changes_nothing(
    county: Office, grounds: Path, clock: SetClock, tmp_path: Path, free: int
) -> None:
    sealed = big(county, tmp_path / "big.zfpkg")
    with small_disk(tmp_path / "disk", "64m") as disk:
        city = reopened(disk / CITY, clock, copy_of=grounds / CITY)
        before = snapshot(city, besides=SCANS)
        used = sum(file.stat().st_blocks * 512 for file in disk.rglob("*") if file.is_file())
        remount(disk, f"size={used // 1024 + free}k")
        with pytest.raises(EnvironmentProblem) as problem:
            take_package.receive(city, sealed.path)
        assert problem.value.code in ("DISK_FULL", "DISK_ERROR")
        remount(disk, "size=64m")
        assert snapshot(city, besides=SCANS) == before
        assert is_whole(city)
        assert kept.verify(city.scans) == []
        assert take_package.receive(city, sealed.path).state == "merged"
        city.close()


@pytest.mark.parametrize("largest", [0.5, 1.5, 2.0])
def test_a_file_that_may_not_grow_during_a_merge_changes_nothing(
    city: Office, county: Office, tmp_path: Path, largest: float
) -> None:
    sealed = big(county, tmp_path / "big.zfpkg")
    before = snapshot(city, besides=NOTHING)
    with largest_file(int(largest * (1 << 20))), pytest.raises(EnvironmentProblem) as problem:
        take_package.receive(city, sealed.path)
    assert problem.value.code in ("DISK_FULL", "DISK_ERROR")
    assert snapshot(city, besides=NOTHING) == before
    assert take_package.receive(city, sealed.path).state == "merged"


@pytest.mark.parametrize("free", [8, 40, 200, 900, 1800])
def test_a_disk_that_fills_up_during_an_export_uses_no_number(
    grounds: Path, clock: SetClock, tmp_path: Path, free: int
) -> None:
    with small_disk(tmp_path / "disk", "64m") as disk:
        county = reopened(disk / COUNTY, clock, copy_of=grounds / COUNTY)
        for n in range(3):
            visit_with_photo(county, n)
        before = snapshot(county, besides=NOTHING)
        used = sum(file.stat().st_blocks * 512 for file in disk.rglob("*") if file.is_file())
        remount(disk, f"size={used // 1024 + free}k")
        with pytest.raises(EnvironmentProblem) as problem:
            seal(county)
        assert problem.value.code in ("DISK_FULL", "DISK_ERROR")
        remount(disk, "size=64m")
        assert snapshot(county, besides=NOTHING) == before
        assert [one.header.seq for one in seal(county)] == [2, 3, 4]
        county.close()


def visit_with_photo(office: Office, n: int) -> None:
    data = random.Random(n).randbytes(600_000)
    sha256, size = kept.add(office.scans, io.BytesIO(data))
    row = {"id": "1", "sha256": sha256, "name": "照片.jpg", "type": "image/jpeg", "size": size}
    save_visit(office, enterprise_name=f"第{n}公司", attachments=[row])


def seal(
    office: Office, progress: Progress = lambda _: None, cancel: Cancel | None = None
) -> list[Sealed]:
    return sealing.seal(
        office, CITY, "submission", lambda _: True, cap=800_000, progress=progress, cancel=cancel
    )


def steps_of(work: Callable[[Progress, Cancel], object]) -> int:
    """How often the job says how far it is."""
    seen: list[Step] = []
    work(seen.append, Cancel())
    return len(seen)


def stopped_at(moment: int, work: Callable[[Progress, Cancel], object]) -> bool:
    """Press 取消 at the step of this number; whether the job stopped."""
    cancel, seen = Cancel(), []

    def progress(step: Step) -> None:
        seen.append(step)
        if len(seen) == moment:
            cancel.set()

    try:
        work(progress, cancel)
    except Cancelled:
        return True
    return False


def test_a_merge_that_is_cancelled_at_any_step_leaves_no_trace(
    city: Office, county: Office, tmp_path: Path
) -> None:
    sealed = big(county, tmp_path / "big.zfpkg")

    def merge(progress: Progress, cancel: Cancel, dry_run: bool = False) -> object:
        return take_package.receive(
            city, sealed.path, dry_run=dry_run, progress=progress, cancel=cancel
        )

    before = snapshot(city, besides=NOTHING)
    steps = steps_of(lambda progress, cancel: merge(progress, cancel, dry_run=True))
    assert snapshot(city, besides=NOTHING) == before
    moments = sorted(random.Random(7).sample(range(1, steps), min(12, steps - 1)))
    stopped = [stopped_at(moment, merge) for moment in moments]
    finished = stopped.index(False) if False in stopped else len(stopped)
    assert finished > len(stopped) // 2
    if finished == len(stopped):
        assert snapshot(city, besides=NOTHING) == before
        assert take_package.receive(city, sealed.path).state == "merged"
    assert take_package.receive(city, sealed.path).state == "duplicate"


def test_an_export_that_is_cancelled_at_any_step_leaves_no_trace(
    county: Office, tmp_path: Path
) -> None:
    for n in range(3):
        visit_with_photo(county, n)
    before = snapshot(county, besides=NOTHING)
    shutil.copytree(county.folder.root, tmp_path / "twin")
    twin = reopened(tmp_path / "twin", county.clock)
    steps = steps_of(partial(seal, twin))
    twin.close()
    for moment in random.Random(8).sample(range(1, steps - 1), min(12, steps - 2)):
        assert stopped_at(moment, partial(seal, county))
        assert snapshot(county, besides=NOTHING) == before
    assert [one.header.seq for one in seal(county)] == [2, 3, 4]
