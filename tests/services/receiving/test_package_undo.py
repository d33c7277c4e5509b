"""A package is taken back, brought back, and one of two with the same number is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Visit
from app.services.backup import integrity
from app.services.figures import dues
from app.services.office.office import Office
from app.services.packages.package_ledger import Arrival
from app.services.receiving import package_undo
from app.services.receiving.judge_package import PackageJudge
from app.services.receiving.package_account import Account
from app.services.records import saving, state_from_log
from app.services.reviewing import answers, reviews
from app.services.reviewing.reviews import Correction
from database.log import packages, revisions
from tests.services import forging
from tests.services.offices import (
    COUNTY,
    SetClock,
    carry,
    deliver,
    record_of,
    reopened,
    save_visit,
    send,
)


def refused(code: str) -> Any:
    return pytest.raises(UserError, check=lambda error: error.code == code)


def numbers(office: Office) -> list[str]:
    return [state.record.number for state in saving.listing(office, Visit)]


def test_what_only_this_package_brought_leaves_and_comes_back(
    city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    *_, first = deliver(county, city, tmp_path / "a")
    saving.save(county, Visit, {"headcount": 1300}, record=saved.id)
    other = save_visit(county, enterprise_name="另一家")
    *_, second = deliver(county, city, tmp_path / "b")
    assert record_of(city, "visit", saved.id).headcount == 1300

    undone = package_undo.undo(city, second.package)
    assert (undone.withdrawn, undone.kept) == (3, 0)
    assert ("visit", saved.id) in undone.records
    assert record_of(city, "visit", saved.id).headcount == 1250
    assert numbers(city) == [saved.number]
    assert integrity.examine_store(city).sound
    with refused("NOT_MERGED"):
        package_undo.undo(city, second.package)

    again = package_undo.merge_again(city, second.package)
    assert (again.state, again.contained, again.package) == ("merged", 3, second.package)
    assert numbers(city) == [saved.number, other.number]
    assert record_of(city, "visit", saved.id).headcount == 1300
    assert first.state == "merged"
    with refused("NOT_WITHDRAWN"):
        package_undo.merge_again(city, second.package)


def test_what_comes_back_is_counted_as_when_it_first_came(
    city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    saving.save(county, Visit, {"headcount": 1300}, record=saved.id)
    *_, first = deliver(county, city, tmp_path / "a")
    saving.save(county, Visit, {"headcount": 1400}, record=saved.id)
    *_, second = deliver(county, city, tmp_path / "b")
    assert (first.changed, second.changed) == (0, 1)
    for account in (second, first):
        package_undo.undo(city, account.package)
    for account in (first, second):
        again = package_undo.merge_again(city, account.package)
        assert (again.new, again.changed, again.same) == (account.new, account.changed, 0)


def test_later_versions_wait_while_what_they_stand_on_is_taken_back(
    city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    *_, first = deliver(county, city, tmp_path / "a")
    saving.save(county, Visit, {"headcount": 1300}, record=saved.id)
    *_, second = deliver(county, city, tmp_path / "b")
    package_undo.undo(city, first.package)
    assert numbers(city) == []
    (waiting,) = dues.missing(city).waiting
    assert (waiting.id, waiting.station_name, waiting.count) == (saved.id, "沙湾区总工会", 1)

    files = sorted((tmp_path / "b").iterdir())
    accounts = carry(city, files)
    assert {a.state for a in accounts if a.package == first.package} == {"merged"}
    assert record_of(city, "visit", saved.id).headcount == 1300
    assert dues.missing(city).waiting == ()
    assert second.state == "merged"


def test_nothing_is_taken_back_after_it_was_acknowledged(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    *_, account = deliver(county, city, tmp_path / "a")
    answers.answer(city, COUNTY, tmp_path / "down")
    with refused("ACKNOWLEDGED"):
        package_undo.undo(city, account.package)
    save_visit(county, enterprise_name="另一家")
    *_, later = deliver(county, city, tmp_path / "b")
    assert package_undo.undo(city, later.package).withdrawn == 2


def test_a_proposal_that_ceases_to_count_leaves_the_record_it_speaks_of(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county).id
    deliver(county, city, tmp_path / "up")
    said = Correction("1300", "王主席", dt.date(2011, 7, 1))
    review = reviews.propose(city, Visit, visit, {"headcount": said}).id
    assert record_of(city, "visit", visit).headcount == 1300
    stands: tuple[tuple[revisions.Status, int], ...] = (("withdrawn", 1250), ("live", 1300))
    for status, headcount in stands:
        with city.store.write() as connection:
            (told,) = revisions.of_record(connection, review)
            revisions.set_status(connection, [told.n], status)
            state_from_log.refold(connection, [("review", review)], city.standpoint)
        assert record_of(city, "visit", visit).headcount == headcount
    assert integrity.examine_store(city).sound


@pytest.fixture
def clone(county: Office, tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """The county's data folder, copied to a second disk."""
    office = reopened(tmp_path / "clone", clock, copy_of=county.folder.root)
    yield office
    office.close()


