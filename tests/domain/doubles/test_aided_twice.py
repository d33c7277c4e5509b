"""一年内重复帮扶: whose aid is added up, held against the plainest way to count it."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.doubles.aided_twice import Given, aided_twice, households

FILES = ("a", "b", "c", "d", "e")
NUMBERS = ("11010519491231002X", "110101199003077774", "440308199901101512")
files = st.sampled_from(FILES)
decisions = st.lists(st.tuples(files, files, st.booleans()), max_size=6)
aids = st.lists(
    st.tuples(
        files,
        st.sampled_from(("2011-01-05", "2011-12-30", "2012-01-02", "")),
        st.sampled_from(("511111", "511112")),
        st.integers(0, 5000),
    ),
    max_size=12,
)


def made(told: list[tuple[str, str, str, int]]) -> list[Given]:
    return [
        Given(f"{n:02}", person, day, unit, Decimal(money), Decimal(0))
        for n, (person, day, unit, money) in enumerate(told)
    ]


@given(
    st.dictionaries(files, st.lists(st.sampled_from(NUMBERS), max_size=2)),
    decisions,
    decisions,
    aids,
)
def test_every_pair_of_one_household_and_year_is_listed_once(
    numbers: dict[str, list[str]],
    persons: list[tuple[str, str, bool]],
    homes: list[tuple[str, str, bool]],
    told: list[tuple[str, str, str, int]],
) -> None:
    home = households(numbers, persons, homes)
    every = made(told)
    found = aided_twice(every, home)
    together = {
        frozenset((a.aid, b.aid))
        for a, b in combinations(every, 2)
        if a.day and b.day and a.day[:4] == b.day[:4] and home.same(a.person, b.person)
    }
    listed = [frozenset((a.aid, b.aid)) for one in found for a, b in combinations(one.given, 2)]
    assert len(listed) == len(set(listed))
    assert set(listed) == together
    for one in found:
        assert one.beyond == sum(g.sum for g in one.given) - max(g.sum for g in one.given)
    by_two = aided_twice(every, home, by_two=True)
    assert by_two == [one for one in found if len(one.units) > 1]


@given(
    st.dictionaries(files, st.lists(st.sampled_from(NUMBERS), max_size=2)),
    decisions,
    decisions,
    aids,
)
def test_a_decision_taken_back_leaves_the_list_as_it_was(
    numbers: dict[str, list[str]],
    persons: list[tuple[str, str, bool]],
    homes: list[tuple[str, str, bool]],
    told: list[tuple[str, str, str, int]],
) -> None:
    """What is decided stands beside the files: without it all is as without it."""
    before = aided_twice(made(told), households(numbers, persons, homes))
    households(numbers, [*persons, ("a", "b", True)], homes)
    assert aided_twice(made(told), households(numbers, persons, homes)) == before


def test_a_household_denied_is_none_though_a_number_stands_in_both() -> None:
    numbers = {"a": [NUMBERS[0]], "b": [NUMBERS[0]]}
    assert households(numbers).same("a", "b")
    assert not households(numbers, (), [("a", "b", False)]).same("a", "b")
    assert households({}, [("a", "b", True)]).same("a", "b")
