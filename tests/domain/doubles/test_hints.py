"""提示: what was told is recognised, under no other key, and little of it comes back out."""

from __future__ import annotations

from base64 import b64encode

from hypothesis import given
from hypothesis import strategies as st

from app.domain.doubles import hints
from app.domain.doubles.hints import (
    fingerprint,
    packed,
    person_values,
    told_anew,
    unit_values,
    unpacked,
)

KEY, OTHER = (b64encode(bytes([n]) * hints.KEY_BYTES).decode() for n in (1, 2))
prints = st.binary(min_size=3, max_size=3)


def of(key: str, number: str) -> set[bytes]:
    return {fingerprint(key, value) for value in person_values(number)}


@given(st.frozensets(prints, max_size=60))
def test_what_is_packed_comes_out_again(some: frozenset[bytes]) -> None:
    assert unpacked(packed(some)) == some


@given(st.text(max_size=200))
def test_a_text_that_is_no_list_is_none_and_hinders_nothing(text: str) -> None:
    assert all(len(one) == 3 for one in unpacked(text))


@given(
    st.lists(st.frozensets(prints, max_size=30), max_size=5),
    st.frozensets(prints, max_size=80),
    st.integers(1, 20),
)
def test_the_lists_say_exactly_what_is_wanted_and_change_little(
    before: list[frozenset[bytes]], wanted: frozenset[bytes], full: int
) -> None:
    was, hints.FULL_LIST = hints.FULL_LIST, full
    try:
        after = told_anew(before, wanted)
    finally:
        hints.FULL_LIST = was
    assert frozenset().union(*after) == wanted
    assert sum(map(len, after)) == len(wanted), "each is said once"
    assert len(after) >= len(before)
    for old, new in zip(before[:-1], after, strict=False):
        assert new <= old, "only the last list grows"
    assert told_anew(after, wanted) == after, "told again nothing changes"


def test_forms_of_one_number_are_one_and_keys_are_apart() -> None:
    assert (
        of(KEY, "110105491231002") == of(KEY, "11010519491231002x") == of(KEY, "11010519491231002X")
    )
    assert of(KEY, "11010519491231002X").isdisjoint(of(OTHER, "11010519491231002X"))
    assert list(person_values("无")) == []


def test_one_fingerprint_fits_many_numbers() -> None:
    """Who has the key and tries every number is left with a list of which most is wrong."""
    held = {fingerprint(KEY, f"id:{n:018d}") for n in range(2_000)}
    tried = 200_000
    by_chance = sum(fingerprint(KEY, f"id:{n:018d}") in held for n in range(10**9, 10**9 + tried))
    expected = tried * 2_000 / 2**hints.BITS
    assert expected / 3 < by_chance < expected * 3
    assert hints.BITS == 24, "see what the docstring of the module says of a city's numbers"


def test_a_unit_is_known_without_its_form_and_a_common_word_is_none() -> None:
    one, other = (set(unit_values([name])) for name in ("沫若水泥有限公司", "沫若水泥厂"))
    assert one == other != set()
    assert set(unit_values(["中心卫生院"])) == set()
    assert set(unit_values(["沫若水泥"], "91511100MA62000M1D")) > one
