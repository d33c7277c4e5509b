"""Every evening a copy goes to the stick; some evenings the stick is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel
from app.domain.records import Visit
from app.services.backup import data_folder
from app.services.backup.backup import back_up
from app.services.backup.backup_schedule import (
    MOST,
    back_up_now,
    due_place,
    kept,
    overview,
    set_plan,
)
from app.services.backup.restoring import foresee, restore
from app.services.office.office import Office, open_office
from app.services.packages.writer_replacement import become_new_writer
from app.services.records import saving
from database.books import settings
from tests.services.offices import PASSPHRASE, SetClock, reopened, save_visit


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.RaisesExc(UserError, check=lambda error: error.code == code)


def key_of(office: Office) -> bytes:
    assert office.store.key is not None
    return office.store.key


def test_once_a_day_a_backup_is_due(county: Office, stick: Path, clock: SetClock) -> None:
    assert due_place(county) is None
    set_plan(county, str(stick), daily=False)
    assert due_place(county) is None
    set_plan(county, str(stick), daily=True)
    assert due_place(county) == stick
    made = back_up_now(county)
    assert made.file.parent == stick
    assert due_place(county) is None
    assert overview(county).last is not None
    clock.forward(days=1)
    assert due_place(county) == stick


def test_a_missing_stick_keeps_nobody_from_going_home(county: Office, stick: Path) -> None:
    set_plan(county, str(stick / "gone"), daily=True)
    assert due_place(county) is None
    with refused("BACKUP_PLACE_GONE"):
        back_up_now(county)


def test_the_second_place_is_not_the_first(county: Office) -> None:
    for inside in (county.folder.root, county.folder.root / "outbox"):
        with refused("BACKUP_INSIDE"):
            set_plan(county, str(inside), daily=True)
    with refused("NO_BACKUP_PLACE"):
        set_plan(county, " ", daily=True)
    with refused("NO_BACKUP_PLACE"):
        back_up_now(county)


def test_the_backups_of_a_place_are_listed_and_a_damaged_one_says_so(
    county: Office, stick: Path, clock: SetClock
) -> None:
    set_plan(county, str(stick), daily=True)
    first = back_up_now(county)
    clock.forward(days=1)
    second = back_up_now(county)
    (stick / "坏的.zfbackup").write_bytes(b"not a zip")
    (stick / "照片.jpg").write_bytes(b"other")
    found = kept(stick)
    assert [one.file for one in found] == [second.file, first.file, stick / "坏的.zfbackup"]
    assert found[0].manifest == second.manifest
    assert "不能用" in found[2].fault
    assert kept(stick / "gone") == []


def test_a_stick_is_not_filled_up_by_old_backups(
    county: Office, second_county: Office, stick: Path, clock: SetClock
) -> None:
    set_plan(second_county, str(stick), daily=True)
    theirs = back_up_now(second_county).file
    set_plan(county, str(stick), daily=True)
    first = back_up_now(county).file
    for n in range(MOST - 1):
        (stick / f"copy{n}.zfbackup").write_bytes(first.read_bytes())
    clock.forward(days=1)
    newest = back_up_now(county).file
    found = [one.file for one in kept(stick)]
    assert found[0] == newest
    assert theirs in found
    assert len(found) == MOST + 1


def test_the_backups_of_the_offices_other_computer_stay(
    county: Office, stick: Path, clock: SetClock, tmp_path: Path
) -> None:
    other = become_new_writer(reopened(tmp_path / "pc2", clock, copy_of=county.folder.root))
    with other.store.write() as connection:
        settings.remove(connection, "supersedes")
    theirs = back_up(other, stick).file
    other.close()
    set_plan(county, str(stick), daily=True)
    for _ in range(MOST + 1):
        clock.forward(days=1)
        back_up_now(county)
    assert theirs.exists()
    assert len(kept(stick)) == MOST + 1


def test_stopping_leaves_no_half_backup(county: Office, stick: Path) -> None:
    set_plan(county, str(stick), daily=True)
    stop = Cancel()
    stop.set()
    with pytest.raises(Cancelled):
        back_up_now(county, cancel=stop)
    assert list(stick.iterdir()) == []
    assert overview(county).last is None


def test_what_an_update_left_behind_goes_with_the_next_backup(county: Office, stick: Path) -> None:
    copy = county.folder.root / "store.db.before-0001"
    copy.write_bytes(b"x" * 1000)
    aside = county.folder.root / "replaced-20110701-090000"
    aside.mkdir()
    (aside / "store.db").write_bytes(b"y" * 500)
    found = data_folder.facts(county)
    assert [(one.name, one.size, one.replaced) for one in found.leftovers] == [
        (copy.name, 1000, False),
        (aside.name, 500, True),
    ]
    set_plan(county, str(stick), daily=False)
    back_up_now(county)
    assert not copy.exists()
    assert aside.exists()
    assert data_folder.clear(county, [aside.name, "store.db", "../store.db"]) == 500
    assert not aside.exists()
    assert county.folder.store.exists()


def test_the_data_folder_is_told_in_numbers(county: Office) -> None:
    save_visit(county)
    found = data_folder.facts(county)
    assert ("走访登记", 1, 0) in [(one.label, one.count, one.void) for one in found.records]
    assert found.parts[0].size > 0
    assert found.revisions > 0
    assert found.free > 0


def test_before_a_restore_one_sees_what_would_be_lost(
    county: Office, second_county: Office, stick: Path, clock: SetClock
) -> None:
    set_plan(county, str(stick), daily=False)
    made = back_up_now(county)
    root = county.folder.root
    assert foresee(made.file, root, key_of(county)).saves == 0
    later = save_visit(county)
    outlook = foresee(made.file, root, key_of(county))
    assert outlook.same
    assert outlook.saves >= 1
    assert f"走访登记{later.number}" in outlook.records
    other = foresee(made.file, second_county.folder.root, key_of(second_county))
    assert not other.same
    assert [name for _, name in other.people] == ["李经办"]
    assert saving.show(county, Visit, later.id)
    key = key_of(county)
    county.close()
    restore(made.file, root, key, force=True)
    with open_office(root, PASSPHRASE, clock=clock).store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM state_visit").scalar_one() == 0
