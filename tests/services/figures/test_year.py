"""The made year of a city: the same for a seed, and whole when the city has merged it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.records import TYPES
from app.services.deciding import received_check
from app.services.figures import statistics
from app.services.office.office import Office
from app.services.receiving import take_package
from database.state import states
from tests.bench.city_year import recounting, stores
from tests.bench.city_year.chance import Book
from tests.bench.city_year.judging import SURE, clashes_in_memory, judged_in_memory
from tests.bench.city_year.made import make_year
from tests.bench.stores import Prepared
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


@pytest.mark.parametrize("seed", [3, 11])
def test_where_two_levels_went_is_found(seed: int) -> None:
    found = clashes_in_memory(make_year(seed, 1 / 20))
    assert {rule for rule, _ in found} == {"G05", "G08"}
    assert all(made > 1 for _, made in found.values())
    assert {at: seen for at, (seen, made) in found.items() if seen < made} == {}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Office, list[Path]]]:
    """The year of two offices, and the city that has merged their packages."""
    book = make_year(3, SMALL, only=2)
    folder, sent = stores.found(tmp_path_factory.mktemp("made") / "year", book, packages=2)
    city = offices.reopened(folder, stores.clock())
    accounts = take_package.receive_all(city, sent)
    assert {one.state for one in accounts} == {"merged"}
    yield book, city, sent
    city.close()


def test_the_packages_of_two_offices_bring_the_whole_year_to_the_city(
    year: tuple[Book, Office, list[Path]], tmp_path: Path
) -> None:
    book, city, _ = year
    made = Counter(one.record.type_name for one in book.written)
    preset = offices.found_city(tmp_path / "empty", stores.clock())
    with city.store.read() as mine, preset.store.read() as before:
        for name, count in made.items():
            here = states.count(mine, TYPES[name]) - states.count(before, TYPES[name])
            assert (name, here) == (name, count)
    preset.close()


def test_the_figures_are_those_counted_again_from_the_raw_packages(
    year: tuple[Book, Office, list[Path]],
) -> None:
    _, city, sent = year
    every = list(recounting.compared(statistics.statistics(city), recounting.read(city, sent)))
    assert [one for one in every if not one.agrees] == []
    reached = {one.name: one.again for one in every}
    assert reached["乡镇（街道）普遍走访"] != (0, 0)
    assert reached["乡镇（街道）与园区覆盖"] != (0, 0)


def test_the_check_of_what_was_received_says_where_two_levels_went(
    year: tuple[Book, Office, list[Path]],
) -> None:
    book, city, _ = year
    with city.store.read() as connection:
        examined = received_check.examine(city, connection).found
    said = {(found.code, one.id) for one in examined for found in one.found}
    assert len(book.clashes) > 2
    assert [one for one in book.clashes if (one.rule, one.county) not in said] == []


def test_without_one_package_the_figures_are_others(
    year: tuple[Book, Office, list[Path]],
) -> None:
    _, city, sent = year
    found = recounting.read(city, sent[1:])
    every = recounting.compared(statistics.statistics(city), found)
    assert len([one for one in every if not one.agrees]) > 4


def test_room_is_made_of_what_was_measured_and_a_kept_year_stays(tmp_path: Path) -> None:
    kept, old = tmp_path / "year-7-0.1", tmp_path / "0123456789ab"
    kept.mkdir()
    old.mkdir()
    prepared = Prepared(tmp_path)
    made = prepared.kept("one", lambda path: path.mkdir())
    prepared.forget_others()
    assert (kept.exists(), old.exists(), made.exists()) == (True, False, True)
