"""The unified social credit code, as copied from a licence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.errors import UserError
from app.domain.values.uscc import check_character, parse_uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
KNOWN = "91350100M000100Y43"
FIRST17 = st.builds(
    "{}{}{:06d}{}".format,
    st.sampled_from("159ANY"),
    st.sampled_from("1239"),
    st.integers(0, 999999),
    st.text(ALPHABET, min_size=9, max_size=9),
)


def refused(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse_uscc(text)
    return caught.value


def test_the_example_of_the_standard_is_right() -> None:
    assert parse_uscc(KNOWN) == KNOWN


@given(FIRST17)
def test_a_right_code_is_read_letters_in_front_or_not(first17: str) -> None:
    code = first17 + check_character(first17)
    assert parse_uscc(code) == code
    assert parse_uscc(f" {code[:4].lower()}-{code[4:]}\u3000") == code


@given(FIRST17, st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_character_is_always_noticed(first17: str, place: int, char: str) -> None:
    code = first17 + check_character(first17)
    if code[place] != char:
        assert refused(code[:place] + char + code[place + 1 :]).code == "USCC_CHECK"


def test_full_width_is_read() -> None:
    assert parse_uscc("９１３５０１００Ｍ０００１００Ｙ４３") == KNOWN


@pytest.mark.parametrize(
    ("letter", "hint"), [("I", "数字 1"), ("O", "数字 0"), ("S", "数字 5"), ("Z", "数字 2")]
)
def test_letters_that_do_not_exist_get_a_hint(letter: str, hint: str) -> None:
    problem = refused(KNOWN[:9] + letter + KNOWN[10:])
    assert problem.code == "USCC_CHARACTER"
    assert f"第 10 位“{letter}”" in problem.what
    assert hint in problem.remedy
    assert refused(KNOWN[:9] + "v" + KNOWN[10:]).code == "USCC_CHARACTER"


@pytest.mark.parametrize(
    ("typed", "code", "part"),
    [
        ("", "USCC_EMPTY", "没有填"),
        (KNOWN[:-1], "USCC_LENGTH", "少了 1 位"),
        ("511100000012345", "USCC_LENGTH", "注册号"),
        ("20695123X", "USCC_LENGTH", "组织机构代码"),
        ("91A50100M000100Y43", "USCC_REGION", "A50100"),
        (KNOWN[:-1] + "5", "USCC_CHECK", "对不上"),
        ("无", "USCC_CHARACTER", "第 1 位"),
    ],
)
def test_each_mistake_has_its_sentence(typed: str, code: str, part: str) -> None:
    problem = refused(typed)
    assert problem.code == code
    assert part in str(problem)
