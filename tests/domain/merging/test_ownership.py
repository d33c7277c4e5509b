"""Whose a record is follows from the set of its first revisions, never from their order."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.uuid7 import is_uuid7, uuid7
from app.domain.merging.ownership import Root, Title, is_bound, new_record_id, title

CITY, COUNTY, OTHER = "511100", "511111", "511112"
STATIONS = st.from_regex(r"[0-9]{6,12}", fullmatch=True)
TIMES = st.integers(0, (1 << 48) - 1)
CHANCE = st.binary(min_size=10, max_size=10)
UNBOUND = uuid7(1, bytes(10))


def root(h: str, station: str, *, type: str = "visit", owner: str = "") -> Root:
    return Root(h, type, station, owner or station)


@given(TIMES, CHANCE, STATIONS, STATIONS)
def test_an_id_tells_the_station_that_made_it(
    now_ms: int, chance: bytes, station: str, other: str
) -> None:
    made = new_record_id(now_ms, chance, station)
    assert is_uuid7(made)
    assert int(made.replace("-", ""), 16) >> 80 == now_ms
    assert is_bound(made, station)
    assert station == other or not is_bound(made, other)


def test_the_binding_of_an_id_never_changes() -> None:
    assert new_record_id(0x017F22E279B0, bytes(range(10)), "511111") == (
        "017f22e2-79b0-7004-8203-0405e84946da"
    )


def test_who_learned_an_id_does_not_get_the_record_whatever_the_h() -> None:
    record = new_record_id(1, bytes(10), COUNTY)
    roots = [root("ff" * 32, COUNTY), root("00" * 32, OTHER), root("11" * 32, CITY, type="log")]
    for order in permutations(roots):
        assert title(record, order, CITY) == Title("visit", COUNTY)


def test_an_old_id_is_the_citys_before_it_is_anybody_elses() -> None:
    roots = [root("00", OTHER), root("ff", CITY, owner=COUNTY)]
    for order in permutations(roots):
        assert title(UNBOUND, order, CITY) == Title("visit", COUNTY)


def test_an_old_id_that_two_stations_claim_is_nobodys_until_the_city_names_one() -> None:
    roots = [root("00", OTHER), root("ff", COUNTY)]
    for order in permutations(roots):
        assert title(UNBOUND, order, CITY) is None
        assert title(UNBOUND, order, CITY, ["not here", "ff", "00"]) == Title("visit", COUNTY)


def test_the_city_cannot_give_away_what_is_not_contested() -> None:
    record = new_record_id(1, bytes(10), COUNTY)
    roots = [root("00", OTHER), root("ff", COUNTY)]
    assert title(record, roots, CITY, ["00"]) == Title("visit", COUNTY)


def test_two_first_revisions_of_one_station_are_no_contest() -> None:
    assert title(UNBOUND, [root("00", COUNTY), root("ff", COUNTY)], CITY) == Title("visit", COUNTY)
    differing = [root("00", COUNTY), root("ff", COUNTY, type="log")]
    assert title(UNBOUND, differing, CITY) is None
    assert title(UNBOUND, [], CITY) is None
