"""What an office has to bear of a hostile package or stick, from a stranger or one of its own."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel
from app.domain.merging.revision import MOST_PARENTS
from app.domain.records import Visit
from app.exchange import index
from app.services.office.office import Office
from app.services.packages import channels
from app.services.receiving import find_packages, package_undo, take_package, waiting_files
from app.services.receiving.merge_lines import MOST_REVISIONS
from database.log import packages
from database.log.packages import ParkedRow
from database.state import states
from tests.exchange import offices as forged
from tests.services import forging
from tests.services.offices import COUNTY, deliver, reopened, save_visit
from tests.services.snapshots import snapshot

MEMORY = 200 << 20


def branches(county: Office, record: str, root: str, count: int) -> list[forging.Line]:
    """So many versions of one visit that nobody has joined."""
    body = {"enterprise_name": "沙湾机械厂"}
    return [
        forging.line(
            county, "visit", body | {"workers_met": n}, record=record, parents=[root], op="edit"
        )
        for n in range(count)
    ]


def digest(office: Office) -> str:
    with office.store.read() as connection:
        return states.digest(connection)


def test_more_versions_of_a_record_than_any_office_makes_are_refused(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    lines = branches(county, visit.id, visit.state.h, MOST_REVISIONS + 1)
    sealed = forging.package(county, tmp_path / "many.zfpkg", lines, seq=9, prev="00" * 32)
    before = snapshot(city)
    account = take_package.receive(city, sealed.path)
    assert (account.state, account.code) == ("refused", "HISTORY_INVALID")
    assert account.sentence
    assert account.remedy
    assert snapshot(city) == before


def test_hundreds_of_heads_come_out_the_same_in_either_order(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    lines = branches(county, visit.id, visit.state.h, 600)
    halves = [
        forging.package(county, tmp_path / f"{n}.zfpkg", lines[n::2], seq=8 + 9 * n, prev="00" * 32)
        for n in (0, 1)
    ]
    other = reopened(tmp_path / "other", city.clock, copy_of=city.folder.root)
    tracemalloc.start()
    for office, order in ((city, halves), (other, halves[::-1])):
        for sealed in order:
            assert take_package.receive(office, sealed.path).state == "merged"
    assert tracemalloc.get_traced_memory()[1] <= MEMORY
    tracemalloc.stop()
    with city.store.read() as connection:
        state = states.get(connection, Visit, visit.id)
    assert state is not None
    assert len(state.conflicts["workers_met"]) == MOST_PARENTS
    assert digest(other) == digest(city)
    other.close()


class Counted(Cancel):
    """Counts how often a job asks, and says 停止 at the number given."""

    def __init__(self, stop: int | None = None) -> None:
        super().__init__()
        self.asked = 0
        self._stop = stop

    def check(self) -> None:
        self.asked += 1
        if self.asked == self._stop:
            self.set()
        super().check()


def test_a_merge_can_be_stopped_between_any_two_records_it_folds(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visits = [save_visit(county, enterprise_name=f"第{n}厂") for n in range(30)]
    deliver(county, city, tmp_path / "up")
    lines = [branches(county, one.id, one.state.h, 1)[0] for one in visits]
    sealed = forging.package(county, tmp_path / "edits.zfpkg", lines)
    counted = Counted()
    take_package.receive(city, sealed.path, dry_run=True, cancel=counted)
    before = snapshot(city)
    assert counted.asked > len(visits)
    for stop in range(counted.asked - len(visits) + 1, counted.asked, 7):
        with pytest.raises(Cancelled):
            take_package.receive(city, sealed.path, cancel=Counted(stop))
    assert snapshot(city) == before
    assert take_package.receive(city, sealed.path).new == len(visits)


def test_taking_back_a_package_can_be_stopped(city: Office, county: Office, tmp_path: Path) -> None:
    for n in range(5):
        save_visit(county, enterprise_name=f"第{n}厂")
    account = deliver(county, city, tmp_path / "up")[-1]
    before = snapshot(city)
    with pytest.raises(Cancelled):
        package_undo.undo(city, account.package, cancel=Counted(3))
    assert snapshot(city) == before
    assert package_undo.undo(city, account.package).withdrawn >= 5


def test_lines_of_a_megabyte_each_are_not_gathered_by_the_thousand(
    city: Office, county: Office, tmp_path: Path
) -> None:
    """Two thousand of these at once would be two gigabytes."""
    body = {"enterprise_name": "沙湾机械厂", "remarks": "走" * 300_000}
    lines = [forging.line(county, "visit", body) for _ in range(150)]
    sealed = forging.package(county, tmp_path / "long.zfpkg", lines)
    tracemalloc.start()
    account = take_package.receive(city, sealed.path)
    assert tracemalloc.get_traced_memory()[1] <= MEMORY
    tracemalloc.stop()
    assert account.new == len(lines)


def test_what_a_county_broke_does_not_fill_what_the_city_says_to_it(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    account = deliver(county, city, tmp_path / "up")[-1]
    aside = [
        ParkedRow(account.package, f"{n:064x}", "RECORD_INVALID", "不合规定", None)
        for n in range(channels.MOST_NAMED + 50)
    ]
    with city.store.write() as connection:
        packages.park(connection, aside)
        acks = channels.acks_for(connection, COUNTY)
    assert max(len(one.parked) for one in acks) == channels.MOST_NAMED <= index.MOST_NAMED


@pytest.mark.skipif(os.name != "posix", reason="named pipes are of Unix")
def test_pipes_devices_and_odd_names_on_a_stick_are_listed_and_hang_nothing(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    stick = tmp_path / "stick"
    stick.mkdir()
    os.mkfifo(stick / "pipe.zfpkg")
    (stick / "device.zfpkg").symlink_to("/dev/zero")
    (stick / "folder.zfpkg").mkdir()
    (stick / os.fsdecode(b"\xff\xfe.zfpkg")).write_bytes(b"junk")
    (stick / ("走" * 82 + ".zfpkg")).write_bytes(b"junk")
    with (stick / "hole.zfpkg").open("wb") as hole:
        hole.truncate(5 << 30)
    chosen = waiting_files.choose(city, [stick, stick / "pipe.zfpkg"])
    looked = {one.name: one for one in (waiting_files.admit(city, f) for f in chosen.files)}
    problems = {name: one.problem.code for name, one in looked.items() if one.problem}
    assert problems == {
        "pipe.zfpkg": "NOT_A_FILE",
        "device.zfpkg": "NOT_A_FILE",
        "hole.zfpkg": "FILE_TOO_LARGE",
    }
    codes = [one.account.code for one in looked.values() if one.account]
    assert codes == ["PKG_CORRUPT"] * 2


def test_a_package_of_the_longest_name_is_taken_in(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    file = forging.package(county, tmp_path / "p.zfpkg", []).path
    long = file.rename(tmp_path / ("走" * 82 + ".zfpkg"))
    looked = waiting_files.admit(city, long)
    assert looked.problem is None
    assert looked.waiting is not None
    assert waiting_files.take(city, looked.waiting).accounts[0].state == "merged"
    again = forging.package(county, tmp_path / "q.zfpkg", [], seq=9, prev="00" * 32).path
    assert take_package.receive(city, again.rename(tmp_path / ("x" * 249 + ".zfpkg"))).package


def test_a_name_that_no_disk_takes_is_called_that(city: Office, tmp_path: Path) -> None:
    (file,) = waiting_files.choose(city, [tmp_path / ("x" * 300 + ".zfpkg")]).files
    looked = waiting_files.admit(city, file)
    assert looked.problem is not None
    assert looked.problem.code == "NAME_TOO_LONG"


def test_a_stick_of_thousands_of_packages_is_not_worked_through(
    city: Office, tmp_path: Path
) -> None:
    for number in range(find_packages.MOST_PACKAGES + 1):
        (tmp_path / f"{number}.zfpkg").touch()
    with pytest.raises(UserError) as refused:
        waiting_files.choose(city, [tmp_path])
    assert refused.value.code == "TOO_MANY_FILES"


def test_a_folder_of_very_many_files_is_left_when_there_are_too_many(
    city: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_packages, "MOST_ENTRIES", 50)
    for number in range(51):
        (tmp_path / f"{number}.jpg").touch()
    with pytest.raises(UserError) as refused:
        waiting_files.choose(city, [tmp_path])
    assert refused.value.code == "TOO_MANY_FILES"


def test_looking_into_folders_can_be_stopped(city: Office, tmp_path: Path) -> None:
    forged.write(tmp_path, "a.jpg", b"")
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        waiting_files.choose(city, [tmp_path], cancel=cancel)