@pytest.mark.parametrize("keep_first", [True, False])
def test_a_person_decides_which_of_two_with_one_number_counts(
    keep_first: bool, city: Office, county: Office, clone: Office, tmp_path: Path
) -> None:
    real = save_visit(county, enterprise_name="甲厂", headcount=11)
    *_, merged = deliver(county, city, tmp_path / "a")
    false = save_visit(clone, enterprise_name="乙厂", headcount=22)
    *_, frozen = carry(city, send(clone, tmp_path / "b"))
    assert (merged.state, frozen.state, frozen.code) == ("merged", "frozen", "FORK")
    later_real = save_visit(county, enterprise_name="丙厂", headcount=33)
    later_false = save_visit(clone, enterprise_name="丁厂", headcount=44)
    carry(city, send(county, tmp_path / "c"))
    carry(city, send(clone, tmp_path / "d"))
    assert [state.id for state in saving.listing(city, Visit)] == [real.id]

    waiting = {one.package: one for one in dues.missing(city).frozen}
    assert len(waiting) == 3
    chosen = digest_of(city, merged.package if keep_first else frozen.package)
    settled = package_undo.settle_fork(city, county.identity.writer, "511100", chosen)
    assert all(account.state == "merged" for account in settled.accounts)
    kept = {real.id, later_real.id} if keep_first else {false.id, later_false.id}
    assert {state.id for state in saving.listing(city, Visit)} == kept
    assert dues.missing(city).frozen == ()
    assert integrity.examine_store(city, rebuild=True).agrees

    writer = county if keep_first else clone
    save_visit(writer, enterprise_name="戊厂", headcount=55)
    *_, after = deliver(writer, city, tmp_path / "e")
    assert after.state == "merged"
    refused_before = carry(city, sorted((tmp_path / ("b" if keep_first else "a")).iterdir()))
    assert (refused_before[-1].state, refused_before[-1].code) == ("refused", "FORK")
    assert dues.missing(city).frozen == ()
    with refused("NO_FORK"):
        package_undo.settle_fork(city, county.identity.writer, "511100", chosen)


class Cut(BaseException):
    """The plug is pulled."""


@pytest.mark.parametrize("judged", [0, 1])
def test_a_decision_cut_short_goes_on_when_it_is_made_again(
    judged: int, city: Office, county: Office, clone: Office, tmp_path: Path
) -> None:
    save_visit(county, enterprise_name="甲厂", headcount=11)
    deliver(county, city, tmp_path / "a")
    false = save_visit(clone, enterprise_name="乙厂", headcount=22)
    *_, frozen = carry(city, send(clone, tmp_path / "b"))
    later = save_visit(clone, enterprise_name="丁厂", headcount=44)
    carry(city, send(clone, tmp_path / "d"))
    chosen = digest_of(city, frozen.package)
    given = (county.identity.writer, "511100", chosen)
    done: list[object] = []
    judge = PackageJudge.judge

    def cut(intake: PackageJudge, arrival: Arrival) -> Account:
        if len(done) == judged:
            raise Cut
        done.append(arrival)
        return judge(intake, arrival)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PackageJudge, "judge", cut)
        with pytest.raises(Cut):
            package_undo.settle_fork(city, *given)
    settled = package_undo.settle_fork(city, *given)
    assert settled.kept == chosen
    assert {state.id for state in saving.listing(city, Visit)} == {false.id, later.id}
    assert dues.missing(city).frozen == ()
    assert integrity.examine_store(city, rebuild=True).agrees
    with refused("NO_FORK"):
        package_undo.settle_fork(city, *given)


def digest_of(office: Office, package: int) -> str:
    with office.store.read() as connection:
        return packages.get(connection, package).digest


def test_what_was_written_here_stays_though_a_package_held_it_too(
    city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    with county.store.read() as connection:
        (own,) = revisions.of_record(connection, saved.id)
    sealed = forging.package(
        city, tmp_path / "back.zfpkg", [(own.h, own.raw)], kind="restore", to=COUNTY
    )
    (back,) = carry(county, [sealed.path])
    assert (back.state, back.contained) == ("merged", 1)

    undone = package_undo.undo(county, back.package)
    assert (undone.withdrawn, undone.kept) == (0, 1)
    assert numbers(county) == [saved.number]
    assert integrity.examine_store(county).sound
