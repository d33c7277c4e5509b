"""Each computer of an office on a server backs up by its own plan, into a place of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.backup.backup import back_up
from app.services.backup.backup_plan import Plan, last_of_any
from app.services.backup.backup_schedule import back_up_now, due_place, overview, set_plan
from app.services.office.office import Identity, Office
from app.services.starting import move_store
from app.services.todo.today import today
from database.books import settings
from tests.services.office.conftest import second_desk
from tests.services.offices import PASSPHRASE, SetClock, reopened


@pytest.fixture
def beside(city: Office, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    office = second_desk(city, clock, tmp_path / "second desk")
    yield office
    office.close()


@pytest.fixture
def sticks(tmp_path: Path) -> tuple[Path, Path]:
    places = tmp_path / "stick", tmp_path / "disk"
    for one in places:
        one.mkdir()
    return places


def test_each_has_its_own_place_and_its_own_day(
    city: Office, beside: Office, sticks: tuple[Path, Path], clock: SetClock
) -> None:
    set_plan(city, str(sticks[0]), daily=True)
    assert overview(beside).plan == Plan()
    assert due_place(beside) is None
    set_plan(beside, str(sticks[1]), daily=True, base=Plan())
    assert (due_place(city), due_place(beside)) == sticks
    made = back_up_now(city)
    assert due_place(city) is None
    assert due_place(beside) == sticks[1]
    clock.forward(minutes=1)
    seen = overview(beside)
    assert seen.last is None
    assert seen.elsewhere is not None
    assert seen.elsewhere.file == made.file.name
    back_up_now(beside)
    assert due_place(beside) is None
    assert overview(beside).elsewhere is None
    assert overview(city).elsewhere is not None
    clock.forward(days=1)
    assert (due_place(city), due_place(beside)) == sticks


def test_the_plan_is_there_when_the_computer_opens_again(
    city: Office, sticks: tuple[Path, Path], clock: SetClock, tmp_path: Path
) -> None:
    set_plan(city, str(sticks[0]), daily=True)
    assert overview(city).plan == Plan(str(sticks[0]), True)
    again = second_desk(city, clock, tmp_path / "the same folder")
    # The folder was copied with what lies in it.
    assert overview(again).plan == Plan(str(sticks[0]), True)
    again.close()


def test_the_first_page_tells_of_the_last_backup_whoever_made_it(
    city: Office, beside: Office, sticks: tuple[Path, Path], clock: SetClock
) -> None:
    clock.forward(hours=1)
    later = back_up(beside, sticks[1])
    clock.forward(hours=-1)
    back_up(city, sticks[0])
    shown = today(city).backup
    assert shown is not None
    assert shown == last_of_any(beside)
    assert shown.file == later.file.name


def test_a_plan_that_came_with_a_file_is_of_the_computer_it_came_from(
    city: Office, beside: Office, sticks: tuple[Path, Path]
) -> None:
    kept = Plan(str(sticks[0]), True)
    with city.store.write() as connection:
        settings.put(connection, "backup_plan", kept)
    assert overview(city).plan == kept
    moved = settings_of_another_computer(city)
    with city.store.write() as connection:
        settings.put(connection, "identity", moved)
    away = Office(beside.folder, beside.store, beside.scans, moved, beside.operator, beside.clock)
    assert overview(away).plan == Plan()


def settings_of_another_computer(office: Office) -> Identity:
    """The same installation, set up on a computer that is not this one."""
    told = office.identity
    return Identity(told.station, told.role, told.city, told.writer, told.pc, "f" * 16)


def test_what_is_moved_back_keeps_the_plan_of_its_computer(
    city: Office, sticks: tuple[Path, Path], clock: SetClock
) -> None:
    set_plan(city, str(sticks[0]), daily=True)
    root = city.folder.root
    city.close()
    move_store.move_to_folder(root, PASSPHRASE, clock=clock)
    office = reopened(root, clock)
    assert office.store.server is None
    assert overview(office).plan == Plan(str(sticks[0]), True)
    set_plan(office, str(sticks[1]), daily=False, base=overview(office).plan)
    assert overview(office).plan == Plan(str(sticks[1]))
    office.close()
