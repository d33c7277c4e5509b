"""收件 lists every attack of the threat table with a reason; only what is too new waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.office.office import Office
from app.services.receiving import inbox, waiting_files
from tests.exchange import offices as forged
from tests.exchange.attacks import ATTACKS
from tests.exchange.spoil import Desk
from tests.services.offices import CITY
from tests.services.receiving.test_threats import PARKED, TRUSTS, attacked_city


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


SOME = sorted(set(ATTACKS) - set(PARKED))[::3]


@pytest.mark.parametrize("name", SOME)
def test_an_attack_is_listed_with_its_reason(
    attacked: dict[int, Office], tmp_path: Path, name: str
) -> None:
    case = ATTACKS[name]
    city = attacked[case.known]
    file = forged.write(tmp_path, f"{name}.zfpkg", case.make(Desk(tmp_path)))
    looked = waiting_files.admit(city, file)
    assert looked.problem is None
    assert looked.account is not None
    assert looked.account.code == case.code
    waits = file.name in {one.path.name for one in waiting_files.waiting(city)}
    assert waits is (case.code == "VERSION_TOO_NEW")
    listed = [one for one in inbox.deliveries(city, {}) if one.digest and one.note]
    assert any(one.standing in ("refused", "held", "frozen") and one.remedy for one in listed)
