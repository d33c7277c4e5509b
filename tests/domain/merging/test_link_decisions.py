from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.merging.link_decisions import Sameness
from tests.domain.city import link

IDS = st.sampled_from("abcdefgh")
WORDS = st.lists(st.tuples(IDS, IDS, st.booleans()), max_size=20)


def test_records_decided_to_be_one_are_one_and_the_others_stay_apart() -> None:
    same = Sameness([("b", "a", True), ("b", "c", True), ("d", "e", False)])
    assert same.classes("abcde") == {"a": ("a", "b", "c"), "d": ("d",), "e": ("e",)}
    assert same.different("e", "d")
    assert not same.different("a", "d")


def test_what_is_not_the_same_as_one_is_not_the_same_as_its_twin() -> None:
    same = Sameness([("a", "b", True), ("b", "c", False)])
    assert same.different("a", "c")


def test_the_last_word_on_a_pair_holds() -> None:
    same = Sameness([("a", "b", True), ("b", "a", False)])
    assert same.different("a", "b")
    assert not same.same("a", "b")


def test_a_contradiction_is_named_and_not_hidden() -> None:
    same = Sameness([("a", "b", True), ("b", "c", True), ("c", "a", False)])
    assert same.disputed == (("a", "c"),)
    assert not same.different("a", "c")


def test_links_are_read_by_kind_and_in_the_order_they_were_made() -> None:
    links = {
        "2": link("a", "b", same=False),
        "1": link("a", "b"),
        "3": link("a", "c", kind="person"),
    }
    same = Sameness.of(links, "enterprise")
    assert same.different("a", "b")
    assert not same.same("a", "c")


@given(WORDS)
def test_sameness_is_an_equivalence(words: list[tuple[str, str, bool]]) -> None:
    same = Sameness(words)
    for a in "abcdefgh":
        assert same.same(a, same.one(a))
        assert same.one(a) == min(x for x in "abcdefgh" if same.same(a, x))
        for b in "abcdefgh":
            assert same.different(a, b) == same.different(b, a)
            assert not (same.same(a, b) and same.different(a, b))


@given(WORDS)
def test_the_order_of_words_on_different_pairs_does_not_matter(
    words: list[tuple[str, str, bool]],
) -> None:
    one_word_each = list({tuple(sorted((a, b))): (a, b, c) for a, b, c in words}.values())
    turned = one_word_each[::-1]
    first, second = Sameness(one_word_each), Sameness(turned)
    assert first.classes("abcdefgh") == second.classes("abcdefgh")
    assert first.disputed == second.disputed
