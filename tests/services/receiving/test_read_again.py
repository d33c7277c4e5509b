"""更新后读进: what a program of before could not read is read by the present one, as if at once."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import msgspec
import pytest

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Cancelled
from app.domain.kernel.progress import Cancel
from app.domain.records import Demand, Visit
from app.services.office.office import Office
from app.services.receiving import (
    kept_runs,
    package_account,
    package_undo,
    read_again,
    run_undo,
    take_package,
)
from app.services.receiving.known_fields import known_now
from app.services.receiving.run_account import AGAIN, PUT_BACK
from app.services.receiving.take_package import Account
from app.services.records import saving, state_from_log
from app.services.reviewing import answers
from database.books import settings
from database.log import packages, parked_lines, revisions
from database.log.packages import ParkedRow
from database.state import states
from database.store.dialect import marks, run
from tests.services import forging
from tests.services.offices import COUNTY, SetClock, deliver, reopened, save_visit, send
from tests.services.snapshots import reconciled

DEMAND = {"raised_on": "2011-07-20", "category": "生活", "raiser": "企业"}


def digest(office: Office) -> str:
    with office.store.read() as connection:
        return states.digest(connection)


def aside(office: Office) -> list[str]:
    with office.store.read() as connection:
        return [row.reason for row in packages.parked(connection)]


def account_of(office: Office, package: int) -> Account:
    with office.store.read() as connection:
        text = packages.get(connection, package).account
    assert text is not None
    return msgspec.json.decode(text, type=Account)


def without(office: Office, kind: str, *fields: str) -> None:
    """Let it be noted that the program which looked last knew no such type, or no such fields."""
    known = dict(known_now())
    if fields:
        known[kind] = [one for one in known[kind] if one.partition(" ")[0] not in fields]
    else:
        del known[kind]
    with office.store.write() as connection:
        settings.put(connection, "known fields", known)


def as_taken_before(office: Office, account: Account, kind: str) -> None:
    """Let the store be as a program leaves it that does not know a type: its lines set aside."""
    with office.store.write() as connection:
        held = [row for row in packages.contents(connection, account.package) if row[2] == kind]
        numbers, names = tuple(row[0] for row in held), [row[1] for row in held]
        raws = [revisions.get(connection, h) for h in names]
        lines = [
            ParkedRow(account.package, one.h, "RECORD_INVALID", "还不认识", one.raw)
            for one in raws
            if one
        ]
        run(connection, f"DELETE FROM delivery WHERE revision IN ({marks(numbers)})", numbers)
        run(connection, f"DELETE FROM revision WHERE n IN ({marks(numbers)})", numbers)
        packages.park(connection, lines)
        state_from_log.rebuild(connection, office.standpoint)
        told = account_of(office, account.package)
        less = package_account.with_less(told, _Gone(len(lines)), ())
        text = msgspec.json.encode(less).decode()
        packages.update(connection, account.package, account=text)
    without(office, kind)


class _Gone:
    """So many that were new."""

    changed = same = conflict = waiting = 0

    def __init__(self, new: int) -> None:
        self.new = new


@pytest.fixture
def taken(city: Office, county: Office, tmp_path: Path) -> Account:
    """A package that the city took with all its lines: a visit, its unit, and two demands."""
    visit = save_visit(county)
    for text in ("修路", "修桥"):
        saving.save(county, Demand, {**DEMAND, "visit": visit.id, "content": text})
    return deliver(county, city, tmp_path / "up")[-1]


def test_what_was_set_aside_comes_in_as_if_it_had_been_known_at_once(
    city: Office, taken: Account
) -> None:
    whole, told = digest(city), account_of(city, taken.package)
    as_taken_before(city, taken, "demand")
    assert len(aside(city)) == 2
    assert digest(city) != whole
    changes = read_again.catch_up(city)
    assert {"demand", "merge_run", "package"} <= changes.types
    assert digest(city) == whole
    assert aside(city) == []
    after = account_of(city, taken.package)
    reconciled(after)
    assert (after.new, after.parked, after.code) == (told.new, 0, told.code)
    (run_kept,) = kept_runs.kept(city)
    (file,) = run_kept.files
    assert (file.state, file.new, file.parked) == (AGAIN, 2, 0)
    assert "更新后读进 1 份" in run_kept.headline
    assert read_again.catch_up(city) == Changes()
    assert len(kept_runs.kept(city)) == 1


def test_the_run_is_taken_back_like_every_other_and_read_with_the_next_update(
    city: Office, taken: Account
) -> None:
    whole = digest(city)
    as_taken_before(city, taken, "demand")
    before, told = digest(city), account_of(city, taken.package)
    read_again.catch_up(city)
    (kept,) = kept_runs.kept(city)
    (file,) = run_undo.still_in(city, kept)
    gone = run_undo.take_back(city, file)
    assert (gone.withdrawn, gone.refused) == (2, "")
    assert digest(city) == before
    assert len(aside(city)) == 2
    after = account_of(city, taken.package)
    reconciled(after)
    assert (after.new, after.parked) == (told.new, told.parked)
    assert [one.state for one in run_undo.account([gone]).files] == [PUT_BACK]
    assert run_undo.still_in(city, kept) == ()
    assert read_again.catch_up(city) == Changes()
    without(city, "demand")
    read_again.catch_up(city)
    assert digest(city) == whole
    again, _ = kept_runs.kept(city)
    (file,) = run_undo.still_in(city, again)
    assert run_undo.take_back(city, file).withdrawn == 2
    assert digest(city) == before


def test_the_whole_package_is_still_taken_back_and_merged_again(
    city: Office, taken: Account
) -> None:
    whole = digest(city)
    as_taken_before(city, taken, "demand")
    read_again.catch_up(city)
    package_undo.undo(city, taken.package)
    with city.store.read() as connection:
        assert states.count(connection, Visit) == states.count(connection, Demand) == 0
    package_undo.merge_again(city, taken.package)
    assert digest(city) == whole


def test_what_was_answered_since_stays(city: Office, taken: Account, tmp_path: Path) -> None:
    as_taken_before(city, taken, "demand")
    read_again.catch_up(city)
    answers.answer(city, COUNTY, tmp_path / "down")
    (kept,) = kept_runs.kept(city)
    (file,) = run_undo.still_in(city, kept)
    assert "已经答复" in run_undo.take_back(city, file).refused
    assert aside(city) == []


def test_it_is_taken_back_though_the_package_was_answered_before(
    city: Office, taken: Account, tmp_path: Path
) -> None:
    as_taken_before(city, taken, "demand")
    answers.answer(city, COUNTY, tmp_path / "down")
    read_again.catch_up(city)
    (kept,) = kept_runs.kept(city)
    (file,) = run_undo.still_in(city, kept)
    assert run_undo.take_back(city, file).withdrawn == 2


def test_what_is_unknown_still_stays_whole(city: Office, county: Office, tmp_path: Path) -> None:
    lines = [forging.line(county, "picnic", {"title": "会"}), forging.line(county, "visit", {})]
    made = forging.package(county, tmp_path / "x.zfpkg", lines)
    account = take_package.receive(city, made.path)
    assert (account.new, account.parked) == (1, 1)
    without(city, "person")
    for _ in range(2):
        assert read_again.catch_up(city) == Changes()
        with city.store.read() as connection:
            last = parked_lines.last(connection)
            (one,) = parked_lines.of_package(connection, account.package, last)
        assert (one.h, one.raw) == lines[0]
    assert kept_runs.kept(city) == []


def test_with_the_first_package_after_an_update_the_earlier_ones_are_read(
    city: Office, county: Office, taken: Account, tmp_path: Path
) -> None:
    as_taken_before(city, taken, "demand")
    visit = saving.listing(county, Visit)[0]
    saving.save(county, Demand, {**DEMAND, "visit": visit.id, "content": "修塘"})
    deliver(county, city, tmp_path / "next")
    with city.store.read() as connection:
        assert states.count(connection, Demand) == 3
    assert aside(city) == []


def test_looking_at_a_file_reads_nothing(
    city: Office, county: Office, taken: Account, tmp_path: Path
) -> None:
    as_taken_before(city, taken, "demand")
    save_visit(county, enterprise_name="犍为五一厂")
    (file, *_) = send(county, tmp_path / "next")
    take_package.receive(city, file, dry_run=True)
    assert len(aside(city)) == 2


def test_a_field_that_was_not_known_is_shown_from_then_on(city: Office, taken: Account) -> None:
    whole = digest(city)
    with city.store.write() as connection:
        run(connection, "UPDATE state_demand SET content = NULL")
    without(city, "demand", "content")
    assert digest(city) != whole
    changes = read_again.catch_up(city)
    assert "demand" in changes.types
    assert digest(city) == whole
    (kept,) = kept_runs.kept(city)
    (file,) = kept.files
    assert "2 条里有当时还不认识的项目" in file.sentence
    assert run_undo.still_in(city, kept) == ()


def test_stopping_leaves_everything_as_it_was(city: Office, taken: Account) -> None:
    as_taken_before(city, taken, "demand")
    before = digest(city)
    stop = Cancel()
    stop.set()
    with pytest.raises(Cancelled):
        read_again.catch_up(city, cancel=stop)
    assert digest(city) == before
    assert len(aside(city)) == 2
    assert read_again.catch_up(city).types


def test_two_that_open_at_once_read_it_once(
    city: Office, taken: Account, clock: SetClock, tmp_path: Path
) -> None:
    whole = digest(city)
    as_taken_before(city, taken, "demand")
    root = city.folder.root
    if city.store.server:
        root = Path(shutil.copytree(root, tmp_path / "second desk"))
    beside = reopened(root, clock)
    start = threading.Barrier(2)
    came: list[Changes] = []

    def work(office: Office) -> None:
        start.wait()
        came.append(read_again.catch_up(office))

    threads = [threading.Thread(target=work, args=(one,)) for one in (city, beside)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    beside.close()
    assert came.count(Changes()) == 1
    assert digest(city) == whole
    assert len(kept_runs.kept(city)) == 1
