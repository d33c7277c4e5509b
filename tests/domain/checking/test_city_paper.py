"""What the city told of a form's paper is one word a page, however it was told."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.domain.checking.city_paper import CityPaper, joined, missing_of, standing_of, words_of
from app.domain.records import PaperPage

DAYS = st.dates(dt.date(2011, 7, 1), dt.date(2011, 7, 4))
PAGES = st.builds(
    PaperPage,
    page=st.none() | st.integers(0, 4),
    pages=st.none() | st.integers(0, 4),
    came_on=st.none() | DAYS,
    version=st.sampled_from(["", "a1", "b2"]),
    accepted=st.none() | st.booleans(),
)


@given(st.lists(PAGES, max_size=8), st.randoms())
def test_order_and_repetition_make_no_difference(told: list[PaperPage], random: object) -> None:
    again = [*told, *told[::-1]]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert joined(again) == joined(told)
    assert joined(joined(told)) == joined(told)


@given(st.lists(PAGES, max_size=8), st.lists(PAGES, max_size=8))
def test_two_computers_of_the_city_may_tell_in_parts(
    one: list[PaperPage], other: list[PaperPage]
) -> None:
    assert joined([*joined(one), *joined(other)]) == joined([*one, *other])


@given(st.lists(PAGES, max_size=8))
def test_paper_came_only_where_all_of_it_was_accepted(told: list[PaperPage]) -> None:
    pages = joined(told)
    standing = standing_of(pages, is_old=False)
    assert (standing is None) == (not told)
    if standing is CityPaper.CAME:
        assert all(one.accepted for one in pages)
        assert missing_of(pages) == ()


def test_it_is_told_in_words() -> None:
    first = PaperPage(page=1, pages=2, accepted=True)
    assert words_of(standing_of((first,), is_old=False), missing_of([first])) == "缺第2页"
    assert words_of(standing_of((first,), is_old=True), ()) == "版本旧"
    assert words_of(standing_of((), is_old=False), ()) == "未收"
