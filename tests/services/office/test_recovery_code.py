"""A recovery code is printed, kept in a safe, and typed back years later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.errors import UserError
from app.services.office.recovery_code import ALPHABET, new_code, printed, read_code, with_check

codes = st.text(ALPHABET, min_size=31, max_size=31).map(with_check)


def test_a_new_code_is_eight_groups_of_four_and_never_the_same() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4] * 8
    assert new_code() != code
    assert printed(read_code(code)) == code


@given(codes)
def test_it_may_be_typed_in_any_case_spacing_and_width(code: str) -> None:
    meant = code.translate(str.maketrans("01", "ol")).lower()
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in code)
    for typed in (code, printed(code), meant, f" {meant[:7]} — {meant[7:]}\n", full_width):
        assert read_code(typed) == code


@given(codes, st.integers(0, 31), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code: str, at: int, wrong: str) -> None:
    typed = code[:at] + wrong + code[at + 1 :]
    if typed != code:
        with pytest.raises(UserError, match="恢复码输入有误"):
            read_code(typed)


@given(codes, st.integers(0, 30))
def test_two_neighbours_swapped_are_noticed(code: str, at: int) -> None:
    pair = code[at : at + 2]
    swapped = code[:at] + pair[::-1] + code[at + 2 :]
    # Luhn cannot tell 0Z from Z0; every other swap shows.
    if swapped != code and set(pair) != {"0", "Z"}:
        with pytest.raises(UserError):
            read_code(swapped)


@pytest.mark.parametrize(
    ("typed", "why"), [("7K2M", "现在是4个"), ("U" * 32, "没有“U”"), ("", "现在是0个")]
)
def test_what_cannot_be_a_code_is_told_plainly(typed: str, why: str) -> None:
    with pytest.raises(UserError, match=why) as caught:
        read_code(typed)
    assert caught.value.code == "RECOVERY_CODE_MISTYPED"
