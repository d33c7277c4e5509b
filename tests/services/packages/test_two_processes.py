"""Two programs at work in one data folder: neither removes a file of the other."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from pathlib import Path

from app.domain.kernel.progress import Step
from app.services.backup import backup
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.receiving import take_package
from database.log import packages
from database.log.unsent_revisions import Sealable
from tests.services import forging
from tests.services.neighbour import heard, neighbour
from tests.services.offices import CITY, COUNTY, save_visit


def files_named(office: Office) -> dict[str, bool]:
    """Every file that the ledger names, and whether it is there."""
    with office.store.read() as connection:
        rows = packages.find(connection)
    places = {"out": office.folder.outbox, "in": office.folder.inbox}
    return {row.file: (places[row.direction] / row.file).exists() for row in rows if row.file}


def test_a_failed_sealing_leaves_what_another_process_sealed_meanwhile(county: Office) -> None:
    save_visit(county)
    with ExitStack() as other:
        words: list[tuple[subprocess.Popen[str], str]] = []

        def wanted(row: Sealable) -> bool:
            if not words:
                process = other.enter_context(neighbour("seal_in_vain", county.folder.root))
                words.append((process, heard(process)))
            return True

        sealed = sealing.seal(county, CITY, "submission", wanted)
        assert words[0][1] == "begun"
        while heard(words[0][0]) != "failed":
            pass
    assert [one.path.exists() for one in sealed] == [True]
    assert all(files_named(county).values())


def test_two_processes_that_receive_leave_each_other_the_copy_in_flight(
    city: Office, county: Office, tmp_path: Path
) -> None:
    stick = [
        forging.package(
            county,
            tmp_path / f"{n}.zfpkg",
            [forging.line(county, "visit", {"workers_met": n})],
            keep=True,
        )
        for n in range(2)
    ]
    with ExitStack() as other:
        words: list[tuple[subprocess.Popen[str], str]] = []

        def watch(step: Step) -> None:
            if step.label != "拷入文件" and not words:
                process = other.enter_context(neighbour("receive", city.folder.root, stick[1].path))
                words.append((process, heard(process)))

        account = take_package.receive(city, stick[0].path, progress=watch)
        assert account.state == "merged"
        assert words[0][1] == "begun"
        assert heard(words[0][0]) == "merged"
    assert len(files_named(city)) >= 2
    assert all(files_named(city).values())


def test_two_processes_that_receive_one_file_keep_one_copy(
    city: Office, county: Office, tmp_path: Path
) -> None:
    line = forging.line(county, "visit", {"workers_met": 1})
    sealed = forging.package(county, tmp_path / "x.zfpkg", [line])
    with ExitStack() as other:
        words: list[tuple[subprocess.Popen[str], str]] = []

        def watch(step: Step) -> None:
            if step.label != "拷入文件" and not words:
                process = other.enter_context(neighbour("receive", city.folder.root, sealed.path))
                words.append((process, heard(process)))

        account = take_package.receive(city, sealed.path, progress=watch, dry_run=True)
        assert account.state == "merged"
        assert heard(words[0][0]) == "merged"
    assert all(files_named(city).values())


def test_a_backup_leaves_the_work_of_another_backup(county: Office, tmp_path: Path) -> None:
    with ExitStack() as other:
        words: list[tuple[subprocess.Popen[str], str]] = []

        def watch(step: Step) -> None:
            if not words:
                process = other.enter_context(
                    neighbour("back_up", county.folder.root, tmp_path / "theirs.zfbackup")
                )
                words.append((process, heard(process)))

        made = backup.back_up(county, tmp_path / "ours.zfbackup", progress=watch)
    assert words[0][1] == "begun"
    assert made.file.exists()
    assert (tmp_path / "theirs.zfbackup").exists()
    assert not list(county.folder.root.glob("backup-*"))
    assert COUNTY in str(county.folder.root)
