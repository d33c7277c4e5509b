"""A package of a newer program is refused, and taken in whole once the program is updated."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.records import Visit
from app.exchange import header
from app.services.backup import integrity
from app.services.office.office import Office
from app.services.receiving import inbox, kept_runs, run_account, take_package, waiting_files
from app.services.records import saving
from tests.services.offices import save_visit, send


@pytest.fixture
def sent(county: Office, tmp_path: Path) -> list[Path]:
    """Two packages of one office, one after the other."""
    save_visit(county)
    first = send(county, tmp_path / "first")[-1]
    save_visit(county, enterprise_name="另一家")
    return [first, send(county, tmp_path / "second")[-1]]


def test_what_was_too_new_comes_in_after_the_update(
    city: Office, sent: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(header, "FORMAT", 0)
        before = [take_package.receive(city, file) for file in sent]
        assert {(one.state, one.code) for one in before} == {("refused", "VERSION_TOO_NEW")}
        assert "升级" in before[0].remedy
        assert saving.listing(city, Visit) == []

    after = [take_package.receive(city, file) for file in sent]
    assert {one.state for one in after} == {"merged"}
    assert len(saving.listing(city, Visit)) == 2
    assert integrity.examine_store(city).sound
    assert [one for one in inbox.deliveries(city, {}) if one.pending] == []
    run = kept_runs.keep(city, run_account.gathered(after))
    assert run.headline == f"已汇总 {len(sent)} 份"
    again = [take_package.receive(city, file) for file in sent]
    assert {one.state for one in again} == {"duplicate"}


def test_in_the_list_too_it_waits_and_is_taken_in(
    city: Office, sent: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(header, "FORMAT", 0)
        looked = [waiting_files.admit(city, file) for file in sent]
        known = {one.waiting.digest: one.account for one in looked if one.waiting and one.account}
        listed = inbox.deliveries(city, known)[:2]
        assert [(one.standing, one.pending, one.package) for one in listed] == [
            ("refused", True, 0)
        ] * 2
        assert "升级以后再到这里就可以汇总" in listed[0].remedy

    for one in waiting_files.waiting(city):
        seen = waiting_files.look(city, one)
        assert seen.account is not None
        assert seen.account.state == "merged"
    for one in waiting_files.waiting(city):
        (account,) = waiting_files.take(city, one).accounts
        assert account.state == "merged"
    assert [one for one in inbox.deliveries(city, {}) if one.pending] == []
    assert len(saving.listing(city, Visit)) == 2
