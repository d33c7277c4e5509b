"""编号 are readable, and no two computers of an office ever give the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.numbering import number, prefix, serial


def test_the_number_reads_as_on_the_telephone() -> None:
    assert number(prefix("沙湾", "", 2011), 137, 1) == "沙湾-2011-0137"
    assert number(prefix("沙湾", "困", 2011), 3, 1) == "沙湾-困2011-0003"


def test_the_second_computer_has_its_own_range() -> None:
    assert number(prefix("沙湾", "", 2011), 1, 2) == "沙湾-2011-10001"


def test_a_block_has_9999_numbers_and_the_next_lies_behind_those_of_a_hundred_computers() -> None:
    assert [serial(count, 1) for count in (1, 9_999, 10_000, 19_998, 19_999)] == [
        1,
        9_999,
        1_000_001,
        1_009_999,
        2_000_001,
    ]
    assert [serial(count, 3) for count in (1, 9_999, 10_000)] == [20_001, 29_999, 1_020_001]


@given(
    st.tuples(st.integers(1, 50_000), st.integers(1, 100)),
    st.tuples(st.integers(1, 50_000), st.integers(1, 100)),
)
def test_no_number_is_given_twice(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (serial(*one) == serial(*other)) == (one == other)
    assert serial(*one) % 10_000 != 0
