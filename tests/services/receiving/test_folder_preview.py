"""A folder is looked at before it is taken in: each file as if those before it were in."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, Problem
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Visit
from app.exchange.packagereader import inspect_package
from app.services.office.office import Office
from app.services.receiving import find_packages, take_package, waiting_files
from app.services.receiving.package_account import Account
from app.services.records import saving
from database.log import packages, revisions
from tests.services.offices import save_visit, send


def year_of(office: Office, folder: Path) -> Path:
    """Three 报送 of an office in one folder, the later ones first by name."""
    saved = save_visit(office)
    files: list[Path] = []
    for n in range(3):
        saving.save(office, Visit, {"headcount": 1300 + n}, record=saved.id)
        save_visit(office, enterprise_name=f"第{n}厂")
        files = send(office, folder.with_name(f"{office.identity.station}-{n}"))
    folder.mkdir(exist_ok=True)
    reports = [one for one in files if inspect_package(one).header.kind == "submission"]
    for place, file in enumerate(reports):
        file.rename(folder / f"{9 - place}-{office.identity.station}.zfpkg")
    return folder


def previewed(office: Office, folder: Path) -> list[Account]:
    found = find_packages.chosen(office, [folder])
    judged = take_package.preview(office, found)
    return [one for one in judged if isinstance(one, Account)]


def test_the_files_of_a_folder_are_judged_given_each_other_and_nothing_is_kept(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    folder = year_of(second_county, year_of(county, tmp_path / "all"))
    with city.store.read() as connection:
        before = revisions.next_n(connection), len(packages.find(connection))
    seen = previewed(city, folder)
    assert len(seen) == 6
    assert [one.seq for one in seen] == sorted(one.seq for one in seen[:3]) * 2
    assert {one.missing for one in seen} == {()}, "nothing is missing before any of them"
    assert {(one.state, one.code, one.waiting) for one in seen} == {("merged", "", 0)}
    assert [one.changed for one in seen] == [0, 1, 1] * 2
    with city.store.read() as connection:
        assert (revisions.next_n(connection), len(packages.find(connection))) == before
    assert not list(city.folder.inbox.glob("*.zfpkg")) or saving.listing(city, Visit) == []

    taken = [take_package.receive(city, one.path) for one in find_packages.chosen(city, [folder])]
    counted = [(one.file, one.new, one.changed, one.missing) for one in taken]
    assert counted == [(one.file, one.new, one.changed, one.missing) for one in seen]


def test_what_is_truly_missing_is_still_said(city: Office, county: Office, tmp_path: Path) -> None:
    folder = year_of(county, tmp_path / "all")
    first, second, third = (one.path for one in find_packages.chosen(city, [folder]))
    second.unlink()
    seen = {one.file: one for one in previewed(city, folder)}
    assert seen[first.name].missing == ()
    assert len(seen[third.name].missing) == 1
    assert seen[third.name].waiting == 1


def test_a_file_that_is_no_package_does_not_spoil_the_others(
    city: Office, county: Office, tmp_path: Path
) -> None:
    folder = year_of(county, tmp_path / "all")
    (folder / "0.zfpkg").write_bytes(b"PK nothing")
    (folder / "1.zfpkg").symlink_to(folder / "gone")
    found = find_packages.chosen(city, [folder])
    judged = take_package.preview(city, found)
    told = [one.code if isinstance(one, Problem) else one.state for one in judged]
    assert told[:4] == ["merged", "merged", "merged", "refused"]
    assert len(told) == 5


def test_a_preview_says_which_file_of_how_many_and_can_be_stopped(
    city: Office, county: Office, tmp_path: Path
) -> None:
    found = find_packages.chosen(city, [year_of(county, tmp_path / "all")])
    steps: list[Step] = []
    take_package.preview(city, found, progress=steps.append)
    assert any(step.label.startswith("第 2 个，共 3 个　") for step in steps)
    assert {(step.place, step.several) for step in steps} == {(1, 3), (2, 3), (3, 3)}
    cancel = Cancel()

    def stop_at_the_second(step: Step) -> None:
        if step.place == 2:
            cancel.set()

    with pytest.raises(Cancelled):
        take_package.preview(city, found, progress=stop_at_the_second, cancel=cancel)
    assert saving.listing(city, Visit) == []
    assert [one.state for one in previewed(city, tmp_path / "all")] == ["merged"] * 3


def test_files_that_wait_are_looked_at_together(
    city: Office, county: Office, tmp_path: Path
) -> None:
    folder = year_of(county, tmp_path / "all")
    alone = [waiting_files.admit(city, one) for one in waiting_files.choose(city, [folder]).files]
    assert [bool(one.account and one.account.missing) for one in alone] == [False, True, True]
    together = waiting_files.look_together(city, waiting_files.waiting(city))
    assert [one.account.missing for one in together if one.account] == [()] * 3
    assert [one.account.waiting for one in together if one.account] == [0] * 3
    assert len(waiting_files.waiting(city)) == 3
