"""The made year of a city: the same for a seed, and whole when the city has merged it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.domain.records import TYPES
from app.services.receiving import take_package
from database.state import states
from tests.bench.city_year import stores
from tests.bench.city_year.judging import SURE, judged_in_memory
from tests.bench.city_year.made import make_year
from tests.services import offices

SMALL = 1 / 500


def test_a_seed_makes_one_year_and_every_pair_of_its_truth_is_in_it() -> None:
    one, again, other = make_year(3, SMALL), make_year(3, SMALL), make_year(4, SMALL)
    assert (one.written, one.truth) == (again.written, again.truth)
    assert one.written != other.written
    written = {made.id for made in one.written}
    assert all({pair.one, pair.other} <= written for pair in one.truth)
    assert {pair.kind for pair in one.truth} == {
        "enterprise",
        "person",
        "household",
        "visit",
        "aid",
    }


@pytest.mark.parametrize("seed", [3, 11])
def test_what_is_twice_is_found_and_what_is_strong_is_right(seed: int) -> None:
    for kind, seen in judged_in_memory(make_year(seed, 1 / 20)).items():
        assert seen.recall >= 0.95, "\n".join(seen.table(kind))
        assert seen.precision(*SURE) >= 0.8, "\n".join(seen.table(kind))


def test_the_packages_of_two_offices_bring_the_whole_year_to_the_city(tmp_path: Path) -> None:
    book = make_year(3, SMALL, only=2)
    folder, sent = stores.found(tmp_path / "year", book, packages=2)
    city = offices.reopened(folder, stores.clock())
    accounts = take_package.receive_all(city, sent)
    assert {one.state for one in accounts} == {"merged"}
    made = Counter(one.record.type_name for one in book.written)
    preset = offices.found_city(tmp_path / "empty", stores.clock())
    with city.store.read() as mine, preset.store.read() as before:
        for name, count in made.items():
            here = states.count(mine, TYPES[name]) - states.count(before, TYPES[name])
            assert (name, here) == (name, count)
    city.close()
    preset.close()
