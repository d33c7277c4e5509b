"""Whoever comes first does not become the city: the first trust document needs its 核对码."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.exchange.keys import PublicKey
from app.services.backup import backup, restoring
from app.services.office.office import Office
from app.services.packages.trust_store import trust_now
from app.services.receiving import dropped_files, take_package, waiting_files
from app.services.registering import enrolment, registration
from app.services.reporting import receipts
from app.services.starting import setting_up
from tests.services.offices import (
    CHEAP,
    CITY,
    COUNTY,
    PASSPHRASE,
    SetClock,
    enrol,
    found_below,
    found_city,
    reopened,
)
from tests.services.snapshots import NOTHING, snapshot


@pytest.fixture
def newcomer(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """A county that was set up without a 启用包."""
    founded = setting_up.found(
        tmp_path / "newcomer",
        role="county",
        station=COUNTY,
        operator="李经办",
        passphrase=PASSPHRASE,
        clock=clock,
        cost=CHEAP,
    )
    yield founded.office
    founded.office.close()


@pytest.fixture
def false_trust(tmp_path: Path, clock: SetClock) -> Path:
    """The trust package of a stranger who calls himself the city."""
    stranger = found_city(tmp_path / "stranger", clock)
    made = enrolment.invite(stranger, COUNTY, tmp_path / "false")
    stranger.close()
    return made.files[0]


def refused_code(act: object, *words: object, **more: object) -> str:
    with pytest.raises(UserError) as refused:
        act(*words, **more)  # type: ignore[operator]
    return refused.value.code


def test_no_way_takes_the_first_trust_document_without_the_code(
    newcomer: Office, false_trust: Path, tmp_path: Path
) -> None:
    before = snapshot(newcomer, besides=NOTHING)
    assert refused_code(take_package.receive, newcomer, false_trust) == "CODE_NEEDED"
    assert refused_code(take_package.receive, newcomer, false_trust, dry_run=True) == "CODE_NEEDED"
    assert refused_code(take_package.receive, newcomer, false_trust, code=" ") == "CODE_NEEDED"
    assert refused_code(receipts.take_receipts, newcomer, [false_trust]) == "CODE_NEEDED"
    assert refused_code(registration.load, newcomer, false_trust) == "CODE_NEEDED"
    looked = waiting_files.admit(newcomer, false_trust)
    assert looked.problem is not None
    assert looked.problem.code == "CODE_NEEDED"
    assert waiting_files.waiting(newcomer) == []
    (seen,) = dropped_files.look_at(newcomer, [false_trust])
    assert seen.place == "settings"
    assert snapshot(newcomer, besides=NOTHING) == before
    assert trust_now(newcomer) is None


def test_a_stranger_never_becomes_the_city_and_the_true_one_still_does(
    newcomer: Office, city: Office, false_trust: Path, tmp_path: Path
) -> None:
    made = enrolment.invite(city, COUNTY, tmp_path / "true")
    wrong = refused_code(
        registration.load, newcomer, false_trust.parent, enable_code="x", check=made.check_code
    )
    assert wrong == "CODE_DIFFERS"
    assert trust_now(newcomer) is None
    registration.load(
        newcomer, tmp_path / "true", enable_code=made.enable_code, check=made.check_code
    )
    trust = trust_now(newcomer)
    assert trust is not None
    assert trust.check_code == made.check_code
    later = take_package.receive(newcomer, false_trust)
    assert (later.state, later.code) == ("held", "SIGNER_UNKNOWN")


def test_after_five_wrong_codes_the_next_one_waits(
    newcomer: Office, city: Office, clock: SetClock, tmp_path: Path
) -> None:
    made = enrolment.invite(city, COUNTY, tmp_path / "true")
    for _ in range(5):
        code = refused_code(take_package.receive, newcomer, made.files[0], code="0000")
        assert code == "CODE_DIFFERS"
    right = {"code": made.check_code}
    assert refused_code(take_package.receive, newcomer, made.files[0], **right) == "CODE_WAIT"
    clock.forward(minutes=1)
    assert take_package.receive(newcomer, made.files[0], code=made.check_code).state == "recorded"


def test_an_office_is_not_set_up_with_an_unchecked_enabling_package(
    false_trust: Path, tmp_path: Path, clock: SetClock
) -> None:
    code = refused_code(
        setting_up.found,
        tmp_path / "new",
        role="county",
        station=COUNTY,
        operator="李经办",
        passphrase=PASSPHRASE,
        enable=[false_trust],
        clock=clock,
        cost=CHEAP,
    )
    assert code == "CODE_NEEDED"
    assert not (tmp_path / "new").exists()


def test_a_restored_backup_keeps_the_newest_trust_document(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    made = backup.back_up(county, tmp_path / "old.zfbackup")
    second = found_below(city, tmp_path / "pc2", COUNTY, clock, operator="周经办")
    for file in enrol(city, second):
        take_package.receive(county, file)
    newest = trust_now(county)
    assert newest is not None
    key = county.store.key
    assert key is not None
    county.close()
    restoring.restore(made.file, county.folder.root, key, force=True, clock=clock)
    again = reopened(county.folder.root, clock)
    kept = trust_now(again)
    assert kept is not None
    assert (kept.version, kept.digest) == (newest.version, newest.digest)
    assert PublicKey.from_text(kept.document.root) == newest.root
    assert CITY in {one.station for one in kept.document.writers}
    again.close()
    second.close()
