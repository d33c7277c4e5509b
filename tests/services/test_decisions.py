"""同一 / 不同: a decision about two offices' records goes down to both of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import UserError
from app.services import answering, records, reviewing
from app.services.office import Office
from tests.services.offices import CITY, COUNTY, SECOND_COUNTY, carry, deliver

ENTERPRISE = {"name": "沫水纸业公司"}


def test_the_city_decides_and_both_counties_are_told(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    one = records.save(county, "enterprise", ENTERPRISE)
    other = records.save(second_county, "enterprise", ENTERPRISE)
    deliver(county, city, tmp_path / "up")
    deliver(second_county, city, tmp_path / "up2")
    reviewing.link(city, "enterprise", one.number, other.number, same=True, reason="同一营业执照")

    for office in (county, second_county):
        answer = answering.answer(city, office.identity.station, tmp_path / office.identity.station)
        carry(office, answer.files)
        (told,) = records.listing(office, "link")
        assert told.owner == CITY
        assert told.record.stations == (COUNTY, SECOND_COUNTY)  # type: ignore[attr-defined]


def test_a_decision_needs_its_reason(city: Office, county: Office, tmp_path: Path) -> None:
    one = records.save(county, "enterprise", ENTERPRISE)
    deliver(county, city, tmp_path / "up")
    with pytest.raises(UserError, match="理由"):
        reviewing.link(city, "enterprise", one.number, one.number, same=False, reason=" ")
