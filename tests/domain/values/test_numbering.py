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


@given(
    st.tuples(st.integers(1, 50_000), st.integers(1, 100)),
    st.tuples(st.integers(1, 50_000), st.integers(1, 100)),
)
def test_no_number_is_given_twice(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (serial(*one) == serial(*other)) == (one == other)
    assert serial(*one) % 10_000 != 0
