"""电话更正 stands over the owner's value until the owner changes it."""

from __future__ import annotations

from app.domain.merging.ownership import owner_of_root, station_of
from app.domain.merging.phone_corrections import MOST_TOLD, Told, last_said, overlay

BEFORE = {"headcount": 25, "name": "甲"}


def told(value: object, at: str = "2011-12-02T00:00:00+08:00", review: str = "r1") -> Told:
    return Told("headcount", value, "h1", review, "李某", "2011-12-02", at)


def test_the_word_is_shown_and_marked() -> None:
    shown, pending = overlay(BEFORE, [told(52)], {"h1": BEFORE})
    assert shown["headcount"] == 52
    assert pending["headcount"]["own"] == 25
    assert pending["headcount"] == {
        "own": 25,
        "review": "r1",
        "said_by": "李某",
        "said_on": "2011-12-02",
    }


def test_once_the_owner_changed_the_field_the_owner_is_right() -> None:
    shown, pending = overlay(BEFORE | {"headcount": 53}, [told(52)], {"h1": BEFORE})
    assert shown["headcount"] == 53
    assert pending == {}


def test_adopting_it_settles_it() -> None:
    shown, pending = overlay(BEFORE | {"headcount": 52}, [told(52)], {"h1": BEFORE})
    assert (shown["headcount"], pending) == (52, {})


def test_another_field_changed_meanwhile_does_not_matter() -> None:
    shown, pending = overlay(BEFORE | {"name": "乙"}, [told(52)], {"h1": BEFORE})
    assert shown == {"headcount": 52, "name": "乙"}
    assert set(pending) == {"headcount"}


def test_of_two_words_the_later_counts_whatever_the_order() -> None:
    words = [told(52), told(54, "2011-12-03T00:00:00+08:00", "r2")]
    for order in (words, words[::-1]):
        shown, pending = overlay(BEFORE, order, {"h1": BEFORE})
        assert shown["headcount"] == 54
        assert pending["headcount"]["review"] == "r2"


def test_a_word_about_a_version_not_here_waits() -> None:
    assert overlay(BEFORE, [told(52)], {}) == (BEFORE, {})


def test_only_the_city_makes_records_for_others() -> None:
    assert station_of("511133-3fa9c2d1") == "511133"
    assert owner_of_root("511133-3fa9c2d1", {"owner": "511111"}, "511100") == "511133"
    assert owner_of_root("511100-3fa9c2d1", {"owner": "511111"}, "511100") == "511111"
    assert owner_of_root("511100-3fa9c2d1", {"owner": 5}, "511100") == "511100"


def test_of_two_words_at_one_moment_the_greater_review_counts_whatever_the_order() -> None:
    words = [told(52, review="r2"), told(54, review="r1")]
    for order in (words, words[::-1]):
        shown, _ = overlay(BEFORE, order, {"h1": BEFORE})
        assert shown["headcount"] == 52


def test_the_later_word_counts_though_its_review_has_the_smaller_name() -> None:
    words = [told(52, "2011-12-02T00:00:00+08:00", "r9"), told(54, "2011-12-03T00:00:00+08:00")]
    shown, _ = overlay(BEFORE, words, {"h1": BEFORE})
    assert shown["headcount"] == 54


def test_a_word_that_empties_a_field_leaves_it_out() -> None:
    shown, pending = overlay(BEFORE, [told(None)], {"h1": BEFORE})
    assert shown == {"name": "甲"}
    assert pending["headcount"]["own"] == 25


def test_a_field_that_was_empty_is_filled_by_the_word() -> None:
    empty = {"name": "甲"}
    shown, pending = overlay(empty, [told(52)], {"h1": empty})
    assert shown == {"name": "甲", "headcount": 52}
    assert pending["headcount"]["own"] is None


def test_of_thousands_of_words_only_the_last_are_looked_at_whatever_the_order() -> None:
    words = [told(n, review=f"r{n:06d}") for n in range(5000)]
    for order in (words, words[::-1]):
        assert last_said(order) == words[-MOST_TOLD:]
        assert overlay(BEFORE, order, {"h1": BEFORE})[0]["headcount"] == 4999


def test_a_word_that_fell_does_not_keep_the_others_out() -> None:
    fallen = Told("name", "乙", "h9", "r0", "李某", "2011-12-01", "2011-12-01T00:00:00+08:00")
    shown, _ = overlay(BEFORE, [fallen, told(52)], {"h1": BEFORE})
    assert shown["headcount"] == 52
