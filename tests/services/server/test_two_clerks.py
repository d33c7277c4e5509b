"""Two clerks at one store on a server: one merges, one keys, one is cut off; nothing is half."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.domain.records import Visit
from app.exchange.packagewriter import Sealed
from app.services.backup.integrity import examine_store
from app.services.office.office import Office
from app.services.receiving import take_package
from database.log import packages, revisions
from database.state import states
from tests.services import forging
from tests.services.offices import new_clock, reopened, save_visit

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")

PACKAGES, LINES = 4, 25


@pytest.fixture
def sealed(county: Office, tmp_path: Path) -> list[Sealed]:
    return [
        forging.package(
            county,
            tmp_path / "stick" / f"{n}.zfpkg",
            [forging.line(county, "visit", {"workers_met": n}) for _ in range(LINES)],
            keep=True,
        )
        for n in range(PACKAGES)
    ]


@pytest.fixture
def second_desk(city: Office, tmp_path: Path) -> Path:
    """The folder of another computer: the same keyring, and the note of the same database."""
    return Path(shutil.copytree(city.folder.root, tmp_path / "second desk"))


@pytest.fixture
def third_desk(city: Office, tmp_path: Path) -> Path:
    return Path(shutil.copytree(city.folder.root, tmp_path / "third desk"))


def begun(work: Callable[[Callable[[str], object]], None]) -> tuple[int, int]:
    """A child at work, and the pipe on which it tells what is done."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            work(lambda line: os.write(writer, f"{line}\n".encode()))
        finally:
            os._exit(0)
    os.close(writer)
    return child, reader


def merging(root: Path, files: Sequence[Path]) -> Callable[[Callable[[str], object]], None]:
    def work(tell: Callable[[str], object]) -> None:
        office = reopened(root, new_clock())
        for file in files:
            tell(f"{take_package.receive(office, file).state} {file.name}")

    return work


def keying(root: Path) -> Callable[[Callable[[str], object]], None]:
    def work(tell: Callable[[str], object]) -> None:
        clock = new_clock()
        clock.set(2011, 7, 21)
        office = reopened(root, clock)
        for n in range(1000):
            tell(save_visit(office, enterprise_name=f"犍为第{n}厂").number)

    return work


def require_sound(city: Office, sealed: Sequence[Sealed], told: Sequence[str]) -> int:
    """Every package is there whole or not at all; those told are. How many revisions came so."""
    found = examine_store(city)
    assert found.sound
    assert found.agrees
    merged = 0
    with city.store.read() as connection:
        for one in sealed:
            rows = packages.find(connection, direction="in", tip=one.tip)
            assert len(rows) <= 1
            held = len(packages.contents(connection, rows[0].n)) if rows else 0
            assert held == (LINES if rows else 0)
            assert rows or f"merged {one.path.name}" not in told
            merged += held
        arrived = [row.n for row in revisions.in_order(connection)]
    assert arrived == list(range(1, len(arrived) + 1))
    return merged


def test_one_keys_while_another_merges(
    city: Office, sealed: list[Sealed], second_desk: Path
) -> None:
    child, reader = begun(merging(second_desk, [one.path for one in sealed]))
    saved = [save_visit(city, enterprise_name=f"乐山第{n}厂") for n in range(20)]
    with os.fdopen(reader, encoding="utf-8") as pipe:
        told = pipe.read().split("\n")
    os.waitpid(child, 0)
    assert require_sound(city, sealed, told) == PACKAGES * LINES
    assert len({one.number for one in saved}) == len(saved)
    with city.store.read() as connection:
        assert states.count(connection, Visit) == PACKAGES * LINES + len(saved)


def test_who_is_cut_off_while_merging_holds_nobody_up(
    city: Office, sealed: list[Sealed], second_desk: Path
) -> None:
    child, reader = begun(merging(second_desk, [one.path for one in sealed]))
    with os.fdopen(reader, encoding="utf-8") as pipe:
        told = [pipe.readline().strip()]
        os.kill(child, signal.SIGKILL)
        save_visit(city)
        told += pipe.read().split("\n")
    os.waitpid(child, 0)
    require_sound(city, sealed, told)
    again = reopened(second_desk, new_clock())
    for one in sealed:
        take_package.receive(again, one.path)
    again.close()
    assert require_sound(city, sealed, told) == PACKAGES * LINES


def test_of_two_who_key_while_a_third_merges_one_is_cut_off(
    city: Office, sealed: list[Sealed], second_desk: Path, third_desk: Path
) -> None:
    merger, merged = begun(merging(second_desk, [one.path for one in sealed]))
    clerk, keyed = begun(keying(third_desk))
    with os.fdopen(keyed, encoding="utf-8") as pipe:
        numbers = [pipe.readline().strip() for _ in range(3)]
        mine = [save_visit(city, enterprise_name=f"乐山第{n}厂").number for n in range(3)]
        os.kill(clerk, signal.SIGKILL)
        mine += [save_visit(city, enterprise_name=f"乐山第{n}厂").number for n in range(3, 6)]
        numbers += pipe.read().split()
    with os.fdopen(merged, encoding="utf-8") as pipe:
        told = pipe.read().split("\n")
    for child in (merger, clerk):
        os.waitpid(child, 0)
    assert require_sound(city, sealed, told) == PACKAGES * LINES
    with city.store.read() as connection:
        rows = states.pick(connection, Visit, ("number", "enterprise_name"))
    given = {number for number, name in rows if name and "犍为" in name}
    # What was told is there; at most the last save came through without being told.
    assert set(numbers) <= given
    assert len(given - set(numbers)) <= 1
    own = [number for number, name in rows if name and ("犍为" in name or "乐山第" in name)]
    assert len(own) == len(set(own)) == len(given) + len(mine)
