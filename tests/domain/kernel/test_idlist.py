"""A list of ids behaves as a sorted list of texts would."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.idlist import IdList

ids = st.integers(min_value=0, max_value=2**128 - 1).map(lambda number: str(UUID(int=number)))
some = st.lists(ids, unique=True, max_size=30)


@given(some)
def test_newest_first_and_every_id_is_found_where_it_stands(given_ids: list[str]) -> None:
    found = IdList.of(given_ids)
    assert list(found) == sorted(given_ids, reverse=True)
    assert [found[place] for place in range(len(found))] == list(found)
    assert [found.index_of(one) for one in found] == list(range(len(found)))
    assert found[1:4] == list(found)[1:4]


@given(some, some, some)
def test_what_came_and_went_is_as_if_read_again(
    before: list[str], here: list[str], gone: list[str]
) -> None:
    gone = [one for one in [*gone, *before[::2]] if one not in here]
    after = IdList.of(before).changed(here=here, gone=gone)
    assert after == IdList.of((set(before) | set(here)) - set(gone))


@given(some, ids)
def test_what_is_not_there_is_not_found(given_ids: list[str], other: str) -> None:
    found = IdList.of(given_ids)
    assert (other in found) is (other in given_ids)


@given(some, ids)
def test_begun_records_stand_before_the_others(given_ids: list[str], new: str) -> None:
    found = IdList.of(given_ids).led_by([new])
    assert found[0] == new
    assert found.index_of(new) == 0
    assert len(found) == len(given_ids) + 1


ONE, TWO, THREE, NEW = (str(UUID(int=number)) for number in (1, 2, 3, 9))


def test_it_counts_from_the_end_too_and_says_where_it_ends() -> None:
    found = IdList.of([ONE, TWO]).led_by([NEW])
    assert [found[place] for place in (-1, -2, -3)] == [ONE, TWO, NEW]
    for place in (3, -4):
        with pytest.raises(IndexError):
            found[place]
    assert found.index_of(ONE) == 2
    assert found.index_of(THREE) == -1


def test_a_change_keeps_what_stands_first() -> None:
    found = IdList.of([ONE, TWO]).led_by([NEW]).changed(here=[THREE], gone=[ONE])
    assert list(found) == [NEW, THREE, TWO]


def test_lists_are_equal_when_all_of_them_is() -> None:
    found = IdList.of([ONE])
    assert found.led_by([NEW]) != found
    assert found.led_by([NEW]) != IdList.of([TWO]).led_by([NEW])
    assert found.led_by([NEW]) == IdList.of([ONE]).led_by([NEW])
