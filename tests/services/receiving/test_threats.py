"""Every byte-level row of the threat table at a real office: a code, and nothing else (§5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.exchange.refusal import CODES
from app.services.office.office import Identity, Office
from app.services.office.private_keys import Secrets
from app.services.packages.trust_store import keep_trust
from app.services.receiving import take_package
from database.books import settings
from database.log import packages
from tests.exchange import offices as forged
from tests.exchange import spoil
from tests.exchange.attacks import ATTACKS
from tests.exchange.spoil import Desk
from tests.services.offices import CITY, SetClock, reopened
from tests.services.snapshots import NOTHING, reconciled, snapshot

TRUSTS = {1: forged.first_trust(), 2: spoil.second_trust()}
"""What the attacked city believes: the keys of the forger's little world."""
STATES = {"refused": "refused", "held": "held", "frozen": "frozen", "parked": "merged"}
"""The state of a package, by what its code is to lead to."""
PARKED = [
    name
    for name, case in ATTACKS.items()
    if CODES[case.code].outcome == "parked" and not name.startswith("enrol")
]


def attacked_city(source: Path, root: Path, version: int) -> Office:
    """A real city's folder whose keys and trust are those the forger works against."""
    clock = SetClock(dt.datetime.fromisoformat(forged.WHEN))
    office = reopened(root, clock, copy_of=source)
    me = forged.CITY_PC
    with office.store.write() as connection:
        identity = Identity(CITY, "city", CITY, me.writer, 1, office.identity.machine)
        settings.put(connection, "secrets", Secrets(me.key.to_openssh(), me.secret))
        settings.put(connection, "identity", identity)
        connection.exec_driver_sql("DELETE FROM trust")
        keep_trust(connection, TRUSTS[version])
    office.close()
    return reopened(root, clock)


@pytest.fixture(scope="module")
def attacked(
    grounds: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[int, Office]]:
    """The city under attack, by the trust version it knows."""
    root = tmp_path_factory.mktemp("attacked")
    cities = {n: attacked_city(grounds / CITY, root / str(n), n) for n in TRUSTS}
    yield cities
    for office in cities.values():
        office.close()


@pytest.mark.parametrize("name", sorted(set(ATTACKS) - set(PARKED)))
def test_a_refused_package_changes_nothing_but_the_ledger(
    attacked: dict[int, Office], tmp_path: Path, name: str
) -> None:
    case = ATTACKS[name]
    city = attacked[case.known]
    file = forged.write(tmp_path, "attack.zfpkg", case.make(Desk(tmp_path)))
    before = snapshot(city)
    account = take_package.receive(city, file)
    state = "refused" if name.startswith("enrol") else STATES[CODES[case.code].outcome]
    assert (account.code, account.state) == (case.code, state)
    assert account.sentence
    assert account.remedy
    after = snapshot(city)
    if account.state == "held":
        kept = {name for name in after if name.startswith("inbox/")} - before.keys()
        assert len(kept) <= 1
        after = {name: digest for name, digest in after.items() if name not in kept}
    assert after == before
    with city.store.read() as connection:
        row = packages.get(connection, account.package)
    assert (row.code, row.state, row.note) == (account.code, account.state, "attack.zfpkg")


@pytest.mark.parametrize("name", PARKED)
def test_what_is_bad_in_a_good_package_is_set_aside_and_the_rest_is_merged(
    attacked: dict[int, Office], tmp_path: Path, name: str
) -> None:
    case = ATTACKS[name]
    city = attacked_city(attacked[case.known].folder.root, tmp_path / CITY, case.known)
    file = forged.write(tmp_path, "attack.zfpkg", case.make(Desk(tmp_path)))
    account = take_package.receive(city, file)
    assert (account.state, account.code) == ("merged", case.code)
    assert case.code in account.warnings
    assert [code for code, _ in account.parked_items] == [case.code]
    assert account.new == account.contained - account.parked > 0
    reconciled(account)
    city.close()


@pytest.mark.parametrize("name", ["flip-payload", "unknown-signer", "cover-count", "scan-hash"])
def test_a_look_before_taking_in_leaves_not_even_a_line(
    attacked: dict[int, Office], tmp_path: Path, name: str
) -> None:
    case = ATTACKS[name]
    city = attacked_city(attacked[case.known].folder.root, tmp_path / CITY, case.known)
    file = forged.write(tmp_path, "attack.zfpkg", case.make(Desk(tmp_path)))
    before = snapshot(city, besides=NOTHING)
    assert take_package.receive(city, file, dry_run=True).code == case.code
    assert snapshot(city, besides=NOTHING) == before
    city.close()
