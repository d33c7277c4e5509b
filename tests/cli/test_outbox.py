"""The command line says which kept files are gone and mends it; and it asks for the 核对码."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.office.clock import wall_clock
from app.services.registering import enrolment
from app.services.starting import setting_up
from tests.cli.line import ask, say
from tests.services.offices import (
    CHEAP,
    COUNTY,
    PASSPHRASE,
    enrol,
    found_below,
    found_city,
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A county's data folder with a request in its outbox."""
    city = found_city(tmp_path / "city", wall_clock)
    county = found_below(city, tmp_path / "county", COUNTY, wall_clock)
    enrolment.request(county, tmp_path / "stick")
    for office in (city, county):
        office.close()
    return tmp_path / "county"


def test_a_lost_file_is_listed_found_and_given_up(desk: Path, tmp_path: Path) -> None:
    assert ask("outbox", "check", "--data", desk)["broken"] == []
    (file,) = (desk / "outbox").iterdir()
    file.unlink()
    said = say("outbox", "check", "--data", desk)
    assert (said.status, "第1次登记申请" in said.out) == (3, True), said
    assert "PACKAGE_BROKEN" in said.err
    checked = say("check", "--data", desk)
    assert checked.status == 3
    assert "zoufang outbox find" in checked.err
    found = ask("outbox", "find", "--data", desk, tmp_path / "stick")
    assert [one["seq"] for one in found["back"]] == [1]
    assert file.exists()
    file.unlink()
    lost = say("outbox", "check", "--data", desk, "--json").json["broken"][0]["package"]
    ask("outbox", "lost", "--data", desk, lost, "--reason", "硬盘坏道，王主任同意")
    assert ask("outbox", "check", "--data", desk)["broken"] == []
    assert ask("outbox", "held", "--data", desk)["held"] == []
    assert ask("review", "owners", "--data", desk)["claims"] == []


def test_the_first_trust_document_asks_for_the_code(tmp_path: Path) -> None:
    city = found_city(tmp_path / "city", wall_clock)
    made = enrolment.invite(city, COUNTY, tmp_path / "enable")
    setting_up.found(
        tmp_path / "new",
        role="county",
        station=COUNTY,
        operator="李经办",
        passphrase=PASSPHRASE,
        clock=wall_clock,
        cost=CHEAP,
    ).office.close()
    enrol(city, found_below(city, tmp_path / "other", COUNTY, wall_clock))
    city.close()
    words = ("merge", "--data", tmp_path / "new", *made.files, "--enable-code", made.enable_code)
    said = say(*words)
    assert "--check-code" in said.err
    assert said.status == 2
    wrong = say(*words, "--check-code", "0000-0000-0000-0000")
    assert (wrong.status, "CODE_DIFFERS" in wrong.err) == (1, True), wrong
    taken = ask(*words, "--check-code", made.check_code)
    assert {one["state"] for one in taken["accounts"]} == {"recorded", "merged"}
