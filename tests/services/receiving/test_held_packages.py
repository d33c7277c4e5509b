"""What strangers bring is kept within bounds, can be given up, and goes into no backup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.services.backup import backup, lost_packages, restoring
from app.services.backup.backup_file import opened
from app.services.office.office import Office
from app.services.packages.kept_files import examine_kept
from app.services.packages.writer_replacement import become_new_writer
from app.services.receiving import held_packages, inbox, take_package, waiting_files
from database.log import packages
from tests.services import forging
from tests.services.offices import SetClock, carry, enrol, reopened


@pytest.fixture
def stranger(county: Office, tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """A PC of the county that the city does not know."""
    copy = reopened(tmp_path / "stranger", clock, copy_of=county.folder.root)
    office = become_new_writer(copy)
    yield office
    office.close()


def brought(stranger: Office, stick: Path, number: int) -> Path:
    line = forging.line(stranger, "visit", {"headcount": number})
    return forging.package(stranger, stick / f"{number}.zfpkg", [line], keep=True).path


def test_a_held_file_is_given_up_with_a_reason_and_may_come_again(
    city: Office, stranger: Office, tmp_path: Path
) -> None:
    file = brought(stranger, tmp_path, 1)
    (account,) = carry(city, [file])
    assert account.state == "held"
    with pytest.raises(UserError) as refused:
        waiting_files.give_up_held(city, account.package, "")
    assert refused.value.code == "WHY"
    waiting_files.give_up_held(city, account.package, "打电话问过，不是区里的电脑")
    assert held_packages.held(city) == []
    with city.store.read() as connection:
        row = packages.get(connection, account.package)
    assert (row.state, row.file) == ("refused", None)
    assert "2011-07-21 市经办放弃留存：打电话问过" in str(row.note)
    assert not [one for one in city.folder.inbox.iterdir() if one.name.startswith(row.digest)]
    assert examine_kept(city) == []
    (line,) = [one for one in inbox.deliveries(city, {}) if one.package == account.package]
    assert "放弃留存" in line.name
    assert not line.pending

    (again,) = carry(city, [file])
    assert again.state == "held"
    enrol(city, stranger)
    assert held_packages.held(city) == []


def test_only_so_many_files_of_strangers_are_kept(
    city: Office, stranger: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_packages, "MOST_HELD", 2)
    files = [brought(stranger, tmp_path, number) for number in range(3)]
    accounts = carry(city, files)
    assert [one.state for one in accounts] == ["held", "held", "refused"]
    assert "已满" in accounts[-1].sentence
    assert len(held_packages.held(city)) == 2
    assert [one.state for one in carry(city, files[:1])] == ["held"]
    monkeypatch.setattr(held_packages, "MOST_HELD", 9)
    monkeypatch.setattr(held_packages, "MOST_BYTES", 1)
    assert take_package.receive(city, files[2]).state == "refused"


def test_what_is_held_goes_into_no_backup_and_a_restored_store_does_not_look_for_it(
    city: Office, stranger: Office, clock: SetClock, tmp_path: Path
) -> None:
    (account,) = carry(city, [brought(stranger, tmp_path, 1)])
    made = backup.back_up(city, tmp_path / "b.zfbackup")
    with opened(made.file) as inside:
        names = {member.name for member in inside.manifest.members}
    with city.store.read() as connection:
        row = packages.get(connection, account.package)
    assert f"inbox/{row.file}" not in names
    key = city.store.key
    assert key is not None
    city.close()
    restoring.restore(made.file, city.folder.root, key, force=True, clock=clock)
    again = reopened(city.folder.root, clock)
    assert held_packages.held(again) == []
    assert examine_kept(again) == []
    again.close()


def test_a_held_file_that_is_damaged_keeps_no_other_from_coming_in(
    city: Office, stranger: Office, tmp_path: Path
) -> None:
    files = [brought(stranger, tmp_path, number) for number in range(3)]
    accounts = carry(city, files)
    with city.store.read() as connection:
        rows = [packages.get(connection, one.package) for one in accounts]
    (city.folder.inbox / str(rows[0].file)).unlink()
    (city.folder.inbox / str(rows[1].file)).write_bytes(b"damaged")
    enrol(city, stranger)
    with city.store.read() as connection:
        states = [packages.get(connection, one.package).state for one in accounts]
    assert states == ["held", "held", "merged"]
    assert lost_packages.bring_back(city, [tmp_path]).left == ()
    assert [one.state for one in take_package.retry_held(city)] == ["merged", "merged"]
