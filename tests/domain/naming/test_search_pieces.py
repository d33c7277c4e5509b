"""Whatever is searched for, the pieces of what it stands in lead to it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.kernel.text import lookup_key
from app.domain.naming.pinyin import initials
from app.domain.naming.search_pieces import Piece, Sought, pieces, text_pieces

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
RARE = st.sampled_from("𬭎𫍯㐀曾单区仇查Ａ９éß·（-%")
FIGURES = st.sampled_from("0123456789xabcXY")
TEXT = st.text(HAN | RARE | FIGURES, min_size=1, max_size=12)


def led_to(sought: Sought, text: str) -> bool:
    """Whether an index of the text's pieces has what is looked up."""
    kept = set(pieces(text))
    return all(
        one.text in kept if one.whole else any(piece.startswith(one.text) for piece in kept)
        for one in sought.pieces
    )


@given(TEXT, st.data())
@example("ß", None)
def test_any_stretch_of_a_text_leads_to_it(text: str, data: st.DataObject | None) -> None:
    key = lookup_key(text)
    begin = data.draw(st.integers(0, len(key) - 1)) if data else 0
    end = data.draw(st.integers(begin + 1, len(key))) if data else len(key)
    sought = Sought(key[begin:end])
    if sought:
        assert led_to(sought, text)
        assert sought.meets(["", text])


@given(st.text(HAN | FIGURES, min_size=1, max_size=8), st.data())
def test_any_reading_of_any_stretch_leads_to_it(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    read = data.draw(st.sampled_from(initials(text[begin:end])))
    mixed = "".join(
        data.draw(st.sampled_from(pair)) for pair in zip(text[begin:end], read, strict=True)
    )
    for words in (read, mixed):
        assert led_to(Sought(words), text)
        assert Sought(words).meets([text])


@given(TEXT, TEXT)
def test_what_is_called_exact_needs_no_second_look(text: str, other: str) -> None:
    sought = Sought(text[:3])
    if sought and sought.exact:
        assert led_to(sought, other) == sought.meets([other])


@pytest.mark.parametrize(
    ("typed", "looked_up"),
    [
        ("刘勇", [Piece("刘勇", whole=True)]),
        ("刘", [Piece("刘", whole=False)]),
        ("乐山市", [Piece("乐山", whole=True), Piece("山市", whole=True)]),
        ("0137", [Piece("013", whole=True), Piece("137", whole=True)]),
        ("ls", [Piece("ls", whole=False)]),
        ("曾y", [Piece("曾", whole=False)]),
        (
            "沙湾-2011",
            [Piece("沙湾", whole=True), Piece("201", whole=True), Piece("011", whole=True)],
        ),
        (" % ", []),
    ],
)
def test_only_what_tells_most_is_looked_up(typed: str, looked_up: list[Piece]) -> None:
    assert list(Sought(typed).pieces) == looked_up
    assert bool(Sought(typed)) == bool(looked_up)


def test_words_apart_may_stand_anywhere() -> None:
    sought = Sought("乐山 机械")
    assert sought.meets(["乐山沙湾机械厂"])
    assert sought.meets(["511111-2011-0137", "机械厂（乐山）"])
    assert not sought.meets(["乐山无线电公司"])


@pytest.mark.parametrize(
    ("typed", "value", "begins"),
    [
        ("曾", "曾玉", True),
        ("玉", "曾玉", False),
        ("曾 玉", "曾玉", True),
        ("zy", "曾玉兰", True),
        ("yl", "曾玉兰", False),
        ("曾y", "曾玉兰", True),
        ("曾", "", False),
    ],
)
def test_a_value_begins_with_all_that_was_typed(typed: str, value: str, begins: bool) -> None:
    assert Sought(typed).begins(value) is begins


@given(st.text("限电影响生产ISO9001，。 ", min_size=1, max_size=30), st.data())
def test_a_part_of_a_long_text_leads_to_it(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text) - 1))
    sought = Sought(text[first : data.draw(st.integers(first + 1, len(text)))])
    if sought and not sought.broad:
        assert {piece.text for piece in sought.pieces} <= text_pieces(text)
        assert sought.meets((), [text])
