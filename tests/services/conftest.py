"""A city and two enrolled counties, set up once and copied for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.office.office import Office
from tests.services.offices import (
    CITY,
    COUNTY,
    SECOND_COUNTY,
    SetClock,
    carry,
    enrol,
    found_below,
    found_city,
    new_clock,
    reopened,
)


@pytest.fixture(scope="session")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folders of the city and both counties, enrolled, closed."""
    root = tmp_path_factory.mktemp("offices")
    clock = new_clock()
    city = found_city(root / CITY, clock)
    county = found_below(city, root / COUNTY, COUNTY, clock)
    second = found_below(city, root / SECOND_COUNTY, SECOND_COUNTY, clock, operator="张经办")
    enrol(city, county)
    carry(county, enrol(city, second))
    for office in (city, county, second):
        office.close()
    return root


@pytest.fixture
def clock() -> SetClock:
    """2011-07-21 09:00, until it is set."""
    clock = new_clock()
    clock.set(2011, 7, 21)
    return clock


@pytest.fixture
def city(grounds: Path, tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """乐山市总工会."""
    office = reopened(tmp_path / CITY, clock, copy_of=grounds / CITY)
    yield office
    office.close()


@pytest.fixture
def county(grounds: Path, tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """沙湾区总工会, enrolled."""
    office = reopened(tmp_path / COUNTY, clock, copy_of=grounds / COUNTY)
    yield office
    office.close()


@pytest.fixture
def second_county(grounds: Path, tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """五通桥区总工会, enrolled."""
    office = reopened(tmp_path / SECOND_COUNTY, clock, copy_of=grounds / SECOND_COUNTY)
    yield office
    office.close()
