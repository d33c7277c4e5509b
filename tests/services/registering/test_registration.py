"""报送单位登记, as it is seen before anybody decides: who asks, with which 核对码."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.exchange.refusal import Refused
from app.services.office.office import Office
from app.services.packages.writer_replacement import become_new_writer
from app.services.receiving import take_package
from app.services.registering import enrolment, registration
from app.services.starting import setting_up
from tests.services.offices import (
    CHEAP,
    CITY,
    COUNTY,
    PASSPHRASE,
    SetClock,
    found_below,
    save_visit,
    send,
)

THIRD = "511113"


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.RaisesExc(UserError, check=lambda error: error.code == code)


def test_a_registered_computer_knows_it(county: Office, city: Office) -> None:
    seen = registration.standing(county)
    assert (seen.unit, seen.enrolled, seen.in_use, seen.copied) == (
        "沙湾区总工会",
        True,
        True,
        False,
    )
    assert seen.city_check_code == registration.standing(city).check_code
    assert [one.writer for one in seen.computers] == [county.identity.writer]
    assert seen.computers[0].check_code == seen.check_code
    assert len(registration.standing(city).computers) == 3


def test_the_city_compares_before_it_approves(
    city: Office, tmp_path: Path, clock: SetClock
) -> None:
    newcomer = found_below(city, tmp_path / "new", THIRD, clock)
    before = registration.standing(newcomer)
    assert before.enabled
    assert not before.enrolled
    file, code = enrolment.request(newcomer, tmp_path / "up")
    asking = registration.look_at(city, file)
    assert (asking.station_name, asking.check_code, asking.known) == ("金口河区总工会", code, False)
    assert asking.writer == newcomer.identity.writer
    assert registration.waiting(city) == []
    take_package.receive(city, file)
    assert [one.writer for one in registration.waiting(city)] == [newcomer.identity.writer]
    taken = registration.waiting(city)[0].file
    made = enrolment.approve(
        city, taken, tmp_path / "down", root_passphrase=PASSPHRASE, code=asking.check_code
    )
    assert registration.waiting(city) == []
    loaded = registration.load(newcomer, tmp_path / "down")
    assert len(loaded.accounts) == len(made.files)
    assert not loaded.refused
    assert registration.standing(newcomer).enrolled
    newcomer.close()


def test_something_else_is_no_request(city: Office, county: Office, tmp_path: Path) -> None:
    save_visit(county)
    (file, *_) = [one for one in send(county, tmp_path / "up") if "000002" in one.name]
    with refused("NOT_A_REQUEST"):
        registration.look_at(city, file)
    broken = tmp_path / "broken.zfpkg"
    broken.write_bytes(b"PK")
    with pytest.RaisesExc(Refused):
        registration.look_at(city, broken)


def test_an_office_takes_its_enable_package_in_later(
    city: Office, tmp_path: Path, clock: SetClock
) -> None:
    office = setting_up.found(
        tmp_path / "late", role="county", station=THIRD, operator="李", passphrase=PASSPHRASE,
        clock=clock, cost=CHEAP,
    ).office  # fmt: skip
    assert not registration.standing(office).enabled
    made = enrolment.invite(city, THIRD, tmp_path / "stick")
    for code, wrong in (("CODE_NEEDED", ""), ("CODE_DIFFERS", "0000 0000 0000 0000")):
        with refused(code):
            registration.load(office, tmp_path / "stick", enable_code=made.enable_code, check=wrong)
    assert not registration.standing(office).enabled
    right = registration.load(
        office, tmp_path / "stick", enable_code=made.enable_code, check=made.check_code
    )
    assert not right.refused
    seen = registration.standing(office)
    assert seen.enabled
    assert seen.city_check_code == made.check_code
    with refused("NO_CITY_FILES"):
        registration.load(office, tmp_path)
    office.close()


def test_a_new_key_asks_for_a_new_registration(county: Office, city: Office) -> None:
    fresh = become_new_writer(county)
    seen = registration.standing(fresh)
    assert not seen.enrolled
    assert seen.replaces == county.identity.writer
    assert seen.writer != county.identity.writer
    assert [one.in_use for one in seen.computers] == [True]


def test_the_letter_with_both_codes_is_printed(city: Office, tmp_path: Path) -> None:
    stations = dict(registration.stations_to_invite(city))
    assert stations[COUNTY] == "沙湾区总工会"
    assert CITY not in stations
    made = enrolment.invite(city, COUNTY, tmp_path / "stick")
    out = tmp_path / "启用函.pdf"
    assert registration.print_invitation(city, COUNTY, made, out) == 1
    assert out.read_bytes().startswith(b"%PDF")
