"""A city and an enrolled county, set up once; every test works on copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.services.office.clock import wall_clock
from tests.services.offices import COUNTY, PASSPHRASE, enrol, found_below, found_city


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("ZOUFANG_LOG", str(tmp_path / "faults.log"))


@pytest.fixture(scope="session")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folders `city` and `county`; the county is enrolled."""
    root = tmp_path_factory.mktemp("cli")
    city = found_city(root / "city", wall_clock)
    county = found_below(city, root / "county", COUNTY, wall_clock)
    enrol(city, county)
    city.close()
    county.close()
    return root


@pytest.fixture
def city(grounds: Path, tmp_path: Path) -> Path:
    """The city's data folder."""
    return Path(shutil.copytree(grounds / "city", tmp_path / "city"))


@pytest.fixture
def county(grounds: Path, tmp_path: Path) -> Path:
    """The county's data folder."""
    return Path(shutil.copytree(grounds / "county", tmp_path / "county"))
