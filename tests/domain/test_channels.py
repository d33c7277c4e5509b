"""Exactly the missing numbers are named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.channels import Reach, reach


def test_a_gap_is_named() -> None:
    assert reach([1, 2, 4, 7]) == Reach(2, (3, 5, 6))


def test_nothing_yet() -> None:
    assert reach([]) == Reach(0, ())


def test_who_joined_late_misses_nothing_from_before() -> None:
    assert reach([5, 6, 8], baseline=4) == Reach(6, (7,))


@given(st.sets(st.integers(1, 40)))
def test_what_is_here_and_what_is_missing_make_the_whole(seqs: set[int]) -> None:
    reached = reach(seqs)
    assert set(reached.missing) == set(range(1, max(seqs, default=0))) - seqs
    assert set(range(1, reached.seq + 1)) <= seqs
