"""同一 / 不同: a decision about two offices' records goes down to both of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Link, Person
from app.services.office.office import Office
from app.services.receiving import take_package
from app.services.records import saving
from app.services.reviewing import answers, pair_decisions
from tests.services.offices import CITY, COUNTY, SECOND_COUNTY, carry, deliver, send

ENTERPRISE = {"name": "沫水纸业公司"}


def test_the_city_decides_and_both_counties_are_told(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    one = saving.save(county, Enterprise, ENTERPRISE)
    other = saving.save(second_county, Enterprise, ENTERPRISE)
    deliver(county, city, tmp_path / "up")
    deliver(second_county, city, tmp_path / "up2")
    pair_decisions.link(
        city, Enterprise, one.number, other.number, same=True, reason="同一营业执照"
    )

    for office in (county, second_county):
        answer = answers.answer(city, office.identity.station, tmp_path / office.identity.station)
        carry(office, answer.files)
        (told,) = saving.listing(office, Link)
        assert told.owner == CITY
        assert told.record.stations == (COUNTY, SECOND_COUNTY)


def test_a_decision_needs_its_reason(city: Office, county: Office, tmp_path: Path) -> None:
    one = saving.save(county, Enterprise, ENTERPRISE)
    deliver(county, city, tmp_path / "up")
    with pytest.raises(UserError, match="理由"):
        pair_decisions.link(city, Enterprise, one.number, one.number, same=False, reason=" ")


def test_the_preview_names_who_may_be_the_same_as_at_another_office(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    person = {"name": "沈大山", "resident_id": "110101199003077774", "consent_on": "2011-07-01"}
    one = saving.save(county, Person, person)
    other = saving.save(second_county, Person, person)
    deliver(county, city, tmp_path / "up")
    (file,) = send(second_county, tmp_path / "up2")[-1:]
    (double,) = take_package.receive(city, file, dry_run=True).doubles
    assert (double.type, double.number, double.other_number) == (
        "person",
        other.number,
        one.number,
    )

    take_package.receive(city, file)
    pair_decisions.link(city, Person, one.number, other.number, same=True, reason="同一身份证号")
    saving.save(second_county, Person, {"telephone": "13900000000"}, record=other.id)
    (later,) = send(second_county, tmp_path / "up3")[-1:]
    assert take_package.receive(city, later).doubles == ()
