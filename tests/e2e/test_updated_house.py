"""A county has a newer program than the city: the city reads its lines after its own update."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.services.office.office import Office
from app.services.receiving import take_package
from database.log import packages
from tests.e2e.houses import add_course, add_field, generate, house, run
from tests.engines import copied_folder
from tests.services.conftest import city, clock, county, grounds
from tests.services.offices import SetClock, reopened

__all__ = ["city", "clock", "county", "grounds", "house"]


def by_the_new_program(house: Path, *told: object) -> Any:
    said = run(house, "tests/e2e/new_type/desk.py", *map(str, told))
    return json.loads(said.splitlines()[-1])


def test_what_a_program_of_before_set_aside_comes_in_after_the_update(
    house: Path, city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    add_course(house)
    add_field(house)
    generate(house, "Keep courses")
    county.close()
    city.close()
    twin = copied_folder(city.folder.root, tmp_path / "twin")
    stick = tmp_path / "stick"
    files = by_the_new_program(house, "send", county.folder.root, stick)

    clock.set(2011, 7, 22)
    before = reopened(city.folder.root, clock)
    accounts = [take_package.receive(before, Path(file)) for file in files]
    assert (accounts[-1].state, accounts[-1].parked) == ("merged", 2)
    with before.store.read() as connection:
        assert all("course" in one.reason for one in packages.parked(connection))
    before.close()

    at_once = by_the_new_program(house, "take", twin, *files)
    later = by_the_new_program(house, "read", city.folder.root)
    assert at_once["aside"] == later["aside"] == 0
    assert {name: later[name] for name in at_once} == at_once
    assert "更新后读进" in later["headline"]
    assert later["back"] == 2
